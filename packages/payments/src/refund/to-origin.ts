import { type PoolClient, Problem } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { netOf } from '../payment/balance.ts'
import { sharesOf } from '../payment/give-back.ts'
import type { RefundRequest } from '../payments.ts'
import { paymentsProblems } from '../problems.ts'
import { balanceIn, eventsOf } from '../store/events.ts'
import { lockPayment } from '../store/payments.ts'
import { findRefund, type RefundRow } from '../store/refunds.ts'
import { orderRefund } from './order.ts'

/**
 * Orders money of a payment to go back to the accounts that it came from, the last first, once for each reference. Throws
 * `payment-not-found`, and `refund-too-large` for more than the payment has.
 */
export async function refundToOrigin(
  ground: PaymentsOptions,
  client: PoolClient,
  { payer, reference, amount, payment = '' }: Omit<RefundRequest, 'to'>,
): Promise<RefundRow> {
  const from = await lockPayment(client, 'reference', payment)
  if (from === undefined) throw new Problem(paymentsProblems['payment-not-found'])
  const there = await findRefund(client, 'reference', reference)
  if (there !== undefined) return there
  if (amount > netOf(await balanceIn(client, from.id)))
    throw new Problem(paymentsProblems['refund-too-large'])
  const orders: RefundRow[] = []
  for (const share of sharesOf(await eventsOf(client, from.id), amount)) {
    const to = { kind: 'origin', transaction: share.transaction } as const
    const named = orders.length === 0 ? reference : `${reference}/${orders.length + 1}`
    orders.push(
      await orderRefund(ground, client, { payer, payment, reference: named, amount: share.amount, to }),
    )
  }
  const [first] = orders
  if (first === undefined) throw new RangeError('nothing to give back')
  return first
}
