import type { BinaryCopy } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import { loadOnce, type RegisterLoad, tableLoad } from '../src/registers/load.ts'

let database: TestDatabase

beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.drop())

const TEXT = { th: 'พนักงาน', en: 'employees' }

const row = (copy: BinaryCopy, index: number): void => {
  copy.text(`${index}`).text('ก').text('A').text('permanent').int4(0).int4(null)
}

/** 25,000 rows, which are three COPYs. */
function employees(): ReturnType<typeof tableLoad> {
  return tableLoad({
    table: 'employment',
    columns: ['national_id', 'position_th', 'position_en', 'kind', 'started_on', 'ended_on'],
    what: TEXT,
    rows: Array.from({ length: 25_000 }, (_, index) => index),
    write: row,
  })
}

const load = (change: Partial<RegisterLoad> = {}): Promise<'filled' | 'kept'> =>
  loadOnce({
    pool: database.pool,
    member: 'TH/COM/1',
    schema: 'employer',
    edition: 'test',
    first: { what: TEXT, of: 25_000 },
    tables: async () => [employees()],
    onProgress: () => {},
    ...change,
  })

async function count(): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    'select count(*)::int as count from employer.employment',
  )
  return rows[0]?.count ?? -1
}

describe('filling a register', () => {
  it('stores every row, and does not make them again', async () => {
    expect(await load()).toBe('filled')
    expect(await load({ tables: () => Promise.reject(new Error('made again')) })).toBe('kept')
    expect(await count()).toBe(25_000)
  })

  it('tells what it makes, then how far it is', async () => {
    const told: number[] = []
    await load({ onProgress: ({ rows }) => told.push(rows) })
    expect(told).toEqual([0, 10_000, 20_000, 25_000])
  })

  it('leaves nothing behind when it stops half-way, and completes at the next start', async () => {
    const stop: RegisterLoad['onProgress'] = ({ rows }) => {
      if (rows === 20_000) throw new Error('stopped')
    }
    await expect(load({ onProgress: stop })).rejects.toThrow('stopped')
    expect(await count()).toBe(0)
    expect(await load()).toBe('filled')
  })

  it('leaves nothing behind when its connection is killed', async () => {
    const kill: RegisterLoad['onProgress'] = ({ rows }) => {
      if (rows !== 10_000) return
      void database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
         and pid <> pg_backend_pid() and state <> 'idle'`,
      )
    }
    // So many rows that the connection is gone long before the last.
    const endless = { ...employees(), size: 2_000_000, write: row }
    await expect(load({ onProgress: kill, tables: async () => [endless] })).rejects.toThrow(/terminat/i)
    expect(await count()).toBe(0)
    expect(await load()).toBe('filled')
    expect(await count()).toBe(25_000)
  })

  it('is done once by two that start together', async () => {
    expect((await Promise.all([load(), load()])).sort()).toEqual(['filled', 'kept'])
    expect(await count()).toBe(25_000)
  })
})
