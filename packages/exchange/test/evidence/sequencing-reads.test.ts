import type { PoolClient } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { indexUsage, readNextEntries } from '../../src/evidence/store/entries.ts'
import type { Position } from '../../src/evidence/stored.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

const kept = 20_000
const waiting = 10

let database: TestDatabase
let evidence: Evidence
let end: Position

beforeAll(async () => {
  database = await evidenceDatabase()
  const country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa])
  await country.join(evidence, [dopa])
  await evidence.record([country.exchange().provider.request])
  await evidence.flush(dopa)
  await multiplyRecords()
  end = await readEnd()
  for (let n = 0; n < waiting; n++) await evidence.record([country.exchange().provider.request])
})

afterAll(async () => {
  await evidence.stop()
  await database.drop()
})

/** Many records like the one that is there, in the places before it. */
async function multiplyRecords(): Promise<void> {
  await database.pool.query(
    `insert into evidence.record
     select (jsonb_populate_record(r, jsonb_build_object('exchange', gen_random_uuid(), 'txid', -n / 8))).*
     from evidence.record r, generate_series(1, ${kept}) n`,
  )
}

async function readEnd(): Promise<Position> {
  const { rows } = await database.pool.query<{ txid: string; ordinal: number }>(
    'select txid, ordinal from evidence.log where member = $1',
    [dopa],
  )
  return { txid: Number(rows[0]?.txid), ordinal: Number(rows[0]?.ordinal) }
}

/** How many records this transaction has read so far. */
async function recordsRead(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ read: string }>(
    `select seq_tup_read + coalesce(idx_tup_fetch, 0) as read from pg_stat_xact_user_tables
     where schemaname = 'evidence' and relname = 'record'`,
  )
  return Number(rows[0]?.read)
}

async function readsOf(planning: string, work: (client: PoolClient) => Promise<unknown>): Promise<number> {
  const client = await database.pool.connect()
  try {
    await client.query(`begin; set local plan_cache_mode = ${planning}`)
    const before = await recordsRead(client)
    await work(client)
    const read = (await recordsRead(client)) - before
    await client.query('rollback')
    return read
  } finally {
    client.release(true)
  }
}

describe('taking records into the log reads no more records than are new', () => {
  const last: Position = { txid: Number.MAX_SAFE_INTEGER, ordinal: 0 }
  for (const statistics of ['before', 'after'])
    for (const planning of ['force_generic_plan', 'force_custom_plan'])
      test(`${statistics} the table was analysed, ${planning}`, async () => {
        if (statistics === 'after') await database.pool.query('analyze evidence.record')
        const take = (client: PoolClient) => readNextEntries(client, dopa, end, last.txid, 8192)
        expect(await readsOf(planning, take)).toBeLessThan(3 * waiting)
        const index = (client: PoolClient) => indexUsage(client, dopa, end, last)
        expect(await readsOf(planning, index)).toBeLessThan(3 * waiting)
      })
})
