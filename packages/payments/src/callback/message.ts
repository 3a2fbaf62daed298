import { Problem } from '@sapan/kernel'
import { mostSatang } from '../emv/promptpay.ts'
import { paymentsProblems } from '../problems.ts'

/** Money that came in, as the bank tells it. */
export interface PaymentMessage {
  readonly kind: 'payment'
  /** The bank's number of it. */
  readonly transaction: string
  /** The account to which it went: 15 digits. */
  readonly biller: string
  readonly reference1: string
  readonly reference2: string
  /** The smallest unit of the currency. */
  readonly amount: number
  /** ISO 4217: `THB`. */
  readonly currency: string
  /** When the bank got it; milliseconds since 1970. */
  readonly paidAt: number
}

/** How a transfer that was ordered ended. */
export interface TransferMessage {
  readonly kind: 'transfer'
  readonly transaction: string
  /** The order's key. */
  readonly order: string
  readonly state: 'done' | 'failed'
  /** The bank's word for why it failed. */
  readonly why?: string
  readonly at: number
}

export type BankMessage = PaymentMessage | TransferMessage

/** A clock may be so many milliseconds ahead of ours. */
const aheadMillis = 300_000

/** Reads what the bank sent (JSON). Throws `bank-message-malformed`; `now` in milliseconds since 1970. */
export function readBankMessage(body: Uint8Array, now: number): BankMessage {
  const sent = jsonObject(body)
  const text = (name: string, pattern: RegExp): string => {
    const value = sent[name]
    if (typeof value !== 'string' || !pattern.test(value)) throw malformed()
    return value
  }
  const time = (name: string): number => {
    const at = Date.parse(text(name, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/))
    if (!(at > 0 && at <= now + aheadMillis)) throw malformed()
    return at
  }
  const transaction = text('transaction', /^[0-9A-Za-z-]{1,64}$/)
  switch (sent.kind) {
    case 'payment':
      return {
        kind: 'payment',
        transaction,
        biller: text('biller', /^\d{15}$/),
        reference1: text('reference1', /^[0-9A-Za-z]{1,20}$/),
        reference2: text('reference2', /^[0-9A-Za-z]{0,20}$/),
        amount: satangIn(sent.amount),
        currency: text('currency', /^[A-Z]{3}$/),
        paidAt: time('paidAt'),
      }
    case 'transfer': {
      const order = text('order', /^[0-9A-Za-z.-]{1,64}$/)
      const state = text('state', /^(done|failed)$/) === 'done' ? 'done' : 'failed'
      const why = state === 'failed' ? text('why', /^[a-z-]{1,60}$/) : undefined
      return {
        kind: 'transfer',
        transaction,
        order,
        state,
        ...(why !== undefined && { why }),
        at: time('at'),
      }
    }
    default:
      throw malformed()
  }
}

function jsonObject(body: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    throw malformed(cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed()
  return value as Readonly<Record<string, unknown>>
}

function satangIn(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > mostSatang) {
    throw malformed()
  }
  return value
}

function malformed(cause?: unknown): Problem {
  return new Problem(paymentsProblems['bank-message-malformed'], { cause })
}
