import type { EvidenceSide } from './record.ts'

/** The order to remove what was said in an exchange. */
export interface ErasureOrder {
  readonly exchange: string
  readonly member?: string
  readonly side?: EvidenceSide
  /** The law that requires it, in one line. */
  readonly law: string
}

export interface Erasure {
  /** Identifies the logged record of the erasure. */
  readonly id: string
  readonly exchange: string
  readonly member: string
  readonly side: EvidenceSide
  readonly law: string
  /** ISO 8601 in UTC. */
  readonly at: string
  /** How many messages were removed. */
  readonly messages: number
}
