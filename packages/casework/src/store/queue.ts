import { type Pool, Problem } from '@sapan/kernel'
import { caseworkProblems } from '../problems.ts'
import type { TaskPage, TaskQuery } from '../task/query.ts'
import type { Officer } from '../task/task.ts'
import { columns, summaryOf, type TaskRow } from './row.ts'
import { isTaskId } from './tasks.ts'

const keys = { due: 'due_at', opened: 'opened_at' } as const

const conditions = {
  waiting: `state in ('open', 'taken')`,
  open: `state = 'open'`,
  mine: `state = 'taken' and assignee = $3`,
  overdue: `state in ('open', 'taken') and due_at < $4`,
  done: `state in ('answered', 'closed')`,
} as const

/** One page of what an officer may do. Tasks about themselves are not among it. */
export async function readQueue(
  pool: Pool,
  officer: Officer,
  query: TaskQuery,
  at: number,
): Promise<TaskPage> {
  const { show, sort, descending, limit } = query
  const values: unknown[] = [officer.agency, dutiesOf(officer, query.duty), officer.account, new Date(at)]
  const where = [
    'agency = $1',
    'duty = any($2::text[])',
    'subject is distinct from $3::uuid',
    '$4::timestamptz is not null',
    conditions[show],
  ]
  const bind = (value: unknown) => `$${values.push(value)}`
  if (query.kind !== undefined) where.push(`kind = ${bind(query.kind)}`)
  if (query.reference !== undefined) where.push(`reference = ${bind(query.reference)}`)
  const after = query.after === undefined ? undefined : readCursor(query.after)
  if (after !== undefined) {
    const operator = descending ? '<' : '>'
    where.push(`(${keys[sort]}, id) ${operator} (${bind(new Date(after.at))}, ${bind(after.id)}::uuid)`)
  }
  const order = descending ? 'desc' : 'asc'
  const { rows } = await pool.query<TaskRow>(
    `select ${columns} from casework.task where ${where.join(' and ')}
     order by ${keys[sort]} ${order}, id ${order} limit ${bind(limit + 1)}`,
    values,
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const tasks = rows.slice(0, limit).map(summaryOf)
  return last === undefined ? { tasks } : { tasks, next: cursorOf(last[keys[sort]], last.id) }
}

function dutiesOf(officer: Officer, duty: string | undefined): readonly string[] {
  return duty === undefined ? officer.duties : officer.duties.filter((one) => one === duty)
}

/** How many tasks wait for the officer, and how many of them are late. */
export async function countQueue(
  pool: Pool,
  officer: Officer,
  at: number,
): Promise<{ open: number; mine: number; overdue: number }> {
  const { rows } = await pool.query<{ open: number; mine: number; overdue: number }>(
    `select count(*) filter (where state = 'open')::int as open,
       count(*) filter (where state = 'taken' and assignee = $3)::int as mine,
       count(*) filter (where due_at < $4)::int as overdue
     from casework.task
     where agency = $1 and duty = any($2::text[]) and subject is distinct from $3::uuid
       and state in ('open', 'taken')`,
    [officer.agency, officer.duties, officer.account, new Date(at)],
  )
  return rows[0] ?? { open: 0, mine: 0, overdue: 0 }
}

function cursorOf(at: Date, id: string): string {
  return `${at.getTime().toString(36)}.${id}`
}

function readCursor(text: string): { at: number; id: string } {
  const [time = '', id = '', ...rest] = text.split('.')
  // Nine of them are a moment that a Date can hold.
  const at = /^[0-9a-z]{1,9}$/.test(time) ? Number.parseInt(time, 36) : Number.NaN
  if (rest.length > 0 || Number.isNaN(at) || !isTaskId(id)) {
    throw new Problem(caseworkProblems['task-list-unreadable'])
  }
  return { at, id }
}
