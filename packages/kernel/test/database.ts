import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { createPool, type Pool } from '../src/index.ts'

export interface TestDatabase {
  readonly url: string
  readonly pool: Pool
  /** Closes the pool and removes the database, whoever is still connected. */
  drop(): Promise<void>
}

/** A fresh, empty database on the PostgreSQL of this run of the tests (`vitest.global.ts`). */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdministrator(`create database ${name}`)
  const url = new URL(administratorUrl())
  url.pathname = `/${name}`
  const pool = createPool(url.href)
  return {
    url: url.href,
    pool,
    drop: async () => {
      if (!pool.ended) await pool.end()
      await asAdministrator(`drop database if exists ${name} with (force)`)
    },
  }
}

async function asAdministrator(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: administratorUrl() })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function administratorUrl(): string {
  const url = process.env.SAPAN_TEST_DATABASE_URL
  if (!url) throw new Error('no PostgreSQL for tests: run them with vitest and the configuration at the root')
  return url
}
