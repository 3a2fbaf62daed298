import type { Database } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { rowIsIntact, sealRow } from '../row-seal.ts'

/** A time-stamp (RFC 3161) over a checkpoint's note. */
export interface StoredStamp {
  readonly epoch: number
  readonly size: number
  readonly token: Buffer
}

export async function insertStamp(
  database: Database,
  sealer: Sealer,
  member: string,
  stamp: StoredStamp,
): Promise<void> {
  await database.query(
    `insert into evidence.stamp (member, epoch, size, token, mac) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [member, stamp.epoch, stamp.size, stamp.token, sealRow(sealer, 'stamp', columnsOf(member, stamp))],
  )
}

export function stampIsIntact(sealer: Sealer, member: string, stamp: StoredStamp, mac: Buffer): boolean {
  return rowIsIntact(sealer, 'stamp', columnsOf(member, stamp), mac)
}

function columnsOf(member: string, { epoch, size, token }: StoredStamp): (string | number)[] {
  return [member, epoch, size, token.toString('hex')]
}

/** The stamp with the smallest size of at least `size`. */
export async function readCoveringStamp(
  database: Database,
  member: string,
  epoch: number,
  size: number,
): Promise<StoredStamp | undefined> {
  const { rows } = await database.query<{ epoch: number; size: string; token: Buffer }>(
    `select epoch, size, token from evidence.stamp where member = $1 and epoch = $2 and size >= $3
     order by size limit 1`,
    [member, epoch, size],
  )
  const row = rows[0]
  return row && { epoch: row.epoch, size: Number(row.size), token: row.token }
}

/** The largest size of an epoch that carries a stamp; 0 where none does. */
export async function readStampedSize(database: Database, member: string, epoch: number): Promise<number> {
  const { rows } = await database.query<{ size: string | null }>(
    'select max(size) as size from evidence.stamp where member = $1 and epoch = $2',
    [member, epoch],
  )
  return Number(rows[0]?.size ?? 0)
}
