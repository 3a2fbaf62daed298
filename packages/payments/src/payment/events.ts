import type { Part } from './instalments.ts'

/** What happened to a payment: only added, never changed. Amounts are satang, times milliseconds since 1970. */
export type PaymentEvent =
  | { readonly kind: 'requested'; readonly at: number; readonly amount: number; readonly dueAt: number }
  /** The person chose to pay in parts. */
  | { readonly kind: 'split'; readonly at: number; readonly parts: readonly Part[] }
  /** The day on which some of it was due became a holiday: the parts with their times as they are now. */
  | { readonly kind: 'postponed'; readonly at: number; readonly parts: readonly Part[] }
  /** The bank has money for it; `at` is when the bank got it. */
  | { readonly kind: 'received'; readonly at: number; readonly amount: number; readonly transaction: string }
  /** Money was ordered to go back; where it goes where it came from, to which transaction. */
  | {
      readonly kind: 'returned'
      readonly at: number
      readonly amount: number
      readonly refund: string
      readonly transaction?: string
    }
  /** An officer took late money for money in time. */
  | { readonly kind: 'accepted'; readonly at: number }
  /** Its time ran out with nothing paid. */
  | { readonly kind: 'lapsed'; readonly at: number }
  /** Whoever asked for it asks for no more of it; what came by then is kept, at most `amount` where that is said. */
  | { readonly kind: 'called-off'; readonly at: number; readonly amount?: number }
