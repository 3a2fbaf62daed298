import type { Pool, PoolClient, Text } from '@sapan/kernel'
import type { Level } from '../levels/level.ts'
import type { MandateHistoryKind } from './history-kinds.ts'
import type { StatusPlace } from './mandate.ts'

/** What mandates need to know of accounts. */
export interface MandateAccount {
  readonly id: string
  readonly state: 'open' | 'frozen' | 'closed'
  readonly name: Text
}

export interface MandateAccounts {
  find(id: string): Promise<MandateAccount | undefined>
  /** By an identifier that was proved. */
  findByIdentifier(
    scheme: 'national-id' | 'foreigner-number',
    value: string,
  ): Promise<MandateAccount | undefined>
  identifiersOf(
    id: string,
  ): Promise<readonly { readonly scheme: string; readonly value: string; readonly proved: boolean }[]>
  /** `birthDate`: `1997-02-28`. */
  profileOf(id: string): Promise<{ readonly birthDate?: string } | undefined>
}

export interface MandateEvent {
  readonly account: string
  readonly kind: MandateHistoryKind
  readonly detail?: Record<string, string>
  readonly session?: string
}

export interface MandateHistory {
  record(client: Pool | PoolClient, event: MandateEvent): Promise<void>
}

/** An outbox in the caller's transaction. */
export interface MandateNotices {
  send(
    client: PoolClient,
    notice: {
      readonly account: string
      readonly kind: 'mandate'
      readonly title: Text
      readonly body: Text
      readonly link?: string
    },
  ): Promise<unknown>
}

/** Places in status lists, by which gateways learn that a mandate is over. */
export interface MandateStatuses {
  allocate(
    client: PoolClient,
    entry: { readonly account: string; readonly kind: 'mandate' },
  ): Promise<StatusPlace>
  set(client: PoolClient, place: StatusPlace, status: 'valid' | 'suspended' | 'withdrawn'): Promise<void>
}

/** With what a person decided a question. */
export interface DecidedBy {
  readonly session: string
  readonly level: Level
  readonly authenticatedAt: number
}

/** Questions that reach a person on their own device (CIBA). */
export interface MandateQuestions {
  ask(question: {
    readonly account: string
    readonly kind: string
    readonly bindingMessage: string
    /** Seconds. */
    readonly lifetime?: number
  }): Promise<{ readonly id: string }>
  decide(account: string, id: string, decision: 'approve' | 'deny', by: DecidedBy): Promise<unknown>
}

/** Whether an officer's appointment has a duty at a time. */
export interface MandateOfficers {
  hasDuty(appointment: string, duty: string, at: number): Promise<boolean>
}

/** The other rooms, as mandates know them. */
export interface MandatePorts {
  readonly accounts: MandateAccounts
  readonly history: MandateHistory
  readonly notices: MandateNotices
  readonly statuses: MandateStatuses
  readonly backchannel: MandateQuestions
  readonly officers: MandateOfficers
}
