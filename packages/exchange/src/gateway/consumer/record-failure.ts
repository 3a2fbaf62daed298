import type { Problem } from '@sapan/kernel'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'
import type { ConsumerExchange } from './exchange.ts'
import { failureRecord, requestRecord } from './records.ts'

/**
 * Keeps how a signed exchange ended without an answer. Where the evidence itself was what failed, nothing is tried.
 * Throws Problem `evidence-unavailable`.
 */
export async function recordFailure(
  ground: GatewayGround,
  exchange: ConsumerExchange,
  problem: Problem,
): Promise<void> {
  if (problem.code === 'evidence-unavailable' || problem.code === 'evidence-duplicate') return
  const failure = failureRecord(ground, exchange, { code: problem.code, status: problem.type.status })
  try {
    await ground.evidence.record(
      exchange.intentRecorded ? [failure] : [requestRecord(ground, exchange), failure],
    )
  } catch (error) {
    ground.log.error({ err: error, exchange: exchange.id }, 'a failed exchange could not be recorded')
    throw problemOf(error, ground.log)
  }
}
