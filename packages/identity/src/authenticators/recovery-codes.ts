import { randomInt } from 'node:crypto'
import type { Database } from '@sapan/kernel'
import { type PoolClient, uuidv7 } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { AuthenticatorGround } from './ground.ts'
import {
  deleteAuthenticator,
  insertAuthenticator,
  listAuthenticators,
  markUsed,
} from './store/authenticators.ts'

const howMany = 10
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const lettersEach = 24

/**
 * Ten codes, to be shown once and kept on paper: `ABCD-EFGH-2345-JKLM-NPQR-6789`. With 120 random bits each they are no
 * passwords: a fast hash keeps them, since nobody guesses as many (NIST SP 800-63B-4 §3.1.2.2 asks for 112).
 */
export function newCodes(): readonly string[] {
  return Array.from({ length: howMany }, () =>
    Array.from({ length: lettersEach }, () => letters[randomInt(letters.length)])
      .join('')
      .replace(/(.{4})(?=.)/g, '$1-'),
  )
}

/** Keeps the codes; those before them are of no use any more. */
export async function keepCodes(
  { clock, hashKey }: Pick<AuthenticatorGround, 'clock' | 'hashKey'>,
  client: PoolClient,
  account: string,
  codes: readonly string[],
): Promise<string> {
  for (const { id, kind } of await listAuthenticators(client, account))
    if (kind === 'recovery-codes') await deleteAuthenticator(client, id)
  const now = clock()
  const id = uuidv7(now)
  await insertAuthenticator(client, { id, account, kind: 'recovery-codes', name: '', at: now })
  await client.query(
    'insert into identity.recovery_code (authenticator_id, code_hash) select $1, unnest($2::bytea[])',
    [id, codes.map((code) => codeHash(hashKey, id, code))],
  )
  return id
}

/** An authenticator that nobody has, for the same questions where there is none. */
const nobodys = '00000000-0000-0000-0000-000000000000'

/** Takes a code, once. Gives the authenticator and how many codes are left. Asks as much for nobody's account. */
export async function useCode(
  { clock, hashKey }: Pick<AuthenticatorGround, 'clock' | 'hashKey'>,
  database: Database,
  account: string,
  code: string,
): Promise<{ readonly id: string; readonly left: number } | undefined> {
  const has = await listAuthenticators(database, account)
  const id = has.find(({ kind }) => kind === 'recovery-codes')?.id ?? nobodys
  const now = clock()
  const { rowCount } = await database.query(
    `update identity.recovery_code set used_at = $3
     where authenticator_id = $1 and code_hash = $2 and used_at is null`,
    [id, codeHash(hashKey, id, code.slice(0, 100)), new Date(now)],
  )
  if (rowCount !== 1) return undefined
  await markUsed(database, id, now)
  const { rows } = await database.query<{ left: number }>(
    'select count(*)::integer as left from identity.recovery_code where authenticator_id = $1 and used_at is null',
    [id],
  )
  return { id, left: rows[0]?.left ?? 0 }
}

/** However it was typed. */
function codeHash(hashKey: Uint8Array, authenticator: string, code: string): Buffer {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '')
  return keyedHash(hashKey, `recovery-code:${authenticator}:${plain}`)
}
