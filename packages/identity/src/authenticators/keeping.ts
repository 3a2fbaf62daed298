import { inTransaction, type PoolClient, Problem, type Text, uuidv7 } from '@sapan/kernel'
import { accountProblems } from '../problems/account.ts'
import { authenticatorProblems } from '../problems/authenticators.ts'
import { sealValue } from '../store/sealed.ts'
import { announce } from './announce.ts'
import { reachableAal } from './assurance.ts'
import { type Authenticator, type AuthenticatorKind, kindNames } from './authenticator.ts'
import type { AuthenticatorGround } from './ground.ts'
import { ownName } from './name.ts'
import {
  contentPlace,
  deleteAuthenticator,
  insertAuthenticator,
  listAuthenticators,
  lockAuthenticators,
  renameAuthenticator,
} from './store/authenticators.ts'

/** Who changes their own authenticators, in which session. */
export interface Owner {
  readonly account: string
  readonly session?: string | undefined
}

/** The level that a person must stay able to reach, for what they are trusted with; undefined where nothing asks for one. */
export type LeastAal = (account: string) => Promise<string | undefined>

/** Runs a change of somebody's authenticators while nobody else changes them. Throws `account-not-found`. */
export async function changing<T>(
  ground: Pick<AuthenticatorGround, 'pool'>,
  account: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(ground.pool, async (client) => {
    if (!(await lockAuthenticators(client, account))) throw new Problem(accountProblems['account-not-found'])
    return work(client)
  })
}

/** Throws `authenticator-limit` where the person has as many of the kind as there may be. */
export async function checkRoom(
  { rules }: Pick<AuthenticatorGround, 'rules'>,
  client: PoolClient,
  account: string,
  kind: AuthenticatorKind,
): Promise<void> {
  const has = (await listAuthenticators(client, account)).filter((one) => one.kind === kind)
  if (has.length >= rules.limits.authenticators)
    throw new Problem(authenticatorProblems['authenticator-limit'])
}

/** Tells of what was added. */
export async function announceAdded(
  ground: AuthenticatorGround,
  client: PoolClient,
  { account, session }: Owner,
  kind: AuthenticatorKind,
  name: string,
): Promise<void> {
  const words = kindNames[kind]
  const shown = shownName(ground, kind, name)
  const article = /^[aeiou]/.test(words.en) ? 'An' : 'A'
  await announce(ground, client, {
    account,
    session,
    kind: 'authenticator-added',
    detail: { thWay: words.th, enWay: words.en, name, ...inBoth(shown) },
    title: { th: `เพิ่ม${words.th} “${shown.th}” แล้ว`, en: `${article} ${words.en} was added: “${shown.en}”` },
  })
}

/** A sign-in at an outside provider becomes a way in. `provider` is its code: `thaid`. */
export async function linkExternal(
  ground: AuthenticatorGround,
  client: PoolClient,
  owner: Owner,
  { provider, subject }: { readonly provider: string; readonly subject: string },
): Promise<string> {
  await checkRoom(ground, client, owner.account, 'external')
  const now = ground.clock()
  const id = uuidv7(now)
  const content = sealValue(ground.sealer, contentPlace(id), subject)
  await insertAuthenticator(client, {
    id,
    account: owner.account,
    kind: 'external',
    name: provider,
    content,
    at: now,
  })
  await announceAdded(ground, client, owner, 'external', provider)
  return id
}

/** Throws `authenticator-not-found` for one that is not theirs, `name-invalid`. */
export async function rename(
  ground: AuthenticatorGround,
  owner: Owner,
  id: string,
  name: string,
): Promise<void> {
  const shown = ownName(name)
  await changing(ground, owner.account, async (client) => {
    const { name: before, kind } = ofThem(await listAuthenticators(client, owner.account), id)
    if (kind !== 'passkey' && kind !== 'totp') throw notFound()
    await renameAuthenticator(client, id, shown)
    await ground.history.record(client, {
      account: owner.account,
      kind: 'authenticator-renamed',
      detail: { before, name: shown },
      ...(owner.session !== undefined && { session: owner.session }),
    })
  })
}

/**
 * Throws `authenticator-not-found` for one that is not theirs, `authenticator-last` where none would be left to come in
 * with, `authenticator-needed` where what is left would not reach the level that they need.
 */
export async function remove(
  ground: AuthenticatorGround,
  leastAal: LeastAal,
  owner: Owner,
  id: string,
): Promise<void> {
  const { account, session } = owner
  const needed = await leastAal(account)
  await changing(ground, account, async (client) => {
    const has = await listAuthenticators(client, account)
    const { kind, name } = ofThem(has, id)
    const left = reachableAal(
      ground.rules,
      ground.levels,
      has.filter((one) => one.id !== id),
    )
    if (left === undefined) throw new Problem(authenticatorProblems['authenticator-last'])
    if (needed !== undefined && ground.levels.higher('aal', left, needed) !== left)
      throw new Problem(authenticatorProblems['authenticator-needed'])
    await deleteAuthenticator(client, id)
    const words = kindNames[kind]
    const shown = shownName(ground, kind, name)
    await announce(ground, client, {
      account,
      session,
      kind: 'authenticator-removed',
      detail: { thWay: words.th, enWay: words.en, name, ...inBoth(shown) },
      title: { th: `ลบ${words.th} “${shown.th}” แล้ว`, en: `The ${words.en} “${shown.en}” was removed` },
    })
  })
}

/** Of an outside provider its name in both languages; of others what their owner calls them. */
function shownName({ providers }: AuthenticatorGround, kind: AuthenticatorKind, name: string): Text {
  return (kind === 'external' ? providers?.[name] : undefined) ?? { th: name, en: name }
}

const inBoth = ({ th, en }: Text) => ({ thName: th, enName: en })

function ofThem(authenticators: readonly Authenticator[], id: string): Authenticator {
  const found = authenticators.find((one) => one.id === id)
  if (found === undefined) throw notFound()
  return found
}

function notFound(): Problem {
  return new Problem(authenticatorProblems['authenticator-not-found'])
}
