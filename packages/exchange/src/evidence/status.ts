import type { Text } from '@sapan/kernel'

/** `waiting`: not done yet, as is usual. `failing`: tried without success since `since`. */
export type Grade = 'done' | 'waiting' | 'failing' | 'off'

export interface StepStatus {
  readonly grade: Grade
  /** How many log entries it covers. */
  readonly size: number
  /** Since when something has waited for it, in milliseconds since 1970; kept across restarts. */
  readonly since: number | null
  /** Why the last try failed, for the operator. */
  readonly reason: string | null
}

export interface LogStatus {
  readonly member: string
  readonly origin: string
  readonly epoch: number
  /** Entries in the log. */
  readonly size: number
  /** Recorded, but not in the log yet. */
  readonly unsequenced: number
  /** Whether this process holds the lease. */
  readonly leading: boolean
  readonly checkpoint: StepStatus
  readonly witnesses: readonly (StepStatus & { readonly name: string })[]
  /** How many of them must cosign. */
  readonly witnessesNeeded: number
  readonly stamp: StepStatus
  /** Set when the log may not go on until `gateway recover`. */
  readonly recoverNeeded: Text | null
}

export interface EvidenceStatus {
  readonly database: 'up' | 'down'
  readonly logs: readonly LogStatus[]
}

/** What still misses of a complete proof. */
export type Pending = 'log' | 'checkpoint' | 'witness' | 'stamp' | 'signature' | 'directory'

export interface Flushed {
  readonly member: string
  readonly epoch: number
  readonly size: number
  readonly pending: readonly Pending[]
}
