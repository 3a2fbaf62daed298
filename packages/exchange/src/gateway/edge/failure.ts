import type { ServerResponse } from 'node:http'
import { type Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import { xroadError } from '../../xroad/error.ts'
import { memoryBody } from '../transport/body.ts'
import { writeAnswer } from '../transport/finish.ts'

export interface FailureContext {
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  /** Origin that serves the problem pages. */
  readonly base: string
  readonly traceId: string
  readonly headers: readonly (readonly [string, string])[]
}

/** JSON as X-Road names it: what a gateway itself answers says how it is encoded. */
export const xroadJson = 'application/json;charset=utf-8'

/**
 * Tells a caller of the edge what went wrong: in X-Road's shape, or as RFC 9457 where `Accept` names
 * `application/problem+json`.
 */
export async function writeFailure(
  response: ServerResponse,
  problem: Problem,
  context: FailureContext,
): Promise<void> {
  const error = xroadError(problem, context.traceId)
  const asProblem = /application\/problem\+json/i.test(context.accept ?? '')
  const retryAfter = problem.extensions.retryAfter
  const document = asProblem
    ? {
        ...problemDocument(problem, context.base, preferredLanguage(context.acceptLanguage)),
        traceId: context.traceId,
      }
    : error
  await writeAnswer(
    response,
    problem.type.status,
    [
      ...context.headers,
      ['content-type', asProblem ? 'application/problem+json' : xroadJson],
      ['x-road-error', error.type],
      ['cache-control', 'no-store'],
      ...(problem.type.status === 401 ? ([['www-authenticate', 'Bearer']] as const) : []),
      ...(typeof retryAfter === 'number' ? ([['retry-after', String(Math.ceil(retryAfter))]] as const) : []),
    ],
    memoryBody(Buffer.from(JSON.stringify(document))),
  )
}
