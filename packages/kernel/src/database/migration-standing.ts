import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Pool } from 'pg'

/** How a schema's tables stand to the files that make them. */
export interface MigrationStanding {
  /** Files that were not run yet. */
  readonly pending: readonly string[]
  /** What was run there that these files do not have: a newer program has been at this database. */
  readonly unknown: readonly string[]
}

/** Changes nothing, also where the schema is not there. `schema` is a name of ours, never of a caller. */
export async function readMigrationStanding(
  pool: Pool,
  schema: string,
  directory: URL,
): Promise<MigrationStanding> {
  const files = (await readdir(fileURLToPath(directory))).filter((name) => name.endsWith('.sql')).sort()
  const table = `${schema}.migration`
  const { rows: found } = await pool.query<{ is: boolean }>('select to_regclass($1) is not null as is', [
    table,
  ])
  const { rows } = found[0]?.is
    ? await pool.query<{ name: string }>(`select name from ${table} order by name`)
    : { rows: [] }
  const applied = new Set(rows.map(({ name }) => name))
  return {
    pending: files.filter((name) => !applied.has(name)),
    unknown: [...applied].filter((name) => !files.includes(name)),
  }
}
