import { type PoolClient, uuidv7 } from '@sapan/kernel'
import type { CaseworkOptions } from './casework.ts'
import { insertEvent } from './store/events.ts'
import { summaryOf, type WholeTaskRow } from './store/row.ts'
import { sealJson } from './store/sealing.ts'
import { insertTask } from './store/tasks.ts'
import type { Task, TaskOpening } from './task/task.ts'
import { tellHolders } from './tell-holders.ts'

export async function openTask(
  { clock, days, sealer, officers, tell }: CaseworkOptions,
  client: PoolClient,
  opening: TaskOpening,
): Promise<Task> {
  const at = clock()
  const id = uuidv7(at)
  const { workingDays } = opening.clock
  const dueAt = days.due(at, workingDays)
  const row: WholeTaskRow = {
    id,
    agency: opening.agency,
    duty: opening.duty,
    kind: opening.kind,
    subject: opening.subject ?? null,
    title_th: opening.title.th,
    title_en: opening.title.en,
    reference: opening.reference ?? null,
    working_days: workingDays,
    opened_at: new Date(at),
    received_at: new Date(days.received(at)),
    state: 'open',
    assignee: null,
    due_at: new Date(dueAt),
    overdue_at: null,
    version: 1,
    detail_sealed: sealJson(sealer, opening.detail, detailPlace(id)),
  }
  await insertTask(client, row)
  await insertEvent(client, sealer, id, 1, { action: 'open', at, dueAt })
  if (opening.isUrgent === true) await tellHolders({ officers, tell }, client, { what: 'opened', row })
  return {
    ...summaryOf(row),
    ...(opening.subject === undefined ? {} : { subject: opening.subject }),
    detail: opening.detail,
    workingDays,
  }
}

/** To what the seal of a task's detail is bound. */
export function detailPlace(id: string): string {
  return `task.detail ${id}`
}
