import type { TaskState } from '../task/states.ts'
import type { TaskSummary } from '../task/task.ts'

/** A row of `casework.task`, without what is sealed. */
export interface TaskRow {
  readonly id: string
  readonly agency: string
  readonly duty: string
  readonly kind: string
  readonly subject: string | null
  readonly title_th: string
  readonly title_en: string
  readonly reference: string | null
  readonly working_days: number
  readonly opened_at: Date
  readonly received_at: Date
  readonly state: TaskState
  readonly assignee: string | null
  readonly due_at: Date
  readonly overdue_at: Date | null
  readonly version: number
}

export interface WholeTaskRow extends TaskRow {
  readonly detail_sealed: Buffer
}

export const columns = `id, agency, duty, kind, subject, title_th, title_en, reference, working_days, opened_at,
  received_at, state, assignee, due_at, overdue_at, version`

export function summaryOf(row: TaskRow): TaskSummary {
  return {
    id: row.id,
    agency: row.agency,
    duty: row.duty,
    kind: row.kind,
    title: { th: row.title_th, en: row.title_en },
    ...(row.reference === null ? {} : { reference: row.reference }),
    state: row.state,
    ...(row.assignee === null ? {} : { assignee: row.assignee }),
    openedAt: row.opened_at.getTime(),
    receivedAt: row.received_at.getTime(),
    dueAt: row.due_at.getTime(),
    ...(row.overdue_at === null ? {} : { overdueAt: row.overdue_at.getTime() }),
    version: row.version,
  }
}
