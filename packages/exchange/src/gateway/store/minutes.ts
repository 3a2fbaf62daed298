import type { Pool } from 'pg'

/** What one process of a gateway counted in a minute. */
export interface Minute {
  /** The minute's end, ms since 1970. */
  readonly at: number
  readonly succeeded: number
  readonly refused: number
  readonly failed: number
  readonly durations: readonly number[]
  readonly queued: number
  readonly dead: number
  readonly directoryAge: number
}

export async function insertMinute(pool: Pool, process: string, minute: Minute): Promise<void> {
  await pool.query(
    `insert into gateway.minute (at, process, succeeded, refused, failed, durations, queued, dead, directory_age)
     values (to_timestamp($1 / 1000.0), $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      minute.at,
      process,
      minute.succeeded,
      minute.refused,
      minute.failed,
      minute.durations,
      minute.queued,
      minute.dead,
      minute.directoryAge,
    ],
  )
}

/** All processes' minutes since that time, the earliest first. */
export async function listMinutes(pool: Pool, since: number): Promise<Minute[]> {
  const { rows } = await pool.query<Omit<Minute, 'at'> & { at: string }>(
    `select extract(epoch from at) * 1000 as at, succeeded, refused, failed, durations, queued, dead,
       directory_age as "directoryAge"
     from gateway.minute where at > to_timestamp($1 / 1000.0) order by at`,
    [since],
  )
  return rows.map((row) => ({ ...row, at: Math.round(Number(row.at)) }))
}

export async function deleteOldMinutes(pool: Pool, before: number): Promise<void> {
  await pool.query('delete from gateway.minute where at < to_timestamp($1 / 1000.0)', [before])
}
