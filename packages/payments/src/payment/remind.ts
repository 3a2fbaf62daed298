import { inTransaction, type PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'

const day = 86_400_000
/** How long before its time who pays is told. */
const ahead = 3 * day
/** Who was asked less than this ago knows it still. */
const known = day

/**
 * Tells by jobs of what is due within three days (`payments.due-soon`), and of debts whose time is over
 * (`payments.overdue`): once for each time of each payment, and anew where the time was moved. Gives how many.
 */
export async function remindDue({ pool, clock, jobs }: PaymentsOptions, limit: number): Promise<number> {
  const now = clock()
  return await inTransaction(pool, async (client) => {
    const soon = await mark(client, SOON, [
      new Date(now),
      new Date(now + ahead),
      new Date(now - known),
      limit,
    ])
    const over = await mark(client, OVER, [new Date(now), limit])
    for (const one of soon) await jobs.send(client, 'payments.due-soon', { ...one }, { key: keyOf(one) })
    for (const one of over) await jobs.send(client, 'payments.overdue', { ...one }, { key: keyOf(one) })
    return soon.length + over.length
  })
}

/** What a job is told: the payment, and the time of which it is, in milliseconds since 1970. */
interface Due {
  readonly payment: string
  readonly reference: string
  readonly due: number
}

const keyOf = ({ payment, due }: Due) => `${payment}.${due}`

const SOON = `update payments.payment set reminded_for = next_due_at where id in (
    select id from payments.payment
    where next_due_at >= $1 and next_due_at < $2 and created_at < $3 and reminded_for is distinct from next_due_at
    order by next_due_at limit $4 for update skip locked)
  returning id, reference, next_due_at`

/** What does not stay lapses, or its matter does: that is told of its own. */
const OVER = `update payments.payment set overdue_told_for = next_due_at where id in (
    select id from payments.payment
    where next_due_at < $1 and stays and overdue_told_for is distinct from next_due_at
    order by next_due_at limit $2 for update skip locked)
  returning id, reference, next_due_at`

async function mark(client: PoolClient, query: string, values: readonly unknown[]): Promise<readonly Due[]> {
  const { rows } = await client.query<{ id: string; reference: string; next_due_at: Date }>(query, [
    ...values,
  ])
  return rows.map(({ id, reference, next_due_at }) => ({
    payment: id,
    reference,
    due: next_due_at.getTime(),
  }))
}
