import { hashBytes, nodeHash } from './hash.ts'
import type { HashReader } from './proofs.ts'
import { checkSize, type TreeNode } from './tree-shape.ts'

/** Hashes in a full tile, and entries in a full bundle (c2sp.org/tlog-tiles). */
export const tileWidth = 256

/** Levels of the tree in one tile. */
const tileHeight = 8

/** `width` hashes (1 to 256) of the tree's level `8 · level`, from hash `index · 256` on. */
export interface Tile {
  readonly level: number
  readonly index: number
  readonly width: number
}

/** A tile with its content: `width · 32` bytes. */
export interface TileContent extends Tile {
  readonly data: Buffer
}

/** Where a tile is served: `tile/0/x001/x234/067`, a partial one with `.p/<width>`. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${numberPath(index)}${partialPath(width)}`
}

/** Where a bundle of `width` entries is served: `tile/entries/x001/x234/067`. */
export function entriesPath({ index, width }: Omit<Tile, 'level'>): string {
  return `tile/entries/${numberPath(index)}${partialPath(width)}`
}

/** Reads what `tilePath` writes; undefined for any other text. */
export function parseTilePath(path: string): Tile | undefined {
  const found = /^tile\/(0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path)
  if (!found) return undefined
  const tile = {
    level: Number(found[1]),
    index: Number(found[2]?.replaceAll(/[x/]/g, '')),
    width: Number(found[3] ?? tileWidth),
  }
  // Leading `x000/` elements and a partial width of 256 are other spellings of the same.
  return tilePath(tile) === path ? tile : undefined
}

function numberPath(index: number): string {
  checkSize(index)
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  }
  return path
}

function partialPath(width: number): string {
  if (!Number.isInteger(width) || width < 1 || width > tileWidth) throw new RangeError(`tile width ${width}`)
  return width === tileWidth ? '' : `.p/${width}`
}

/** The tiles that growing from `oldSize` to `newSize` leaves makes or fills, level 0 first. */
export function tilesFor(oldSize: number, newSize: number): Tile[] {
  checkSize(oldSize)
  checkSize(newSize)
  const tiles: Tile[] = []
  let before = oldSize
  let after = newSize
  for (let level = 0; after > 0; level++) {
    for (let index = Math.floor(before / tileWidth); index * tileWidth < after && after > before; index++) {
      tiles.push({ level, index, width: Math.min(tileWidth, after - index * tileWidth) })
    }
    before = Math.floor(before / tileWidth)
    after = Math.floor(after / tileWidth)
  }
  return tiles
}

/** Gives tiles' contents in the order asked; each must have at least the asked width. */
export type TileReader = (tiles: readonly Tile[]) => readonly Uint8Array[] | Promise<readonly Uint8Array[]>

/**
 * Appends leaf hashes to a log kept as tiles: gives every tile that changes, with its content. `read` is asked once,
 * for the partial tiles of the old right edge.
 */
export async function appendToTiles(
  oldSize: number,
  leaves: readonly Uint8Array[],
  read: TileReader,
): Promise<TileContent[]> {
  checkSize(oldSize + leaves.length)
  if (leaves.length === 0) return []
  const edge = partialTiles(oldSize)
  const kept = new Map<number, Buffer>()
  const contents = await read(edge)
  edge.forEach((tile, at) => {
    kept.set(tile.level, contentOf(tile, contents[at]))
  })
  return growLevels(oldSize, leaves, kept)
}

/** The partial tiles of a tree: its right edge. */
function partialTiles(size: number): Tile[] {
  const tiles: Tile[] = []
  let hashes = size
  for (let level = 0; hashes > 0; level++) {
    const width = hashes % tileWidth
    const index = Math.floor(hashes / tileWidth)
    if (width > 0) tiles.push({ level, index, width })
    hashes = index
  }
  return tiles
}

