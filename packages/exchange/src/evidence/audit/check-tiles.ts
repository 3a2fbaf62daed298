import type { Database } from '@sapan/kernel'
import { CompactTree, tileWidth } from '@sapan/trust'
import { type Collector, said } from './collector.ts'
import { readTileKeys, readTiles } from './read.ts'

const hashBytes = 32
/** Tiles read at once. */
const chunk = 64

/** The leaf hashes that the tiles of an epoch hold, read as the walk comes to them. */
export class TileLeaves {
  readonly #database: Database
  readonly #member: string
  readonly #epoch: number
  #from = 0
  #tiles = new Map<number, Buffer>()
  #loaded = false

  constructor(database: Database, member: string, epoch: number) {
    this.#database = database
    this.#member = member
    this.#epoch = epoch
  }

  async leaf(index: number): Promise<Buffer | undefined> {
    const tile = Math.floor(index / tileWidth)
    if (!this.#loaded || tile < this.#from || tile >= this.#from + chunk) {
      this.#from = tile
      this.#tiles = await readTiles(this.#database, this.#member, this.#epoch, 0, tile, chunk)
      this.#loaded = true
    }
    const at = (index % tileWidth) * hashBytes
    const hash = this.#tiles.get(tile)?.subarray(at, at + hashBytes)
    return hash?.length === hashBytes ? hash : undefined
  }
}

/**
 * Checks that the upper tiles follow from the lower ones, and that there are no others: `sizes` gives the entries of
 * each epoch.
 */
export async function checkTiles(
  database: Database,
  member: string,
  sizes: ReadonlyMap<number, number>,
  collector: Collector,
): Promise<void> {
  for (const { epoch, level, index, bytes } of await readTileKeys(database, member)) {
    const hashes = Math.floor((sizes.get(epoch) ?? 0) / tileWidth ** level)
    const width = Math.min(tileWidth, hashes - index * tileWidth)
    if (width > 0 && bytes === width * hashBytes && level >= 0 && index >= 0) continue
    const place = { table: 'tile', epoch, index: index * tileWidth ** (level + 1) }
    const what = {
      th: `แผ่น ${index} ชั้น ${level} ไม่ตรงกับขนาดของล็อก`,
      en: `tile ${index} of level ${level} does not fit the size of the log`,
    }
    collector.add(width > 0 ? 'edited' : 'added', place, what)
  }
  for (const [epoch, size] of sizes) await checkUpperLevels(database, member, epoch, size, collector)
}

async function checkUpperLevels(
  database: Database,
  member: string,
  epoch: number,
  size: number,
  collector: Collector,
): Promise<void> {
  let below = size
  for (let level = 1; below >= tileWidth; level++) {
    const hashes = Math.floor(below / tileWidth)
    for (let from = 0; from < hashes; from += chunk) {
      const lower = await readTiles(database, member, epoch, level - 1, from, chunk)
      const upper = await readTiles(database, member, epoch, level, Math.floor(from / tileWidth), 2)
      for (let index = from; index < Math.min(from + chunk, hashes); index++) {
        const at = (index % tileWidth) * hashBytes
        const kept = upper.get(Math.floor(index / tileWidth))?.subarray(at, at + hashBytes)
        const made = rootOf(lower.get(index))
        if (kept && made && kept.equals(made)) continue
        const place = { table: 'tile', epoch, index: index * tileWidth ** level }
        collector.add(kept ? 'edited' : 'removed', place, kept ? said.edited : said.removed)
      }
    }
    below = hashes
  }
}

function rootOf(tile: Buffer | undefined): Buffer | undefined {
  if (tile?.length !== tileWidth * hashBytes) return undefined
  const tree = new CompactTree()
  for (let at = 0; at < tile.length; at += hashBytes) tree.append(tile.subarray(at, at + hashBytes))
  return tree.root()
}
