import type { Door, DoorRates } from '../sign-in/admission.ts'

/** What was proved with, as the country's data names it. `external:<provider>` is a sign-in at an outside provider. */
export type Factor =
  | 'passkey-synced'
  | 'passkey-device-bound'
  | 'passkey-hardware'
  | 'password'
  | 'totp'
  | 'recovery-code'
  | `external:${string}`

/** The country's rules of signing in. */
export interface AuthenticationCountry {
  /** Which factors together give which assurance level; the highest that fits counts. */
  readonly combinations: readonly { readonly aal: string; readonly factors: readonly Factor[] }[]
  /** How long an account that is recovered waits for its owner to object, by how the person was proved. */
  readonly coolingOffHours: { readonly remote: number; readonly inPerson: number }
  /** From how many days before a freeze on its owner looks at what was given, unless they choose another day. */
  readonly reviewDays: number
  /** How long ago a person may have proved themselves who changes what they sign in with. */
  readonly freshSeconds: number
  readonly limits: {
    /** Authenticators of one kind that a person may have. */
    readonly authenticators: number
    /** Failures that go without a wait: of one known device, of all unknown ones together, of one address. */
    readonly freeFailures: { readonly known: number; readonly unknown: number; readonly address: number }
    /** The first wait; each further failure doubles it, up to the longest. */
    readonly firstWaitSeconds: number
    readonly longestWaitSeconds: number
    /** After so long without a failure nothing is held against anybody. */
    readonly forgetHours: number
  }
  /** How often strangers may begin what: of one known device, of one network, all together. */
  readonly doors: Readonly<Record<Door, DoorRates>>
}
