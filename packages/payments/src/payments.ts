import type { PoolClient } from '@sapan/kernel'

/** What somebody has to pay. Amounts are whole satang. */
export interface PaymentRequest {
  /** The member that gets it: `TH/GOV/RD`. */
  readonly payee: string
  /** Unique: what it is for, such as `case:<id>:fee`. The same again gives the payment that is there. */
  readonly reference: string
  readonly amount: number
  /** Milliseconds since 1970. */
  readonly dueAt: number
}

export type PaymentState = 'waiting' | 'paid' | 'partly-paid' | 'overpaid' | 'late' | 'lapsed' | 'refunded'

export interface Payment extends PaymentRequest {
  readonly id: string
  readonly state: PaymentState
  readonly paid: number
  readonly paidAt?: number
  /** EMVCo merchant-presented payload (Thai QR Payment, tag 30 bill payment), for the QR code. */
  readonly payload: string
  /** The 20 digits and letters that the bank's confirmation names. */
  readonly bankReference: string
}

/** Money that goes back, or that a decision gives. */
export interface RefundRequest {
  readonly payer: string
  readonly reference: string
  readonly amount: number
  /** PromptPay of the person: their national number. Sealed where it lies. */
  readonly to: string
}

export interface Refund extends Omit<RefundRequest, 'to'> {
  readonly id: string
  readonly state: 'ordered' | 'sent' | 'failed'
  readonly sentAt?: number
  /** The bank's number of the transfer. */
  readonly transfer?: string
}

export interface Payments {
  /** In the caller's transaction. */
  request(client: PoolClient, request: PaymentRequest): Promise<Payment>
  byReference(reference: string): Promise<Payment | undefined>
  /** Orders money to go to a person, once per reference, in the caller's transaction; a job sends it. */
  refund(client: PoolClient, request: RefundRequest): Promise<Refund>
  refundByReference(reference: string): Promise<Refund | undefined>
}
