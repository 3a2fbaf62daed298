import { inTransaction, type PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import { append, balanceIn } from '../store/events.ts'
import { type PaymentRow, paymentColumns } from '../store/payments.ts'

/** From the first millisecond of a day of the country to that of the next. */
export type DayRange = readonly [from: Date, to: Date]

/**
 * Moves what is due on one of these days, which became holidays, to the next working day; whatever else is due of the same
 * payment, too. Nothing is moved to an earlier day. Gives how many payments.
 */
export async function postponeDue(
  ground: PaymentsOptions,
  holidays: readonly DayRange[],
  limit: number,
): Promise<number> {
  let moved = 0
  for (const day of holidays) {
    if (moved >= limit) break
    moved += await inTransaction(ground.pool, async (client) => {
      let count = 0
      for (const row of await lockDueOn(client, day, limit - moved))
        if (await move(ground, client, row)) count++
      return count
    })
  }
  return moved
}

async function lockDueOn(client: PoolClient, day: DayRange, limit: number): Promise<readonly PaymentRow[]> {
  const { rows } = await client.query<PaymentRow>(
    `select ${paymentColumns} from payments.payment
     where next_due_at is not null and (due_at >= $1 and due_at < $2 or id in (
       select id from payments.payment, jsonb_array_elements(instalments) as part
       where next_due_at is not null and instalments is not null
         and to_timestamp(part::bigint / 1000.0) >= $1 and to_timestamp(part::bigint / 1000.0) < $2))
     order by id limit $3 for update`,
    [...day, limit],
  )
  return rows
}

async function move(ground: PaymentsOptions, client: PoolClient, row: PaymentRow): Promise<boolean> {
  const { days, clock } = ground
  const later = (at: number) => Math.max(at, days.moved(at))
  const dueAt = later(row.due_at.getTime())
  const instalments = row.instalments?.map(later)
  const { parts } = await balanceIn(client, row.id)
  const moved = parts.map((part) => ({ ...part, dueAt: later(part.dueAt) }))
  const isMoved =
    dueAt !== row.due_at.getTime() ||
    moved.some((part, at) => part.dueAt !== parts[at]?.dueAt) ||
    instalments?.some((at, index) => at !== row.instalments?.[index])
  if (!isMoved) return false
  await client.query('update payments.payment set due_at = $2, instalments = $3 where id = $1', [
    row.id,
    new Date(dueAt),
    instalments === undefined ? null : JSON.stringify(instalments),
  ])
  await append(ground, client, row, { kind: 'postponed', at: clock(), parts: moved })
  return true
}
