import { type Pool, Problem } from '@sapan/kernel'
import type { Interests } from '../../case/cases.ts'
import { caseProblems } from '../../case/problems.ts'
import { type CaseCounts, type CasePage, type CaseQuery, countLimit } from '../../case/query.ts'
import type { Officer } from '../../task/task.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type CaseRow, caseSummary, listedColumns } from './row.ts'

/** They are written as in the indexes, which the database so finds. */
const working = `state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed')`
const awaiting = `state in ('awaiting-payment', 'awaiting-consent', 'awaiting-information', 'carrying-out')`

const conditions = {
  work: working,
  mine: 'assignee = $2',
  awaited: awaiting,
  ended: 'ended_at is not null',
} as const

/** Nobody sees their own case, or one of somebody for whom they act. */
const isNotTheirs = 'applicant <> $2 and not parties && $3::text[]'

/** Nor one of which a silent register would have to say so first; of what was stored without kinds, any would. */
const isKnown = (kinds: string) => `not coalesce(party_kinds && ${kinds}::text[], true)`

interface Asked extends Interests {
  readonly officer: Officer
}

/** One page of what an officer may see. Each duty is read by its index, and what is first of all of them is taken. */
export async function readCaseQueue(pool: Pool, asked: Asked, query: CaseQuery): Promise<CasePage> {
  const duties = dutiesAsked(asked.officer, query.duty)
  const values: unknown[] = [
    asked.officer.agency,
    asked.officer.account,
    asked.parties,
    duties,
    query.limit + 1,
  ]
  const bind = (value: unknown) => `$${values.push(value)}`
  const silent = asked.silent.map(({ kind }) => kind)
  const known = silent.length === 0 ? [] : [isKnown(bind(silent))]
  const where = ['agency = $1', isNotTheirs, ...known, conditions[query.show], ...filters(query, bind)]
  const order = query.show === 'ended' ? 'ended_at desc, id desc' : 'due_key, id'
  const { rows } = await pool.query<CaseRow>(
    `select ${listedColumns} from (
       select found.* from unnest($4::text[]) as asked (duty), lateral (
         select ${listedColumns}, due_key from casework.service_case
         where duty = asked.duty and ${where.join(' and ')} order by ${order} limit $5) as found
     ) as found order by ${order} limit $5`,
    values,
  )
  return pageOf(rows, query)
}

function filters(query: CaseQuery, bind: (value: unknown) => string): string[] {
  const where: string[] = []
  if (query.service !== undefined) where.push(`service = ${bind(query.service)}`)
  if (query.state !== undefined) where.push(`state = ${bind(query.state)}`)
  if (query.assignee === null) where.push('assignee is null')
  else if (query.assignee !== undefined) where.push(`assignee::text = ${bind(query.assignee)}`)
  if (query.dueFrom !== undefined) where.push(`due_key >= ${bind(new Date(query.dueFrom))}`)
  if (query.dueBefore !== undefined) where.push(`due_key < ${bind(new Date(query.dueBefore))}`)
  if (query.overdue === true) where.push('overdue_at is not null and ended_at is null')
  if (query.number !== undefined) where.push(...numberFilter(query.number, bind))
  if (query.after !== undefined) where.push(behind(query, query.after, bind))
  return where
}

function behind({ show }: CaseQuery, after: string, bind: (value: unknown) => string): string {
  const { at, id } = readCursor(after)
  const place = `(${bind(at === undefined ? 'infinity' : new Date(at))}::timestamptz, ${bind(id)}::uuid)`
  return show === 'ended' ? `(ended_at, id) < ${place}` : `(due_key, id) > ${place}`
}

/** `RD-2569-000123`, `2569-123`, `123`. Throws `case-list-unreadable` for what is no number. */
function numberFilter(text: string, bind: (value: unknown) => string): string[] {
  const [, prefix, year, serial] = /^(?:(?:([\w-]{1,40})-)?(\d{4})-)?(\d{1,9})$/.exec(text.trim()) ?? []
  if (serial === undefined) throw new Problem(caseProblems['case-list-unreadable'])
  const where = [`serial = ${bind(Number(serial))}`]
  if (year !== undefined) where.push(`year = ${bind(Number(year))}`)
  if (prefix !== undefined && year !== undefined)
    where.push(`number ilike ${bind(`${prefix.replaceAll('_', '\\_')}-%`)}`)
  return where
}

function dutiesAsked({ duties }: Officer, duty: string | undefined): readonly string[] {
  return duty === undefined ? duties : duties.filter((one) => one === duty)
}

function pageOf(rows: readonly CaseRow[], { limit, show }: CaseQuery): CasePage {
  const cases = rows.slice(0, limit).map(caseSummary)
  const last = cases.at(-1)
  if (rows.length <= limit || last === undefined) return { cases }
  return { cases, next: writeCursor({ at: show === 'ended' ? last.endedAt : last.dueAt, id: last.id }) }
}

/** Counting stops where nobody needs to know more. The order is that of the index, which else is not taken. */
export async function countCases(pool: Pool, { officer, parties, silent }: Asked): Promise<CaseCounts> {
  const kinds = silent.map(({ kind }) => kind)
  const free = kinds.length === 0 ? isNotTheirs : `${isNotTheirs} and ${isKnown('$5')}`
  const counted = (condition: string) => `(select count(*)::int from (
    select from unnest($4::text[]) as asked (duty), lateral (
      select from casework.service_case where agency = $1 and duty = asked.duty and ${free} and ${condition}
      order by due_key, id limit ${countLimit}) as found limit ${countLimit}) as counted)`
  const { rows } = await pool.query<CaseCounts>(
    `select ${counted(working)} as work, ${counted(conditions.mine)} as mine,
       ${counted('overdue_at is not null and ended_at is null')} as overdue`,
    [officer.agency, officer.account, parties, officer.duties, ...(kinds.length === 0 ? [] : [kinds])],
  )
  return rows[0] ?? { work: 0, mine: 0, overdue: 0 }
}
