import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

let database: TestDatabase
let neighbour: TestDatabase
let country: TestCountry
let evidence: Evidence

beforeEach(async () => {
  database = await evidenceDatabase()
  neighbour = await evidenceDatabase()
  country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa])
  await country.join(evidence, [dopa])
})

afterEach(async () => {
  await evidence.stop()
  await neighbour.drop()
  await database.drop()
})

/** A transaction that has written, and stays open while `during` runs. */
async function withOpenTransaction(of: TestDatabase, during: () => Promise<void>): Promise<void> {
  const client = await of.pool.connect()
  try {
    await client.query('begin')
    await client.query('create table unfinished (n int)')
    await during()
    await client.query('rollback')
  } finally {
    client.release()
  }
}

test('a long transaction in another database of the same PostgreSQL does not hold the log back', async () => {
  await withOpenTransaction(neighbour, async () => {
    await evidence.record([country.exchange().provider.request])
    expect(await evidence.flush(dopa)).toMatchObject({ size: 1, pending: [] })
  })
})

test('a transaction of our own database that is not finished does, because it could still bring a record', async () => {
  await withOpenTransaction(database, async () => {
    await evidence.record([country.exchange().provider.request])
    const hurried = country.evidence(database.pool, [dopa], { settings: { flushWithin: 500 } })
    expect(await hurried.flush(dopa)).toMatchObject({ pending: expect.arrayContaining(['log']) })
    await hurried.stop()
  })
  expect(await evidence.flush(dopa)).toMatchObject({ size: 1, pending: [] })
})
