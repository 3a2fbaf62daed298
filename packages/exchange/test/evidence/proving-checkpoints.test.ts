import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import { readProvingCheckpoints } from '../../src/evidence/store/proving-checkpoints.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await evidenceDatabase()
  const country = new TestCountry()
  await country.evidence(database.pool, [dopa]).prepare()
  await database.pool.query(
    `insert into evidence.checkpoint select '${dopa}', 1, n, 'note ' || n from generate_series(1, 3000) n`,
  )
})

afterAll(() => database.drop())

async function proving(
  witnessed: number[],
  stamped: number[],
  others: number[] = [],
  atLeast = 1,
  names = ['v', 'w'],
) {
  await database.pool.query('truncate evidence.cosignature, evidence.stamp')
  for (const size of witnessed)
    await database.pool.query(`insert into evidence.cosignature values ('${dopa}', 1, $1, 'w', '')`, [size])
  for (const size of others)
    await database.pool.query(`insert into evidence.cosignature values ('${dopa}', 1, $1, 'v', '')`, [size])
  for (const size of stamped)
    await database.pool.query(`insert into evidence.stamp values ('${dopa}', 1, $1, '\\x01', '\\x')`, [size])
  const found = await readProvingCheckpoints(database.pool, dopa, 1, 5, { atLeast, names })
  return found.map(({ size, token }) => [size, token !== null])
}

describe('the checkpoints that prove an entry', () => {
  test('are one where one is both witnessed and stamped, however long the authority was away', async () => {
    expect(await proving([6, 2500, 2900], [2500, 2900])).toEqual([[2500, true]])
  })

  test('are two where no one is both', async () => {
    expect(await proving([6, 10], [7, 2000])).toEqual([
      [6, false],
      [7, true],
    ])
  })

  test('are those of as many witnesses as are demanded, each its first where none has all', async () => {
    expect(await proving([6, 2500], [6, 2500], [2500], 2)).toEqual([[2500, true]])
    expect(await proving([6, 8], [7], [9, 10], 2)).toEqual([
      [6, false],
      [7, true],
      [9, false],
    ])
    expect(await proving([6], [7], [], 2)).toEqual([
      [6, false],
      [7, true],
    ])
  })

  test('are none of a witness that the reader would not know, however early it came', async () => {
    expect(await proving([6], [6, 2500], [2500], 1, ['v'])).toEqual([[2500, true]])
    expect(await proving([6], [7], [9], 2, ['v', 'x'])).toEqual([
      [7, true],
      [9, false],
    ])
  })

  test('are the first of what there is', async () => {
    expect(await proving([2000], [])).toEqual([[2000, false]])
    expect(await proving([], [1500])).toEqual([[1500, true]])
    expect(await proving([], [])).toEqual([[6, false]])
    expect(await proving([5], [5])).toEqual([[6, false]])
  })
})
