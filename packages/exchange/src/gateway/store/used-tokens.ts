import type { Pool } from '@sapan/kernel'

/** A token of a person who asks who looked: it is shown once, at whichever gateway of the operator. */
export interface UsedToken {
  readonly issuer: string
  readonly tokenId: string
  /** Milliseconds since 1970: from then on it is refused anyway. */
  readonly expires: number
}

/**
 * Whether the token was not used before; it is remembered either way. Rejects with the database's error, also where the
 * database takes longer than `longestWait` milliseconds.
 */
export async function useToken(
  pool: Pool,
  { issuer, tokenId, expires }: UsedToken,
  longestWait: number,
): Promise<boolean> {
  const query = {
    query_timeout: longestWait,
    text: `insert into gateway.used_token (issuer, token_id, expires_at)
           values ($1, $2, to_timestamp($3 / 1000.0)) on conflict do nothing`,
    values: [issuer, tokenId, expires],
  }
  return (await pool.query(query)).rowCount === 1
}

/** Forgets what has run out. */
export async function deleteExpiredUsedTokens(pool: Pool, now: number): Promise<void> {
  await pool.query('delete from gateway.used_token where expires_at < to_timestamp($1 / 1000.0)', [now])
}
