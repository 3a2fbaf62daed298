import type { CalendarDate } from '@sapan/kernel'
import type { Movement } from '../reconcile/compare.ts'

/** Where money goes: to whoever holds a national number at PromptPay, or back to where a transaction came from. */
export type TransferTarget =
  | { readonly kind: 'person'; readonly nationalId: string }
  | { readonly kind: 'origin'; readonly transaction: string }

export interface TransferOrder {
  /** The same key is carried out once. */
  readonly key: string
  /** The account of the payer: its biller number. */
  readonly from: string
  /** Satang. */
  readonly amount: number
  readonly to: TransferTarget
}

/** `taken`: it will be carried out, and a message says how it ended. `why` is a word of the bank's. */
export type TransferAnswer =
  | { readonly state: 'taken'; readonly transfer: string }
  | { readonly state: 'refused'; readonly why: string }

/** A line of a statement. */
export interface StatementLine extends Movement {
  /** Milliseconds since 1970. */
  readonly at: number
}

/** What we ask of the bank. Throws a `Problem` where it cannot be reached; then the same is asked again later. */
export interface Bank {
  /** `payer`: the member whose money it is. */
  transfer(payer: string, order: TransferOrder): Promise<TransferAnswer>
  /** All that moved on a payee's account on a day of the country. */
  statement(payee: string, account: string, day: CalendarDate): Promise<readonly StatementLine[]>
}
