import type { Language } from '@sapan/kernel'

/** What a letter with a code is made of; sealed until it has been sent. */
export interface CodeContent {
  readonly to: string
  readonly language: Language
  readonly code: string
  /** A path of the portal where the code can be typed. */
  readonly page?: string
}

/** What a letter to an address that is used no more is made of. */
export interface FormerContent {
  readonly to: string
  readonly language: Language
  readonly former: true
}

/** To what the seal of such a letter is bound. */
export function codePlace(delivery: string): string {
  return `delivery.content ${delivery}`
}
