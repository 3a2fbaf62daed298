import type { KeyOfEpoch } from './epoch-keys.ts'

/** An epoch of a member's log, as the directory publishes it. */
export interface PublishedEpoch {
  readonly epoch: number
  /** C2SP verifier key. */
  readonly vkey: string
}

/**
 * The published epochs that this database knows nothing of, though its log stands at `epoch`: another gateway began them, or a
 * copy of this database. Whoever signed more of the log here would begin a second history.
 */
export function begunElsewhere(
  published: readonly PublishedEpoch[],
  { member, epoch }: { readonly member: string; readonly epoch: number },
  keyOf: KeyOfEpoch,
): PublishedEpoch[] {
  return published.filter(
    (one) => one.epoch > epoch || (one.epoch === epoch && one.vkey !== keyOf(member, epoch)),
  )
}
