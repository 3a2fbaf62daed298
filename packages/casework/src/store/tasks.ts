import { type Pool, type PoolClient, Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { caseworkProblems } from '../problems.ts'
import { stand, type TaskStanding } from '../task/states.ts'
import { type EventEntry, insertEvent } from './events.ts'
import { columns, type TaskRow, type WholeTaskRow } from './row.ts'

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Whether a text from outside can be a key here; the database would fail on others. */
export function isTaskId(text: string): boolean {
  return uuid.test(text)
}

export async function findTask(client: Pool | PoolClient, id: string): Promise<WholeTaskRow | undefined> {
  if (!isTaskId(id)) return undefined
  const { rows } = await client.query<WholeTaskRow>(
    `select ${columns}, detail_sealed from casework.task where id = $1`,
    [id],
  )
  return rows[0]
}

export async function insertTask(client: PoolClient, row: WholeTaskRow): Promise<void> {
  await client.query(
    `insert into casework.task (${columns}, detail_sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      row.id,
      row.agency,
      row.duty,
      row.kind,
      row.subject,
      row.title_th,
      row.title_en,
      row.reference,
      row.working_days,
      row.opened_at,
      row.received_at,
      row.state,
      row.assignee,
      row.due_at,
      row.overdue_at,
      row.version,
      row.detail_sealed,
    ],
  )
}

/**
 * Adds an event and brings the row to where it leads. Of two that start from the same version one wins; the other
 * meets `task-changed`. Throws `task-transition-not-allowed` where the state does not allow the event.
 */
export async function appendEvent(
  client: PoolClient,
  sealer: Sealer,
  task: TaskRow,
  event: EventEntry,
): Promise<TaskStanding> {
  const after = stand(standingOf(task), event)
  if (after === undefined) throw new Problem(caseworkProblems['task-transition-not-allowed'])
  const { rowCount } = await client.query(
    `update casework.task set state = $3, assignee = $4, due_at = $5, overdue_at = $6, version = version + 1
     where id = $1 and version = $2`,
    [
      task.id,
      task.version,
      after.state,
      after.assignee ?? null,
      new Date(after.dueAt),
      after.overdueAt === undefined ? null : new Date(after.overdueAt),
    ],
  )
  if (rowCount !== 1) throw new Problem(caseworkProblems['task-changed'])
  await insertEvent(client, sealer, task.id, after.version, event)
  return after
}

function standingOf(row: TaskRow): TaskStanding {
  return {
    state: row.state,
    assignee: row.assignee ?? undefined,
    dueAt: row.due_at.getTime(),
    overdueAt: row.overdue_at?.getTime(),
    version: row.version,
  }
}

/** Tasks whose time has run out and that nobody has marked, locked for this transaction; others skip them. */
export async function lockOverdue(client: PoolClient, at: number, limit: number): Promise<TaskRow[]> {
  const { rows } = await client.query<TaskRow>(
    `select ${columns} from casework.task
     where state in ('open', 'taken') and overdue_at is null and due_at < $1
     order by due_at, id limit $2 for update skip locked`,
    [new Date(at), limit],
  )
  return rows
}

/** Tasks whose time runs and ends between two moments, locked for this transaction; others skip them. */
export async function lockTasksEnding(
  client: PoolClient,
  [from, to]: readonly [from: Date, to: Date],
  limit: number,
): Promise<TaskRow[]> {
  const { rows } = await client.query<TaskRow>(
    `select ${columns} from casework.task
     where state in ('open', 'taken') and overdue_at is null and due_at >= $1 and due_at < $2
     order by due_at, id limit $3 for update skip locked`,
    [from, to, limit],
  )
  return rows
}

/** What a person asked, the latest first. */
export async function tasksAbout(
  client: Pool | PoolClient,
  subject: string,
  limit: number,
): Promise<TaskRow[]> {
  if (!isTaskId(subject)) return []
  const { rows } = await client.query<TaskRow>(
    `select ${columns} from casework.task where subject = $1 order by opened_at desc, id limit $2`,
    [subject, limit],
  )
  return rows
}
