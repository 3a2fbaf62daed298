import { createHash } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CompactTree } from '@sapan/trust'
import { describe, expect, test } from 'vitest'
import { TreeCheck } from '../../src/evidence/audit/check-tree.ts'
import { Collector } from '../../src/evidence/audit/collector.ts'

const entries = 30_000
const leaf = (index: number) => createHash('sha256').update(String(index)).digest()

function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Walks the entries, of which one has another leaf in its row, and one in its tile, to one checkpoint at their end. */
function walk(wrong: { row?: number; tile?: number } = {}): { collector: Collector; grown: number } {
  const tree = new CompactTree()
  for (let index = 0; index < entries; index++) tree.append(leaf(index))
  const collector = new Collector(100)
  const check = new TreeCheck(1, [{ epoch: 1, size: entries, note: '', root: tree.root() }], collector)
  const before = heapUsed()
  let grown = 0
  for (let index = 0; index < entries; index++) {
    if (index === entries - 1) grown = heapUsed() - before
    const place = { table: 'record' as const, epoch: 1, index, exchange: `exchange ${index}` }
    check.add({
      index,
      byRow: leaf(wrong.row === index ? -1 : index),
      byTile: leaf(wrong.tile === index ? -1 : index),
      rowIsSuspect: false,
      place,
    })
  }
  check.end()
  return { collector, grown }
}

describe('a tree that is followed over a long interval between checkpoints', () => {
  test('holds no more than its edge', () => {
    const { collector, grown } = walk()
    expect(collector.found).toBe(0)
    expect(grown).toBeLessThan(3 * 2 ** 20)
  })

  test('tells which row was changed, wherever it lies', () => {
    const { collector } = walk({ row: 12_345 })
    expect(collector.findings).toMatchObject([{ code: 'edited', table: 'record', index: 12_345 }])
  })

  test('tells which tile was changed', () => {
    const { collector } = walk({ tile: 23_456 })
    expect(collector.findings).toMatchObject([{ code: 'edited', table: 'tile', index: 23_456 }])
  })
})
