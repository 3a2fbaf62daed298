import { createHash } from 'node:crypto'
import { type CalendarDate, Problem } from '@sapan/kernel'
import { paymentsProblems } from '../problems.ts'
import type { Bank, StatementLine, TransferAnswer, TransferOrder } from './bank.ts'

/** A question to the bank, which an agency asks through its own gateway. */
export interface BankQuestion {
  /** Who asks: `TH/GOV/RD/efiling`. */
  readonly consumer: string
  /** `TH/COM/0107540990014/account/payment-v1` */
  readonly service: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly purpose: string
  readonly body?: unknown
  readonly idempotencyKey?: string
}

export interface BankThroughExchangeOptions {
  /** Throws a `Problem` where a gateway or the bank cannot be reached or refuses. */
  readonly ask: (question: BankQuestion) => Promise<{ readonly status: number; readonly body: unknown }>
  /** The bank's subsystem: `TH/COM/0107540990014/account`. */
  readonly subsystem: string
  /** As which subsystem a member asks, and for what, as its grants have it; undefined for a member without any. */
  readonly asking: (
    member: string,
    what: 'transfer' | 'statement',
  ) => { readonly consumer: string; readonly purpose: string } | undefined
}

/**
 * The bank as a member of the exchange: each order and each statement has evidence at both ends, signed by both, and no
 * credentials beside those of the gateways. Throws `bank-unreachable` for answers that are none.
 */
export function bankThroughExchange(options: BankThroughExchangeOptions): Bank {
  return {
    transfer: (payer, order) => transfer(options, payer, order),
    statement: (payee, account, day) => statement(options, payee, account, day),
  }
}

async function transfer(
  { ask, subsystem, asking }: BankThroughExchangeOptions,
  payer: string,
  { key, from, amount, to }: TransferOrder,
): Promise<TransferAnswer> {
  const { consumer, purpose } = asking(payer, 'transfer') ?? unreachable(`${payer} may not ask the bank`)
  const { status, body } = await ask({
    consumer,
    purpose,
    service: `${subsystem}/payment-v1`,
    method: 'POST',
    path: '/transfers',
    body: {
      from,
      amount,
      to: to.kind === 'person' ? { nationalId: to.nationalId } : { transaction: to.transaction },
    },
    idempotencyKey: key,
  })
  const { state, transfer, why } = objectIn(body)
  if (status === 200 && state === 'taken' && typeof transfer === 'string' && numberForm.test(transfer))
    return { state, transfer }
  if (status === 200 && state === 'refused' && typeof why === 'string') return { state, why: wordOf(why) }
  return unreachable(`order answered with ${status}`)
}

/** A number of the bank's, as in its messages. */
const numberForm = /^[0-9A-Za-z-]{1,64}$/

/** A line whose number is none keeps its money in the sum, and comes to an officer as a difference under a mark of its own. */
function numberOf(transaction: string): string {
  if (numberForm.test(transaction)) return transaction
  return `unreadable-${createHash('sha256').update(transaction).digest('hex').slice(0, 32)}`
}

const longestReference = 140

/** Whoever pays may write into it whatever they like: what can be shown and kept, and not more than it needs. */
function referenceOf(reference: string): string {
  const shown = reference.slice(0, 4 * longestReference).replaceAll(/\p{C}/gu, '\ufffd')
  return [...shown].slice(0, longestReference).join('')
}

/** As in the bank's messages; what else it says may name somebody, and is shown and logged nowhere. */
function wordOf(why: string): string {
  return /^[a-z-]{1,60}$/.test(why) ? why : 'unknown'
}

async function statement(
  { ask, subsystem, asking }: BankThroughExchangeOptions,
  payee: string,
  account: string,
  day: CalendarDate,
): Promise<readonly StatementLine[]> {
  const { consumer, purpose } = asking(payee, 'statement') ?? unreachable(`${payee} may not ask the bank`)
  const { status, body } = await ask({
    consumer,
    purpose,
    service: `${subsystem}/statement-v1`,
    method: 'GET',
    path: `/accounts/${account}/statements/${day}`,
  })
  const { lines } = objectIn(body)
  if (status !== 200 || !Array.isArray(lines)) return unreachable(`statement answered with ${status}`)
  return lines.map(lineOf)
}

/** A line that cannot be read makes the whole day unreadable: a sum without it would be wrong. */
function lineOf(value: unknown): StatementLine {
  const { transaction, direction, amount, reference, at } = objectIn(value)
  const time = Date.parse(String(at))
  if (
    typeof transaction !== 'string' ||
    (direction !== 'in' && direction !== 'out') ||
    !Number.isSafeInteger(amount) ||
    typeof reference !== 'string' ||
    Number.isNaN(time)
  ) {
    return unreachable('a line of the statement cannot be read')
  }
  const movement = { transaction: numberOf(transaction), reference: referenceOf(reference) }
  return { ...movement, direction, amount: Number(amount), at: time }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function unreachable(why: string): never {
  throw new Problem(paymentsProblems['bank-unreachable'], { cause: new Error(why) })
}
