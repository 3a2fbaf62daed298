import type { Database } from '@sapan/kernel'

/** A signed tree head as kept. */
export interface StoredCheckpoint {
  readonly epoch: number
  readonly size: number
  readonly note: string
}

interface CheckpointRow {
  epoch: number
  size: string
  note: string
}

export async function insertCheckpoint(
  database: Database,
  member: string,
  { epoch, size, note }: StoredCheckpoint,
): Promise<void> {
  await database.query(
    `insert into evidence.checkpoint (member, epoch, size, note) values ($1, $2, $3, $4) on conflict do nothing`,
    [member, epoch, size, note],
  )
}

/** The largest checkpoint of an epoch. */
export async function readLastCheckpoint(
  database: Database,
  member: string,
  epoch: number,
): Promise<StoredCheckpoint | undefined> {
  return await readOne(
    database,
    `select epoch, size, note from evidence.checkpoint where member = $1 and epoch = $2 order by size desc limit 1`,
    [member, epoch],
  )
}

/** The smallest checkpoint of an epoch with at least `size` entries. */
export async function readCoveringCheckpoint(
  database: Database,
  member: string,
  epoch: number,
  size: number,
): Promise<StoredCheckpoint | undefined> {
  return await readOne(
    database,
    `select epoch, size, note from evidence.checkpoint where member = $1 and epoch = $2 and size >= $3
     order by size limit 1`,
    [member, epoch, size],
  )
}

async function readOne(
  database: Database,
  text: string,
  values: unknown[],
): Promise<StoredCheckpoint | undefined> {
  const { rows } = await database.query<CheckpointRow>(text, values)
  const row = rows[0]
  return row && { epoch: row.epoch, size: Number(row.size), note: row.note }
}

export interface StoredCosignature {
  readonly epoch: number
  readonly size: number
  readonly witness: string
  readonly line: string
}

export async function insertCosignature(
  database: Database,
  member: string,
  { epoch, size, witness, line }: StoredCosignature,
): Promise<void> {
  await database.query(
    `insert into evidence.cosignature (member, epoch, size, witness, line) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [member, epoch, size, witness, line],
  )
}

/** For each witness the largest size of an epoch that it cosigned. */
export async function readWitnessedSizes(
  database: Database,
  member: string,
  epoch: number,
): Promise<Map<string, number>> {
  const { rows } = await database.query<{ witness: string; size: string }>(
    `select witness, max(size) as size from evidence.cosignature where member = $1 and epoch = $2 group by witness`,
    [member, epoch],
  )
  return new Map(rows.map(({ witness, size }) => [witness, Number(size)]))
}

/** The cosignatures on one checkpoint. */
export async function readCosignatures(
  database: Database,
  member: string,
  epoch: number,
  size: number,
): Promise<StoredCosignature[]> {
  const { rows } = await database.query<{ witness: string; line: string }>(
    `select witness, line from evidence.cosignature where member = $1 and epoch = $2 and size = $3 order by witness`,
    [member, epoch, size],
  )
  return rows.map(({ witness, line }) => ({ epoch, size, witness, line }))
}

/** Sizes from `from` on that carry a cosignature, the smallest first. */
export async function readFirstWitnessed(
  database: Database,
  member: string,
  epoch: number,
  from: number,
): Promise<number | undefined> {
  const { rows } = await database.query<{ size: string | null }>(
    `select min(size) as size from evidence.cosignature where member = $1 and epoch = $2 and size >= $3`,
    [member, epoch, from],
  )
  const size = rows[0]?.size
  return size === null || size === undefined ? undefined : Number(size)
}
