import type { Database } from '@sapan/kernel'

/** The newest version of the directory that a gateway keeps in this database; 0 where none does. */
export async function newestKeptVersion(database: Database): Promise<number> {
  const { rows } = await database.query<{ there: boolean }>(
    `select to_regclass('directory.document') is not null as there`,
  )
  if (!rows[0]?.there) return 0
  const newest = await database.query<{ version: string | null }>(
    'select max(version) as version from directory.document',
  )
  return Number(newest.rows[0]?.version ?? 0)
}
