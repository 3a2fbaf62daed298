import type { Clock, Logger, Pool, PoolClient, ProblemOptions } from '@sapan/kernel'
import { Problem, type Text } from '@sapan/kernel'
import { keyedHash, type Sealer } from '@sapan/trust'
import { mandateProblems } from '../problems/mandates.ts'
import type { MandatesCountry } from './country.ts'
import type { MandateHistoryKind } from './history-kinds.ts'
import type { MandateAccount, MandatePorts } from './ports.ts'
import type { AuthoritySource } from './sources/authority.ts'
import type { MandateRecords } from './store/records.ts'

/** What the parts of this room stand on. */
export interface MandateRoom extends MandatePorts {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly country: MandatesCountry
  readonly records: MandateRecords
  readonly sources: Readonly<Record<'company' | 'child', AuthoritySource>>
}

/** Who does something, with the sign-in session in which they do it. */
export interface Doer {
  readonly account: string
  readonly session: string
  /** Milliseconds since 1970. */
  readonly authenticatedAt: number
  /** Set while they act for another. */
  readonly acting?: { readonly mandate: string }
}

export type MandateProblemCode = keyof typeof mandateProblems

export function mandateProblem(code: MandateProblemCode, options?: ProblemOptions): Problem {
  return new Problem(mandateProblems[code], options)
}

export function isMandateProblem(error: unknown, code: MandateProblemCode): error is Problem {
  return error instanceof Problem && error.code === code
}

/** By which a company's or a person's number is found again. */
export function numberHash({ hashKey }: Pick<MandateRoom, 'hashKey'>, number: string): Buffer {
  return keyedHash(hashKey, `mandate-number:${number}`)
}

/** The number by which registers know somebody; undefined where it was not proved. */
export async function nationalNumber(
  { accounts }: Pick<MandateRoom, 'accounts'>,
  account: string,
): Promise<string | undefined> {
  const identifiers = await accounts.identifiersOf(account)
  return identifiers.find(({ scheme, proved }) => proved && scheme === 'national-id')?.value
}

/** Throws `mandate-account-closed`, `mandate-suspended` for one who is not open. */
export async function openAccount(
  { accounts }: Pick<MandateRoom, 'accounts'>,
  id: string,
): Promise<MandateAccount> {
  const account = await accounts.find(id)
  if (account?.state !== 'open') throw mandateProblem('mandate-account-closed')
  return account
}

/**
 * Keeps accounts as they are until a transaction is over: what begins or ends in it is either seen by who freezes one of
 * them, or waits for that. First in a transaction, as freezing locks the account first. Returns whether all are open.
 */
export async function holdAccounts(client: PoolClient, ids: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ state: string }>(
    'select state from identity.account where id = any($1) order by id for share',
    [ids],
  )
  return rows.length === new Set(ids).size && rows.every(({ state }) => state === 'open')
}

/** The same. Throws `mandate-account-closed` where one is not open. */
export async function holdOpen(client: PoolClient, ids: readonly string[]): Promise<void> {
  if (!(await holdAccounts(client, ids))) throw mandateProblem('mandate-account-closed')
}

/** Nobody gives what is another's to give. Throws `mandate-not-passed-on`. */
export function refuseActing({ acting }: Doer): void {
  if (acting !== undefined) throw mandateProblem('mandate-not-passed-on')
}

/** Throws `mandate-proof-stale` for one who has not proved lately that it is them. */
export function refuseStale({ clock }: Pick<MandateRoom, 'clock'>, doer: Doer, seconds: number): void {
  const age = clock() - doer.authenticatedAt
  if (age > seconds * 1000) throw mandateProblem('mandate-proof-stale')
}

/** An event for the histories of several. */
export interface MandateEventOf {
  readonly kind: MandateHistoryKind
  readonly accounts: readonly (string | undefined)[]
  readonly detail: Record<string, string>
  readonly doer?: Doer
}

/** Writes an event into the histories of all whom it is about, each once. */
export async function record(
  { history }: Pick<MandateRoom, 'history'>,
  client: PoolClient,
  event: MandateEventOf,
): Promise<void> {
  const accounts = new Set(event.accounts.filter((account) => account !== undefined))
  for (const account of accounts) {
    const isDoer = account === event.doer?.account
    await history.record(client, {
      account,
      kind: event.kind,
      detail: event.detail,
      ...(isDoer && event.doer ? { session: event.doer.session } : {}),
    })
  }
}

/** Tells a person, in the caller's transaction. */
export async function notify(
  { notices }: Pick<MandateRoom, 'notices'>,
  client: PoolClient,
  notice: { readonly account: string; readonly title: Text; readonly body: Text; readonly link?: string },
): Promise<void> {
  await notices.send(client, { kind: 'mandate', link: '/me/mandates', ...notice })
}
