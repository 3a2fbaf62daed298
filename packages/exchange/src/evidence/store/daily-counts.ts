import type { Database } from '@sapan/kernel'
import type { EvidenceSide } from '../record.ts'
import type { Position } from '../stored.ts'

/** How an exchange ended. */
export type Outcome = 'answered' | 'refused' | 'failed'

/** Exchanges of one member that were alike, over some days. */
export interface CountedExchanges {
  readonly member: string
  readonly side: EvidenceSide
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly purpose: string
  /** SHA-256 of the grant's JWS. */
  readonly grant: string
  readonly outcome: Outcome
  readonly exchanges: number
  /** How often somebody was concerned: who was looked at twice counts twice. */
  readonly people: number
  /** `2026-11-23` */
  readonly firstDay: string
  readonly lastDay: string
}

/** The records of one member behind one position and up to another. */
export interface Stretch {
  readonly member: string
  readonly after: Position
  readonly upTo: Position
}

/** Counts what came into a member's log, in the transaction that brings it there. */
export async function countDaily(database: Database, stretch: Stretch, timeZone: string): Promise<void> {
  await change(database, stretch, timeZone, 1)
}

/** Takes back what `countDaily` counted: the records were taken out of the log, and come into it again. */
export async function uncountDaily(database: Database, stretch: Stretch, timeZone: string): Promise<void> {
  await change(database, stretch, timeZone, -1)
}

/** The bounds on `txid` are said twice, since a planner doesn't see them in the comparison of positions. */
async function change(
  database: Database,
  { member, after, upTo }: Stretch,
  timeZone: string,
  sign: 1 | -1,
): Promise<void> {
  await database.query({
    name: 'evidence-count-daily',
    text: `with added as materialized (
        select at, side, kind, problem, subjects, circumstances from evidence.record
        where member = $1 and txid between $2 and $4
          and (txid, ordinal) > ($2, $3) and (txid, ordinal) <= ($4, $5) and kind <> 'request')
      insert into evidence.daily_count as kept (member, day, side, circumstances, outcome, exchanges, people)
      select $1, (to_timestamp(at / 1000.0) at time zone $6)::date, side, circumstances,
        case when kind = 'failure' then 'failed' when problem is null then 'answered' else 'refused' end,
        $7::int * count(*), $7::int * sum(length(subjects) / 32)
      from added group by 2, 3, 4, 5
      on conflict (member, day, side, circumstances, outcome) do update
        set exchanges = kept.exchanges + excluded.exchanges, people = kept.people + excluded.people`,
    values: [member, after.txid, after.ordinal, upTo.txid, upTo.ordinal, timeZone, sign],
  })
}

/** What members' exchanges of some days add up to; both days count, as `2026-11-23`. */
export async function readCounts(
  database: Database,
  members: readonly string[],
  { from, to }: { from: string; to: string },
): Promise<CountedExchanges[]> {
  const { rows } = await database.query<
    Record<'exchanges' | 'people', string> & Omit<CountedExchanges, 'exchanges' | 'people'>
  >(
    `select d.member, d.side, c.client, c.service, c.operation, c.purpose, c.grant_hash as grant, d.outcome,
       sum(d.exchanges) as exchanges, sum(d.people) as people,
       min(d.day)::text as "firstDay", max(d.day)::text as "lastDay"
     from evidence.daily_count d join evidence.circumstances c on c.id = d.circumstances
     where d.member = any($1) and d.day between $2 and $3 and d.exchanges > 0
     group by 1, 2, 3, 4, 5, 6, 7, 8
     order by 1, 2, 3, 4, 5, 6, 7, 8`,
    [members, from, to],
  )
  return rows.map((row) => ({ ...row, exchanges: Number(row.exchanges), people: Number(row.people) }))
}
