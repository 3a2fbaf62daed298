import { randomInt } from 'node:crypto'
import { type PoolClient, Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import { proofingProblems } from '../../problems/proofing.ts'
import { inTransaction } from '../../store/transaction.ts'
import { beginAttempt, endAttempt } from '../attempts.ts'
import type { ProofingGround } from '../ground.ts'
import type { Visit } from './visit.ts'

/** Without 0 and O, 1, I and L, U: read aloud at a counter. 29^10 codes, good for minutes. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10
const MINUTES = 15

/** A code with which the person, present, adds a passkey on their own telephone. */
export interface EnrolmentCode {
  /** `ABCDE-FGHJK` */
  readonly code: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

const hashOf = (key: Uint8Array, code: string): Buffer =>
  keyedHash(key, `enrolment-code:${code.toUpperCase().replace(/[^0-9A-Z]/g, '')}`)

/** A new code for a visit; the ones before are of no use any more. */
export async function makeCode(
  { hashKey, clock, history }: ProofingGround,
  client: PoolClient,
  visit: Visit & { readonly account: string },
): Promise<EnrolmentCode> {
  const now = clock()
  const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const code = `${letters.slice(0, 5)}-${letters.slice(5)}`
  const expiresAt = now + MINUTES * 60_000
  await client.query(
    'update identity.enrolment_code set used_at = $2 where visit_id = $1 and used_at is null',
    [visit.id, new Date(now)],
  )
  await client.query(
    `insert into identity.enrolment_code (code_hash, account_id, visit_id, made_at, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [hashOf(hashKey, code), visit.account, visit.id, new Date(now), new Date(expiresAt)],
  )
  await history.record(client, { account: visit.account, kind: 'enrolment-code-made' })
  return { code, expiresAt }
}

/**
 * Takes a code, once. `asker` keys the attempts: a hash of the network address. Throws `enrolment-code-invalid` for one that
 * is wrong, used or past its time, without telling which, and `proofing-too-many-attempts`.
 */
export async function takeCode(
  ground: ProofingGround,
  asker: string,
  code: string,
): Promise<{ readonly account: string }> {
  const attempt = await beginAttempt(ground, { asker, method: 'in-person', subject: `enrolment ${asker}` })
  const account = await inTransaction(ground.pool, (client) => take(ground, client, code.slice(0, 100)))
  await endAttempt(ground, attempt, account === undefined ? 'wrong' : 'matched')
  if (account === undefined) throw new Problem(proofingProblems['enrolment-code-invalid'])
  return { account }
}

async function take(
  { hashKey, clock, history }: ProofingGround,
  client: PoolClient,
  code: string,
): Promise<string | undefined> {
  const { rows } = await client.query<{ account_id: string }>(
    `update identity.enrolment_code set used_at = $2
     where code_hash = $1 and used_at is null and expires_at > $2 returning account_id`,
    [hashOf(hashKey, code), new Date(clock())],
  )
  const account = rows[0]?.account_id
  if (account !== undefined) await history.record(client, { account, kind: 'enrolment-code-used' })
  return account
}
