import { inTransaction, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import { proofingProblems } from '../problems/proofing.ts'
import type { MethodCode } from './country.ts'
import type { ProofingGround } from './ground.ts'

const HOUR = 3_600_000

/** A question that is about to be asked of a register. */
export interface Attempt {
  readonly id: string
}

export interface AttemptAbout {
  /** An account's id, or another key of who asks. */
  readonly asker: string
  readonly method: MethodCode
  /** The number that is asked about. */
  readonly subject: string
}

/**
 * Counts an attempt before its register is asked: one that dies in between counts as wrong, so that nothing is won by
 * breaking off. Throws `proofing-too-many-attempts` with the time at which another one is possible.
 *
 * Who guesses about somebody's number must not keep its owner out. An account that has made its number of mistakes waits.
 * A number about which all accounts together made theirs is closed only to those among them that were wrong about it; every
 * other account still has one try. More guesses so cost an account each, at a chance of one in ten thousand million.
 */
export async function beginAttempt(ground: ProofingGround, about: AttemptAbout): Promise<Attempt> {
  const { asker, method } = about
  const subject = keyedHash(ground.hashKey, `proofing-attempt:${about.subject}`)
  const now = ground.clock()
  return await inTransaction(ground.pool, async (client) => {
    // Attempts of one account follow one another, so that many at once are not more than the number.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `proofing attempts ${asker}`,
    ])
    await refuseTooMany(ground, client, { asker, subject, now })
    const id = uuidv7(now)
    await client.query(
      `insert into identity.proofing_attempt (id, asker, method, subject_hash, at, outcome)
       values ($1, $2, $3, $4, $5, 'asked')`,
      [id, asker, method, subject, new Date(now)],
    )
    return { id }
  })
}

export async function endAttempt(
  { pool }: ProofingGround,
  { id }: Attempt,
  outcome: 'wrong' | 'matched' | 'down',
): Promise<void> {
  await pool.query('update identity.proofing_attempt set outcome = $2 where id = $1', [id, outcome])
}

const WRONG = `outcome in ('asked', 'wrong') and at > $2`

async function refuseTooMany(
  { country }: ProofingGround,
  client: PoolClient,
  { asker, subject, now }: { asker: string; subject: Buffer; now: number },
): Promise<void> {
  const limits = country.proofing.attempts
  const since = new Date(now - limits.hours * HOUR)
  const own = await client.query<{ at: Date; same: boolean }>(
    `select at, subject_hash = $3 as same from identity.proofing_attempt where asker = $1 and ${WRONG} order by at`,
    [asker, since, subject],
  )
  if (own.rows.length >= limits.account)
    throw tooMany(own.rows[own.rows.length - limits.account]?.at, limits.hours)
  const all = await client.query<{ count: number }>(
    `select count(*)::int as count from identity.proofing_attempt where subject_hash = $1 and ${WRONG}`,
    [subject, since],
  )
  const sameBefore = own.rows.filter(({ same }) => same).at(-1)
  if ((all.rows[0]?.count ?? 0) >= limits.number && sameBefore) throw tooMany(sameBefore.at, limits.hours)
}

function tooMany(since: Date | undefined, hours: number): Problem {
  const until = new Date((since?.getTime() ?? 0) + hours * HOUR)
  const shown = (language: string) =>
    until.toLocaleString(language, { timeZone: 'Asia/Bangkok', dateStyle: 'medium', timeStyle: 'short' })
  return new Problem(proofingProblems['proofing-too-many-attempts'], {
    detail: { th: `ลองใหม่ได้ตั้งแต่ ${shown('th-TH')} น.`, en: `You can try again from ${shown('en-GB')}.` },
    extensions: { retryAt: until.toISOString() },
  })
}
