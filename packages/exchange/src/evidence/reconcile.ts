import type { EvidenceKind, EvidenceSide } from './record.ts'

/** An exchange of which one side's answer is missing. */
export interface OneSided {
  readonly member: string
  readonly exchange: string
  readonly side: EvidenceSide
  readonly peer: string
  readonly service: string
}

/**
 * Asks the other side which records it has of an exchange (see `Evidence.recorded`). Resolves with undefined where
 * it cannot be asked now; then nothing is settled.
 */
export type AskPeer = (exchange: OneSided) => Promise<readonly EvidenceKind[] | undefined>

/**
 * `exchange-not-delivered`: the provider never recorded the request, so nothing was done.
 * `exchange-answer-lost`: the provider answered, but the answer did not arrive.
 * `exchange-outcome-unknown`: the provider took the request, and nobody knows what came of it.
 */
export type SettledProblem = 'exchange-not-delivered' | 'exchange-answer-lost' | 'exchange-outcome-unknown'

export interface Settlement extends OneSided {
  /** Null where the peer could not be asked. */
  readonly problem: SettledProblem | null
}