function growLevels(
  oldSize: number,
  leaves: readonly Uint8Array[],
  kept: ReadonlyMap<number, Buffer>,
): TileContent[] {
  const tiles: TileContent[] = []
  let before = oldSize
  let added = leaves
  for (let level = 0; added.length > 0; level++) {
    const grown = cutIntoTiles(level, before, Buffer.concat([kept.get(level) ?? Buffer.alloc(0), ...added]))
    tiles.push(...grown)
    added = grown.filter(({ width }) => width === tileWidth).map(({ data }) => subtreeRoot(data))
    before = Math.floor(before / tileWidth)
  }
  return tiles
}

/** `hashes` starts at the first hash of the tile that was open at size `before`. */
function cutIntoTiles(level: number, before: number, hashes: Buffer): TileContent[] {
  const tiles: TileContent[] = []
  const first = Math.floor(before / tileWidth)
  for (let at = 0; at < hashes.length; at += tileWidth * hashBytes) {
    const data = hashes.subarray(at, at + tileWidth * hashBytes)
    tiles.push({ level, index: first + tiles.length, width: data.length / hashBytes, data })
  }
  return tiles
}

/** Reads subtree hashes out of the tiles of a tree with `size` leaves; each tile is asked for once. */
export function hashesFromTiles(size: number, read: TileReader): HashReader {
  return async (nodes) => {
    const tiles = new Map<string, Tile>()
    for (const node of nodes) {
      const tile = tileOf(node, size)
      tiles.set(keyOf(tile), tile)
    }
    const wanted = [...tiles.values()]
    const contents = await read(wanted)
    const data = new Map(wanted.map((tile, at) => [keyOf(tile), contentOf(tile, contents[at])]))
    return nodes.map((node) => hashInTile(node, data.get(keyOf(tileOf(node, size)))))
  }
}

function keyOf({ level, index }: Tile): string {
  return `${level}/${index}`
}

function tileOf(node: TreeNode, size: number): Tile {
  const level = Math.floor(node.level / tileHeight)
  const first = node.index * 2 ** (node.level % tileHeight)
  const index = Math.floor(first / tileWidth)
  const hashes = Math.floor(size / tileWidth ** level)
  const width = Math.min(tileWidth, hashes - index * tileWidth)
  if (width < 1) throw new RangeError('no such node in a tree of this size')
  return { level, index, width }
}

function hashInTile(node: TreeNode, data: Buffer | undefined): Buffer {
  const width = 2 ** (node.level % tileHeight)
  const start = (node.index * width) % tileWidth
  const hashes = data?.subarray(start * hashBytes, (start + width) * hashBytes)
  if (hashes?.length !== width * hashBytes) throw new RangeError('no such node in a tree of this size')
  return subtreeRoot(hashes)
}

/** The root over a power of two of hashes. */
function subtreeRoot(hashes: Buffer): Buffer {
  let level: Buffer[] = []
  for (let at = 0; at < hashes.length; at += hashBytes) level.push(hashes.subarray(at, at + hashBytes))
  while (level.length > 1) {
    const above: Buffer[] = []
    for (let at = 0; at + 1 < level.length; at += 2) {
      above.push(nodeHash(level[at] ?? Buffer.alloc(0), level[at + 1] ?? Buffer.alloc(0)))
    }
    level = above
  }
  return Buffer.from(level[0] ?? Buffer.alloc(0))
}

function contentOf(tile: Tile, data: Uint8Array | undefined): Buffer {
  const bytes = tile.width * hashBytes
  if (!data || data.length < bytes) throw new RangeError(`${tilePath(tile)} is missing or too short`)
  return Buffer.from(data.subarray(0, bytes))
}

const entryLimit = 0xffff

/** Entries as a bundle (c2sp.org/tlog-tiles §Log entries): each with its length (2 bytes, big-endian) before it. */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > entryLimit) throw new RangeError('a log entry has at most 65535 bytes')
      return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

/** Reads a bundle; throws RangeError when it is cut off. */
export function decodeEntries(bundle: Uint8Array): Buffer[] {
  const bytes = Buffer.from(bundle)
  const entries: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const start = at + 2
    const end = start + bytes.readUInt16BE(at)
    if (end > bytes.length) throw new RangeError('the entry bundle is cut off')
    entries.push(bytes.subarray(start, end))
    at = end
  }
  return entries
}
