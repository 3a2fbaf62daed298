import type { Pool, PoolClient } from '@sapan/kernel'

/** Who did what to what, and when. Kept for good: the table refuses changes. */
export interface AuditEntry {
  /** `administrator`, a member or gateway by its identifier, or `center`. */
  readonly actor: string
  /** `member.add`, `certificate.revoke`, … */
  readonly action: string
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

export async function writeAudit(client: PoolClient, entry: AuditEntry, now: number): Promise<void> {
  await client.query(
    `insert into center.audit (at, actor, action, subject, details)
     values (to_timestamp($1 / 1000.0), $2, $3, $4, $5)`,
    [now, entry.actor, entry.action, entry.subject, JSON.stringify(entry.details)],
  )
}

/** The newest entries first, at most `limit`, older than the entry `before`. */
export async function readAudit(
  pool: Pool,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<(AuditEntry & { readonly id: number; readonly at: string })[]> {
  const { rows } = await pool.query<AuditEntry & { id: string; at: Date }>(
    `select id, at, actor, action, subject, details from center.audit
      where $1::bigint is null or id < $1 order by id desc limit $2`,
    [before ?? null, limit],
  )
  return rows.map((row) => ({ ...row, id: Number(row.id), at: row.at.toISOString() }))
}
