import { type Database, inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import { announce } from '../authenticators/announce.ts'
import { type Authenticator, kindNames, type Proof } from '../authenticators/authenticator.ts'
import type { Devices } from '../authenticators/devices.ts'
import type { AuthenticatorGround } from '../authenticators/ground.ts'
import { deleteAuthenticator, listAuthenticators } from '../authenticators/store/authenticators.ts'
import { accountProblems } from '../problems/account.ts'
import { recoveryProblems } from '../problems/recovery.ts'
import { endRecovery, waitingOf } from '../recovery/store.ts'
import type { Accounts } from './account.ts'
import { lockAccount } from './store/accounts.ts'

/** What ends, and what waits, when somebody says "this wasn't me". Everything in one transaction. */
export interface FreezePorts {
  readonly accounts: Pick<Accounts, 'setState'>
  readonly devices: Devices
  /** Sessions with all their tokens. */
  revokeSessions(account: string, client: PoolClient): Promise<void>
  /** Consents, mandates, sessions and officers' tokens in status lists: gateways refuse them from the next look on. */
  readonly statuses: {
    suspendAll(client: PoolClient, account: string): Promise<unknown>
    resumeAll(client: PoolClient, account: string): Promise<unknown>
  }
  readonly mandates: {
    suspendAll(client: PoolClient, account: string): Promise<unknown>
    resumeAll?(client: PoolClient, account: string): Promise<unknown>
  }
}

export interface Freezing {
  /**
   * Stops everything that is done in the account's name, and a recovery that waits: it may be what was not them, and while
   * the account is frozen nobody could cancel it. One that is frozen already stays so. Throws `account-not-found`,
   * `account-closed`.
   */
  freeze(account: string, session?: string): Promise<void>
  /**
   * Since when the account is frozen, where this proof may open it: a passkey that was there before by at least the time
   * that a recovery waits, since no thief can have added it unseen, or the passkey of a recovery that has waited. Undefined
   * for any other proof, and where the account is not frozen.
   */
  mayOpen(proof: Proof): Promise<FrozenSpan | undefined>
  /** Opens it again. What was added lately is removed: a thief would come back with it. Throws `unfreeze-refused`. */
  unfreeze(proof: Proof): Promise<void>
}

/** Milliseconds since 1970. */
export interface FrozenSpan {
  readonly frozenAt: number
  /** What was added after this is not trusted, and is removed when the account opens. */
  readonly trustedUntil: number
}

export function createFreezing(ground: AuthenticatorGround, ports: FreezePorts): Freezing {
  const { pool, clock, rules, log } = ground
  return {
    freeze: async (account, session) => {
      await inTransaction(pool, async (client) => {
        await lockFreezes(client)
        const state = (await lockAccount(client, account))?.state
        if (state === undefined) throw new Problem(accountProblems['account-not-found'])
        if (state === 'closed') throw new Problem(accountProblems['account-closed'])
        if (state === 'open') await recordFreeze(ground, ports, client, account, session)
        // Also of one that is frozen: what was begun in between ends.
        await ports.revokeSessions(account, client)
        await ports.devices.forgetAll(client, account)
        await ports.statuses.suspendAll(client, account)
        await ports.mandates.suspendAll(client, account)
      })
      log.info({ account }, 'an account was frozen by its owner')
    },
    mayOpen: async (proof) => (await openingOf(pool, rules, proof))?.span,
    unfreeze: async (proof) => {
      const { account } = proof
      await inTransaction(pool, async (client) => {
        await lockFreezes(client)
        if ((await lockAccount(client, account))?.state !== 'frozen') return
        const opening = await openingOf(client, rules, proof)
        if (opening === undefined) throw new Problem(recoveryProblems['unfreeze-refused'])
        for (const added of opening.untrusted) await removeYoung(ground, client, account, added)
        await ports.accounts.setState(client, account, 'open')
        await client.query(
          'update identity.account_freeze set opened_at = $2 where account_id = $1 and opened_at is null',
          [account, new Date(clock())],
        )
        await resume(ports, client, account)
        const title = { th: 'เปิดใช้บัญชีของคุณอีกครั้งแล้ว', en: 'Your account was opened again' }
        await announce(ground, client, { account, kind: 'unfrozen', title })
      })
    },
  }
}

/**
 * Freezes, and what undoes them, follow one another: each changes mandates and status lists that others have in common, and
 * two that took them in different orders would wait for each other. First in the transaction.
 */
export async function lockFreezes(client: PoolClient): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtextextended('identity freezes', 0))`)
}

/** What was suspended goes on. Sessions and tokens don't: everybody signs in anew. */
export async function resume(
  { statuses, mandates }: Pick<FreezePorts, 'statuses' | 'mandates'>,
  client: PoolClient,
  account: string,
): Promise<void> {
  await statuses.resumeAll(client, account)
  await mandates.resumeAll?.(client, account)
}

async function recordFreeze(
  ground: AuthenticatorGround,
  { accounts }: FreezePorts,
  client: PoolClient,
  account: string,
  session: string | undefined,
): Promise<void> {
  await accounts.setState(client, account, 'frozen')
  await client.query('insert into identity.account_freeze (account_id, frozen_at) values ($1, $2)', [
    account,
    new Date(ground.clock()),
  ])
  const title = { th: 'บัญชีของคุณถูกระงับแล้ว', en: 'Your account is frozen' }
  await announce(ground, client, { account, session, kind: 'frozen', title })
  const waiting = await waitingOf(client, account)
  if (waiting === undefined) return
  await endRecovery(client, waiting.id, 'cancelled', ground.clock())
  const cancelled = { th: 'ยกเลิกการกู้คืนบัญชีแล้ว', en: 'The recovery of your account was cancelled' }
  await announce(ground, client, { account, session, kind: 'recovery-cancelled', title: cancelled })
}

async function removeYoung(
  ground: AuthenticatorGround,
  client: PoolClient,
  account: string,
  { id, kind, name }: Authenticator,
): Promise<void> {
  await deleteAuthenticator(client, id)
  const words = kindNames[kind]
  await announce(ground, client, {
    account,
    kind: 'authenticator-removed',
    detail: { thWay: words.th, enWay: words.en, name },
    title: { th: `ลบ${words.th} “${name}” แล้ว`, en: `The ${words.en} “${name}” was removed` },
  })
}

interface Opening {
  readonly span: FrozenSpan
  readonly untrusted: readonly Authenticator[]
}

/** Undefined where nothing is frozen, or the proof opens nothing. */
async function openingOf(
  database: Database,
  { coolingOffHours }: AuthenticatorGround['rules'],
  { account, authenticators }: Proof,
): Promise<Opening | undefined> {
  const { rows } = await database.query<{ frozen_at: Date; opener: string | null }>(
    'select frozen_at, opener from identity.account_freeze where account_id = $1 and opened_at is null',
    [account],
  )
  const [freeze] = rows
  if (freeze === undefined) return undefined
  const frozenAt = freeze.frozen_at.getTime()
  const trustedUntil = frozenAt - coolingOffHours.remote * 3_600_000
  const has = await listAuthenticators(database, account)
  const isTrusted = ({ id, addedAt }: Authenticator) => addedAt <= trustedUntil || id === freeze.opener
  const opens = has.some((one) => one.kind === 'passkey' && isTrusted(one) && authenticators.includes(one.id))
  if (!opens) return undefined
  return { span: { frozenAt, trustedUntil }, untrusted: has.filter((one) => !isTrusted(one)) }
}
