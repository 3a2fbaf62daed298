import { randomBytes, randomInt } from 'node:crypto'
import type { Database } from '@sapan/kernel'
import { type PoolClient, uuidv7 } from '@sapan/kernel'
import { openValue, sealValue } from '../store/sealed.ts'
import type { AuthenticatorGround } from './ground.ts'
import { tagOf } from './memorised.ts'
import {
  contentPlace,
  deleteAuthenticator,
  insertAuthenticator,
  listAuthenticators,
  markUsed,
  sealedContents,
} from './store/authenticators.ts'

const howMany = 10
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const lettersEach = 12

/** Codes to be shown once and kept on paper, and their hashes under one salt: looking for one costs one hash. */
export interface PreparedCodes {
  /** `ABCD-EFGH-2345` */
  readonly codes: readonly string[]
  readonly salt: string
  readonly tags: readonly Buffer[]
}

/** Ten codes of 60 bits each. Made before the transaction, which ten hashes would hold up. */
export async function prepareCodes({
  hashCost,
}: Pick<AuthenticatorGround, 'hashCost'>): Promise<PreparedCodes> {
  const salt = randomBytes(16)
  const plain = Array.from({ length: howMany }, () =>
    Array.from({ length: lettersEach }, () => letters[randomInt(letters.length)]).join(''),
  )
  const tags = await Promise.all(plain.map((code) => tagOf(code, salt, hashCost)))
  const codes = plain.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'))
  return { codes, salt: salt.toString('base64url'), tags }
}

/** Keeps the codes; those before them are of no use any more. */
export async function keepCodes(
  { clock, sealer }: Pick<AuthenticatorGround, 'clock' | 'sealer'>,
  client: PoolClient,
  account: string,
  { salt, tags }: PreparedCodes,
): Promise<string> {
  for (const { id, kind } of await listAuthenticators(client, account))
    if (kind === 'recovery-codes') await deleteAuthenticator(client, id)
  const now = clock()
  const id = uuidv7(now)
  const content = sealValue(sealer, contentPlace(id), salt)
  await insertAuthenticator(client, { id, account, kind: 'recovery-codes', name: '', content, at: now })
  await client.query(
    'insert into identity.recovery_code (authenticator_id, code_hash) select $1, unnest($2::bytea[])',
    [id, tags],
  )
  return id
}

/** Takes a code, once. Gives the authenticator and how many codes are left. Takes as long for nobody's account. */
export async function useCode(
  { clock, sealer, hashCost }: Pick<AuthenticatorGround, 'clock' | 'sealer' | 'hashCost'>,
  database: Database,
  account: string,
  code: string,
): Promise<{ readonly id: string; readonly left: number } | undefined> {
  const [held] = await sealedContents(database, account, 'recovery-codes')
  const salt =
    held && Buffer.from(String(openValue(sealer, contentPlace(held.id), held.content)), 'base64url')
  const plain = code
    .slice(0, 100)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
  const tag = await tagOf(plain, salt ?? Buffer.alloc(16), hashCost)
  if (held === undefined) return undefined
  const now = clock()
  const { rowCount } = await database.query(
    `update identity.recovery_code set used_at = $3
     where authenticator_id = $1 and code_hash = $2 and used_at is null`,
    [held.id, tag, new Date(now)],
  )
  if (rowCount !== 1) return undefined
  await markUsed(database, held.id, now)
  const { rows } = await database.query<{ left: number }>(
    'select count(*)::integer as left from identity.recovery_code where authenticator_id = $1 and used_at is null',
    [held.id],
  )
  return { id: held.id, left: rows[0]?.left ?? 0 }
}
