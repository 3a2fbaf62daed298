import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'

/** What the document box stands on. */
export interface DocumentBoxOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  /** Of the keyed hashes by which shares are found. */
  readonly hashKey: Uint8Array
  /** Keyed hashes of all for whom an account may act: what one shared of a party's stands as long as they act for it. */
  readonly partiesOf: (account: string) => Promise<readonly string[]>
}
