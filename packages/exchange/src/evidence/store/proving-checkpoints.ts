import type { Database } from '@sapan/kernel'
import type { StoredCheckpoint } from './checkpoints.ts'

/** A checkpoint that covers an entry, with its stamp where it has one. */
export interface ProvingCheckpoint extends StoredCheckpoint {
  readonly token: Buffer | null
}

/** By whom a log is to be proved: so many distinct ones of those witnesses. */
export interface ProvingWitnesses {
  readonly atLeast: number
  readonly names: readonly string[]
}

/**
 * The fewest checkpoints that prove an entry by those witnesses: the first with all their cosignatures and a
 * stamp; else the first that each of that many cosigned and the first with a stamp; else the first there is.
 */
export async function readProvingCheckpoints(
  database: Database,
  member: string,
  epoch: number,
  index: number,
  { atLeast, names }: ProvingWitnesses,
): Promise<ProvingCheckpoint[]> {
  const { rows } = await database.query<{ size: string; note: string; token: Buffer | null }>(
    `with witnessed as (
       select min(size) as size from evidence.cosignature where member = $1 and epoch = $2 and size > $3
       and witness = any($5) group by witness order by 1 limit $4
     ), stamped as (
       select min(size) as size from evidence.stamp where member = $1 and epoch = $2 and size > $3
     ), whole as (
       select s.size from evidence.stamp s where s.member = $1 and s.epoch = $2 and s.size > $3
         and $4 <= (select count(*) from evidence.cosignature o
           where o.member = s.member and o.epoch = s.epoch and o.size = s.size and o.witness = any($5))
       order by s.size limit 1
     ), chosen as (
       select size from whole
       union select size from witnessed where not exists (select from whole)
       union select size from stamped where not exists (select from whole)
       union (select size from evidence.checkpoint where member = $1 and epoch = $2 and size > $3
         and coalesce((select min(size) from witnessed), (select size from stamped)) is null order by size limit 1)
     )
     select c.size, c.note, s.token from evidence.checkpoint c left join evidence.stamp s using (member, epoch, size)
     where c.member = $1 and c.epoch = $2 and c.size in (select size from chosen) order by c.size`,
    [member, epoch, index, atLeast, names],
  )
  return rows.map(({ size, note, token }) => ({ epoch, size: Number(size), note, token }))
}
