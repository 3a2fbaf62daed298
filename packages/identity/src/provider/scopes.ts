import type { Text } from '@sapan/kernel'
import type { AddressRegister } from './registered-address.ts'

/** A claim, as the country has it (OpenID Connect Core 1.0 §5.1). */
export interface ClaimTerm {
  readonly code: string
  readonly name: Text
  readonly kind: 'name' | 'word' | 'date' | 'number' | 'email' | 'address' | 'list'
  /** Whence its value comes, in words. */
  readonly source: Text
  readonly optional: boolean
  /** The claim with which it is agreed to. */
  readonly within?: string
}

export interface ScopeTerm {
  readonly code: string
  readonly name: Text
  readonly claims: readonly string[]
  /** What a client may do with it in the person's name, in the words on which they agree to it; absent: nothing. */
  readonly allows?: readonly Text[]
}

/** What may be told of people who sign in, and for how long they agree to it. */
export interface ScopesCountry {
  readonly consentDays: number
  readonly claims: readonly ClaimTerm[]
  readonly scopes: readonly ScopeTerm[]
  /** Absent: nobody's address is known. */
  readonly address?: AddressRegister
}
