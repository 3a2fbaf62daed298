import type { PoolClient, Text } from '@sapan/kernel'
import type { PairwiseSubjects } from '../provider/subjects.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { HasOfficers } from './answering.ts'

/** Whose gateways stand on one database: one of them answers for all their members. */
export interface UsageOperator {
  readonly owner: string
  readonly gateways: readonly string[]
  readonly members: readonly { readonly id: string; readonly name: Text }[]
}

/** The door at our own gateway's edge (`/sapan/v1/…`). Each throws a `Problem` where it can't be done. */
export interface UsageDoor {
  operators(): Promise<readonly UsageOperator[]>
  ask(question: {
    readonly gateway: string
    readonly token: string
    readonly limit: number
    readonly after?: string
  }): Promise<unknown>
  /** What waits at a gateway for the house; `taken` is forgotten there. */
  hints(question: {
    readonly gateway: string
    readonly token: string
    readonly taken: readonly number[]
  }): Promise<unknown>
  prove(question: {
    readonly gateway: string
    readonly token: string
    readonly exchange: string
    readonly member: string
    readonly side: 'consumer' | 'provider'
  }): Promise<Uint8Array>
}

/** What an agency was asked about an access, as the person sees it. */
export interface AccessQuestion {
  readonly id: string
  readonly agency: string
  readonly kind: string
  readonly reference?: string
  readonly state: string
  readonly openedAt: number
  readonly dueAt: number
}

/** Desks of agencies. */
export interface UsageCasework {
  open(
    client: PoolClient,
    opening: {
      readonly agency: string
      readonly duty: string
      readonly kind: string
      readonly subject: string
      readonly title: Text
      readonly detail: { readonly [key: string]: string | readonly string[] }
      readonly clock: { readonly workingDays: number }
      readonly reference: string
    },
  ): Promise<unknown>
  stateFor(subject: string): Promise<readonly AccessQuestion[]>
}

/** The other rooms, as usage knows them. */
export interface UsagePorts {
  readonly accounts: {
    identifiersOf(
      id: string,
    ): Promise<readonly { readonly scheme: string; readonly value: string; readonly proved: boolean }[]>
  }
  readonly tokens: Pick<Tokens, 'subject'>
  /** What agencies call the person. */
  readonly subjects: Pick<PairwiseSubjects, 'subjectOf'>
  readonly door: Omit<UsageDoor, 'hints'>
  readonly casework: UsageCasework
  readonly hasOfficers: HasOfficers
  /** The member that runs the house. */
  readonly operator: string
}
