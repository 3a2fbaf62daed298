import type { EvidenceSide, ExchangeState } from './record.ts'

/** Whose accesses: the person's keyed hash under each key version. */
export interface UsageQuery {
  readonly subjects: readonly Buffer[]
  /** Only as kept by this member. */
  readonly member?: string
  /** At most this many; 50 when absent, 200 at most. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly after?: string
}

/** Who looked, as shown to the person. Times are ISO 8601 in UTC. */
export interface ShownAccess {
  readonly withheld: false
  readonly exchange: string
  readonly at: string
  /** The member whose gateway says so, and on which side of the exchange it stood. */
  readonly member: string
  readonly side: EvidenceSide
  readonly client: string
  readonly service: string
  readonly operation: string
  readonly purpose: string
  readonly impliedPurpose: boolean
  readonly law: string
  readonly fields: readonly string[]
  readonly state: ExchangeState
  readonly status: number | null
}

/** An access that the law keeps from the person for a time; nothing else of it is told. */
export interface WithheldAccess {
  readonly withheld: true
  readonly withheldUntil: string
}

export interface UsagePage {
  /** The newest first. */
  readonly accesses: readonly (ShownAccess | WithheldAccess)[]
  readonly next: string | null
}
