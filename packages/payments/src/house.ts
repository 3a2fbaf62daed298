import { type CalendarDate, inTransaction, type PoolClient, Problem } from '@sapan/kernel'
import { type BankDoor, bankDoor } from './callback/take.ts'
import { type DeskDay, deskDay } from './desk/day.ts'
import type { PaymentsOfficer } from './desk/officer.ts'
import { type Settling, settling } from './desk/settling.ts'
import type { PaymentsOptions } from './ground.ts'
import { balanceOf, maySplit } from './payment/balance.ts'
import { callOff, callOffWhole, keptOf } from './payment/call-off.ts'
import { inParts } from './payment/instalments.ts'
import { lapseDue } from './payment/lapse.ts'
import { type DayRange, postponeDue } from './payment/postpone.ts'
import { remindDue } from './payment/remind.ts'
import { requestPayment } from './payment/request.ts'
import type { Payment, Payments } from './payments.ts'
import { paymentsProblems } from './problems.ts'
import { isWithin, mayOpen, type Payer } from './reach.ts'
import { type PaymentReceipt, receiptOf } from './receipt.ts'
import type { Difference } from './reconcile/compare.ts'
import { reconcile } from './reconcile/reconcile.ts'
import { orderRefund } from './refund/order.ts'
import { sendRefund } from './refund/send.ts'
import { refundToOrigin } from './refund/to-origin.ts'
import { append, eventsOf } from './store/events.ts'
import { findPayment, lockPayment, type PaymentRow, paymentColumns, shownPayment } from './store/payments.ts'
import { findRefund, refundOf } from './store/refunds.ts'
import { isUuid } from './uuid.ts'

/** Payments with all that faces and jobs need of them. */
export interface PaymentsHouse extends Payments, BankDoor, Settling {
  /** Of the account, and of parties what lies within its reach, the newest first, at most 100. */
  list(payer: Payer): Promise<readonly Payment[]>
  /** Throws `payment-not-found` for another's, and logs it. */
  open(payer: Payer, id: string): Promise<Payment>
  /** The person chooses to pay in the parts that the request allows. Throws `payment-not-divisible`. */
  payInParts(payer: Payer, id: string): Promise<void>
  /** What a receipt of a payment says; undefined while it is not paid in full. */
  receipt(reference: string): Promise<PaymentReceipt | undefined>
  /** What the desk sees of its agency's day. */
  deskDay(officer: PaymentsOfficer, day: CalendarDate): Promise<DeskDay>
  /** Holds a day of a payee against the bank's statement, and gives the differences. */
  reconcile(payee: string, day: CalendarDate): Promise<readonly Difference[]>
  /** Marks what has lapsed, and gives how many. */
  lapseDue(limit?: number): Promise<number>
  /**
   * Moves what is due on days that became holidays to the next working day, and gives how many payments were moved. What
   * was moved is not due on that day any more: again changes nothing.
   */
  postpone(holidays: readonly DayRange[], limit?: number): Promise<number>
  /** Tells of what is due soon, and of debts whose time is over, once for each time; gives how many. */
  remind(limit?: number): Promise<number>
  /** Begins the jobs: refunds are sent, yesterday is compared each night, what has lapsed is marked, who pays is told in time. Once in each process. */
  work(): Promise<void>
}

export function createPayments(ground: PaymentsOptions): PaymentsHouse {
  const { pool } = ground
  const house: PaymentsHouse = {
    request: (client, request) => requestPayment(ground, client, request),
    async byReference(reference) {
      const row = await findPayment(pool, 'reference', reference)
      return row && (await shownPayment(pool, row))
    },
    async refund(client, { to, ...request }) {
      if (to === undefined) return refundOf(await refundToOrigin(ground, client, request))
      if (!/^\d{13}$/.test(to)) throw new RangeError('a national number has 13 digits')
      const order = { ...request, to: { kind: 'person', nationalId: to } } as const
      return refundOf(await orderRefund(ground, client, order))
    },
    async refundByReference(reference) {
      const row = await findRefund(pool, 'reference', reference)
      return row && refundOf(row)
    },
    callOff: (client, reference) => callOff(ground, client, reference),
    callOffWhole: (client, reference) => callOffWhole(ground, client, reference),
    keptOf: (moves) => keptOf(pool, moves),
    list: (payer) => listOf(ground, payer),
    open: (payer, id) => own(ground, payer, id),
    payInParts: (payer, id) => payInParts(ground, payer, id),
    receipt: (reference) => receiptOf(pool, reference),
    deskDay: (officer, day) => deskDay(pool, officer.agency, day, ground.clock()),
    reconcile: (payee, day) => reconcile(ground, payee, day),
    lapseDue: (limit = 200) => lapseDue(ground, limit),
    postpone: (holidays, limit = 200) => postponeDue(ground, holidays, limit),
    remind: (limit = 200) => remindDue(ground, limit),
    work: () => work(ground, house),
    ...bankDoor(ground),
    ...settling(ground),
  }
  return house
}

