import { Problem } from '@sapan/kernel'
import type { CaseworkOptions } from './casework.ts'
import { detailPlace } from './open-task.ts'
import { caseworkProblems } from './problems.ts'
import { readEvents } from './store/events.ts'
import { summaryOf, type TaskRow } from './store/row.ts'
import { openJson } from './store/sealing.ts'
import { findTask, tasksAbout } from './store/tasks.ts'
import type { TaskEvent } from './task/event.ts'
import type { SubjectQuestion, SubjectTask, TaskAnswer } from './task/task.ts'

/** What people see of tasks that are about them. */
export interface TaskSubjects {
  /** The latest 100, the newest first. Answers are in `questionOf`. */
  stateFor(subject: string): Promise<readonly SubjectTask[]>
  /** One of them, with what was asked and its answer. Throws `task-not-found` for somebody else's, and logs it. */
  questionOf(subject: string, id: string): Promise<SubjectQuestion>
}

const mostQuestions = 100

export function subjects({ pool, clock, sealer, log }: CaseworkOptions): TaskSubjects {
  return {
    async stateFor(subject) {
      const rows = await tasksAbout(pool, subject, mostQuestions)
      return rows.map((row) => ofSubject(row, clock()))
    },
    async questionOf(subject, id) {
      const row = await findTask(pool, id)
      if (row?.subject !== subject) {
        if (row !== undefined) log.warn({ task: row.id, account: subject }, 'question of another refused')
        throw new Problem(caseworkProblems['task-not-found'])
      }
      const events = await readEvents(pool, sealer, row.id)
      const detail = openJson(sealer, row.detail_sealed, detailPlace(row.id))
      return { ...ofSubject(row, clock()), detail, ...outcome(events) }
    },
  }
}

function ofSubject(row: TaskRow, at: number): SubjectTask {
  const { id, agency, kind, title, reference, state, openedAt, dueAt } = summaryOf(row)
  const overdue = (state === 'open' || state === 'taken') && dueAt < at
  const shown = { id, agency, kind, title, state, openedAt, dueAt, overdue }
  return reference === undefined ? shown : { ...shown, reference }
}

/** The answer that stands: one that was given before the task was opened again does not. */
function outcome(events: readonly TaskEvent[]): { answer?: TaskAnswer; closedFor?: string } {
  const since = events.slice(events.findLastIndex(({ action }) => action === 'reopen') + 1)
  const answered = since.find(({ action }) => action === 'answer')
  if (answered?.words !== undefined) {
    const { text, reasons = '' } = answered.words
    return { answer: { text, reasons, at: answered.at } }
  }
  const closedFor = since.find(({ action }) => action === 'close')?.words?.text
  return closedFor === undefined ? {} : { closedFor }
}
