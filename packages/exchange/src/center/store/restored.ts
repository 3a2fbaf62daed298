import type { Database } from '@sapan/kernel'

/** Notes of the center in a database that it came out of a backup; false where there is none. */
export async function markCenterRestored(database: Database, made: Date): Promise<boolean> {
  const { rows } = await database.query<{ there: boolean }>(
    `select to_regclass('center.restored') is not null as there`,
  )
  if (!rows[0]?.there) return false
  await database.query(
    `insert into center.restored (made) values ($1) on conflict (only_row) do update set made = excluded.made`,
    [made],
  )
  return true
}

/** Whether the center came out of a backup and was not recovered since. */
export async function isCenterRestored(database: Database): Promise<boolean> {
  return (await database.query('select from center.restored')).rowCount === 1
}

export async function forgetCenterRestored(database: Database): Promise<void> {
  await database.query('delete from center.restored')
}

/** Of a center that is restored together with all its gateways: no version that one of them knows is given out again. */
export async function raiseDirectory(database: Database, version: number): Promise<void> {
  const { rows } = await database.query<{ there: boolean }>(
    `select to_regclass('center.state') is not null as there`,
  )
  if (rows[0]?.there)
    await database.query('update center.state set version = greatest(version, $1)', [version])
}
