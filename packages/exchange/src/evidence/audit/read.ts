import type { Database } from '@sapan/kernel'
import { type RecordRow, readRecordRow, recordColumns } from '../store/records.ts'
import type { StoredRecord } from '../stored.ts'

/** All records of some exchanges that one member keeps, by `recordKey`. */
export async function readRecordsOf(
  database: Database,
  member: string,
  exchanges: readonly string[],
): Promise<Map<string, StoredRecord>> {
  const { rows } = await database.query<RecordRow>(
    `select ${recordColumns} from evidence.whole_record r where r.member = $1 and r.exchange = any($2::uuid[])`,
    [member, [...new Set(exchanges)]],
  )
  return new Map(rows.map(readRecordRow).map((record) => [recordKey(record), record]))
}

/** The record that came in at a position; undefined where none did. */
export async function readRecordAt(
  database: Database,
  member: string,
  { txid, ordinal }: { readonly txid: number; readonly ordinal: number },
): Promise<StoredRecord | undefined> {
  const { rows } = await database.query<RecordRow>(
    `select ${recordColumns} from evidence.whole_record r
     where r.member = $1 and r.txid = $2 and r.ordinal = $3`,
    [member, txid, ordinal],
  )
  return rows[0] && readRecordRow(rows[0])
}

export function recordKey({
  exchange,
  side,
  kind,
}: {
  exchange: string
  side: string
  kind: string
}): string {
  return `${exchange} ${side} ${kind}`
}

/** Full or partial tiles of one level, in order, from `index` on. */
export async function readTiles(
  database: Database,
  member: string,
  epoch: number,
  level: number,
  from: number,
  count: number,
): Promise<Map<number, Buffer>> {
  const { rows } = await database.query<{ index: string; hashes: Buffer }>(
    `select index, hashes from evidence.tile
     where member = $1 and epoch = $2 and level = $3 and index >= $4 and index < $5`,
    [member, epoch, level, from, from + count],
  )
  return new Map(rows.map(({ index, hashes }) => [Number(index), hashes]))
}

/** Every tile of a member by its key, with its length: to find those that do not belong. */
export async function readTileKeys(
  database: Database,
  member: string,
): Promise<{ epoch: number; level: number; index: number; bytes: number }[]> {
  const { rows } = await database.query<{ epoch: number; level: number; index: string; bytes: number }>(
    'select epoch, level, index, length(hashes) as bytes from evidence.tile where member = $1',
    [member],
  )
  return rows.map((row) => ({ ...row, index: Number(row.index) }))
}

/** Records and statements up to a position that no batch has, by what is in the batches of every epoch. */
export async function readUnlogged(
  database: Database,
  member: string,
  upTo: { readonly txid: number; readonly ordinal: number },
  most: number,
): Promise<{ table: string; id: string; side: string | null; kind: string | null }[]> {
  const { rows } = await database.query<{
    table: string
    id: string
    side: string | null
    kind: string | null
  }>(
    `with entry as (
       select substr(b.entries, 1 + 30 * i, 18) as key
       from evidence.batch b, generate_series(0, length(b.entries) / 30 - 1) i where b.member = $1)
     select 'record' as table, r.exchange::text as id, r.side, r.kind from evidence.record r
     where r.member = $1 and (r.txid, r.ordinal) <= ($2, $3) and not exists (
       select from entry e where e.key = uuid_send(r.exchange) || int2send(
         (case r.side when 'consumer' then 0 when 'provider' then 3 else 9 end
           + case r.kind when 'request' then 0 when 'answer' then 1 when 'failure' then 2 else 9 end)::int2))
     union all
     select 'statement', s.id::text, null, null from evidence.statement s
     where s.member = $1 and ((s.txid, s.ordinal) <= ($2, $3) or s.ordinal < 0) and not exists (
       select from entry e where e.key = uuid_send(s.id) || int2send(6::int2))
     limit $4`,
    [member, upTo.txid, upTo.ordinal, most],
  )
  return rows
}

/** Records that wait for the log, after a position. */
export async function readWaiting(
  database: Database,
  member: string,
  after: { readonly txid: number; readonly ordinal: number },
  limit: number,
): Promise<StoredRecord[]> {
  const { rows } = await database.query<RecordRow>(
    `select ${recordColumns} from evidence.whole_record r
     where r.member = $1 and (r.txid, r.ordinal) > ($2, $3) order by r.txid, r.ordinal limit $4`,
    [member, after.txid, after.ordinal, limit],
  )
  return rows.map(readRecordRow)
}

/** Where `usage` and the records up to a position disagree: a subject's exchange that one has and the other has not. */
export async function readUsageDifferences(
  database: Database,
  member: string,
  upTo: { readonly txid: number; readonly ordinal: number },
  most: number,
): Promise<{ missing: boolean; exchange: string; side: string }[]> {
  const { rows } = await database.query<{ missing: boolean; exchange: string; side: string }>(
    `with expected as (
       select distinct substr(r.subjects, 1 + 32 * i, 32) as subject, r.exchange, r.side
       from evidence.record r, generate_series(0, length(r.subjects) / 32 - 1) i
       where r.member = $1 and (r.txid, r.ordinal) <= ($2, $3)
     ), kept as (select subject, exchange, side from evidence.usage where member = $1)
     (select true as missing, exchange, side from (select * from expected except select * from kept) m limit $4)
     union all
     (select false, exchange, side from (select * from kept except select * from expected) x limit $4)`,
    [member, upTo.txid, upTo.ordinal, most],
  )
  return rows
}

/** How many rows there are to go through: for showing progress only. */
export async function countAll(database: Database, member: string): Promise<number> {
  const { rows } = await database.query<{ count: string }>(
    `select (select count(*) from evidence.record where member = $1)
       + (select count(*) from evidence.statement where member = $1) as count`,
    [member],
  )
  return Number(rows[0]?.count)
}

const withMember = [
  'record',
  'statement',
  'log',
  'batch',
  'tile',
  'checkpoint',
  'cosignature',
  'stamp',
  'usage',
]

/** Rows that say they belong to a member for whom nothing is kept here. */
export async function readStrangers(
  database: Database,
  members: readonly string[],
): Promise<{ table: string; member: string }[]> {
  const perTable = withMember.map(
    (table) => `select distinct '${table}' as table, member from evidence.${table}
      where member <> all($1) and member not in (select member from evidence.log)`,
  )
  const { rows } = await database.query<{ table: string; member: string }>(perTable.join(' union all '), [
    members,
  ])
  return rows
}
