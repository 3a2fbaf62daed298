import type { Text } from '@sapan/kernel'
import type { JsonValue } from '../task/task.ts'
import type { CasePlan } from './plan.ts'
import type { CaseState } from './states.ts'

/** A case to open: what was handed in. */
export interface CaseOpening {
  /** The member that handles it: `TH/GOV/DOPA`. */
  readonly agency: string
  /** The definition under which it was handed in, and its version, kept for its whole life. */
  readonly service: string
  readonly version: number
  /** The account that handed it in and is told of it. */
  readonly applicant: string
  /** A keyed hash of whom it is about (a company, a child): whoever may act for them sees it. */
  readonly party?: string
  /** Stands in lists, not sealed: the service's name, nothing personal. */
  readonly title: Text
  /** Everything that was handed in; sealed. */
  readonly content: JsonValue
  readonly plan: CasePlan
  /** What is to be paid first, in satang; 0: nothing. */
  readonly fee: number
  /** The same again (sent twice) opens nothing: the id of the draft. */
  readonly key: string
}

/** A case as lists show it. Times are milliseconds since 1970. */
export interface CaseSummary {
  readonly id: string
  /** The receipt number, gapless per agency and Buddhist year: `RD-2569-000123`. */
  readonly number: string
  readonly agency: string
  readonly service: string
  readonly version: number
  readonly title: Text
  readonly state: CaseState
  /** The account of the officer who has it. */
  readonly assignee?: string
  /** When it came in, which never changes. */
  readonly receivedAt: number
  /** When it counts as received: at once in office hours, else at the next opening. */
  readonly effectiveReceivedAt: number
  /** The end of the legal time; absent while the clock does not run (a fee or information is awaited). */
  readonly dueAt?: number
  readonly overdueAt?: number
  /** Goes up by one with each event: who acts names the version that they saw. */
  readonly caseVersion: number
}

export interface Case extends CaseSummary {
  readonly applicant: string
  readonly party?: string
  readonly content: JsonValue
  readonly plan: CasePlan
  readonly fee: number
  /** The decision that stands. */
  readonly decision?: CaseDecision
}

/** What was decided, by whom and why. Sealed. */
export interface CaseDecision {
  /** Of the definition: `granted`. */
  readonly outcome: string
  readonly favours: boolean
  readonly reasons: readonly { readonly id: string; readonly words: string }[]
  /** Answers to what the definition asks with a decision. */
  readonly inputs: Readonly<Record<string, JsonValue>>
  /** The officer's account; absent where it was decided by rule. */
  readonly by?: string
  readonly at: number
  readonly stage: 'first' | 'appeal'
}
