import type { Text } from '@sapan/kernel'
import type { GrantOrder } from '@sapan/thailand'

/** An agency of the small country that `sapan up` starts, with all it brings. */
export interface Agency {
  /** Its short name: `DOPA`. */
  readonly code: string
  /** The name of its gateway: its own short name, or that of one which several share. */
  readonly gateway: string
  readonly id: string
  readonly memberClass: string
  readonly memberCode: string
  readonly name: Text
  readonly subsystems: readonly { readonly code: string; readonly name: Text }[]
  /** Purposes for which an officer without a case is unusual. */
  readonly casePurposes: readonly string[]
  /** What it gives to others. */
  readonly grants: readonly GrantOrder[]
}

export interface Country {
  /** `TH`. */
  readonly instance: string
  readonly agencies: readonly Agency[]
  /** Someone in its population register whose data the first example can ask for. */
  readonly person: string
}
