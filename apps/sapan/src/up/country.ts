import type { Text } from '@sapan/kernel'

/** An agency of the small country that `sapan up` starts, with all it brings. */
export interface Agency {
  /** Its short name: `DOPA`. The key in endpoints.json, and the name of its folder. */
  readonly code: string
  readonly id: string
  readonly class: string
  readonly name: Text
  readonly subsystems: readonly { readonly code: string; readonly name: Text }[]
  /** What it gives to others. */
  readonly grants: readonly GrantOrder[]
}

/** A grant as its provider gives it; the gateway adds id and provider, and signs. */
export interface GrantOrder {
  readonly consumer: string
  readonly service: string
  readonly purpose: string
  readonly expires: string
  readonly [member: string]: unknown
}

export interface Country {
  /** `TH`. */
  readonly instance: string
  readonly agencies: readonly Agency[]
  /** Someone in its population register whose data the first example can ask for. */
  readonly person: string
}
