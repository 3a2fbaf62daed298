import { inTransaction, type JobData } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { findRefund, lockRefund, openTarget, orderKey } from '../store/refunds.ts'
import { settleRefund } from './settle.ts'

/**
 * The job `payments.refund`: hands an order to the bank. It may be done again: the bank carries out a key once. Throws
 * where the bank cannot be reached; the job is then tried again.
 */
export async function sendRefund(ground: PaymentsOptions, { refund }: JobData): Promise<void> {
  const { pool, clock, bank, billers, sealer } = ground
  const row = await findRefund(pool, 'id', String(refund))
  if (row?.state !== 'ordered') return
  const from = billers.get(row.payer)
  if (from === undefined) throw new Error(`no account for ${row.payer}`)
  const order = { key: orderKey(row), from, amount: Number(row.amount), to: openTarget(sealer, row) }
  const answer = await bank.transfer(row.payer, order)
  await inTransaction(pool, async (client) => {
    const now = await lockRefund(client, 'id', row.id)
    // The bank's message may have been faster than its answer.
    if (now?.state !== 'ordered' || now.attempt !== row.attempt) return
    if (answer.state === 'refused') {
      await settleRefund(ground, client, now, { state: 'failed', why: answer.why, at: clock() })
      return
    }
    await client.query(
      `update payments.refund set state = 'sent', transfer = $2, sent_at = $3 where id = $1`,
      [row.id, answer.transfer, new Date(clock())],
    )
  })
}
