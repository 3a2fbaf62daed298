import { type Logger, type Pool, type PoolClient, Problem } from '@sapan/kernel'
import type { CaseworkOptions } from '../casework.ts'
import { detailPlace } from '../open-task.ts'
import { caseworkProblems } from '../problems.ts'
import { readEvents } from '../store/events.ts'
import { countQueue, readQueue } from '../store/queue.ts'
import { summaryOf, type WholeTaskRow } from '../store/row.ts'
import { openJson } from '../store/sealing.ts'
import { findTask } from '../store/tasks.ts'
import type { TaskEvent } from '../task/event.ts'
import { refusal } from '../task/permission.ts'
import type { TaskPage, TaskQuery } from '../task/query.ts'
import type { Colleague, Officer, Task } from '../task/task.ts'

/** What an officer sees. A task of another agency or duty, or about the officer, is `task-not-found` and logged. */
export interface TaskReading {
  list(officer: Officer, query: TaskQuery): Promise<TaskPage>
  count(officer: Officer): Promise<{ open: number; mine: number; overdue: number }>
  find(officer: Officer, id: string): Promise<Task>
  eventsOf(officer: Officer, id: string): Promise<readonly TaskEvent[]>
  /** To whom the officer can give the task. */
  colleaguesFor(officer: Officer, id: string): Promise<readonly Colleague[]>
}

export function reading(options: CaseworkOptions): TaskReading {
  const { pool, clock, sealer, log, officers } = options
  return {
    list: (officer, query) => readQueue(pool, officer, query, clock()),
    count: (officer) => countQueue(pool, officer, clock()),
    async find(officer, id) {
      const row = await visibleTask({ log }, pool, officer, id)
      return {
        ...summaryOf(row),
        ...(row.subject === null ? {} : { subject: row.subject }),
        detail: openJson(sealer, row.detail_sealed, detailPlace(row.id)),
        workingDays: row.working_days,
      }
    },
    async eventsOf(officer, id) {
      const row = await visibleTask({ log }, pool, officer, id)
      return await readEvents(pool, sealer, row.id)
    },
    async colleaguesFor(officer, id) {
      const row = await visibleTask({ log }, pool, officer, id)
      return await suitable(officers, row)
    },
  }
}

/** The task, where the officer may see it. Throws `task-not-found`, and logs an attempt at what is not theirs. */
export async function visibleTask(
  { log }: { readonly log: Logger },
  client: Pool | PoolClient,
  officer: Officer,
  id: string,
): Promise<WholeTaskRow> {
  const row = await findTask(client, id)
  if (row === undefined) throw new Problem(caseworkProblems['task-not-found'])
  const why = refusal(officer, row)
  if (why === undefined) return row
  log.warn({ task: row.id, officer: officer.account, agency: officer.agency, why }, 'task refused')
  throw new Problem(caseworkProblems['task-not-found'])
}

/** Those who hold the task's duty, without the person whom it is about. */
export async function suitable(
  officers: CaseworkOptions['officers'],
  row: Pick<WholeTaskRow, 'agency' | 'duty' | 'subject'>,
): Promise<readonly Colleague[]> {
  const all = await officers.colleagues(row.agency, row.duty)
  return all.filter(({ account }) => account !== row.subject)
}
