import type { Clock, Jobs, Logger, Pool, WorkingDays } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { JSONWebKeySet } from 'jose'
import type { Bank } from './bank/bank.ts'

/** What payments stand on. */
export interface PaymentsOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly jobs: Jobs
  /** Says which day it is in the country. */
  readonly days: Pick<WorkingDays, 'dateOf'>
  /** The biller number (15 digits) of each member that is paid or pays. */
  readonly billers: ReadonlyMap<string, string>
  readonly bank: Bank
  /** The bank's public keys: its messages name one by `kid`. */
  readonly bankKeys: JSONWebKeySet
}
