import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { Accounts } from '../account/account.ts'
import type { AskAgency } from '../exchange.ts'
import type { History } from '../history/history.ts'
import type { Levels } from '../levels/level.ts'
import type { ProofingCountry } from './country.ts'

/** What proofing stands on. */
export interface ProofingGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
  readonly levels: Levels
  readonly country: { readonly proofing: ProofingCountry }
  readonly ask: AskAgency
  readonly accounts: Accounts
  readonly history: Pick<History, 'record'>
}
