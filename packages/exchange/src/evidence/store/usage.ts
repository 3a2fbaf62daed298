import type { Database } from '@sapan/kernel'
import type { EvidenceSide } from '../record.ts'
import type { Position } from '../stored.ts'
import type { SideKey } from './exchanges.ts'

/** Where each log ended. */
interface End extends Position {
  readonly member: string
}

/** Read before the accesses: what is sequenced meanwhile is then found twice, and shown once. */
async function readEnds(database: Database, members: readonly string[]): Promise<End[]> {
  const { rows } = await database.query<{ member: string; txid: string; ordinal: number }>(
    'select member, txid, ordinal from evidence.log where member = any($1)',
    [members],
  )
  return rows.map(({ member, txid, ordinal }) => ({ member, txid: Number(txid), ordinal }))
}

/**
 * Exchanges that concern a person: from the index, and from the records that are not sequenced yet, so that an
 * access is seen as soon as it is committed. $1 are the subjects, $2 the members. The ends stand in the text, since
 * the planner goes through all records where it does not know them.
 */
function hits(ends: readonly End[]): string {
  const waiting = ends.map(
    (end, n) => `union
  select r.exchange, r.side, r.member from evidence.record r cross join unnest($1::bytea[]) as s (hash)
  where r.member = ($2::text[])[${n + 1}] and (r.txid, r.ordinal) > (${end.txid}, ${end.ordinal})
    and position(s.hash in r.subjects) % 32 = 1`,
  )
  return `hit as (
  select u.exchange, u.side, u.member from evidence.usage u
  where u.subject = any($1::bytea[]) and u.member = any($2)
  ${waiting.join('\n  ')}
), held as (
  select h.exchange, h.side, h.member, max(r.withheld_until) as withheld_until
  from hit h join evidence.whole_record r using (member, exchange, side) group by h.exchange, h.side, h.member
)`
}

/**
 * Takes out of the index what only records after a position have put there: they were taken out of the log, and come into
 * the index again when they come into the log again.
 */
export async function cutUsage(
  database: Database,
  member: string,
  { txid, ordinal }: Position,
): Promise<void> {
  await database.query(
    `delete from evidence.usage u
     where u.member = $1 and (u.exchange, u.side) in (
       select exchange, side from evidence.record where member = $1 and (txid, ordinal) > ($2, $3))
     and not exists (
       select from evidence.record r where r.member = $1 and r.exchange = u.exchange and r.side = u.side
         and (r.txid, r.ordinal) <= ($2, $3))`,
    [member, txid, ordinal],
  )
}

/** The accesses that may be shown at `now`, the newest first, at most `limit`, after `after`. */
export async function findAccesses(
  database: Database,
  members: readonly string[],
  subjects: readonly Buffer[],
  after: SideKey | undefined,
  now: number,
  limit: number,
): Promise<SideKey[]> {
  const ends = await readEnds(database, members)
  const { rows } = await database.query<{ exchange: string; side: EvidenceSide; member: string }>(
    `with ${hits(ends)} select exchange, side, member from held
     where coalesce(withheld_until, 0) <= $3
       and ($4::text is null or (exchange, side, member) < ($5::uuid, $4, $6))
     order by exchange desc, side desc, member desc limit $7`,
    [
      subjects,
      membersOf(ends),
      now,
      after?.side ?? null,
      after?.exchange ?? null,
      after?.member ?? null,
      limit,
    ],
  )
  return rows
}

/** Until when the accesses that may not be shown at `now` are withheld, the soonest first. */
export async function readWithheld(
  database: Database,
  members: readonly string[],
  subjects: readonly Buffer[],
  now: number,
  limit: number,
): Promise<number[]> {
  const ends = await readEnds(database, members)
  const { rows } = await database.query<{ withheld_until: string }>(
    `with ${hits(ends)} select withheld_until from held where withheld_until > $3 order by withheld_until limit $4`,
    [subjects, membersOf(ends), now, limit],
  )
  return rows.map((row) => Number(row.withheld_until))
}

function membersOf(ends: readonly End[]): string[] {
  return ends.map(({ member }) => member)
}
