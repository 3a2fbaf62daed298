import type { TaskAction } from './states.ts'

/** What was written with an event. */
export interface EventWords {
  /** The note, the answer, or why it was closed or opened again. */
  readonly text: string
  /** Of an answer. */
  readonly reasons?: string
}

/** Something that happened to a task. */
export interface TaskEvent {
  readonly version: number
  readonly action: TaskAction
  readonly at: number
  /** The officer's account; absent for the clock and for whoever opened it. */
  readonly actor?: string
  readonly assignee?: string
  readonly dueAt?: number
  readonly words?: EventWords
}
