import type { PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import type { RefundRow } from '../store/refunds.ts'

/** How an order ended. */
export type Ended =
  | { readonly state: 'done'; readonly transfer: string; readonly at: number }
  | { readonly state: 'failed'; readonly why: string; readonly at: number }

/** Writes down how an order ended, of a refund that the caller has locked, and tells whoever ordered it by a job. */
export async function settleRefund(
  { jobs, days, log }: PaymentsOptions,
  client: PoolClient,
  { id, reference, attempt }: RefundRow,
  ended: Ended,
): Promise<void> {
  const data = { refund: id, reference }
  if (ended.state === 'done') {
    await client.query(
      `update payments.refund set state = 'done', transfer = $2, done_at = $3, bank_day = $4, why = null,
         sent_at = coalesce(sent_at, $3) where id = $1`,
      [id, ended.transfer, new Date(ended.at), days.dateOf(ended.at)],
    )
    await jobs.send(client, 'payments.refunded', data, { key: id })
    return
  }
  log.warn({ refund: id, why: ended.why }, 'refund failed')
  await client.query(`update payments.refund set state = 'failed', why = $2 where id = $1`, [id, ended.why])
  await jobs.send(client, 'payments.refund-failed', data, { key: `${id}.${attempt}` })
}
