import { counted, inTransaction, type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import type { Accounts } from '../account/account.ts'
import { lockFreezes } from '../account/freezing.ts'
import { announce } from '../authenticators/announce.ts'
import type { PasskeyAnswer } from '../authenticators/authenticators.ts'
import type { Devices } from '../authenticators/devices.ts'
import type { AuthenticatorGround } from '../authenticators/ground.ts'
import { ownName } from '../authenticators/name.ts'
import { finishAdding, keepPasskey, type NewPasskey } from '../authenticators/passkeys.ts'
import {
  deleteAuthenticator,
  listAuthenticators,
  lockAuthenticators,
} from '../authenticators/store/authenticators.ts'
import { accountProblems } from '../problems/account.ts'
import { recoveryProblems } from '../problems/recovery.ts'
import type { Finding } from '../proofing/settle.ts'
import { openValue, sealValue } from '../store/sealed.ts'
import { isUniqueViolation } from '../store/unique.ts'
import {
  endRecovery,
  insertRecovery,
  lockWaiting,
  nextDue,
  recoveryPlace,
  type StoredRecovery,
  waitingOf,
} from './store.ts'

/** That proofing knows again who somebody is. */
export interface Proofed {
  readonly account: string
  readonly how: 'remote' | 'in-person'
  /** The number of proofing's evidence. */
  readonly evidence: string
  /** What was found, where it is not written down yet: it is when the recovery is complete. */
  readonly finding?: Finding
}

export interface WaitingRecovery {
  readonly id: string
  readonly how: Proofed['how']
  readonly keepsFormer: boolean
  /** Milliseconds since 1970. */
  readonly begunAt: number
  /** When it takes effect unless somebody cancels it. */
  readonly readyAt: number
}

/** What recovery asks of other rooms. */
export interface RecoveryPorts {
  readonly accounts: Pick<Accounts, 'find'>
  readonly devices: Devices
  /** All sessions of an account end. */
  revokeSessions(account: string, client: PoolClient): Promise<void>
  /** Writes down what proofing found. Throws a Problem where that is not to be any more. */
  settle(client: PoolClient, account: string, finding: Finding): Promise<unknown>
}

/**
 * Recovering an account whose authenticators are lost: its owner is proved anew, adds a passkey, and after a time in
 * which whoever still can sign in may object, the passkey counts. History and mandates stay.
 */
export interface Recovery {
  /** The passkey was begun with `authenticators.beginPasskey` for this account. Throws `recovery-waiting`, and what adding a passkey throws. */
  begin(
    proofed: Proofed,
    answer: PasskeyAnswer & { readonly bound: string; readonly name: string; readonly keepsFormer: boolean },
  ): Promise<WaitingRecovery>
  waiting(account: string): Promise<WaitingRecovery | undefined>
  /** By who is signed in, or has just proved that it is them. Throws `recovery-not-found`, `account-frozen`. */
  cancel(account: string, id: string, session?: string): Promise<void>
  /** Completes what has waited long enough; gives how many. Called from time to time, and before a passkey is tried. */
  ripen(): Promise<number>
}

export function createRecovery(ground: AuthenticatorGround, ports: RecoveryPorts): Recovery {
  const { pool, clock } = ground
  return {
    begin: (proofed, answer) => begin(ground, ports, proofed, answer),
    waiting: async (account) => {
      const found = await waitingOf(pool, account)
      return found && shown(found)
    },
    cancel: (account, id, session) =>
      inTransaction(pool, async (client) => {
        await lockAuthenticators(client, account)
        const found = await waitingOf(client, account)
        if (found?.id !== id) throw new Problem(recoveryProblems['recovery-not-found'])
        // Whoever holds an authenticator of a frozen account may be the reason why it is frozen.
        if ((await ports.accounts.find(account))?.state === 'frozen')
          throw new Problem(accountProblems['account-frozen'])
        await endRecovery(client, id, 'cancelled', clock())
        const title = { th: 'ยกเลิกการกู้คืนบัญชีแล้ว', en: 'The recovery of your account was cancelled' }
        await announce(ground, client, { account, session, kind: 'recovery-cancelled', title })
      }),
    ripen: async () => {
      let completed = 0
      // Asked at every sign-in: a transaction is begun only where one is due.
      while ((await nextDue(pool, clock())) !== undefined) {
        const outcome = await completeOne(ground, ports)
        if (outcome === 'none-due') return completed
        if (outcome === 'completed') completed++
      }
      return completed
    },
  }
}

async function begin(
  ground: AuthenticatorGround,
  ports: RecoveryPorts,
  { account, how, evidence, finding }: Proofed,
  { bound, name, keepsFormer, ...answer }: Parameters<Recovery['begin']>[1],
): Promise<WaitingRecovery> {
  const shownName = ownName(name)
  const state = (await ports.accounts.find(account))?.state
  if (state === undefined || state === 'closed') throw new Problem(accountProblems['account-not-found'])
  const passkey = await finishAdding(ground, { account, bound }, answer)
  const hours = ground.rules.coolingOffHours[how === 'remote' ? 'remote' : 'inPerson']
  const begunAt = ground.clock()
  const recovery: StoredRecovery = {
    id: uuidv7(begunAt),
    account,
    how,
    evidence,
    keepsFormer,
    begunAt,
    readyAt: begunAt + hours * 3_600_000,
  }
  const content = sealValue(ground.sealer, recoveryPlace(recovery.id), {
    ...passkey,
    name: shownName,
    ...(finding && { finding: JSON.stringify(finding) }),
  })
  await inTransaction(ground.pool, async (client) => {
    await lockAuthenticators(client, account)
    await insertRecovery(client, recovery, content).catch((error: unknown) => {
      throw isUniqueViolation(error) ? new Problem(recoveryProblems['recovery-waiting']) : error
    })
    const title = {
      th: `มีการขอกู้คืนบัญชีของคุณ จะมีผลใน ${hours} ชั่วโมง หากไม่ใช่คุณให้ยกเลิกทันที`,
      en: `Somebody asked to recover your account. It takes effect in ${counted(hours, 'hour')}; cancel it if it was not you`,
    }
    await announce(ground, client, { account, kind: 'recovery-begun', detail: { how }, title })
  })
  return shown(recovery)
}

/** Completes the one that has been due longest, in one transaction. Another process may complete or cancel it first. */
async function completeOne(
  ground: AuthenticatorGround,
  ports: RecoveryPorts,
): Promise<'none-due' | 'gone' | 'completed'> {
  const { pool, clock, sealer } = ground
  return inTransaction(pool, async (client) => {
    await lockFreezes(client)
    const next = await nextDue(client, clock())
    if (next === undefined) return 'none-due'
    // The account first, as whoever cancels does it: neither waits for the other.
    await lockAuthenticators(client, next.account)
    const due = await lockWaiting(client, next.id)
    if (due === undefined) return 'gone'
    const { id, account, keepsFormer, content } = due
    const kept = openValue(sealer, recoveryPlace(id), content) as KeptRecovery
    const { name, finding, ...passkey } = kept
    if (!keepsFormer)
      for (const former of await listAuthenticators(client, account))
        await deleteAuthenticator(client, former.id)
    const opener = await keepPasskey(ground, client, passkey, { name, hardwareSeen: false })
    await endRecovery(client, id, 'completed', clock())
    await ports.revokeSessions(account, client)
    await ports.devices.forgetAll(client, account)
    // Its owner opens a frozen account, and looks first at what was given in it.
    await client.query(
      'update identity.account_freeze set opener = $2 where account_id = $1 and opened_at is null',
      [account, opener],
    )
    if (finding !== undefined) await settle(ground, ports, client, { account, id, finding })
    const title = { th: 'กู้คืนบัญชีของคุณสำเร็จแล้ว', en: 'Your account was recovered' }
    await announce(ground, client, { account, kind: 'recovery-completed', title })
    return 'completed'
  })
}

type KeptRecovery = NewPasskey & { readonly name: string; readonly finding?: string }

/** What cannot be written down any more (another has proved the number since) keeps nobody out of their account. */
async function settle(
  { log }: AuthenticatorGround,
  ports: RecoveryPorts,
  client: PoolClient,
  { account, id, finding }: { readonly account: string; readonly id: string; readonly finding: string },
): Promise<void> {
  await client.query('savepoint finding')
  try {
    await ports.settle(client, account, JSON.parse(finding) as Finding)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    await client.query('rollback to savepoint finding')
    log.warn({ code: error.code, recovery: id }, 'what a recovery was proved with was not written down')
  }
}

function shown({ id, how, keepsFormer, begunAt, readyAt }: StoredRecovery): WaitingRecovery {
  return { id, how, keepsFormer, begunAt, readyAt }
}
