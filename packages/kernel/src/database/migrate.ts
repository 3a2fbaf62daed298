import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Pool, PoolClient } from 'pg'
import { Problem } from '../problem.ts'
import { kernelProblems } from '../problems.ts'

interface Migration {
  readonly name: string
  readonly sql: string
  /** SHA-256 in lower-case hex, of the text with line feeds only: a checkout may change line ends. */
  readonly hash: string
}

const NAME = /^\d{4}-[a-z0-9-]+\.sql$/
const SCHEMA = /^[a-z][a-z0-9_]{0,62}$/

/**
 * Brings one context's schema up to date: runs each `NNNN-name.sql` of `directory` that was not run before, in
 * order, each in its own transaction with `schema` first on the search path. What was run is kept with its hash in
 * `<schema>.migration`. Safe to call from several processes at once.
 *
 * Throws `migration-altered`, `migration-missing`, `migration-misnamed`, `migration-failed`. Nothing runs when the
 * files do not agree with what the database has.
 */
export async function migrate(pool: Pool, schema: string, directory: URL | string): Promise<void> {
  if (!SCHEMA.test(schema)) throw new RangeError(`${schema} is not a name for a schema`)
  const migrations = await readMigrations(directory)
  const client = await pool.connect()
  let unlocked = false
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`sapan migrate ${schema}`])
    const applied = await readApplied(client, schema)
    for (const migration of pending(schema, migrations, applied)) await apply(client, schema, migration)
    unlocked = await client.query('select pg_advisory_unlock_all()').then(
      () => true,
      () => false,
    )
  } finally {
    // The lock goes with the session: after a failure the connection is closed, since its state is unknown.
    client.release(!unlocked)
  }
}

async function readMigrations(directory: URL | string): Promise<Migration[]> {
  const path = typeof directory === 'string' ? directory : fileURLToPath(directory)
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort()
  for (const [i, name] of names.entries()) {
    if (!NAME.test(name) || names[i - 1]?.slice(0, 4) === name.slice(0, 4)) throw misnamed(name)
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(path, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function readApplied(client: PoolClient, schema: string): Promise<Map<string, string>> {
  await client.query(`create schema if not exists ${schema}`)
  await client.query(
    `create table if not exists ${schema}.migration (
       name text primary key,
       hash text not null,
       applied_at timestamptz not null default now()
     )`,
  )
  const { rows } = await client.query<{ name: string; hash: string }>(
    `select name, hash from ${schema}.migration order by name`,
  )
  return new Map(rows.map((row) => [row.name, row.hash]))
}

/** The files that remain to be run; throws where files and database disagree. */
function pending(
  schema: string,
  migrations: readonly Migration[],
  applied: ReadonlyMap<string, string>,
): Migration[] {
  const files = new Map(migrations.map((migration) => [migration.name, migration]))
  let last = ''
  for (const [name, hash] of applied) {
    const file = files.get(name)
    if (!file) throw disagrees('migration-missing', schema, name)
    if (file.hash !== hash) throw disagrees('migration-altered', schema, name)
    last = name
  }
  const rest = migrations.filter((migration) => !applied.has(migration.name))
  const early = rest.find((migration) => migration.name < last)
  if (early) throw misnamed(early.name)
  return rest
}

async function apply(client: PoolClient, schema: string, { name, sql, hash }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(`set local search_path to ${schema}, public`)
    await client.query(sql)
    await client.query(`insert into ${schema}.migration (name, hash) values ($1, $2)`, [name, hash])
    await client.query('commit')
  } catch (cause) {
    throw new Problem(kernelProblems['migration-failed'], {
      detail: { th: `${schema}: ${name}`, en: `${schema}: ${name}` },
      cause,
    })
  }
}

function disagrees(code: 'migration-missing' | 'migration-altered', schema: string, name: string): Problem {
  return new Problem(kernelProblems[code], { detail: { th: `${schema}: ${name}`, en: `${schema}: ${name}` } })
}

function misnamed(name: string): Problem {
  return new Problem(kernelProblems['migration-misnamed'], { detail: { th: name, en: name } })
}
