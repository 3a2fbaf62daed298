import type { Text } from '@sapan/kernel'
import type { JsonValue } from '../task/task.ts'
import type { CasePlan, CaseStage } from './plan.ts'
import type { CaseState } from './states.ts'

/** A case to open: what was handed in. */
export interface CaseOpening {
  /** A UUID of version 7 where the caller needs it before; else one is made. */
  readonly id?: string
  /** The member that handles it: `TH/GOV/DOPA`. */
  readonly agency: string
  /** The definition under which it was handed in, and its version, kept for its whole life. */
  readonly service: string
  readonly version: number
  /** The account that handed it in and is told of it. */
  readonly applicant: string
  /** A keyed hash of whom it is about (a company, a child): whoever may act for them sees it. */
  readonly party?: string
  /** Others who must agree before it goes on. */
  readonly consents?: readonly CaseConsent[]
  /** Keyed hashes of others whom it concerns, who see nothing of it: no officer who acts for them handles it. */
  readonly concerned?: readonly string[]
  /** Of what kinds all these parties are (a company, a person): which registers know who acts for them. Not known: of any. */
  readonly kinds?: readonly string[]
  /** Stands in lists, not sealed: the service's name, nothing personal. */
  readonly title: Text
  /** Everything that was handed in; sealed. */
  readonly content: JsonValue
  readonly plan: CasePlan
  /** What is to be paid first, in satang; 0: nothing. */
  readonly fee: number
  /** When it came in, in ms since 1970, where that is before it is registered: times count from then. */
  readonly receivedAt?: number
  /** The same again (sent twice) opens nothing: the id of the draft. */
  readonly key: string
}

/** Somebody else whose yes is needed. */
export interface CaseConsent {
  /** Of the definition: `house-master`. */
  readonly id: string
  /** A keyed hash of who is asked, as `party` is. */
  readonly of: string
  /** Days of the calendar to answer, after which the case lapses. */
  readonly days: number
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
  readonly stage: CaseStage
  /** Whose holders have to do with it now, or had at last; absent where it has no steps. */
  readonly duty?: string
  /** The account of the officer who has it. */
  readonly assignee?: string
  /** When it came in, which never changes. */
  readonly receivedAt: number
  /** When it counts as received: at once in office hours, else at the next opening. */
  readonly effectiveReceivedAt: number
  /** The end of the legal time; absent while the clock does not run (a fee or information is awaited). */
  readonly dueAt?: number
  readonly overdueAt?: number
  /** Until when a fee, a consent or information is awaited. */
  readonly lapseAt?: number
  readonly endedAt?: number
  /** Until when the applicant may appeal; absent where they may not. */
  readonly appealUntil?: number
  /** Goes up by one with each event: who acts names the version that they saw. */
  readonly caseVersion: number
}

export interface Case extends CaseSummary {
  readonly applicant: string
  readonly party?: string
  /** Which consents are still awaited: their ids. */
  readonly awaitedConsents: readonly string[]
  /** `null` once it was erased. */
  readonly content: JsonValue
  readonly plan: CasePlan
  readonly fee: number
  /** What the applicant replied to requests for information, the first first; absent where there is nothing. */
  readonly replies?: readonly JsonValue[]
  /** The decision that stands. */
  readonly decision?: CaseDecision
  readonly erasedAt?: number
}

/** What an officer or a rule decides. */
export interface CaseRuling {
  /** Of the definition: `granted`. */
  readonly outcome: string
  readonly favours: boolean
  /** At least one where it does not favour (Administrative Procedure Act 2539, section 37). */
  readonly reasons: readonly { readonly id: string; readonly words: string }[]
  /** Answers to what the definition asks with a decision. */
  readonly inputs: Readonly<Record<string, JsonValue>>
}

/** What was decided, by whom and why. Sealed. */
export interface CaseDecision extends CaseRuling {
  /** The officer's account; absent where it was decided by rule. */
  readonly by?: string
  readonly at: number
  readonly stage: CaseStage
}

/** The case that somebody acts on, as they saw it. */
export interface CaseSeen {
  readonly case: string
  readonly version: number
}

/** A person who looks at their own cases. */
export interface CasePerson {
  readonly account: string
  /** Keyed hashes of themselves and of those for whom they may act now. */
  readonly parties: readonly string[]
}
