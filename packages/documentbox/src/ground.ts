import type { Clock, Logger, Pool, Text } from '@sapan/kernel'
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
  /** Registers that say for whom an account may act, and do not answer now; of what they would say nothing is known. */
  readonly silentOf: (account: string) => Promise<readonly Text[]>
}
