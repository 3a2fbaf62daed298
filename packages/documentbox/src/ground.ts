import type { Clock, Logger, Pool, Text } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { DocumentReach } from './reach.ts'

/** What the document box stands on. */
export interface DocumentBoxOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  /** Of the keyed hashes by which shares are found. */
  readonly hashKey: Uint8Array
  /** Of whom an account may see and share what: what one shared of a party's stands as long as they may. */
  readonly reachOf: (account: string) => Promise<readonly DocumentReach[]>
  /** Registers that say for whom an account may act, and do not answer now; of what they would say nothing is known. */
  readonly silentOf: (account: string) => Promise<readonly Text[]>
}
