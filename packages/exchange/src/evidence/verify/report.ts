import type { Text } from '@sapan/kernel'
import type { Finding } from './findings.ts'

/** What the file is about, as far as it could be read. */
export interface VerifiedExchange {
  readonly exchange: string
  readonly member: string
  readonly side: 'consumer' | 'provider'
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly purpose: string
  readonly law: string
  /** ISO 8601 in UTC, by the gateway's clock. */
  readonly at: string
  readonly status: number | null
  /** Time of the earliest time-stamp, by the authority's clock. */
  readonly stampedAt: string | null
  /** Names of those that cosigned. */
  readonly witnesses: readonly string[]
  /** Names of those that the newest directory in the file has. */
  readonly namedWitnesses: readonly string[]
}

export interface VerificationReport {
  /** Every check that could be made passed. */
  readonly valid: boolean
  /** Nothing was missing: log, witness and time-stamp are there. */
  readonly complete: boolean
  readonly findings: readonly Finding[]
  readonly proves: readonly Text[]
  readonly doesNotProve: readonly Text[]
  /** Null where the file could not be read that far. */
  readonly exchange: VerifiedExchange | null
}
