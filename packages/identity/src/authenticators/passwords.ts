import type { Database } from '@sapan/kernel'
import { type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import { authenticatorProblems } from '../problems/authenticators.ts'
import { openValue, sealValue } from '../store/sealed.ts'
import type { AuthenticatorGround } from './ground.ts'
import { isSame, type Memorised, memorise } from './memorised.ts'
import { checkPassword } from './password-rules.ts'
import {
  contentPlace,
  deleteAuthenticator,
  insertAuthenticator,
  listAuthenticators,
  sealedContents,
} from './store/authenticators.ts'

/** A hash that is ready to be kept: made before the transaction, which it would hold up. Throws `password-weak`. */
export async function preparePassword(
  { hashCost }: Pick<AuthenticatorGround, 'hashCost'>,
  password: string,
  own: readonly string[],
): Promise<Memorised> {
  checkPassword(password, own)
  return memorise(password, hashCost)
}

/** Keeps the hash in place of the former one. A password is worth nothing alone: throws `password-alone`. */
export async function keepPassword(
  { clock, sealer }: Pick<AuthenticatorGround, 'clock' | 'sealer'>,
  client: PoolClient,
  account: string,
  prepared: Memorised,
): Promise<string> {
  const has = await listAuthenticators(client, account)
  if (!has.some(({ kind }) => kind === 'totp')) throw new Problem(authenticatorProblems['password-alone'])
  for (const { id, kind } of has) if (kind === 'password') await deleteAuthenticator(client, id)
  const now = clock()
  const id = uuidv7(now)
  const content = sealValue(sealer, contentPlace(id), { ...prepared })
  await insertAuthenticator(client, { id, account, kind: 'password', name: '', content, at: now })
  return id
}

/** The authenticator whose password this is; nothing is written, which would tell a right one by its time. The same work is done where the account has none, or is nobody's. */
export async function usePassword(
  { sealer, hashCost }: Pick<AuthenticatorGround, 'sealer' | 'hashCost'>,
  database: Database,
  account: string,
  password: string,
): Promise<string | undefined> {
  const [held] = await sealedContents(database, account, 'password')
  const has = held && (openValue(sealer, contentPlace(held.id), held.content) as Memorised)
  // What is longer than any password of ours costs no more than the longest.
  const isIt = await isSame(password.slice(0, 1024), has, hashCost)
  return isIt ? held?.id : undefined
}
