import { createHash } from 'node:crypto'
import { type Clock, type Pool, Problem } from '@sapan/kernel'
import type { EvidenceKind, EvidenceRecord, EvidenceSide } from './record.ts'
import type { Recorder } from './recorder.ts'
import { findOneSided } from './store/one-sided.ts'
import type { StoredRecord } from './stored.ts'

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

export interface ReconcilingOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly recorder: Pick<Recorder, 'record'>
  readonly members: () => readonly string[]
  /** Milliseconds after which a missing answer is looked into. */
  readonly settleAfter: number
  readonly settleWindow: number
}

/** At most this many at once; the rest are taken the next time. */
const mostAtOnce = 500

/** See `Evidence.reconcile`. */
export async function reconcile(options: ReconcilingOptions, askPeer: AskPeer): Promise<Settlement[]> {
  const { pool, clock, members, settleAfter, settleWindow } = options
  const now = clock()
  const span = { from: now - settleWindow, until: now - settleAfter, most: mostAtOnce }
  const settled: Settlement[] = []
  for (const request of await findOneSided(pool, members(), span)) {
    const { member, exchange, side, peer, service } = request
    const oneSided = { member, exchange, side, peer, service }
    const problem = await findOut(oneSided, askPeer)
    if (problem) await settle(options, request, problem)
    settled.push({ ...oneSided, problem: problem ?? null })
  }
  return settled
}

/** A provider that did not record its answer did not send it, but may have carried out what was asked. */
async function findOut(oneSided: OneSided, askPeer: AskPeer): Promise<SettledProblem | undefined> {
  if (oneSided.side === 'provider') return 'exchange-outcome-unknown'
  const kinds = await askPeer(oneSided)
  if (!kinds) return undefined
  if (kinds.includes('answer')) return 'exchange-answer-lost'
  return kinds.length === 0 ? 'exchange-not-delivered' : 'exchange-outcome-unknown'
}

async function settle(
  { clock, recorder }: ReconcilingOptions,
  request: StoredRecord,
  problem: SettledProblem,
): Promise<void> {
  const failure: EvidenceRecord = {
    ...request,
    kind: 'failure',
    at: clock(),
    status: null,
    problem,
    subjects: subjectsOf(request),
    fields: [],
    head: null,
    body: null,
    bodyDigest: createHash('sha256').digest(),
    bodyBytes: 0,
    certificate: '',
  }
  try {
    await recorder.record([failure])
  } catch (error) {
    // Another gateway of the same database settled it meanwhile.
    if (!(error instanceof Problem) || error.code !== 'evidence-duplicate') throw error
  }
}

function subjectsOf({ subjects }: StoredRecord): Buffer[] {
  return Array.from({ length: subjects.length / 32 }, (_, i) => subjects.subarray(i * 32, (i + 1) * 32))
}
