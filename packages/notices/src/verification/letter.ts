import type { Language } from '@sapan/kernel'

/** What a code is for: the address, or a device from which its owner never signed in. */
export type CodePurpose = 'address' | 'device'

/** What a letter with a code is made of; sealed until it has been sent. */
export interface CodeContent {
  readonly to: string
  readonly language: Language
  readonly code: string
  readonly purpose?: CodePurpose
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
