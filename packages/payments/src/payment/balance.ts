import type { PaymentOddity, PaymentState } from '../payments.ts'
import type { PaymentEvent } from './events.ts'
import type { Part } from './instalments.ts'

/** How a payment stands, as its events left it. Amounts are satang. */
export interface Balance {
  /** What is asked for: less than at first once some of it was given back, or no more is asked for. */
  readonly amount: number
  /** The whole, or the parts that the person chose; none where nothing is asked for. */
  readonly parts: readonly Part[]
  readonly received: number
  readonly returned: number
  /** When the whole was there for the first time, by the bank's clock. */
  readonly paidAt?: number
  /** Some part came after its time. */
  readonly isLate: boolean
  readonly isAccepted: boolean
  readonly isLapsed: boolean
  /** Some of its times were moved. */
  readonly isPostponed: boolean
  readonly isCalledOff: boolean
}

/** As it is when it was just asked for. */
const untouched = {
  received: 0,
  returned: 0,
  isLate: false,
  isAccepted: false,
  isLapsed: false,
  isPostponed: false,
  isCalledOff: false,
}

/** Throws `RangeError` for events that do not begin with the request. */
export function balanceOf([first, ...others]: readonly PaymentEvent[]): Balance {
  if (first?.kind !== 'requested') throw new RangeError('a payment begins with its request')
  const { amount, dueAt } = first
  return others.reduce(after, { ...untouched, amount, parts: [{ amount, dueAt }] })
}

/** The balance after one more event. Throws `RangeError` for what cannot follow. */
export function after(balance: Balance, event: PaymentEvent): Balance {
  switch (event.kind) {
    case 'requested':
      throw new RangeError('a payment is requested once')
    case 'split':
      if (!maySplit(balance)) throw new RangeError('a payment is split before anything is paid')
      return { ...balance, parts: event.parts }
    case 'postponed':
      return { ...balance, parts: event.parts, isPostponed: true }
    case 'received':
      return receive(balance, event)
    case 'returned':
      if (event.amount > netOf(balance)) throw new RangeError('no more goes back than is there')
      return giveBack(balance, event)
    case 'accepted':
      return { ...balance, isAccepted: true }
    case 'lapsed':
      return { ...balance, isLapsed: true }
    case 'called-off':
      return {
        ...asking(balance, Math.min(event.amount ?? balance.amount, keptOf(balance))),
        isAccepted: true,
        isCalledOff: true,
      }
  }
}

/**
 * What is given back of a payment that was there in full is not owed again. What goes where it came from is first what was too
 * much; what goes to a person is of what was asked for, and what was too much stays to be sent back.
 */
function giveBack(
  balance: Balance,
  { amount, transaction }: Extract<PaymentEvent, { kind: 'returned' }>,
): Balance {
  const now = { ...balance, returned: balance.returned + amount }
  if (netOf(balance) < balance.amount) return now
  const asked = transaction === undefined ? Math.max(0, balance.amount - amount) : balance.amount
  return asking(now, Math.min(asked, netOf(now)))
}

/** The same where only so much is asked for: what is due last falls away first. */
function asking(balance: Balance, amount: number): Balance {
  let left = amount
  const parts = balance.parts.flatMap((part) => {
    const kept = Math.min(part.amount, left)
    left -= kept
    return kept === 0 ? [] : [{ ...part, amount: kept }]
  })
  return { ...balance, amount, parts }
}

/** Late is what completes a part after the part's time, in the order in which the bank told it. */
function receive(balance: Balance, { amount, at }: Extract<PaymentEvent, { kind: 'received' }>): Balance {
  const before = netOf(balance)
  const now = before + amount
  let until = 0
  const completed = balance.parts.filter((part) => {
    until += part.amount
    return before < until && until <= now
  })
  const isFirst = balance.paidAt === undefined && now >= balance.amount
  return {
    ...balance,
    received: balance.received + amount,
    isLate: balance.isLate || completed.some(({ dueAt }) => at > dueAt),
    ...(isFirst && { paidAt: at }),
  }
}

/** What the payee has of it now. */
export function netOf({ received, returned }: Balance): number {
  return received - returned
}

/** What is still to be paid. */
export function owedOf(balance: Balance): number {
  return Math.max(0, balance.amount - netOf(balance))
}

/** Whether the person may still choose to pay in parts. */
export function maySplit({ parts, received, isLapsed }: Balance): boolean {
  return parts.length === 1 && received === 0 && !isLapsed
}

/** What the payee may keep of it: what came beyond what was asked for goes back. */
export function keptOf(balance: Balance): number {
  return Math.min(balance.amount, netOf(balance))
}

export function stateOf(balance: Balance): PaymentState {
  const net = netOf(balance)
  if (net === 0) {
    if (balance.received > 0) return 'refunded'
    if (balance.isCalledOff) return 'called-off'
    return balance.isLapsed ? 'lapsed' : 'waiting'
  }
  if (net < balance.amount) return 'partly-paid'
  if (balance.isLate && !balance.isAccepted) return 'late'
  return net > balance.amount ? 'overpaid' : 'paid'
}

/** Whether what the payment was asked for may go on: all of it is there, in time or accepted. */
export function isSettled(balance: Balance): boolean {
  const state = stateOf(balance)
  return state === 'paid' || state === 'overpaid'
}

/** What of money that came is not as it was asked for; undefined where all is right. Who pays in parts does so in parts. */
export function oddityOf(balance: Balance): PaymentOddity | undefined {
  const state = stateOf(balance)
  if (state === 'late' || state === 'overpaid') return state
  return state === 'partly-paid' && balance.parts.length === 1 ? state : undefined
}

/** When the first part that is owed is due, in milliseconds since 1970; undefined where nothing is to be paid any more. */
export function nextDueOf(balance: Balance): number | undefined {
  const state = stateOf(balance)
  if (state !== 'waiting' && state !== 'partly-paid') return undefined
  return partsOf(balance).find(({ owed }) => owed > 0)?.dueAt
}

/** A part, what of it is still owed, and its number from 1; what was paid fills the parts in their order. */
export interface OpenPart extends Part {
  readonly number: number
  readonly owed: number
}

export function partsOf(balance: Balance): readonly OpenPart[] {
  let left = netOf(balance)
  return balance.parts.map(({ amount, dueAt }, i) => {
    const covered = Math.min(amount, left)
    left -= covered
    return { number: i + 1, amount, dueAt, owed: amount - covered }
  })
}
