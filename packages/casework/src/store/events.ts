import type { Pool, PoolClient } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { EventWords, TaskEvent } from '../task/event.ts'
import type { TaskAction, TaskChange } from '../task/states.ts'
import { openJson, sealJson } from './sealing.ts'

/** An event as it is written: what it changes, by whom, and in what words. */
export interface EventEntry extends TaskChange {
  readonly actor?: string
  readonly words?: EventWords
}

interface EventRow {
  readonly version: number
  readonly action: TaskAction
  readonly actor: string | null
  readonly at: Date
  readonly assignee: string | null
  readonly due_at: Date | null
  readonly content_sealed: Buffer | null
}

export async function insertEvent(
  client: PoolClient,
  sealer: Sealer,
  task: string,
  version: number,
  { action, actor, at, assignee, dueAt, words }: EventEntry,
): Promise<void> {
  const sealed = words === undefined ? null : sealJson(sealer, { ...words }, placeOf(task, version))
  await client.query(
    `insert into casework.task_event (task_id, version, action, actor, at, assignee, due_at, content_sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      task,
      version,
      action,
      actor ?? null,
      new Date(at),
      assignee ?? null,
      dueAt === undefined ? null : new Date(dueAt),
      sealed,
    ],
  )
}

/** All events of a task, the first one first. */
export async function readEvents(
  client: Pool | PoolClient,
  sealer: Sealer,
  task: string,
): Promise<TaskEvent[]> {
  const { rows } = await client.query<EventRow>(
    `select version, action, actor, at, assignee, due_at, content_sealed
     from casework.task_event where task_id = $1 order by version`,
    [task],
  )
  return rows.map((row) => eventOf(sealer, task, row))
}

function eventOf(sealer: Sealer, task: string, row: EventRow): TaskEvent {
  const words =
    row.content_sealed === null
      ? undefined
      : wordsOf(openJson(sealer, row.content_sealed, placeOf(task, row.version)))
  return {
    version: row.version,
    action: row.action,
    at: row.at.getTime(),
    ...(row.actor === null ? {} : { actor: row.actor }),
    ...(row.assignee === null ? {} : { assignee: row.assignee }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at.getTime() }),
    ...(words === undefined ? {} : { words }),
  }
}

/** `sealJson` wrote it, and the seal is bound to its place. */
function wordsOf(content: unknown): EventWords {
  return content as EventWords
}

function placeOf(task: string, version: number): string {
  return `task_event.content ${task} ${version}`
}
