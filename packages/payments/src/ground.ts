import type { Clock, Jobs, Logger, Pool, WorkingDays } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { JSONWebKeySet } from 'jose'
import type { Bank } from './bank/bank.ts'

/**
 * The queues into which payments send in transactions. Whoever makes the jobs names them (`createJobs`): where each of
 * many messages at once had to learn of a queue on a second connection, they would wait for each other.
 */
export const paymentsQueues: readonly string[] = [
  'payments.paid',
  'payments.odd',
  'payments.lapsed',
  'payments.due-soon',
  'payments.overdue',
  'payments.refund',
  'payments.refunded',
  'payments.refund-failed',
  'payments.reconcile',
]

/** What payments stand on. */
export interface PaymentsOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly sealer: Sealer
  readonly jobs: Jobs
  /** Says which day it is in the country, and where a time goes whose day became a holiday. */
  readonly days: Pick<WorkingDays, 'dateOf' | 'moved'>
  /** The biller number (15 digits) of each member that is paid or pays. */
  readonly billers: ReadonlyMap<string, string>
  readonly bank: Bank
  /** The bank's public keys: its messages name one by `kid`. */
  readonly bankKeys: JSONWebKeySet
}
