import type { Database } from '@sapan/kernel'
import { Problem } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { exchangeProblems } from '../../problems.ts'
import { rowIsIntact, sealRow } from '../row-seal.ts'
import type { Position } from '../stored.ts'

/** How far a member's log has come, and who may take it further. Times are milliseconds since 1970. */
export interface LogHead extends Position {
  readonly member: string
  readonly epoch: number
  readonly size: number
  /** Of the lease: grows with each new holder. */
  readonly term: number
  readonly holder: string
  /** By the database's clock, which all holders share. */
  readonly leaseUntil: number
  /** Since when entries wait for a witness, and for a stamp; null while none do. */
  readonly unwitnessedSince: number | null
  readonly unstampedSince: number | null
}

export interface LogHeadRow {
  member: string
  epoch: number
  size: string
  txid: string
  ordinal: number
  term: string
  holder: string
  lease_until: string
  unwitnessed_since: string | null
  unstamped_since: string | null
  mac: Buffer
}

/** Makes the log of a member that has none, empty and unheld. */
export async function createLogHead(database: Database, sealer: Sealer, member: string): Promise<void> {
  const head: LogHead = {
    member,
    epoch: 1,
    size: 0,
    txid: 0,
    ordinal: 0,
    term: 0,
    holder: '',
    leaseUntil: 0,
    unwitnessedSince: null,
    unstampedSince: null,
  }
  await database.query(
    `insert into evidence.log (member, epoch, size, txid, ordinal, term, holder, lease_until,
       unwitnessed_since, unstamped_since, mac)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [...columnsOf(head), sealHead(sealer, head)],
  )
}

/** The members that have a log in this database, and have not moved away with it. */
export async function listLogs(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ member: string }>(
    'select member from evidence.log where moved_at is null order by member',
  )
  return rows.map(({ member }) => member)
}

/** The members that have moved away, and whose logs still lie here. */
export async function listMoved(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ member: string }>(
    'select member from evidence.log where moved_at is not null order by member',
  )
  return rows.map(({ member }) => member)
}

/** Whether the member has moved away with its log: then what still lies here is told to nobody. */
export async function markMoved(database: Database, member: string, moved: boolean): Promise<void> {
  await database.query('update evidence.log set moved_at = case when $2 then now() end where member = $1', [
    member,
    moved,
  ])
}

/** The head, and the database's time; undefined where the member has no log. Throws `evidence-damaged`. */
export async function readLogHead(
  database: Database,
  sealer: Sealer,
  member: string,
  lock = false,
): Promise<{ head: LogHead; now: number } | undefined> {
  const { rows } = await database.query<LogHeadRow & { now: string }>(
    `select *, floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now
     from evidence.log where member = $1 ${lock ? 'for update' : ''}`,
    [member],
  )
  const row = rows[0]
  if (!row) return undefined
  const head = readLogHeadRow(row)
  if (!headIsIntact(sealer, head, row.mac)) {
    const detail = { th: `แถวของล็อก ${member} ถูกแก้ไข`, en: `The row of the log of ${member} was edited.` }
    throw new Problem(exchangeProblems['evidence-damaged'], { detail })
  }
  return { head, now: Number(row.now) }
}

export async function saveLogHead(database: Database, sealer: Sealer, head: LogHead): Promise<void> {
  await database.query(
    `update evidence.log set epoch = $2, size = $3, txid = $4, ordinal = $5, term = $6, holder = $7,
       lease_until = $8, unwitnessed_since = $9, unstamped_since = $10, mac = $11
     where member = $1`,
    [...columnsOf(head), sealHead(sealer, head)],
  )
}

export function readLogHeadRow(row: LogHeadRow): LogHead {
  return {
    member: row.member,
    epoch: row.epoch,
    size: Number(row.size),
    txid: Number(row.txid),
    ordinal: row.ordinal,
    term: Number(row.term),
    holder: row.holder,
    leaseUntil: Number(row.lease_until),
    unwitnessedSince: row.unwitnessed_since === null ? null : Number(row.unwitnessed_since),
    unstampedSince: row.unstamped_since === null ? null : Number(row.unstamped_since),
  }
}

export function headIsIntact(sealer: Sealer, head: LogHead, mac: Buffer): boolean {
  return rowIsIntact(sealer, 'log', columnsOf(head), mac)
}

function sealHead(sealer: Sealer, head: LogHead): Buffer {
  return sealRow(sealer, 'log', columnsOf(head))
}

function columnsOf(head: LogHead): (string | number | null)[] {
  return [
    head.member,
    head.epoch,
    head.size,
    head.txid,
    head.ordinal,
    head.term,
    head.holder,
    head.leaseUntil,
    head.unwitnessedSince,
    head.unstampedSince,
  ]
}