async function listOf(
  { pool }: PaymentsOptions,
  { account, reach = [] }: Payer,
): Promise<readonly Payment[]> {
  const { rows } = await pool.query<PaymentRow>(
    `select ${paymentColumns} from payments.payment where account = $1 or party = any($2::text[])
     order by created_at desc, id limit 100`,
    [account, reach.map(({ party }) => party)],
  )
  const shown = await Promise.all(rows.map((row) => shownPayment(pool, row)))
  return shown.filter((one) => mayOpen(one, { account, reach }))
}

async function own({ pool, log }: PaymentsOptions, payer: Payer, id: string): Promise<Payment> {
  const row = isUuid(id) ? await findPayment(pool, 'id', id) : undefined
  const shown = row && (await shownPayment(pool, row))
  if (shown && mayOpen(shown, payer)) return shown
  log.warn({ account: payer.account }, 'payment refused')
  throw new Problem(paymentsProblems['payment-not-found'])
}

async function payInParts(ground: PaymentsOptions, payer: Payer, id: string): Promise<void> {
  const payment = await own(ground, payer, id)
  // Whoever it was asked of may still pay it; how a party pays is said by who may pay for it now.
  if (payment.party !== undefined && !isWithin(payment, payer.reach ?? [])) {
    ground.log.warn({ account: payer.account }, 'payment refused')
    throw new Problem(paymentsProblems['payment-not-found'])
  }
  await inTransaction(ground.pool, (client) => split(ground, client, id))
}

async function split(ground: PaymentsOptions, client: PoolClient, id: string): Promise<void> {
  const row = await lockPayment(client, 'id', id)
  if (row === undefined) throw new Problem(paymentsProblems['payment-not-found'])
  const at = ground.clock()
  const { instalments, due_at } = row
  const balance = balanceOf(await eventsOf(client, id))
  const last = instalments?.at(-1)
  if (instalments === null || last === undefined || !maySplit(balance) || due_at.getTime() < at) {
    throw new Problem(paymentsProblems['payment-not-divisible'])
  }
  await append(ground, client, row, { kind: 'split', at, parts: inParts(Number(row.amount), instalments) })
  await client.query('update payments.payment set due_at = $2 where id = $1', [id, new Date(last)])
}

/** Days that are compared once more, since the bank's messages may be a day late. */
const comparedDays = [1, 2, 3]
const day = 86_400_000

async function work(ground: PaymentsOptions, house: PaymentsHouse): Promise<void> {
  const { jobs, clock, days, billers, pool } = ground
  await jobs.work('payments.refund', (data) => sendRefund(ground, data))
  await jobs.work('payments.reconcile', async ({ payee, day }) => {
    await house.reconcile(String(payee), String(day))
  })
  await jobs.schedule('payments.night', '30 2 * * *', async () => {
    const at = clock()
    await inTransaction(pool, async (client) => {
      await client.query('delete from payments.nonce where expires_at < $1', [new Date(at)])
      for (const payee of billers.keys()) {
        for (const back of comparedDays) {
          await jobs.send(client, 'payments.reconcile', { payee, day: days.dateOf(at - back * day) })
        }
      }
    })
  })
  await jobs.schedule('payments.lapse', '*/5 * * * *', async () => {
    await house.lapseDue()
    while ((await house.remind()) > 0);
  })
}
