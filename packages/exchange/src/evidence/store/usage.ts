import type { EvidenceSide } from '../record.ts'
import type { SideKey } from './exchanges.ts'
import type { Database } from './transaction.ts'

/**
 * Exchanges that concern a person: from the index, and from the records that are not sequenced yet, so that an
 * access is seen as soon as it is committed.
 */
const hits = `hit as (
  select u.exchange, u.side, u.member from evidence.usage u
  where u.subject = any($1::bytea[]) and u.member = any($2)
  union
  select r.exchange, r.side, r.member from evidence.log l
  join evidence.record r on r.member = l.member and (r.txid, r.ordinal) > (l.txid, l.ordinal)
  cross join unnest($1::bytea[]) as s (hash)
  where l.member = any($2) and position(s.hash in r.subjects) % 32 = 1
), held as (
  select h.exchange, h.side, h.member, max(r.withheld_until) as withheld_until
  from hit h join evidence.record r using (member, exchange, side) group by h.exchange, h.side, h.member
)`

/** The accesses that may be shown at `now`, the newest first, at most `limit`, after `after`. */
export async function findAccesses(
  database: Database,
  members: readonly string[],
  subjects: readonly Buffer[],
  after: SideKey | undefined,
  now: number,
  limit: number,
): Promise<SideKey[]> {
  const { rows } = await database.query<{ exchange: string; side: EvidenceSide; member: string }>(
    `with ${hits} select exchange, side, member from held
     where coalesce(withheld_until, 0) <= $3
       and ($4::text is null or (exchange, side, member) < ($5::uuid, $4, $6))
     order by exchange desc, side desc, member desc limit $7`,
    [subjects, members, now, after?.side ?? null, after?.exchange ?? null, after?.member ?? null, limit],
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
  const { rows } = await database.query<{ withheld_until: string }>(
    `with ${hits} select withheld_until from held where withheld_until > $3 order by withheld_until limit $4`,
    [subjects, members, now, limit],
  )
  return rows.map((row) => Number(row.withheld_until))
}
