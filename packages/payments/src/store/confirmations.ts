import type { Database } from '@sapan/kernel'
import type { PaymentMessage } from '../callback/message.ts'
import type { Outcome } from '../callback/outcome.ts'

export interface ConfirmationRow {
  readonly transaction: string
  readonly outcome: Outcome
  readonly payment: string | null
  readonly payee: string | null
  readonly biller: string
  readonly reference1: string
  readonly reference2: string
  readonly amount: string
  readonly currency: string
  readonly paid_at: Date
  readonly received_at: Date
  readonly repeats: number
  readonly contradiction: PaymentMessage | null
}

export const confirmationColumns = `transaction, outcome, payment, payee, biller, reference1, reference2, amount, currency,
  paid_at, received_at, repeats, contradiction`

/** What is known of a payment when the bank tells of it. */
export interface NewConfirmation {
  readonly message: PaymentMessage
  readonly outcome: Outcome
  readonly payment: string | null
  readonly payee: string | null
  readonly bankDay: string
  readonly at: number
}

/** False where the transaction is known already; it waits for another that is just writing it. */
export async function writeConfirmation(db: Database, one: NewConfirmation): Promise<boolean> {
  const { message } = one
  const { rowCount } = await db.query(
    `insert into payments.confirmation
       (transaction, outcome, payment, payee, biller, reference1, reference2, amount, currency, paid_at, bank_day, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (transaction) do nothing`,
    [
      message.transaction,
      one.outcome,
      one.payment,
      one.payee,
      message.biller,
      message.reference1,
      message.reference2,
      message.amount,
      message.currency,
      new Date(message.paidAt),
      one.bankDay,
      new Date(one.at),
    ],
  )
  return rowCount === 1
}

export async function findConfirmation(
  db: Database,
  transaction: string,
): Promise<ConfirmationRow | undefined> {
  const { rows } = await db.query<ConfirmationRow>(
    `select ${confirmationColumns} from payments.confirmation where transaction = $1`,
    [transaction],
  )
  return rows[0]
}

/** Whether the bank says the same as the first time. */
export function isSame(row: ConfirmationRow, message: PaymentMessage): boolean {
  return (
    row.biller === message.biller &&
    row.reference1 === message.reference1 &&
    row.reference2 === message.reference2 &&
    Number(row.amount) === message.amount &&
    row.currency === message.currency &&
    row.paid_at.getTime() === message.paidAt
  )
}

export async function countRepeat(db: Database, transaction: string): Promise<void> {
  await db.query('update payments.confirmation set repeats = repeats + 1 where transaction = $1', [
    transaction,
  ])
}

/** It comes to an officer, though the transaction was settled before. */
export async function writeContradiction(db: Database, message: PaymentMessage): Promise<void> {
  await db.query(
    'update payments.confirmation set contradiction = $2, settled_at = null where transaction = $1',
    [message.transaction, JSON.stringify(message)],
  )
}
