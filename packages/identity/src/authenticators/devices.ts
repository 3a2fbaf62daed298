import { randomBytes } from 'node:crypto'
import type { Database } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { IdentityGround } from '../ground.ts'

/** Browsers from which a person signed in before. They are told apart by a cookie, of which a hash is kept. */
export interface Devices {
  isKnown(account: string, token: string | undefined): Promise<boolean>
  /** Whether somebody, whoever it was, signed in with it before. */
  isAnyones(token: string | undefined): Promise<boolean>
  /** Gives the token for the cookie: the same as before, or a new one. */
  remember(database: Database, account: string, token: string | undefined, words: string): Promise<string>
  /** After recovery or "this wasn't me" no device is known any more. */
  forgetAll(database: Database, account: string): Promise<void>
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

export function createDevices({
  pool,
  clock,
  hashKey,
}: Pick<IdentityGround, 'pool' | 'clock' | 'hashKey'>): Devices {
  const hashOf = (token: string) => keyedHash(hashKey, `device:${token}`)
  return {
    isKnown: async (account, token) => {
      const { rowCount } = await pool.query(
        'select from identity.device where account_id = $1 and token_hash = $2',
        [account, hashOf(token ?? '')],
      )
      return rowCount === 1
    },
    isAnyones: async (token) => {
      if (token === undefined || !TOKEN.test(token)) return false
      const { rowCount } = await pool.query({
        name: 'device-anyones',
        text: 'select from identity.device where token_hash = $1 limit 1',
        values: [hashOf(token)],
      })
      return rowCount === 1
    },
    remember: async (database, account, token, words) => {
      const kept = token !== undefined && TOKEN.test(token) ? token : randomBytes(32).toString('base64url')
      await database.query({
        name: 'device-remember',
        text: `insert into identity.device (account_id, token_hash, words, first_seen, last_seen)
          values ($1, $2, $3, $4, $4)
          on conflict (account_id, token_hash) do update set last_seen = excluded.last_seen, words = excluded.words`,
        values: [account, hashOf(kept), words, new Date(clock())],
      })
      return kept
    },
    forgetAll: async (database, account) => {
      await database.query('delete from identity.device where account_id = $1', [account])
    },
  }
}
