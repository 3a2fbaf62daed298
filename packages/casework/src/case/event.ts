import type { JsonValue } from '../task/task.ts'
import type { CaseDecision } from './case.ts'
import type { CaseAction } from './states.ts'

/** Who did it: an officer, the applicant or who acts for them, another who was asked, or the system itself. */
export type CaseActor = 'officer' | 'applicant' | 'party' | 'system'

/** What an event says of how the case stands; enough to make the row anew. Nothing personal. */
export interface CaseChange {
  readonly action: CaseAction
  readonly at: number
  readonly by: CaseActor
  /** The account; absent for the system. */
  readonly actor?: string
  /** The officer who has it from now on: of `take` and `assign`. */
  readonly assignee?: string
  /** Of `consent` and `decline`: which. */
  readonly consent?: string
  /** The end of the legal time, where the event sets it. */
  readonly dueAt?: number
  /** Working days that are left while the clock stands. */
  readonly daysLeft?: number
  /** Until when what is awaited must come. */
  readonly lapseAt?: number
  /** Of `decide`. */
  readonly favours?: boolean
  /** Of `decide`: whether officers sign what it brings. */
  readonly isSigned?: boolean
  /** Of `complete`, where the applicant may appeal. */
  readonly appealUntil?: number
}

/** What was written with an event; sealed. */
export interface CaseWords {
  /** The note, what is asked, why it is sent back, withdrawn, voided, appealed. */
  readonly text?: string
  readonly decision?: CaseDecision
  /** What the applicant is asked for beside words, what they replied, what an effect answered. */
  readonly data?: JsonValue
}

/** Something that happened to a case. */
export interface CaseEvent extends CaseChange {
  readonly version: number
  readonly words?: CaseWords
}

/** Of each event a job goes out: its queue, and what it says. */
export interface CaseMessage {
  readonly case: string
  /** The version that the event made. */
  readonly event: number
}

/** The queue of the jobs that an action sends: `case.decide`. */
export function caseQueue(action: CaseAction): string {
  return `case.${action}`
}
