import type { Database } from '@sapan/kernel'
import type { Position } from '../stored.ts'

/** Entries that were sequenced together. */
export interface Batch extends Position {
  readonly epoch: number
  /** Index of the first entry. */
  readonly first: number
  /** `entryBytes` each. */
  readonly entries: Buffer
}

interface BatchRow {
  epoch: number
  first: string
  entries: Buffer
  txid: string
  ordinal: number
}

export async function insertBatch(database: Database, member: string, batch: Batch): Promise<void> {
  await database.query(
    `insert into evidence.batch (member, epoch, first, entries, txid, ordinal) values ($1, $2, $3, $4, $5, $6)`,
    [member, batch.epoch, batch.first, batch.entries, batch.txid, batch.ordinal],
  )
}

/**
 * The batches that may hold a position: the first that end at or after it. Several end at the same place where an
 * epoch began that had nothing to take over but its link.
 */
export async function findBatches(database: Database, member: string, at: Position): Promise<Batch[]> {
  const { rows } = await database.query<BatchRow>(
    `select epoch, first, entries, txid, ordinal from evidence.batch
     where member = $1 and (txid, ordinal) = (
       select txid, ordinal from evidence.batch where member = $1 and (txid, ordinal) >= ($2, $3)
       order by txid, ordinal limit 1)
     order by epoch desc, first desc`,
    [member, at.txid, at.ordinal],
  )
  return rows.map(readBatchRow)
}

/** Where a batch is in the order of batches; `first` as the database writes it, since a damaged one may be large. */
export interface BatchKey {
  readonly epoch: number
  readonly first: string
}

/** Before every batch. */
export const beforeBatches: BatchKey = { epoch: -(2 ** 31), first: String(-(2n ** 63n)) }

/** Batches in the order of the log, at most `limit`, after one of them. */
export async function readBatches(
  database: Database,
  member: string,
  after: BatchKey,
  limit: number,
): Promise<(Batch & { readonly key: BatchKey })[]> {
  const { rows } = await database.query<BatchRow>(
    `select epoch, first, entries, txid, ordinal from evidence.batch
     where member = $1 and (epoch, first) > ($2, $3) order by epoch, first limit $4`,
    [member, after.epoch, after.first, limit],
  )
  return rows.map((row) => ({ ...readBatchRow(row), key: { epoch: row.epoch, first: row.first } }))
}

function readBatchRow(row: BatchRow): Batch {
  const { epoch, first, entries, txid, ordinal } = row
  return { epoch, first: Number(first), entries, txid: Number(txid), ordinal }
}
