import { balanceOf, netOf, stateOf } from './balance.ts'
import type { PaymentEvent } from './events.ts'

/** Something to send back where it came from. */
export interface Share {
  readonly transaction: string
  readonly amount: number
}

/**
 * What an officer gives back of a payment that is not right: of an overpaid one what is too much, of a late or partly
 * paid one all that is there. Nothing of others.
 */
export function excessOf(events: readonly PaymentEvent[]): number {
  const balance = balanceOf(events)
  switch (stateOf(balance)) {
    case 'overpaid':
      return netOf(balance) - balance.amount
    case 'late':
    case 'partly-paid':
      return netOf(balance)
    default:
      return 0
  }
}

/** Divides an amount over the transactions that brought it, the last first. Throws `RangeError` for more than they did. */
export function sharesOf(events: readonly PaymentEvent[], amount: number): readonly Share[] {
  const left = new Map<string, number>()
  for (const event of events) {
    if (event.kind === 'received') left.set(event.transaction, event.amount)
    if (event.kind === 'returned' && event.transaction !== undefined) {
      left.set(event.transaction, (left.get(event.transaction) ?? 0) - event.amount)
    }
  }
  let rest = amount
  const shares = [...left].reverse().flatMap(([transaction, there]) => {
    const share = Math.min(there, rest)
    rest -= Math.max(0, share)
    return share > 0 ? [{ transaction, amount: share }] : []
  })
  if (rest > 0) throw new RangeError('no more goes back than came')
  return shares
}
