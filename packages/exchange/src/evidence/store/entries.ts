import type { Database } from '@sapan/kernel'
import { type Position, statementCode } from '../stored.ts'

/** How far a log may be read, and where it will go on. */
export interface Horizon {
  /**
   * The first position that may still be given to a record that is not committed yet. Everything before it is there
   * to be read, and nothing can come in before it any more.
   */
  readonly end: number
  /** The position that the next transaction will be given. */
  readonly next: number
}

/**
 * A transaction that runs in another database of the same PostgreSQL writes nothing here and holds nothing back; one
 * of which that can't be said counts as ours. That is also one that ends while this looks: `end` may then lie before
 * what was read earlier, and only `next` tells of a database that was moved.
 */
export async function readHorizon(database: Database): Promise<Horizon> {
  const { rows } = await database.query<{ end: string; next: string }>(
    `with snapshot as materialized (select pg_current_snapshot() as taken),
     elsewhere as (
       select lock.transactionid::text::bigint as xid
       from pg_locks lock join pg_stat_activity backend using (pid)
       where lock.locktype = 'transactionid' and lock.mode = 'ExclusiveLock' and lock.granted
         and backend.datid <> (select oid from pg_database where datname = current_database())),
     running as (select pg_snapshot_xip(taken)::text::bigint as xid from snapshot)
     select coalesce(
       (select min(xid) from running where xid & 4294967295 not in (select xid from elsewhere)),
       (select pg_snapshot_xmax(taken)::text::bigint from snapshot)) + evidence.ordering_offset() as "end",
       (select pg_snapshot_xmax(taken)::text::bigint from snapshot) + evidence.ordering_offset() as next`,
  )
  return { end: Number(rows[0]?.end), next: Number(rows[0]?.next) }
}

/** The position that the next transaction will be given: nothing that is there can lie at or after it. */
export async function readNextPosition(database: Database): Promise<number> {
  const { rows } = await database.query<{ next: string }>(
    `select pg_snapshot_xmax(pg_current_snapshot())::text::bigint + evidence.ordering_offset() as next`,
  )
  return Number(rows[0]?.next)
}

/** `recordCode` of a row of `record`. */
export const recordCodeSql = `(case side when 'consumer' then 0 else 3 end
  + case kind when 'request' then 0 when 'answer' then 1 else 2 end)::int2`

/**
 * Records and statements of one member, in the order of their positions; not the links, which began their epochs. Each kind is
 * bounded by itself, or else a long backlog would be read and sorted whole for every part that is taken of it.
 */
const entries = `(
  (select uuid_send(exchange) || int2send(${recordCodeSql}) || int8send(txid) || int4send(ordinal) || digest as entry,
    txid, ordinal
  from evidence.record where member = $1 and (txid, ordinal) > ($2, $3) and txid < $4
  order by txid, ordinal limit $5)
  union all
  (select uuid_send(id) || int2send(${statementCode}::int2) || int8send(txid) || int4send(ordinal) ||
    sha256(convert_to('sapan-evidence-statement-v1' || chr(10) || id::text || chr(10) || note, 'UTF8')),
    txid, ordinal
  from evidence.statement where member = $1 and (txid, ordinal) > ($2, $3) and txid < $4 and ordinal >= 0
  order by txid, ordinal limit $5)
  order by txid, ordinal limit $5)`

const readNext = `select string_agg(entry, ''::bytea order by txid, ordinal) as entries from ${entries} as entry`

/**
 * What comes after a position and before the horizon, in order, at most `limit` entries, as one buffer of
 * `digestedEntryBytes` each: a value per entry would cost more to read than the entry.
 */
export async function readNextEntries(
  database: Database,
  member: string,
  after: Position,
  horizon: number,
  limit: number,
): Promise<Buffer> {
  const { rows } = await database.query<{ entries: Buffer | null }>({
    name: 'evidence-next-entries',
    text: readNext,
    values: [member, after.txid, after.ordinal, horizon, limit],
  })
  return rows[0]?.entries ?? Buffer.alloc(0)
}

/**
 * How many records and statements come after a position. What later transactions wrote is counted by the index alone, which does
 * not have the ordinals.
 */
export async function countAfter(database: Database, member: string, after: Position): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    `select (select count(*) from evidence.record where member = $1 and txid > $2)
       + (select count(*) from evidence.record where member = $1 and txid = $2 and ordinal > $3)
       + (select count(*) from evidence.statement
         where member = $1 and (txid, ordinal) > ($2, $3) and ordinal >= 0) as count`,
    [member, after.txid, after.ordinal],
  )
  return Number(rows[0]?.count)
}

/** The position of the last record or statement that is there; zero where there is none. */
export async function readLastPosition(database: Database, member: string): Promise<Position> {
  const { rows } = await database.query<{ txid: string; ordinal: number }>(
    `(select txid, ordinal from evidence.record where member = $1 order by txid desc, ordinal desc limit 1)
     union all
     (select txid, ordinal from evidence.statement where member = $1 and ordinal >= 0
      order by txid desc, ordinal desc limit 1)
     order by txid desc, ordinal desc limit 1`,
    [member],
  )
  return { txid: Number(rows[0]?.txid ?? 0), ordinal: rows[0]?.ordinal ?? 0 }
}

/**
 * Notes the people concerned by the records between two positions, for `findUsage`. The records are read on their own,
 * since a planner that sees the whole takes the order in which the index of exchanges has all records that ever were
 * for a saving; and the bounds on `txid` are said twice, since it doesn't see them in the comparison of positions.
 */
export async function indexUsage(
  database: Database,
  member: string,
  after: Position,
  upTo: Position,
): Promise<void> {
  await database.query({
    name: 'evidence-index-usage',
    text: `with added as materialized (
        select exchange, member, side, subjects from evidence.record
        where member = $1 and txid between $2 and $4
          and (txid, ordinal) > ($2, $3) and (txid, ordinal) <= ($4, $5))
      insert into evidence.usage (subject, exchange, member, side)
      select distinct substr(r.subjects, 1 + 32 * i, 32), r.exchange, r.member, r.side
      from added r, generate_series(0, length(r.subjects) / 32 - 1) i
      on conflict do nothing`,
    values: [member, after.txid, after.ordinal, upTo.txid, upTo.ordinal],
  })
}
