import type { Text } from '@sapan/kernel'
import type { Terms } from './terms.ts'

export type ProposalState = 'open' | 'accepted' | 'refused' | 'withdrawn'

/** A mandate that one person offers another (`give`) or asks another for (`ask`). Times are milliseconds since 1970. */
export interface Proposal {
  readonly id: string
  readonly direction: 'give' | 'ask'
  readonly from: string
  readonly fromName: Text
  readonly terms: Terms
  /** What the one who asks wrote about it. */
  readonly reason?: string
  /** The number of whom it is meant for; absent where a code says so. */
  readonly to?: string
  readonly state: ProposalState
  readonly createdAt: number
  readonly expiresAt: number
}

/** Whom a proposal is meant for: the holder of a number, or whoever is handed its code. */
export type Addressee = { readonly number: string } | 'code'

const longestReason = 300
// Characters that turn or hide text; a zero-width space stays, Thai is broken with it.
const hidden = /[\p{Cc}\u202A-\u202E\u2066-\u2069\u200E\u200F]/gu

/** A text that somebody wrote, fit to be shown to another: one line, nothing that turns or hides what follows. */
export function plainWords(text: string, longest = longestReason): string {
  return [...text.normalize('NFC').replace(hidden, ' ').replace(/ {2,}/g, ' ').trim()]
    .slice(0, longest)
    .join('')
}
