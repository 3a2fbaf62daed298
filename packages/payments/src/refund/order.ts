import { type PoolClient, Problem, uuidv7 } from '@sapan/kernel'
import type { TransferTarget } from '../bank/bank.ts'
import { mostSatang } from '../emv/promptpay.ts'
import type { PaymentsOptions } from '../ground.ts'
import { netOf } from '../payment/balance.ts'
import { paymentsProblems } from '../problems.ts'
import { append, balanceIn } from '../store/events.ts'
import { lockPayment, type PaymentRow } from '../store/payments.ts'
import { findRefund, orderKey, type RefundRow, refundColumns, sealTarget } from '../store/refunds.ts'

/** An order as it is written down. */
export interface NewRefund {
  readonly payer: string
  readonly reference: string
  readonly amount: number
  readonly to: TransferTarget
  /** The payment of which it gives something back, by its reference. */
  readonly payment?: string
}

/**
 * Orders money to go out, once for each reference, in the caller's transaction; the job sends it. Throws
 * `payee-without-account`, `payment-not-found`, and `refund-too-large` for more than the payment has.
 */
export async function orderRefund(
  ground: PaymentsOptions,
  client: PoolClient,
  order: NewRefund,
): Promise<RefundRow> {
  const { payer, reference, amount, payment } = order
  if (!ground.billers.has(payer)) throw new Problem(paymentsProblems['payee-without-account'])
  if (!Number.isSafeInteger(amount) || amount < 1 || amount > mostSatang) {
    throw new RangeError('an amount is 1 to 999,999,999,999 satang')
  }
  const from = payment === undefined ? undefined : await lockPayment(client, 'reference', payment)
  if (payment !== undefined && from === undefined) throw new Problem(paymentsProblems['payment-not-found'])
  const made = await insertRefund(ground, client, order, from)
  if (made === undefined) {
    const there = await findRefund(client, 'reference', reference)
    if (there === undefined) throw new Error('a refund that is there was not found')
    return there
  }
  if (from !== undefined) await takeOut(ground, client, from, made, order.to)
  await ground.jobs.send(client, 'payments.refund', { refund: made.id }, { key: orderKey(made) })
  return made
}

async function insertRefund(
  { clock, sealer }: PaymentsOptions,
  client: PoolClient,
  { payer, reference, amount, to }: NewRefund,
  from: PaymentRow | undefined,
): Promise<RefundRow | undefined> {
  const at = clock()
  const id = uuidv7(at)
  const { rows } = await client.query<RefundRow>(
    `insert into payments.refund (id, payer, reference, payment, amount, to_sealed, state, ordered_at)
     values ($1, $2, $3, $4, $5, $6, 'ordered', $7)
     on conflict (reference) do nothing returning ${refundColumns}`,
    [id, payer, reference, from?.id ?? null, amount, sealTarget(sealer, id, to), new Date(at)],
  )
  return rows[0]
}

async function takeOut(
  ground: PaymentsOptions,
  client: PoolClient,
  payment: PaymentRow,
  { id, amount }: RefundRow,
  to: TransferTarget,
): Promise<void> {
  const most = netOf(await balanceIn(client, payment.id))
  if (Number(amount) > most) throw new Problem(paymentsProblems['refund-too-large'])
  await append(ground, client, payment, {
    kind: 'returned',
    at: ground.clock(),
    amount: Number(amount),
    refund: id,
    ...(to.kind === 'origin' && { transaction: to.transaction }),
  })
}
