import type { Database } from '@sapan/kernel'
import type { EvidenceSide } from '../record.ts'

/** One side of an exchange whose content is still there, with what rules go by. */
export interface KeptContent {
  readonly exchange: string
  readonly member: string
  readonly side: EvidenceSide
  readonly service: string
  readonly purpose: string
  readonly law: string
}

/** How far a rule has come. */
export interface RetentionProgress {
  readonly reached: string
  /** Messages erased under it. */
  readonly erased: number
  /** Milliseconds since 1970. */
  readonly ranAt: number
}

/** What is still kept of the exchanges from one on and before another, the oldest first. */
export async function readKept(
  database: Database,
  members: readonly string[],
  from: string,
  until: string,
  limit: number,
): Promise<KeptContent[]> {
  const { rows } = await database.query<KeptContent>(
    `select distinct r.exchange, r.member, r.side, c.service, c.purpose, c.law
     from evidence.record r join evidence.circumstances c on c.id = r.circumstances
     where r.exchange >= $2 and r.exchange < $3 and r.member = any($1) and r.content is not null
     order by r.exchange limit $4`,
    [members, from, until, limit],
  )
  return rows
}

export async function readProgress(database: Database, rule: Buffer): Promise<RetentionProgress | undefined> {
  const { rows } = await database.query<{ reached: string; erased: string; ran_at: Date }>(
    'select reached, erased, ran_at from evidence.retention where rule = $1',
    [rule],
  )
  const [row] = rows
  return row && { reached: row.reached, erased: Number(row.erased), ranAt: row.ran_at.getTime() }
}

export async function saveProgress(
  database: Database,
  rule: Buffer,
  { reached, erased, ranAt }: RetentionProgress,
): Promise<void> {
  await database.query(
    `insert into evidence.retention (rule, reached, erased, ran_at) values ($1, $2, $3, $4)
     on conflict (rule) do update set reached = greatest(retention.reached, excluded.reached),
       erased = retention.erased + excluded.erased, ran_at = excluded.ran_at`,
    [rule, reached, erased, new Date(ranAt)],
  )
}
