import type { CalendarDate, Pool } from '@sapan/kernel'

/** How an agency's money stands with the bank, for who runs the house. */
export interface MoneyState {
  readonly payee: string
  /** When money first moved, or was to; milliseconds since 1970. */
  readonly since: number
  /** The last day that was compared; absent where none was. */
  readonly comparedDay?: CalendarDate
  readonly openDifferences: number
  readonly failedRefunds: number
  /** Orders that the bank was not reached for, and how long the oldest waits, in milliseconds. */
  readonly unsentRefunds: number
  readonly oldestUnsentMillis: number
}

/** Of every agency for which money moved. */
export async function moneyStates(pool: Pool, at: number): Promise<readonly MoneyState[]> {
  const { rows } = await pool.query<{
    payee: string
    since: Date
    day: string | null
    differences: number
    failed: number
    unsent: number
    oldest: Date | null
  }>(
    `with payee as (
       select payee, min(at) as since from (
         select payee, min(created_at) as at from payments.payment group by 1
         union all select payer, min(ordered_at) from payments.refund group by 1) moved group by 1)
     select p.payee, p.since,
       (select max(day)::text from payments.reconciliation r where r.payee = p.payee) as day,
       (select count(*)::int from payments.difference d where d.payee = p.payee and d.state = 'open') as differences,
       (select count(*)::int from payments.refund f where f.payer = p.payee and f.state = 'failed') as failed,
       (select count(*)::int from payments.refund f where f.payer = p.payee and f.state = 'ordered') as unsent,
       (select min(ordered_at) from payments.refund f where f.payer = p.payee and f.state = 'ordered') as oldest
     from payee p order by p.payee`,
  )
  return rows.map(({ payee, since, day, differences, failed, unsent, oldest }) => ({
    payee,
    since: since.getTime(),
    ...(day !== null && { comparedDay: day }),
    openDifferences: differences,
    failedRefunds: failed,
    unsentRefunds: unsent,
    oldestUnsentMillis: oldest === null ? 0 : Math.max(0, at - oldest.getTime()),
  }))
}
