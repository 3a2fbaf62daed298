import { type Database, inTransaction, Problem } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { IdentityGround } from '../ground.ts'
import { authenticatorProblems } from '../problems/authenticators.ts'
import type { AuthenticationCountry } from './country.ts'

/** What is counted: one device that an account knows, a name from all others, the address from which they come. */
export interface ThrottleKey {
  readonly scope: 'known' | 'unknown' | 'address'
  readonly value: string
}

export interface Throttle {
  /**
   * Lets an attempt through, or throws `sign-in-wait` with `retryAfter` in seconds. What is counted is counted before
   * anything is checked, so that many at once are not let through together.
   */
  attempt(keys: readonly ThrottleKey[]): Promise<void>
  /** The attempt was none of a guesser: it is counted no more. */
  forgive(keys: readonly ThrottleKey[]): Promise<void>
}

type Limits = AuthenticationCountry['limits']

export function createThrottle(
  { pool, clock, hashKey }: Pick<IdentityGround, 'pool' | 'clock' | 'hashKey'>,
  limits: Limits,
): Throttle {
  const hashOf = ({ scope, value }: ThrottleKey) => keyedHash(hashKey, `throttle:${scope}:${value}`)
  return {
    attempt: async (keys) => {
      // In one order, so that two attempts never wait for each other.
      const counted = keys
        .map((key) => ({ scope: key.scope, hash: hashOf(key) }))
        .sort((a, b) => a.hash.compare(b.hash))
      await forget(pool, clock() - limits.forgetHours * 3_600_000)
      await inTransaction(pool, async (client) => {
        for (const { scope, hash } of counted) await count(client, limits, scope, hash, clock())
      })
    },
    forgive: async (keys) => {
      for (const key of keys) await giveBack(pool, key.scope, hashOf(key), clock())
    },
  }
}

/** How many that are forgotten are cleared away before an attempt: more than one brings, so that they never pile up. */
const clearedAtOnce = 8

async function forget(database: Database, before: number): Promise<void> {
  await database.query(
    `delete from identity.throttle where key_hash in (
       select key_hash from identity.throttle where tried_at < $1 and blocked_until < $1 limit ${clearedAtOnce}
       for update skip locked)`,
    [new Date(before)],
  )
}

async function count(
  database: Database,
  limits: Limits,
  scope: ThrottleKey['scope'],
  hash: Buffer,
  now: number,
): Promise<void> {
  const { firstWaitSeconds, longestWaitSeconds, forgetHours, freeFailures } = limits
  const { rowCount } = await database.query(
    `insert into identity.throttle as t (key_hash, failures, blocked_until, tried_at)
     values ($1, 1, $2, $2)
     on conflict (key_hash) do update set
       failures = case when t.tried_at < $3 then 1 else t.failures + 1 end,
       blocked_until = $2 + make_interval(secs => case
         when t.tried_at < $3 or t.failures < $4 then 0
         else least($6::float8, $5::float8 * power(2, least(t.failures - $4, 30))) end),
       tried_at = $2
     where t.blocked_until <= $2`,
    [
      hash,
      new Date(now),
      new Date(now - forgetHours * 3_600_000),
      freeFailures[scope],
      firstWaitSeconds,
      longestWaitSeconds,
    ],
  )
  if (rowCount === 0) throw await waiting(database, hash, now)
}

async function waiting(database: Database, hash: Buffer, now: number): Promise<Problem> {
  const { rows } = await database.query<{ blocked_until: Date }>(
    'select blocked_until from identity.throttle where key_hash = $1',
    [hash],
  )
  const left = (rows[0]?.blocked_until.getTime() ?? now) - now
  return new Problem(authenticatorProblems['sign-in-wait'], {
    extensions: { retryAfter: Math.max(1, Math.ceil(left / 1000)) },
  })
}

/** The owner's own device begins anew; from elsewhere, a success only takes itself back: others' failures stay counted. */
async function giveBack(
  database: Database,
  scope: ThrottleKey['scope'],
  hash: Buffer,
  now: number,
): Promise<void> {
  if (scope === 'known') {
    await database.query('delete from identity.throttle where key_hash = $1', [hash])
    return
  }
  await database.query(
    `update identity.throttle set failures = greatest(failures - 1, 0), blocked_until = least(blocked_until, $2)
     where key_hash = $1`,
    [hash, new Date(now)],
  )
}

/** An address as it is counted: of IPv6 the network that one customer has (RFC 6177). */
export function countedAddress(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const more = tail === undefined ? [] : tail.split(':').filter((group) => group !== '')
  const all = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - more.length)).fill('0'), ...more]
  return all.slice(0, 4).join(':')
}
