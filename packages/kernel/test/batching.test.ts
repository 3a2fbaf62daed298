import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Batching, byteaArray } from '../src/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** A database that answers when the test says so. */
function heldAnswers(keyOf?: (item: string) => string, patience = 60_000) {
  const groups: { items: readonly string[]; answer: () => void; fail: (error: Error) => void }[] = []
  const batching = new Batching<string, string>({
    ...(keyOf && { keyOf }),
    patience,
    answer: (items) =>
      new Promise((resolve, reject) => {
        groups.push({ items, answer: () => resolve(items.map((item) => item.toUpperCase())), fail: reject })
      }),
  })
  return { batching, groups, asked: () => groups.map(({ items }) => items) }
}

async function turns(count = 4): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve))
}

describe('what is asked for at the same time', () => {
  it('goes together, and what comes meanwhile goes with the next group', async () => {
    const { batching, groups, asked } = heldAnswers()
    const first = Promise.all([batching.ask('a'), batching.ask('b')])
    await turns()
    const second = batching.ask('c')
    await turns()
    expect(asked()).toEqual([['a', 'b']])
    groups[0]?.answer()
    expect(await first).toEqual(['A', 'B'])
    await turns()
    groups[1]?.answer()
    expect(await second).toBe('C')
  })

  it('never has two of one key in a group, and keeps their order', async () => {
    const { batching, groups, asked } = heldAnswers((item) => item.slice(0, 1))
    const all = Promise.all(['a1', 'b1', 'a2', 'a3'].map((item) => batching.ask(item)))
    for (let at = 0; at < 3; at++) {
      await turns()
      groups[at]?.answer()
    }
    await all
    expect(asked()).toEqual([['a1', 'b1'], ['a2'], ['a3']])
  })

  it('is asked one by one after a refusal, so that one fault is one failure', async () => {
    const { batching, groups } = heldAnswers()
    const outcomes = Promise.allSettled(['a', 'b'].map((item) => batching.ask(item)))
    await turns()
    groups[0]?.fail(new Error('b is wrong'))
    await turns()
    groups[1]?.answer()
    groups[2]?.fail(new Error('b is wrong'))
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it('is not asked again where the database is down: nobody knows what was done', async () => {
    const { batching, groups, asked } = heldAnswers()
    const outcomes = Promise.allSettled(['a', 'b'].map((item) => batching.ask(item)))
    await turns()
    groups[0]?.fail(Object.assign(new Error('gone'), { code: '57P01' }))
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(asked()).toHaveLength(1)
  })

  it('does not wait for ever for a group that waits for a lock', async () => {
    const { batching, groups, asked } = heldAnswers(undefined, 1)
    const first = batching.ask('a')
    await turns()
    const second = batching.ask('b')
    await expect.poll(() => asked()).toEqual([['a'], ['b']])
    groups[1]?.answer()
    expect(await second).toBe('B')
    groups[0]?.answer()
    expect(await first).toBe('A')
  })
})

describe('bytes in an array', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database.drop())

  it('arrive as they were', async () => {
    const one = fc.option(fc.uint8Array({ maxLength: 40 }))
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 5 }), async (values) => {
        const text =
          'select coalesce(array_agg(v order by at), array[]::bytea[]) as back, count(*)::int as count from unnest($1::bytea[]) with ordinality as given (v, at)'
        const { rows } = await database.pool.query<{ back: (Buffer | null)[]; count: number }>(text, [
          byteaArray(values),
        ])
        expect(rows[0]?.count).toBe(values.length)
        expect(rows[0]?.back).toEqual(values.map((value) => value && Buffer.from(value)))
      }),
      { numRuns: 30 },
    )
  })
})
