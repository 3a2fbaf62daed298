import type { Payment } from './payments.ts'

/** Who opens a page of payments: an account, and for which parties it may pay what. */
export interface Payer {
  readonly account: string
  readonly reach?: readonly PaymentReach[]
}

/** A party for which somebody may pay, and what of it that covers. */
export interface PaymentReach {
  readonly party: string
  /** Members that are paid; all where absent. */
  readonly payees?: readonly string[]
  /** Satang of one payment at most. */
  readonly most?: number
}

/** Whether what is asked of a party lies within what somebody may pay for it. Pure. */
export function isWithin(
  { party, payee, amount }: Pick<Payment, 'party' | 'payee' | 'amount'>,
  reach: readonly PaymentReach[],
): boolean {
  return reach.some(
    (one) =>
      one.party === party &&
      (one.payees?.includes(payee) ?? true) &&
      amount <= (one.most ?? Number.POSITIVE_INFINITY),
  )
}

/** Whether somebody may open a payment: it was asked of them, or of a party for which they may pay it. Pure. */
export function mayOpen(payment: Payment, { account, reach = [] }: Payer): boolean {
  return payment.account === account || isWithin(payment, reach)
}
