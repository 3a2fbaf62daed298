import type { Database } from '@sapan/kernel'

/** What one process of a center counted in a minute. */
export interface CenterMinute {
  /** The minute's end, ms since 1970. */
  readonly at: number
  readonly answered: number
  readonly refused: number
  readonly failed: number
  readonly durations: readonly number[]
  /** Seconds until the newest directory ends. */
  readonly directoryLeft: number
  readonly directoryVersion: number
}

export async function insertMinute(database: Database, process: string, minute: CenterMinute): Promise<void> {
  await database.query(
    `insert into center.minute (at, process, answered, refused, failed, durations, directory_left, directory_version)
     values (to_timestamp($1 / 1000.0), $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      minute.at,
      process,
      minute.answered,
      minute.refused,
      minute.failed,
      minute.durations,
      minute.directoryLeft,
      minute.directoryVersion,
    ],
  )
}

/** All processes' minutes since that time, the earliest first. */
export async function listMinutes(database: Database, since: number): Promise<CenterMinute[]> {
  const { rows } = await database.query<
    Omit<CenterMinute, 'at' | 'directoryVersion'> & { at: string; version: string }
  >(
    `select extract(epoch from at) * 1000 as at, answered, refused, failed, durations,
       directory_left as "directoryLeft", directory_version as version
     from center.minute where at > to_timestamp($1 / 1000.0) order by at`,
    [since],
  )
  return rows.map(({ version, ...row }) => ({
    ...row,
    at: Math.round(Number(row.at)),
    directoryVersion: Number(version),
  }))
}

export async function deleteOldMinutes(database: Database, before: number): Promise<void> {
  await database.query('delete from center.minute where at < to_timestamp($1 / 1000.0)', [before])
}
