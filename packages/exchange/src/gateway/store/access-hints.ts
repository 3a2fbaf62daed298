import type { Pool } from '@sapan/kernel'

/** A hint that waits for its issuer. */
export interface WaitingHint {
  readonly number: number
  readonly jwe: string
}

export async function insertHint(
  pool: Pool,
  { issuer, jwe, at }: { issuer: string; jwe: string; at: number },
): Promise<void> {
  await pool.query(
    'insert into gateway.access_hint (issuer, jwe, at) values ($1, $2, to_timestamp($3 / 1000.0))',
    [issuer, jwe, at],
  )
}

/** Forgets hints that their issuer has taken. */
export async function deleteTaken(pool: Pool, issuer: string, numbers: readonly number[]): Promise<void> {
  await pool.query('delete from gateway.access_hint where issuer = $1 and number = any($2)', [
    issuer,
    numbers,
  ])
}

/** The oldest hints for an issuer. */
export async function listHints(pool: Pool, issuer: string, most: number): Promise<WaitingHint[]> {
  const { rows } = await pool.query<{ number: string; jwe: string }>(
    'select number, jwe from gateway.access_hint where issuer = $1 order by number limit $2',
    [issuer, most],
  )
  return rows.map(({ number, jwe }) => ({ number: Number(number), jwe }))
}

/** Forgets hints from before that time, which nobody has fetched. */
export async function deleteOldHints(pool: Pool, before: number): Promise<void> {
  await pool.query('delete from gateway.access_hint where at < to_timestamp($1 / 1000.0)', [before])
}
