import { isDatabaseDown, type Logger, Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ExchangeProblemCode, exchangeProblem } from '../../problems.ts'

/** Fastify's own refusals (FST_ERR_…) in our words. */
const byFastifyCode = new Map<string, ExchangeProblemCode>([
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'media-type-unsupported'],
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'body-too-large'],
  ['FST_ERR_CTP_INVALID_JSON_BODY', 'request-not-json'],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', 'request-not-json'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'request-malformed'],
  ['FST_ERR_BAD_URL', 'path-malformed'],
  ['FST_ERR_ASYNC_CONSTRAINT', 'request-malformed'],
  ['FST_ERR_ROUTE_METHOD_NOT_SUPPORTED', 'method-not-supported'],
])

/** Whatever is thrown, as a registered problem; only what nobody foresaw becomes `center-fault`. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) {
    return error.code === 'database-down' ? exchangeProblem('center-unavailable', { cause: error }) : error
  }
  if (error instanceof Error && error.cause instanceof Problem) return error.cause
  if (isDatabaseDown(error)) return exchangeProblem('center-unavailable', { cause: error })
  const { code, statusCode } = asFastifyError(error)
  const known = byFastifyCode.get(code)
  if (known) return exchangeProblem(known, { cause: error })
  // SQLSTATE, class 22: a value that PostgreSQL can't take, such as a NUL in a text.
  if (/^22...$/.test(code)) return exchangeProblem('request-invalid', { cause: error })
  // JSON that would set an object's prototype comes as an error without a code of Fastify's.
  if (statusCode >= 400 && statusCode < 500) return exchangeProblem('request-malformed', { cause: error })
  return exchangeProblem('center-fault', { cause: error })
}

function asFastifyError(error: unknown): { code: string; statusCode: number } {
  if (!(error instanceof Error)) return { code: '', statusCode: 500 }
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>
  return { code: String(code), statusCode: Number(statusCode) }
}

/** Answers every refusal and fault of the app as `application/problem+json` (RFC 9457), in the asker's language. */
export function answerProblems(app: FastifyInstance, log: Logger, base: string): void {
  app.setErrorHandler((error, request, reply) => sendProblem(asProblem(error), request, reply, log, base))
  app.setNotFoundHandler((request, reply) =>
    sendProblem(exchangeProblem('resource-unknown'), request, reply, log, base),
  )
}

/** Logs what is ours to mend, and answers. */
export function sendProblem(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
  base: string,
): FastifyReply {
  const { status } = problem.type
  const route = request.routeOptions?.url ?? 'none'
  if (status >= 500) log.error({ err: problem, route }, 'a request could not be served')
  const document = problemDocument(problem, base, preferredLanguage(request.headers['accept-language']))
  return reply
    .code(status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(document))
}
