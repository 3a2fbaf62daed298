import type { Pool } from '@sapan/kernel'

/** A request under a key: keyed hashes. */
export interface KeyedRequest {
  readonly caller: Buffer
  readonly key: Buffer
  readonly fingerprint: Buffer
}

export interface AnswerRow {
  readonly fingerprint: Buffer
  readonly claim: string
  readonly answer_sealed: Buffer | null
}

/** Takes a key for a request: true for one alone of all that try at once. What was claimed before `stale`, or kept since before `kept`, is over. */
export async function claimKey(
  pool: Pool,
  { caller, key, fingerprint }: KeyedRequest,
  {
    claim,
    now,
    stale,
    kept,
  }: { readonly claim: string; readonly now: Date; readonly stale: Date; readonly kept: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into services.api_answer as old (caller, key_hash, fingerprint, claim, claimed_at)
     values ($1, $2, $3, $4, $5)
     on conflict (caller, key_hash) do update
       set fingerprint = excluded.fingerprint, claim = excluded.claim, claimed_at = excluded.claimed_at,
           answer_sealed = null
       where old.claimed_at < $7
         or (old.answer_sealed is null and old.claimed_at < $6 and old.fingerprint = excluded.fingerprint)`,
    [caller, key, fingerprint, claim, now, stale, kept],
  )
  return rowCount === 1
}

export async function answerUnder(
  pool: Pool,
  { caller, key }: Pick<KeyedRequest, 'caller' | 'key'>,
): Promise<AnswerRow | undefined> {
  const { rows } = await pool.query<AnswerRow>(
    'select fingerprint, claim, answer_sealed from services.api_answer where caller = $1 and key_hash = $2',
    [caller, key],
  )
  return rows[0]
}

/** Of who has the claim; who was too slow keeps nothing. */
export async function keepAnswer(pool: Pool, claim: string, sealed: Buffer): Promise<void> {
  await pool.query('update services.api_answer set answer_sealed = $2 where claim = $1', [claim, sealed])
}

export async function giveUpClaim(pool: Pool, claim: string): Promise<void> {
  await pool.query('delete from services.api_answer where claim = $1 and answer_sealed is null', [claim])
}

export async function deleteAnswersBefore(pool: Pool, before: Date): Promise<number> {
  const { rowCount } = await pool.query('delete from services.api_answer where claimed_at < $1', [before])
  return rowCount ?? 0
}
