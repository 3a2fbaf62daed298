import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import { memoryBody } from '../transport/body.ts'
import { writeAnswer } from '../transport/finish.ts'

/**
 * Tells a caller of the GDX edge what went wrong: JSON with a `Message`, or RFC 9457 where `Accept` names
 * `application/problem+json`. What GDX itself answers then is not published, so no more is imitated.
 */
export async function writeGdxFailure(
  request: IncomingMessage,
  response: ServerResponse,
  problem: Problem,
  context: { readonly base: string; readonly traceId: string },
): Promise<void> {
  const { traceId } = context
  const language = preferredLanguage(request.headers['accept-language'])
  const text = problem.detail ?? problem.type.title
  const asProblem = /application\/problem\+json/i.test(request.headers.accept ?? '')
  const document = asProblem
    ? { ...problemDocument(problem, context.base, language), traceId }
    : { Message: text[language], Code: problem.code, TraceID: traceId }
  const { retryAfter } = problem.extensions
  // A body that nobody will read must not hold the connection.
  if (!request.complete) response.setHeader('connection', 'close')
  await writeAnswer(
    response,
    problem.type.status,
    [
      ['content-type', asProblem ? 'application/problem+json' : 'application/json'],
      ['cache-control', 'no-store'],
      ...(typeof retryAfter === 'number' ? ([['retry-after', String(Math.ceil(retryAfter))]] as const) : []),
    ],
    memoryBody(Buffer.from(JSON.stringify(document))),
  )
}
