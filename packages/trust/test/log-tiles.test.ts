import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  appendToTiles,
  CompactTree,
  decodeEntries,
  encodeEntries,
  entriesPath,
  hashesFromTiles,
  inclusionProof,
  leafHash,
  parseTilePath,
  rootHash,
  type Tile,
  type TileReader,
  tilePath,
  tilesFor,
  verifyInclusion,
} from '../src/index.ts'

describe('tile paths', () => {
  it('are those of the specification', () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 1, index: 1, width: 17 })).toBe('tile/1/001.p/17')
    expect(entriesPath({ index: 273, width: 112 })).toBe('tile/entries/273.p/112')
  })

  it('are read back, and no other spelling is', () => {
    fc.assert(
      fc.property(
        fc.nat(63),
        fc.integer({ min: 0, max: 2 ** 45 }),
        fc.integer({ min: 1, max: 256 }),
        (level, index, width) => {
          const tile = { level, index, width }
          expect(parseTilePath(tilePath(tile))).toEqual(tile)
        },
      ),
    )
    for (const path of ['tile/00/001', 'tile/0/x000/001', 'tile/0/001.p/256', 'tile/0/1', 'tile/0/001.p/0']) {
      expect(parseTilePath(path)).toBeUndefined()
    }
  })
})

describe('tiles of a growing log', () => {
  it('are those of the example: 70,000 leaves', () => {
    const tiles = tilesFor(0, 70_000)
    const count = (level: number, full: boolean) =>
      tiles.filter((tile) => tile.level === level && (tile.width === 256) === full)
    expect(count(0, true)).toHaveLength(273)
    expect(count(0, false)).toEqual([{ level: 0, index: 273, width: 112 }])
    expect(count(1, true)).toHaveLength(1)
    expect(count(1, false)).toEqual([{ level: 1, index: 1, width: 17 }])
    expect(count(2, false)).toEqual([{ level: 2, index: 0, width: 1 }])
    expect(tilesFor(256, 256)).toEqual([])
  })

  it('give the same proofs as the whole tree, however the leaves came', async () => {
    const steps = fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (batches, pick) => {
        const log = new TiledLog()
        for (const count of batches) await log.append(count)
        const index = pick % log.tree.size
        const read = hashesFromTiles(log.tree.size, log.read)
        const proof = await inclusionProof(index, log.tree.size, read)
        const claim = { leaf: leafOf(index), index, size: log.tree.size, root: log.tree.root(), proof }
        expect(verifyInclusion(claim)).toBe(true)
        expect((await rootHash(log.tree.size, read)).equals(log.tree.root())).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('cover level 2 as well', async () => {
    const log = new TiledLog()
    await log.append(65_530)
    await log.append(300)
    const root = await rootHash(65_830, hashesFromTiles(65_830, log.read))
    expect(root.equals(log.tree.root())).toBe(true)
    expect(log.tiles.has('2/0')).toBe(true)
  })

  it('are the ones that tilesFor names', async () => {
    const log = new TiledLog()
    await log.append(500)
    const grown = await appendToTiles(
      500,
      Array.from({ length: 600 }, (_, i) => leafOf(500 + i)),
      log.read,
    )
    const names = (tiles: readonly Tile[]) => tiles.map(tilePath).sort()
    expect(names(grown)).toEqual(names(tilesFor(500, 1100)))
  })

  it('that are missing or cut off are an error, not a wrong proof', async () => {
    const log = new TiledLog()
    await log.append(300)
    const cut: TileReader = (tiles) => log.read(tiles).map((data) => data.subarray(32))
    await expect(inclusionProof(3, 300, hashesFromTiles(300, cut))).rejects.toThrow(RangeError)
    await expect(inclusionProof(3, 400, hashesFromTiles(300, log.read))).rejects.toThrow(RangeError)
  })
})

describe('entry bundles', () => {
  it('are read back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 }), (entries) => {
        expect(decodeEntries(encodeEntries(entries))).toEqual(entries.map((entry) => Buffer.from(entry)))
      }),
    )
  })

  it('that are cut off are refused', () => {
    const bundle = encodeEntries([Buffer.from('an entry')])
    expect(() => decodeEntries(bundle.subarray(0, -1))).toThrow(RangeError)
    expect(() => decodeEntries(bundle.subarray(0, 1))).toThrow(RangeError)
    expect(() => encodeEntries([Buffer.alloc(65_536)])).toThrow(RangeError)
  })
})

function leafOf(index: number): Buffer {
  return leafHash(Buffer.from(`entry ${index}`))
}

class TiledLog {
  readonly tree = new CompactTree()
  readonly tiles = new Map<string, Buffer>()

  readonly read = (tiles: readonly Tile[]): Buffer[] =>
    tiles.map(({ level, index }) => this.tiles.get(`${level}/${index}`) ?? Buffer.alloc(0))

  async append(count: number): Promise<void> {
    const leaves = Array.from({ length: count }, (_, i) => leafOf(this.tree.size + i))
    for (const tile of await appendToTiles(this.tree.size, leaves, this.read)) {
      this.tiles.set(`${tile.level}/${tile.index}`, tile.data)
    }
    for (const leaf of leaves) this.tree.append(leaf)
  }
}
