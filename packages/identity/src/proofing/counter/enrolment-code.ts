import { randomInt } from 'node:crypto'
import { inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import { proofingProblems } from '../../problems/proofing.ts'
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
  keyedHash(
    key,
    `enrolment-code:${code
      .slice(0, 100)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')}`,
  )

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

/** A code that was shown: whose it is, and by what it is called where it must not stand itself. */
export interface KnownCode {
  readonly id: string
  readonly account: string
}

/**
 * Whose code it is, without taking it. `asker` keys the attempts: a hash of the network address. Throws
 * `enrolment-code-invalid` for one that is wrong, used or past its time, without telling which, and
 * `proofing-too-many-attempts`.
 */
export function lookAtCode(ground: ProofingGround, asker: string, code: string): Promise<KnownCode> {
  return attempted(ground, asker, () => findCode(ground, hashOf(ground.hashKey, code)))
}

/** Takes a code, once. Throws as `lookAtCode`. */
export function takeCode(ground: ProofingGround, asker: string, code: string): Promise<KnownCode> {
  return attempted(ground, asker, () => inTransaction(ground.pool, (client) => take(ground, client, code)))
}

/** The code of an id, while it is good. */
export function codeOfId(ground: ProofingGround, id: string): Promise<KnownCode | undefined> {
  return /^[0-9a-f]{64}$/.test(id) ? findCode(ground, Buffer.from(id, 'hex')) : Promise.resolve(undefined)
}

/**
 * Only wrong codes are counted, and a good one is taken whatever came before it from the same place: all who sit in a
 * district office, or behind one telephone network, have one address, and whoever guesses there must not keep the others
 * out. What keeps guessers out is the code itself: a million guesses in its minutes find it once in 400 million times.
 */
async function attempted(
  ground: ProofingGround,
  asker: string,
  find: () => Promise<KnownCode | undefined>,
): Promise<KnownCode> {
  const known = await find()
  if (known !== undefined) return known
  const attempt = await beginAttempt(ground, { asker, method: 'in-person', subject: `enrolment ${asker}` })
  await endAttempt(ground, attempt, 'wrong')
  throw new Problem(proofingProblems['enrolment-code-invalid'])
}

async function findCode({ pool, clock }: ProofingGround, hash: Buffer): Promise<KnownCode | undefined> {
  const { rows } = await pool.query<{ account_id: string }>(
    `select account_id from identity.enrolment_code where code_hash = $1 and used_at is null and expires_at > $2`,
    [hash, new Date(clock())],
  )
  const [row] = rows
  return row && { id: hash.toString('hex'), account: row.account_id }
}

async function take(
  { hashKey, clock, history }: ProofingGround,
  client: PoolClient,
  code: string,
): Promise<KnownCode | undefined> {
  const hash = hashOf(hashKey, code)
  const { rows } = await client.query<{ account_id: string }>(
    `update identity.enrolment_code set used_at = $2
     where code_hash = $1 and used_at is null and expires_at > $2 returning account_id`,
    [hash, new Date(clock())],
  )
  const account = rows[0]?.account_id
  if (account === undefined) return undefined
  await history.record(client, { account, kind: 'enrolment-code-used' })
  return { id: hash.toString('hex'), account }
}
