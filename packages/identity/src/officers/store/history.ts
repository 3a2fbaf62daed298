import type { Pool } from '@sapan/kernel'
import type { ChangeKind } from '../changes.ts'

/** A change that was made, with who made it: an account, or whoever ran a command. */
export interface ChangeRow {
  readonly at: number
  readonly kind: ChangeKind
  readonly byAccount?: string
  readonly byOperator?: string
  readonly detail: Readonly<Record<string, string>>
}

/** The newest first. */
export async function changesOf(pool: Pool, appointment: string): Promise<ChangeRow[]> {
  const { rows } = await pool.query<{
    at: Date
    kind: ChangeKind
    by_account: string | null
    by_operator: string | null
    detail: Record<string, string>
  }>(
    `select at, kind, by_account, by_operator, detail from identity.officer_change
     where appointment_id = $1 order by id desc`,
    [appointment],
  )
  return rows.map(({ at, kind, by_account, by_operator, detail }) => ({
    at: at.getTime(),
    kind,
    detail,
    ...(by_account === null ? {} : { byAccount: by_account }),
    ...(by_operator === null ? {} : { byOperator: by_operator }),
  }))
}
