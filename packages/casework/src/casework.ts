import type { Clock, Language, Logger, Pool, PoolClient, WorkingDays } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { actions, type TaskActions } from './officers/actions.ts'
import { reading, type TaskReading } from './officers/reading.ts'
import { openTask } from './open-task.ts'
import { markOverdue } from './overdue.ts'
import { postponeTasks } from './postpone-tasks.ts'
import { subjects, type TaskSubjects } from './subjects.ts'
import type { Colleague, Task, TaskOpening, TaskSummary } from './task/task.ts'

/** Something of a task that somebody is told: the person whom it is about, or the officer who has it. */
export interface TaskNews {
  readonly what: 'opened' | 'answered' | 'closed' | 'reopened' | 'assigned' | 'overdue'
  /** The account to tell. */
  readonly to: string
  readonly task: TaskSummary
}

/** What casework asks of the officers' room. */
export interface Colleagues {
  /** Those who hold the duty in the agency now. */
  colleagues(agency: string, duty: string): Promise<readonly Colleague[]>
  /** Their name in the language; where it is not known in it, in the other. */
  nameOf(account: string, language: Language): Promise<string | undefined>
}

export interface CaseworkOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly days: WorkingDays
  readonly sealer: Sealer
  readonly log: Logger
  readonly officers: Colleagues
  /** Tells somebody, in the transaction in which it happened. */
  readonly tell: (client: PoolClient, news: TaskNews) => Promise<void>
}

/** Tasks of officers, with their clocks. */
export interface Casework extends TaskActions, TaskReading, TaskSubjects {
  /**
   * Opens a task in the caller's transaction. Its time ends with the office hours of the last working day after the
   * day of receipt. Throws `RangeError` for a time of no working days.
   */
  open(client: PoolClient, opening: TaskOpening): Promise<Task>
  /** Marks tasks whose time has run out and tells who has them; gives how many. A job for every few minutes. */
  markOverdue(limit?: number): Promise<number>
  /** The same: moves times whose last day became a holiday to the next working day, as with cases. */
  postpone(limit?: number): Promise<number>
}

export function createCasework(options: CaseworkOptions): Casework {
  return {
    open: (client, opening) => openTask(options, client, opening),
    markOverdue: (limit = 100) => markOverdue(options, limit),
    postpone: (limit = 100) => postponeTasks(options, limit),
    ...reading(options),
    ...actions(options),
    ...subjects(options),
  }
}
