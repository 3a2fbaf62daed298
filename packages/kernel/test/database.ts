import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { createPool, migrate, type Pool, type PoolClient } from '../src/index.ts'

export interface TestDatabase {
  readonly url: string
  readonly pool: Pool
  /** Closes the pool and removes the database, whoever is still connected. */
  drop(): Promise<void>
}

/** Schemas by name, each with the folder of its migrations. */
export type Schemas = Readonly<Record<string, URL>>

/**
 * A fresh database on the PostgreSQL of this run of the tests (`vitest.global.ts`): empty, or with schemas up to date.
 * It is then a copy of one that was migrated once, which takes a tenth of the time.
 */
export async function testDatabase(schemas: Schemas = {}): Promise<TestDatabase> {
  return await copyOf(Object.keys(schemas).length === 0 ? 'template1' : await templateOf(schemas))
}

/** What takes long to put into a database is put into one, once in a run of the tests. `name` says what it is. */
export interface Filling {
  readonly name: string
  fill(pool: Pool): Promise<void>
}

/** A database of one's own with schemas up to date and filled, as a copy of the one that was filled. */
export async function filledDatabase(schemas: Schemas, filling: Filling): Promise<TestDatabase> {
  return await copyOf(await templateOf(schemas, filling))
}

async function copyOf(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await asAdministrator(`create database ${name} template ${template} strategy file_copy`)
  const url = urlOf(name)
  const pool = createPool(url)
  return {
    url,
    pool,
    drop: async () => {
      if (!pool.ended) await pool.end()
      await asAdministrator(`drop database if exists ${name} with (force)`)
    },
  }
}

const templates = new Map<string, Promise<string>>()

/** The name of the database with these schemas, which is made where it is not there yet. */
async function templateOf(schemas: Schemas, filling?: Filling): Promise<string> {
  const name = `template_${filling === undefined ? '' : `${filling.name}_`}${await digestOf(schemas)}`
  const made = templates.get(name) ?? ensureTemplate(name, schemas, filling)
  templates.set(name, made)
  return await made
}

/** Another process of the run may be about to make the same. */
async function ensureTemplate(name: string, schemas: Schemas, filling?: Filling): Promise<string> {
  const client = await administrator().connect()
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('${name}', 0))`)
    const { rowCount } = await client.query(`select from pg_database where datname = '${name}'`)
    if (rowCount === 0) {
      const draft = await makeDraft(client, schemas, filling)
      await client.query(`alter database ${draft} rename to ${name}`)
    }
    await client.query(`select pg_advisory_unlock(hashtextextended('${name}', 0))`)
    return name
  } finally {
    client.release()
  }
}

/** It gets its name only when it is whole, and nobody connects to it any more, which would keep it from being copied. */
async function makeDraft(client: PoolClient, schemas: Schemas, filling?: Filling): Promise<string> {
  const draft = `draft_${randomBytes(8).toString('hex')}`
  await client.query(`create database ${draft} strategy file_copy`)
  const pool = createPool(urlOf(draft))
  for (const [schema, folder] of Object.entries(schemas)) await migrate(pool, schema, folder)
  await filling?.fill(pool)
  if (!pool.ended) await pool.end()
  await client.query(`alter database ${draft} with allow_connections false`)
  return draft
}

/** Of what the migrations say, so that on a PostgreSQL that stays none is taken for another. */
async function digestOf(schemas: Schemas): Promise<string> {
  const hash = createHash('sha256')
  for (const [schema, folder] of Object.entries(schemas)) {
    for (const file of (await readdir(folder)).sort()) {
      hash.update(`${schema}/${file}\n${await readFile(new URL(file, folder), 'utf8')}\n`)
    }
  }
  return hash.digest('hex').slice(0, 16)
}

let administrators: pg.Pool | undefined

/** Connections that are kept, and keep no process from ending. */
function administrator(): pg.Pool {
  administrators ??= new pg.Pool({ connectionString: administratorUrl(), allowExitOnIdle: true }).on(
    'error',
    () => {},
  )
  return administrators
}

async function asAdministrator(sql: string): Promise<void> {
  await administrator().query(sql)
}

function urlOf(database: string): string {
  const url = new URL(administratorUrl())
  url.pathname = `/${database}`
  return url.href
}

function administratorUrl(): string {
  const url = process.env.SAPAN_TEST_DATABASE_URL
  if (!url) throw new Error('no PostgreSQL for tests: run them with vitest and the configuration at the root')
  return url
}
