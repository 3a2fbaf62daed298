import type { CalendarDate, Pool } from '@sapan/kernel'
import type { StatementLine } from '../bank/bank.ts'
import type { Outcome } from '../callback/outcome.ts'
import type { Payment, Refund } from '../payments.ts'
import type { DaySums, DifferenceKind, Movement } from '../reconcile/compare.ts'
import { type ConfirmationRow, confirmationColumns } from '../store/confirmations.ts'
import { type PaymentRow, paymentColumns, shownPayment } from '../store/payments.ts'
import { type RefundRow, refundColumns, refundOf } from '../store/refunds.ts'

/** A difference as the desk shows it. */
export interface OpenDifference {
  readonly id: string
  readonly day: CalendarDate
  readonly kind: DifferenceKind
  readonly transaction: string
  readonly state: 'open' | 'settled'
  readonly ours?: Movement
  readonly theirs?: StatementLine
}

/** Money that belongs to no payment, or of which the bank said two things. */
export interface StrayMoney {
  readonly transaction: string
  readonly outcome: Outcome
  readonly isOurs: boolean
  readonly isContradicted: boolean
  readonly amount: number
  readonly currency: string
  readonly reference: string
  readonly paidAt: number
}

/** What an agency's desk sees of a day, and of what waits for somebody whatever its day. */
export interface DeskDay {
  readonly day: CalendarDate
  /** Absent: the day was not compared yet. */
  readonly compared?: { readonly at: number; readonly ours: DaySums; readonly theirs: DaySums }
  readonly differences: readonly OpenDifference[]
  readonly stray: readonly StrayMoney[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  /** Messages of that day that were not the bank's, by reason. */
  readonly refused: readonly { readonly reason: string; readonly count: number }[]
}

/** Rows of each list that a page shows. */
const most = 100

export async function deskDay(pool: Pool, agency: string, day: CalendarDate, now: number): Promise<DeskDay> {
  const [compared, differences, stray, payments, refunds, refused] = await Promise.all([
    comparedOn(pool, agency, day),
    differencesOn(pool, agency, day),
    strayMoney(pool, agency),
    openPayments(pool, agency, now),
    openRefunds(pool, agency),
    refusedOn(pool, day),
  ])
  return { day, ...(compared && { compared }), differences, stray, payments, refunds, refused }
}

async function comparedOn(pool: Pool, agency: string, day: CalendarDate): Promise<DeskDay['compared']> {
  const { rows } = await pool.query<{ ran_at: Date; ours: DaySums; theirs: DaySums }>(
    'select ran_at, ours, theirs from payments.reconciliation where payee = $1 and day = $2',
    [agency, day],
  )
  const [row] = rows
  return row && { at: row.ran_at.getTime(), ours: row.ours, theirs: row.theirs }
}

/** Of the day, and what is open of earlier ones. */
async function differencesOn(
  pool: Pool,
  agency: string,
  day: CalendarDate,
): Promise<readonly OpenDifference[]> {
  const { rows } = await pool.query<
    Pick<OpenDifference, 'id' | 'day' | 'kind' | 'transaction' | 'state'> & {
      readonly ours: Movement | null
      readonly theirs: StatementLine | null
    }
  >(
    `select id, day::text, kind, transaction, state, ours, theirs from payments.difference
     where payee = $1 and state <> 'gone' and (day = $2 or state = 'open') order by day desc, id limit $3`,
    [agency, day, most],
  )
  return rows.map(({ ours, theirs, ...row }) => ({
    ...row,
    ...(ours && { ours }),
    ...(theirs && { theirs }),
  }))
}

async function strayMoney(pool: Pool, agency: string): Promise<readonly StrayMoney[]> {
  const { rows } = await pool.query<ConfirmationRow>(
    `select ${confirmationColumns} from payments.confirmation
     where settled_at is null and (outcome <> 'credited' or contradiction is not null)
       and (payee = $1 or payee is null) order by received_at limit $2`,
    [agency, most],
  )
  return rows.map((row) => ({
    transaction: row.transaction,
    outcome: row.outcome,
    isOurs: row.payee === agency,
    isContradicted: row.contradiction !== null,
    amount: Number(row.amount),
    currency: row.currency,
    reference: row.reference1,
    paidAt: row.paid_at.getTime(),
  }))
}

async function openPayments(pool: Pool, agency: string, now: number): Promise<readonly Payment[]> {
  const { rows } = await pool.query<PaymentRow>(
    `select ${paymentColumns} from payments.payment
     where payee = $1 and (state in ('late', 'overpaid') or next_due_at < $2)
     order by due_at limit $3`,
    [agency, new Date(now), most],
  )
  return await Promise.all(rows.map((row) => shownPayment(pool, row)))
}

async function openRefunds(pool: Pool, agency: string): Promise<readonly Refund[]> {
  const { rows } = await pool.query<RefundRow>(
    `select ${refundColumns} from payments.refund where payer = $1 and state <> 'done'
     order by state = 'failed' desc, ordered_at limit $2`,
    [agency, most],
  )
  return rows.map(refundOf)
}

async function refusedOn(pool: Pool, day: CalendarDate): Promise<DeskDay['refused']> {
  const { rows } = await pool.query<{ reason: string; count: number }>(
    'select reason, count from payments.refusal where day = $1 order by reason',
    [day],
  )
  return rows
}
