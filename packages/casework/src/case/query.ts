import type { Text } from '@sapan/kernel'
import type { CaseSummary } from './case.ts'
import type { CaseState } from './states.ts'

/** Which cases a list shows: what officers have to do, one's own, what others are awaited for, what is over. */
export const caseShows = ['work', 'mine', 'awaited', 'ended'] as const
export type CaseShow = (typeof caseShows)[number]

export interface CaseQuery {
  readonly show: CaseShow
  /** 1 to 100. */
  readonly limit: number
  /** Of the officer's duties only this one. */
  readonly duty?: string
  readonly service?: string
  readonly state?: CaseState
  /** An account; `null`: nobody has it. */
  readonly assignee?: string | null
  /** Due at or after, and before. */
  readonly dueFrom?: number
  readonly dueBefore?: number
  readonly overdue?: boolean
  /** The receipt number, or its digits: `RD-2569-000123`, `2569-123`, `123`. */
  readonly number?: string
  /** `next` of the page before. */
  readonly after?: string
}

/** Sorted by due date, what has none last; what is over by when it ended, the latest first. */
export interface CasePage {
  readonly cases: readonly CaseSummary[]
  /** Where the next page starts; absent on the last one. */
  readonly next?: string
  /** Registers that are silent: cases of which only they know whether they are the officer's own are left out. */
  readonly silent?: readonly Text[]
}

/** Counted up to `countLimit`: who has more to do does not need to know how much. */
export interface CaseCounts {
  readonly work: number
  readonly mine: number
  readonly overdue: number
}

export const countLimit = 1_000
