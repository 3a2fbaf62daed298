import { type Database, type PoolClient, Problem } from '@sapan/kernel'
import type { CaseChange } from '../../case/event.ts'
import { caseProblems } from '../../case/problems.ts'
import type { CaseStanding } from '../../case/standing.ts'
import { eventColumns, eventValues } from './events.ts'
import {
  type CaseRow,
  listedColumns,
  standingColumns,
  standingValues,
  type WholeCaseRow,
  wholeColumns,
} from './row.ts'

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Whether a text from outside can be an id here; the database would fail on others. */
export function isCaseId(text: string): boolean {
  return uuid.test(text)
}

export async function findCase(client: Database, id: string): Promise<WholeCaseRow | undefined> {
  if (!isCaseId(id)) return undefined
  const { rows } = await client.query<WholeCaseRow>({
    name: 'casework.find-case',
    text: `select ${wholeColumns} from casework.service_case where id = $1`,
    values: [id],
  })
  return rows[0]
}

/** For who changes it whatever its version: others wait for the end of the transaction. */
export async function lockCase(client: PoolClient, id: string): Promise<WholeCaseRow | undefined> {
  if (!isCaseId(id)) return undefined
  const { rows } = await client.query<WholeCaseRow>(
    `select ${wholeColumns} from casework.service_case where id = $1 for update`,
    [id],
  )
  return rows[0]
}

export async function findCaseByKey(client: Database, key: string): Promise<WholeCaseRow | undefined> {
  const { rows } = await client.query<WholeCaseRow>({
    name: 'casework.find-case-by-key',
    text: `select ${wholeColumns} from casework.service_case where key = $1`,
    values: [key],
  })
  return rows[0]
}

export async function findCasesByKeys(client: Database, keys: readonly string[]): Promise<WholeCaseRow[]> {
  const { rows } = await client.query<WholeCaseRow>({
    name: 'casework.find-cases-by-keys',
    text: `select ${wholeColumns} from casework.service_case where key = any($1::text[])`,
    values: [keys],
  })
  return rows
}

/** Until the end of the transaction nobody else opens a case of these keys. Sorted ones lead to no deadlock. */
export async function lockKeys(client: PoolClient, keys: readonly string[]): Promise<void> {
  await client.query({
    name: 'casework.lock-keys',
    text: `select pg_advisory_xact_lock(hashtextextended('casework.case ' || key, 0)) from unnest($1::text[]) as key`,
    values: [keys],
  })
}

/** What it holds, sealed; `null` where it was erased. */
export async function readContent(client: Database, id: string): Promise<Buffer | null> {
  const { rows } = await client.query<{ content_sealed: Buffer | null }>(
    'select content_sealed from casework.service_case where id = $1',
    [id],
  )
  return rows[0]?.content_sealed ?? null
}

const sets = standingColumns.map((column, index) => `${column} = $${index + 3}`).join(', ')
const behind = standingColumns.length + 3
const movement = {
  name: 'casework.move-case',
  text: `with moved as (
    update casework.service_case set ${sets} where id = $1 and version = $2 returning id
  ) insert into casework.case_event (case_id, ${eventColumns})
    select id, ${Array.from({ length: 7 }, (_, index) => `$${behind + index}`).join(', ')} from moved`,
}

/**
 * Adds an event and brings the row to where it leads, in one statement. Of two that start from the same version one
 * wins; the other meets `case-changed`.
 */
export async function moveCase(
  client: PoolClient,
  before: WholeCaseRow,
  { after, duty, change, wordsSealed }: CaseMove,
): Promise<void> {
  const values = [
    before.id,
    before.version,
    ...standingValues(after, duty),
    ...eventValues(after.version, change, wordsSealed),
  ]
  if (change.action === 'erase') await destroyKey(client, before, after)
  const { rowCount } = await client.query({ ...movement, values })
  if (rowCount !== 1) throw new Problem(caseProblems['case-changed'])
}

export interface CaseMove {
  readonly after: CaseStanding
  readonly duty: string | undefined
  readonly change: CaseChange
  readonly wordsSealed: Buffer | null
}

async function destroyKey(
  client: PoolClient,
  { id, version }: WholeCaseRow,
  after: CaseStanding,
): Promise<void> {
  await client.query(
    `update casework.service_case set key_sealed = null, content_sealed = null, erased_at = $3
     where id = $1 and version = $2`,
    [id, version, new Date(after.erasedAt ?? 0)],
  )
}

/** Cases whose time has run out and that nobody has marked, locked for this transaction; others skip them. */
export async function lockLate(client: PoolClient, at: number, limit: number): Promise<WholeCaseRow[]> {
  const { rows } = await client.query<WholeCaseRow>(
    `select ${wholeColumns} from casework.service_case
     where overdue_at is null and due_at < $1
       and state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed')
     order by due_at, id limit $2 for update skip locked`,
    [new Date(at), limit],
  )
  return rows
}

/** Cases for which nobody paid, agreed or replied in time. */
export async function lockLapsing(client: PoolClient, at: number, limit: number): Promise<WholeCaseRow[]> {
  const { rows } = await client.query<WholeCaseRow>(
    `select ${wholeColumns} from casework.service_case where lapse_at < $1
     order by lapse_at, id limit $2 for update skip locked`,
    [new Date(at), limit],
  )
  return rows
}

/** Cases of which a time that still runs ends within a day; others skip them. */
export async function lockEndingOn(
  client: PoolClient,
  [from, to]: readonly [from: Date, to: Date],
  limit: number,
): Promise<WholeCaseRow[]> {
  const { rows } = await client.query<WholeCaseRow>(
    `select ${wholeColumns} from casework.service_case
     where erased_at is null and (
       (due_at >= $1 and due_at < $2 and overdue_at is null
         and state in ('in-review', 'awaiting-endorsement', 'awaiting-decision', 'awaiting-signature', 'appealed'))
       or (lapse_at >= $1 and lapse_at < $2)
       or (appeal_until >= $1 and appeal_until < $2))
     order by id limit $3 for update skip locked`,
    [from, to, limit],
  )
  return rows
}

/** What ended before a time and was not erased yet, the oldest first. */
export async function readEndedBefore(
  client: Database,
  at: number,
  { agency, service, limit }: { readonly agency: string; readonly service: string; readonly limit: number },
): Promise<CaseRow[]> {
  const { rows } = await client.query<CaseRow>(
    `select ${listedColumns} from casework.service_case
     where agency = $1 and service = $2 and ended_at is not null and ended_at < $3 and erased_at is null
     order by ended_at, id limit $4`,
    [agency, service, new Date(at), limit],
  )
  return rows
}
