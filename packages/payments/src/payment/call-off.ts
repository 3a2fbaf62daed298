import type { Pool, PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import type { Moves } from '../payments.ts'
import { append, balanceIn } from '../store/events.ts'
import { lockPayment } from '../store/payments.ts'
import { isSettled, keptOf as keptOfBalance } from './balance.ts'

/** Asks for no more of a payment: see `Payments.callOff`. */
export async function callOff(ground: PaymentsOptions, client: PoolClient, reference: string): Promise<void> {
  const row = await lockPayment(client, 'reference', reference)
  if (row === undefined) return
  const balance = await balanceIn(client, row.id)
  if (balance.isCalledOff || isSettled(balance)) return
  await append(ground, client, row, { kind: 'called-off', at: ground.clock() })
}

/** Asks for nothing of a payment, and keeps nothing of it: see `Payments.callOffWhole`. */
export async function callOffWhole(
  ground: PaymentsOptions,
  client: PoolClient,
  reference: string,
): Promise<void> {
  const row = await lockPayment(client, 'reference', reference)
  if (row === undefined) return
  const { amount, isCalledOff } = await balanceIn(client, row.id)
  if (isCalledOff && amount === 0) return
  await append(ground, client, row, { kind: 'called-off', at: ground.clock(), amount: 0 })
}

/** What an agency has of payments, less what it gave beside them: see `Payments.keptOf`. */
export async function keptOf(pool: Pool, { payments, refunds }: Moves): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    'select id from payments.payment where reference = any($1::text[])',
    [payments],
  )
  const given = await pool.query<{ sum: string }>(
    // What gives back of a payment is out of its balance already.
    `select coalesce(sum(amount), 0) as sum from payments.refund
     where reference = any($1::text[]) and payment is null`,
    [refunds],
  )
  let kept = -Number(given.rows[0]?.sum ?? 0)
  for (const { id } of rows) kept += keptOfBalance(await balanceIn(pool, id))
  return kept
}
