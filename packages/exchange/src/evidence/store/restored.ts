import type { Database } from '@sapan/kernel'

/** Notes of every log in a database that it came out of a backup; does nothing where there are none. */
export async function markRestored(database: Database, made: Date): Promise<readonly string[]> {
  const { rows } = await database.query<{ there: boolean }>(
    `select to_regclass('evidence.restored') is not null as there`,
  )
  if (!rows[0]?.there) return []
  const marked = await database.query<{ member: string }>(
    `insert into evidence.restored (member, made) select member, $1 from evidence.log
     on conflict (member) do update set made = excluded.made returning member`,
    [made],
  )
  return marked.rows.map(({ member }) => member)
}

/** Whether a log came out of a backup and was not recovered since. */
export async function isRestored(database: Database, member: string): Promise<boolean> {
  const { rowCount } = await database.query('select from evidence.restored where member = $1', [member])
  return rowCount === 1
}

/** The members whose logs in the database are such ones. */
export async function listRestored(database: Database): Promise<readonly string[]> {
  const { rows } = await database.query<{ member: string }>(
    'select member from evidence.restored order by member',
  )
  return rows.map(({ member }) => member)
}

/** Whether any log in the database is such a one. */
export async function isAnyRestored(database: Database): Promise<boolean> {
  return (await database.query('select from evidence.restored limit 1')).rowCount === 1
}

/** The log has begun a new epoch. */
export async function forgetRestored(database: Database, member: string): Promise<void> {
  await database.query('delete from evidence.restored where member = $1', [member])
}
