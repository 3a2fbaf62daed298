import type { Database, PoolClient } from '@sapan/kernel'
import type { PaymentsOptions } from '../ground.ts'
import {
  after,
  type Balance,
  balanceOf,
  isSettled,
  netOf,
  nextDueOf,
  oddityOf,
  stateOf,
} from '../payment/balance.ts'
import type { PaymentEvent } from '../payment/events.ts'
import type { Part } from '../payment/instalments.ts'
import type { PaymentRow } from './payments.ts'

interface EventRow {
  readonly at: Date
  readonly kind: PaymentEvent['kind']
  readonly amount: string | null
  readonly transaction: string | null
  readonly refund: string | null
  readonly parts: readonly Part[] | null
}

/** What happened to a payment, in the order in which it was written down. */
export async function eventsOf(db: Database, payment: string): Promise<readonly PaymentEvent[]> {
  const { rows } = await db.query<EventRow & { due_at: Date }>(
    `select e.at, e.kind, e.amount, e.transaction, e.refund, e.parts, p.due_at
     from payments.event e join payments.payment p on p.id = e.payment
     where e.payment = $1 order by e.number`,
    [payment],
  )
  return rows.map((row) => eventOf(row, row.due_at))
}

export async function balanceIn(db: Database, payment: string): Promise<Balance> {
  return balanceOf(await eventsOf(db, payment))
}

function eventOf(row: EventRow, dueAt: Date): PaymentEvent {
  const at = row.at.getTime()
  const amount = Number(row.amount ?? 0)
  switch (row.kind) {
    case 'requested':
      return { kind: 'requested', at, amount, dueAt: dueAt.getTime() }
    case 'split':
    case 'postponed':
      return { kind: row.kind, at, parts: row.parts ?? [] }
    case 'received':
      return { kind: 'received', at, amount, transaction: row.transaction ?? '' }
    case 'returned':
      return {
        kind: 'returned',
        at,
        amount,
        refund: row.refund ?? '',
        ...(row.transaction !== null && { transaction: row.transaction }),
      }
    case 'called-off':
      return { kind: 'called-off', at, ...(row.amount !== null && { amount }) }
    default:
      return { kind: row.kind, at }
  }
}

export async function writeEvent(
  client: PoolClient,
  payment: string,
  number: number,
  event: PaymentEvent,
): Promise<void> {
  await client.query(
    `insert into payments.event (payment, number, at, kind, amount, transaction, refund, parts)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      payment,
      number,
      new Date(event.at),
      event.kind,
      'amount' in event ? (event.amount ?? null) : null,
      'transaction' in event ? event.transaction : null,
      'refund' in event ? event.refund : null,
      'parts' in event ? JSON.stringify(event.parts) : null,
    ],
  )
}

/** What rows are looked for by: as the events left the payment. */
async function keepStanding(client: PoolClient, id: string, now: Balance): Promise<void> {
  const due = nextDueOf(now)
  await client.query(
    'update payments.payment set state = $2, paid = $3, paid_at = $4, next_due_at = $5 where id = $1',
    [
      id,
      stateOf(now),
      netOf(now),
      now.paidAt === undefined ? null : new Date(now.paidAt),
      due === undefined ? null : new Date(due),
    ],
  )
}

/**
 * Adds an event to a payment that the caller has locked, and tells by jobs what follows from it, all in the caller's
 * transaction. Throws `RangeError` for what cannot follow.
 */
export async function append(
  { jobs }: Pick<PaymentsOptions, 'jobs'>,
  client: PoolClient,
  { id, reference }: Pick<PaymentRow, 'id' | 'reference'>,
  event: PaymentEvent,
): Promise<Balance> {
  const events = await eventsOf(client, id)
  const before = balanceOf(events)
  const now = after(before, event)
  await writeEvent(client, id, events.length + 1, event)
  await keepStanding(client, id, now)
  const data = { payment: id, reference }
  if (isSettled(now) && !isSettled(before)) await jobs.send(client, 'payments.paid', data, { key: id })
  if (event.kind === 'lapsed') await jobs.send(client, 'payments.lapsed', data, { key: id })
  const brings = event.kind === 'received' || event.kind === 'called-off'
  const odd = brings ? oddityOf(now) : undefined
  if (odd !== undefined)
    await jobs.send(client, 'payments.odd', { ...data, odd }, { key: `${id}.${events.length + 1}` })
  return now
}
