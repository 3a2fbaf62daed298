import type { PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { lockRefund, orderKey } from '../store/refunds.ts'

/** Orders a failed refund anew, in the caller's transaction. False where it is not failed, or another payer's. */
export async function orderAgain(
  { jobs, clock }: PaymentsOptions,
  client: PoolClient,
  id: string,
  payer: string,
): Promise<boolean> {
  const row = await lockRefund(client, 'id', id)
  if (row?.state !== 'failed' || row.payer !== payer) return false
  const attempt = row.attempt + 1
  await client.query(
    `update payments.refund set state = 'ordered', attempt = $2, ordered_at = $3, sent_at = null, transfer = null
     where id = $1`,
    [id, attempt, new Date(clock())],
  )
  await jobs.send(client, 'payments.refund', { refund: id }, { key: orderKey({ id, attempt }) })
  return true
}
