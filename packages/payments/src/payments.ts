import type { PoolClient, Text } from '@sapan/kernel'
import type { OpenPart } from './payment/balance.ts'

/** What somebody has to pay. Amounts are whole satang. */
export interface PaymentRequest {
  /** The member that gets it: `TH/GOV/RD`. */
  readonly payee: string
  /** Unique: what it is for, such as `case:<id>:fee`. The same again gives the payment that is there. */
  readonly reference: string
  readonly amount: number
  /** Milliseconds since 1970. */
  readonly dueAt: number
  /** What its page says that it is for; nothing personal. */
  readonly title?: Text
  /** The account that may open its page. Whoever pays needs no account: the code is enough. */
  readonly account?: string
  /** A keyed hash of the company that pays: whoever may act for it may open the page, too. */
  readonly party?: string
  /**
   * Where the person may choose to pay in equal parts: when each is due, the first first, in milliseconds since 1970.
   * Who chose so has until the last; who pays all at once has until `dueAt`.
   */
  readonly instalments?: readonly number[]
  /** It is in those parts from the beginning: the person chose so before. */
  readonly isDivided?: boolean
  /** A debt stays one: it does not lapse when its time is over. Without it, it lapses. */
  readonly stays?: boolean
}

/**
 * `late`: all is there, but came after its time; an officer accepts it or gives it back. `lapsed`: its time ran out
 * with nothing paid. `refunded`: all that came was given back. `called-off`: nothing was paid, and nothing is asked for
 * any more.
 */
export const paymentStates = [
  'waiting',
  'paid',
  'partly-paid',
  'overpaid',
  'late',
  'lapsed',
  'refunded',
  'called-off',
] as const
export type PaymentState = (typeof paymentStates)[number]

/** How money that came differs from what was asked for: of which whoever pays is told, and the desk decides. */
export type PaymentOddity = Extract<PaymentState, 'late' | 'partly-paid' | 'overpaid'>

export interface Payment extends PaymentRequest {
  readonly id: string
  readonly state: PaymentState
  /** What the payee has of it: what came in less what went back. */
  readonly paid: number
  readonly paidAt?: number
  /** Some of its times were moved, since their day became a holiday. */
  readonly isPostponed?: boolean
  /**
   * EMVCo merchant-presented payload (Thai QR Payment, tag 30 bill payment), for the QR code: of the next part that is
   * owed, or of the last where nothing is.
   */
  readonly payload: string
  /** The 20 digits and letters that the bank's confirmation names. */
  readonly bankReference: string
  /** One, or those that the person chose, with what is owed of each. */
  readonly parts: readonly OpenPart[]
}

/** Money that goes back, or that a decision gives. */
export interface RefundRequest {
  readonly payer: string
  readonly reference: string
  readonly amount: number
  /**
   * PromptPay of the person: their national number. Sealed where it lies. Absent, for who has none: it goes back to the accounts
   * that paid `payment`.
   */
  readonly to?: string
  /** The reference of the payment that it gives back, all or a part. */
  readonly payment?: string
}

/**
 * `ordered`: a job will send it. `sent`: the bank has taken it. `done`: the bank says that the money arrived. `failed`:
 * the bank could not; it comes back to the desk, where it is ordered anew.
 */
export const refundStates = ['ordered', 'sent', 'done', 'failed'] as const
export type RefundState = (typeof refundStates)[number]

export interface Refund extends Omit<RefundRequest, 'to'> {
  readonly id: string
  readonly state: RefundState
  readonly orderedAt: number
  readonly sentAt?: number
  readonly doneAt?: number
  /** The bank's number of the transfer. */
  readonly transfer?: string
  /** The bank's word for why it failed: `account-closed`. */
  readonly why?: string
}

export interface Payments {
  /** In the caller's transaction. Throws `payee-without-account` where the bank has none for the payee. */
  request(client: PoolClient, request: PaymentRequest): Promise<Payment>
  byReference(reference: string): Promise<Payment | undefined>
  /**
   * Orders money to go to a person, once per reference, in the caller's transaction; a job sends it. What goes back to several
   * accounts is one order each: the first has the reference, the others `<reference>/2` and on. Throws `payee-without-account`,
   * `payment-not-found`, `refund-too-large`.
   */
  refund(client: PoolClient, request: RefundRequest): Promise<Refund>
  refundByReference(reference: string): Promise<Refund | undefined>
  /**
   * Asks for no more of a payment, in the caller's transaction; what came of it by then is kept, also what was
   * late, and what comes later goes back by an officer. Nothing happens where there is no such payment, or all of it is there.
   */
  callOff(client: PoolClient, reference: string): Promise<void>
  /** The same, of which nothing is kept: what is there, and what comes later, goes back by an officer. */
  callOffWhole(client: PoolClient, reference: string): Promise<void>
  /** Satang that an agency has of these payments, less what it gave by these refunds beside them; below 0 where it gave more. */
  keptOf(moves: Moves): Promise<number>
}

/** Payments and refunds by their references. */
export interface Moves {
  readonly payments: readonly string[]
  readonly refunds: readonly string[]
}
