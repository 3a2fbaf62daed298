import type { StoredCheckpoint } from './checkpoints.ts'
import type { Database } from './transaction.ts'

/** A checkpoint that covers an entry, with its stamp where it has one. */
export interface ProvingCheckpoint extends StoredCheckpoint {
  readonly token: Buffer | null
}

/**
 * The fewest checkpoints that prove an entry: the first with both cosignature and stamp; else the first with a
 * cosignature and the first with a stamp; else the first there is.
 */
export async function readProvingCheckpoints(
  database: Database,
  member: string,
  epoch: number,
  index: number,
): Promise<ProvingCheckpoint[]> {
  const { rows } = await database.query<{ size: string; note: string; token: Buffer | null }>(
    `with covering as (
       select c.size, c.note, s.token,
         exists (select from evidence.cosignature o
           where o.member = c.member and o.epoch = c.epoch and o.size = c.size) as witnessed
       from evidence.checkpoint c left join evidence.stamp s using (member, epoch, size)
       where c.member = $1 and c.epoch = $2 and c.size > $3 order by c.size limit 1000
     ), chosen as (
       (select size from covering where witnessed and token is not null order by size limit 1)
       union all
       (select size from covering where not exists
         (select from covering where witnessed and token is not null) and witnessed order by size limit 1)
       union all
       (select size from covering where not exists
         (select from covering where witnessed and token is not null) and token is not null order by size limit 1)
       union all
       (select size from covering where not exists
         (select from covering where witnessed or token is not null) order by size limit 1)
     )
     select size, note, token from covering where size in (select size from chosen) order by size`,
    [member, epoch, index],
  )
  return rows.map(({ size, note, token }) => ({ epoch, size: Number(size), note, token }))
}
