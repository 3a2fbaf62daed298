import type { Database, Language, Text } from '@sapan/kernel'
import { plainTime } from '@sapan/ui'
import { plainBaht } from './pages/amount.ts'
import { balanceOf, isSettled, netOf } from './payment/balance.ts'
import { eventsOf } from './store/events.ts'
import { findPayment } from './store/payments.ts'

/** What a receipt of a payment says. Amounts are satang, times milliseconds since 1970. */
export interface PaymentReceipt {
  readonly payee: string
  readonly reference: string
  readonly title?: Text
  readonly bankReference: string
  readonly amount: number
  /** What the payee has of it; more where too much was paid and not given back yet. */
  readonly paid: number
  readonly paidAt: number
  /** The bank's numbers, each with what it brought. */
  readonly transactions: readonly {
    readonly transaction: string
    readonly amount: number
    readonly at: number
  }[]
}

/** Undefined while a payment is not paid in full. */
export async function receiptOf(db: Database, reference: string): Promise<PaymentReceipt | undefined> {
  const row = await findPayment(db, 'reference', reference)
  if (row === undefined) return undefined
  const events = await eventsOf(db, row.id)
  const balance = balanceOf(events)
  if (!isSettled(balance)) return undefined
  return {
    payee: row.payee,
    reference,
    ...(row.title !== null && { title: row.title }),
    bankReference: row.bank_reference,
    amount: balance.amount,
    paid: netOf(balance),
    paidAt: balance.paidAt ?? 0,
    transactions: events.flatMap((event) =>
      event.kind === 'received'
        ? [{ transaction: event.transaction, amount: event.amount, at: event.at }]
        : [],
    ),
  }
}

const words = {
  amount: { th: 'จำนวนเงิน', en: 'Amount' },
  paidAt: { th: 'ชำระเมื่อ', en: 'Paid' },
  reference: { th: 'เลขอ้างอิงการชำระ', en: 'Payment reference' },
  transaction: { th: 'เลขรายการของธนาคาร', en: 'Bank’s transaction number' },
} as const satisfies Record<string, Text>

/** The lines of a `receipt` document (`entries`: label and value). */
export function receiptEntries(
  { amount, paidAt, bankReference, transactions }: PaymentReceipt,
  language: Language,
): readonly { readonly label: string; readonly value: string }[] {
  const line = (text: Text, value: string) => ({ label: text[language], value })
  return [
    line(words.amount, plainBaht(amount, language)),
    line(words.paidAt, plainTime(paidAt, language)),
    line(words.reference, bankReference),
    ...transactions.map((one) =>
      line(words.transaction, `${one.transaction} (${plainBaht(one.amount, language)})`),
    ),
  ]
}
