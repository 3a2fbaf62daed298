import { createPool } from '@sapan/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { Sequencer } from '../../src/evidence/sequencer.ts'
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
async function withOpenTransaction(
  of: TestDatabase,
  during: (end: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const client = await of.pool.connect()
  try {
    await client.query('begin')
    await client.query('create table unfinished (n int)')
    await during(() => client.query('rollback'))
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

test('one in another database that ends while the log looks does not make it believe that it was moved', async () => {
  // A step then has one snapshot, which is as old as its wait for the log's row.
  const { pathname } = new URL(database.url)
  await database.pool.query(
    `alter database ${pathname.slice(1)} set default_transaction_isolation = 'repeatable read'`,
  )
  const pool = createPool(database.url)
  const sequencer = new Sequencer({
    pool,
    sealer: country.sealer,
    member: dopa,
    holder: 'one',
    lease: 0,
    timeZone: 'UTC',
  })
  const holder = await database.pool.connect()
  try {
    await withOpenTransaction(neighbour, async (end) => {
      await evidence.record([country.exchange().provider.request])
      expect(await sequencer.step()).toMatchObject({ added: 1, behind: false })
      await holder.query('begin')
      await holder.query('select from evidence.log for update')
      const step = sequencer.step()
      await expect.poll(waiting).toBe(1)
      await end()
      await holder.query('rollback')
      expect(await step).toMatchObject({ leading: true, behind: false })
    })
  } finally {
    holder.release()
    await pool.end()
  }
})

/** How many wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await database.pool.query(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length
}
