import type { Text } from '@sapan/kernel'
import type { TaskState } from './states.ts'

/** What can be written as JSON. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** What is to be done, as whoever opens it says. */
export interface TaskOpening {
  /** The member that has to do it: `TH/GOV/DOPA`. */
  readonly agency: string
  /** The duty whose holders may do it. */
  readonly duty: string
  /** What sort of task, `access-question`; faces know its name. */
  readonly kind: string
  /** The account that it is about, and that gets the answer; never shown to the officer. */
  readonly subject?: string
  /** Stands in lists and is not sealed: no personal data. */
  readonly title: Text
  /** Everything else that an officer needs; sealed. */
  readonly detail: JsonValue
  /** The time within which it must be answered. */
  readonly clock: { readonly workingDays: number }
  /** By which others find it: the number of an exchange, of an application. No personal data. */
  readonly reference?: string
  /** Whether those who hold the duty get a notice at once; else they find it in their queue. */
  readonly isUrgent?: boolean
}

/** A task as lists show it. Times are milliseconds since 1970. */
export interface TaskSummary {
  readonly id: string
  readonly agency: string
  readonly duty: string
  readonly kind: string
  readonly title: Text
  readonly reference?: string
  readonly state: TaskState
  /** The account of the officer who has taken it. */
  readonly assignee?: string
  readonly openedAt: number
  /** When it counts as received: at once in office hours, else at their next opening. */
  readonly receivedAt: number
  readonly dueAt: number
  /** When it was marked as overdue. */
  readonly overdueAt?: number
  /** Goes up by one with each event: who acts names the version that they saw. */
  readonly version: number
}

export interface Task extends TaskSummary {
  readonly subject?: string
  readonly detail: JsonValue
  readonly workingDays: number
}

/** What the person gets back: what was decided or found, and why. */
export interface TaskAnswer {
  readonly text: string
  /** The facts, the law and the considerations on which it rests. */
  readonly reasons: string
  readonly at: number
}

/** A task as the person whom it is about sees it: without the officers and their notes. */
export interface SubjectTask {
  readonly id: string
  readonly agency: string
  readonly kind: string
  readonly title: Text
  readonly reference?: string
  readonly state: TaskState
  readonly openedAt: number
  readonly dueAt: number
  readonly overdue: boolean
  readonly answer?: TaskAnswer
  /** Why it was closed without an answer. */
  readonly closedFor?: string
}

/** One of them, opened. */
export interface SubjectQuestion extends SubjectTask {
  readonly detail: JsonValue
}

/** An officer who acts, under one appointment. */
export interface Officer {
  readonly account: string
  readonly agency: string
  readonly duties: readonly string[]
}

/** An officer to whom a task can be given. */
export interface Colleague {
  readonly account: string
  readonly name: string
}
