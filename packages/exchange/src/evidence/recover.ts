/** A new epoch of a member's log. The directory must publish its key before witnesses know it. */
export interface Recovery {
  readonly member: string
  readonly epoch: number
  readonly origin: string
  readonly vkey: string
  /** The epoch before, and how far it is known to have come. */
  readonly previous: { readonly epoch: number; readonly size: number; readonly witnessedSize: number | null }
}
