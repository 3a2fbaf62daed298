import type { PoolClient } from '@sapan/kernel'
import type { StatementLine } from '../bank/bank.ts'
import { credit } from '../callback/credit.ts'
import type { PaymentsOptions } from '../ground.ts'
import { excessOf, sharesOf } from '../payment/give-back.ts'
import { orderAgain } from '../refund/again.ts'
import { orderRefund } from '../refund/order.ts'
import { append, eventsOf } from '../store/events.ts'
import { findPayment, lockPayment, type PaymentRow } from '../store/payments.ts'
import { isUuid } from '../uuid.ts'
import { decide, notFound } from './decisions.ts'
import type { PaymentsOfficer } from './officer.ts'

/**
 * What an officer does about money that is not as it should be, each with a reason, which is kept. All throw
 * `settlement-not-found` for what is another agency's or settled already, and `settlement-reason-missing`.
 */
export interface Settling {
  /** Takes late money for money in time: what it was for goes on. */
  acceptLate(officer: PaymentsOfficer, payment: string, why: string): Promise<void>
  /** Sends back what is too much, or all of what came late or in part, to where it came from. */
  giveBack(officer: PaymentsOfficer, payment: string, why: string): Promise<void>
  /** Sends back money that belongs to no payment. */
  returnMoney(officer: PaymentsOfficer, transaction: string, why: string): Promise<void>
  /** Leaves money that belongs to no payment, or what the bank contradicts, as it is. */
  noteMoney(officer: PaymentsOfficer, transaction: string, why: string): Promise<void>
  noteDifference(officer: PaymentsOfficer, difference: string, why: string): Promise<void>
  /** Counts money of which only the statement tells. */
  bookDifference(officer: PaymentsOfficer, difference: string, why: string): Promise<void>
  /** Orders a failed refund anew. */
  sendAgain(officer: PaymentsOfficer, refund: string, why: string): Promise<void>
}

export function settling(ground: PaymentsOptions): Settling {
  return {
    acceptLate: (officer, subject, why) =>
      decide(ground, officer, { what: 'accept', subject, why }, async (client) => {
        const row = await ownPayment(client, officer, subject)
        if (row.state !== 'late') throw notFound()
        await append(ground, client, row, { kind: 'accepted', at: ground.clock() })
      }),
    giveBack: (officer, subject, why) =>
      decide(ground, officer, { what: 'give-back', subject, why }, (client) =>
        giveBack(ground, client, officer, subject),
      ),
    returnMoney: (officer, subject, why) =>
      decide(ground, officer, { what: 'return', subject, why }, async (client) => {
        const amount = await settleConfirmation(ground, client, officer, subject)
        if (amount === undefined) throw notFound()
        const to = { kind: 'origin', transaction: subject } as const
        const reference = `transaction:${subject}`
        await orderRefund(ground, client, { payer: officer.agency, reference, amount, to })
      }),
    noteMoney: (officer, subject, why) =>
      decide(ground, officer, { what: 'note', subject, why }, async (client) => {
        await settleConfirmation(ground, client, officer, subject)
      }),
    noteDifference: (officer, subject, why) =>
      decide(ground, officer, { what: 'note', subject, why }, async (client) => {
        await settleDifference(ground, client, officer, subject)
      }),
    bookDifference: (officer, subject, why) =>
      decide(ground, officer, { what: 'book', subject, why }, (client) =>
        book(ground, client, officer, subject),
      ),
    sendAgain: (officer, subject, why) =>
      decide(ground, officer, { what: 'again', subject, why }, async (client) => {
        const isKnown = isUuid(subject) && (await orderAgain(ground, client, subject, officer.agency))
        if (!isKnown) throw notFound()
      }),
  }
}

async function ownPayment(client: PoolClient, { agency }: PaymentsOfficer, id: string): Promise<PaymentRow> {
  const row = isUuid(id) ? await lockPayment(client, 'id', id) : undefined
  if (row === undefined || row.payee !== agency) throw notFound()
  return row
}

async function giveBack(
  ground: PaymentsOptions,
  client: PoolClient,
  officer: PaymentsOfficer,
  id: string,
): Promise<void> {
  const row = await ownPayment(client, officer, id)
  const events = await eventsOf(client, id)
  const isOpen = row.state === 'partly-paid' && row.due_at.getTime() >= ground.clock()
  const excess = isOpen ? 0 : excessOf(events)
  if (excess === 0) throw notFound()
  for (const { transaction, amount } of sharesOf(events, excess)) {
    await orderRefund(ground, client, {
      payer: row.payee,
      // A transaction may go back in several turns.
      reference: `payment:${id}:${transaction}:${events.length}`,
      amount,
      to: { kind: 'origin', transaction },
      payment: row.reference,
    })
  }
}

/** What the confirmation was of, where the money is the agency's and belongs to no payment. */
async function settleConfirmation(
  { clock }: PaymentsOptions,
  client: PoolClient,
  { agency }: PaymentsOfficer,
  transaction: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{
    amount: string
    payee: string | null
    outcome: string
    currency: string
  }>(
    `update payments.confirmation set settled_at = $3
     where transaction = $1 and (payee = $2 or payee is null) and settled_at is null
       and (outcome <> 'credited' or contradiction is not null)
     returning amount, payee, outcome, currency`,
    [transaction, agency, new Date(clock())],
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  const mayReturn = row.payee === agency && row.outcome !== 'credited' && row.currency === 'THB'
  return mayReturn ? Number(row.amount) : undefined
}

async function settleDifference(
  { clock }: PaymentsOptions,
  client: PoolClient,
  { agency }: PaymentsOfficer,
  id: string,
): Promise<{ readonly kind: string; readonly theirs: StatementLine | null }> {
  if (!isUuid(id)) throw notFound()
  const { rows } = await client.query<{ kind: string; theirs: StatementLine | null }>(
    `update payments.difference set state = 'settled', settled_at = $3
     where id = $1 and payee = $2 and state = 'open' returning kind, theirs`,
    [id, agency, new Date(clock())],
  )
  const [row] = rows
  if (row === undefined) throw notFound()
  return row
}

async function book(
  ground: PaymentsOptions,
  client: PoolClient,
  officer: PaymentsOfficer,
  id: string,
): Promise<void> {
  const { kind, theirs } = await settleDifference(ground, client, officer, id)
  if (kind !== 'unknown-here' || theirs?.direction !== 'in') throw notFound()
  const payment = await findPayment(client, 'bank_reference', theirs.reference)
  await credit(ground, client, {
    kind: 'payment',
    transaction: theirs.transaction,
    biller: ground.billers.get(officer.agency) ?? '',
    reference1: theirs.reference,
    reference2: '0',
    amount: theirs.amount,
    currency: 'THB',
    paidAt: theirs.at,
  })
  if (payment === undefined) ground.log.warn({ difference: id }, 'booked money belongs to no payment')
}
