import type { Database, PoolClient, Text } from '@sapan/kernel'
import { billPaymentCode } from '../emv/promptpay.ts'
import { type Balance, type OpenPart, partsOf } from '../payment/balance.ts'
import type { Payment, PaymentState } from '../payments.ts'
import { balanceIn } from './events.ts'

export interface PaymentRow {
  readonly id: string
  readonly payee: string
  readonly biller: string
  readonly reference: string
  readonly bank_reference: string
  readonly account: string | null
  readonly party: string | null
  readonly title: Text | null
  readonly amount: string
  readonly due_at: Date
  readonly instalments: readonly number[] | null
  readonly stays: boolean
  readonly state: PaymentState
  readonly paid: string
  readonly paid_at: Date | null
  readonly created_at: Date
}

export const paymentColumns = `id, payee, biller, reference, bank_reference, account, party, title, amount, due_at,
  instalments, stays, state, paid, paid_at, created_at`

type Key = 'id' | 'reference' | 'bank_reference'

export async function findPayment(db: Database, key: Key, value: string): Promise<PaymentRow | undefined> {
  const { rows } = await db.query<PaymentRow>(
    `select ${paymentColumns} from payments.payment where ${key} = $1`,
    [value],
  )
  return rows[0]
}

/** Nobody else changes it until the transaction ends. */
export async function lockPayment(
  client: PoolClient,
  key: Key,
  value: string,
): Promise<PaymentRow | undefined> {
  const { rows } = await client.query<PaymentRow>(
    `select ${paymentColumns} from payments.payment where ${key} = $1 for update`,
    [value],
  )
  return rows[0]
}

/** The payment with its parts. */
export async function shownPayment(db: Database, row: PaymentRow): Promise<Payment> {
  return paymentOf(row, await balanceIn(db, row.id))
}

export function paymentOf(row: PaymentRow, balance: Balance): Payment {
  const parts = partsOf(balance)
  return {
    id: row.id,
    payee: row.payee,
    reference: row.reference,
    amount: Number(row.amount),
    dueAt: row.due_at.getTime(),
    ...(row.title !== null && { title: row.title }),
    ...(row.account !== null && { account: row.account }),
    ...(row.party !== null && { party: row.party }),
    ...(row.instalments !== null && { instalments: row.instalments }),
    ...(row.stays && { stays: true }),
    ...(balance.isPostponed && { isPostponed: true }),
    state: row.state,
    paid: Number(row.paid),
    ...(row.paid_at !== null && { paidAt: row.paid_at.getTime() }),
    bankReference: row.bank_reference,
    parts,
    payload: payloadOf(row, parts),
  }
}

/** Of the next part that is owed; of one that was paid in full, what it was. The second reference is the part's number. */
function payloadOf(row: PaymentRow, parts: readonly OpenPart[]): string {
  const next = parts.find(({ owed }) => owed > 0) ?? parts.at(-1)
  return billPaymentCode({
    biller: row.biller,
    reference1: row.bank_reference,
    reference2: parts.length === 1 ? '0' : String(next?.number ?? 0),
    amount: next?.owed || next?.amount || Number(row.amount),
  })
}
