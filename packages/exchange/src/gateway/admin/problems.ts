import { Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import { exchangeProblem } from '../../problems.ts'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'

/** Makes every refusal of an application an RFC 9457 problem, its own validation and routing included. */
export function answerWithProblems(
  app: FastifyInstance,
  ground: Pick<GatewayGround, 'log' | 'settings'>,
): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(asProblem(error), ground.log)
    const language = preferredLanguage(request.headers['accept-language'])
    return reply
      .code(problem.type.status)
      .type('application/problem+json')
      .send(problemDocument(problem, ground.settings.edgeOrigin, language))
  })
  app.setNotFoundHandler(() => {
    throw exchangeProblem('resource-unknown')
  })
}

/** What the web framework refuses, in our words. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  if ('code' in error && typeof error.code === 'string') {
    // SQLSTATE: class 22 is a value that PostgreSQL can't take (a NUL in a text), 23505 one that is there already.
    if (/^22...$/.test(error.code)) return exchangeProblem('request-invalid', { cause: error })
    if (error.code === '23505') return exchangeProblem('already-registered', { cause: error })
  }
  if (!('statusCode' in error)) return error
  if (error.statusCode === 413) return exchangeProblem('body-too-large', { cause: error })
  if (typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500) {
    return exchangeProblem('request-invalid', {
      detail: { th: `คำขอไม่ถูกต้อง: ${error.message}`, en: `The request is not right: ${error.message}` },
      cause: error,
    })
  }
  return error
}

/** What the framework refuses before it looks for a route, such as an address that can't be decoded. */
export function inOurWords(
  ground: Pick<GatewayGround, 'log' | 'settings'>,
): Pick<FastifyServerOptions, 'frameworkErrors'> {
  return {
    frameworkErrors: (error, request, reply) => {
      const problem = problemOf(asProblem(error), ground.log)
      const language = preferredLanguage(request.headers['accept-language'])
      const body = JSON.stringify(problemDocument(problem, ground.settings.edgeOrigin, language))
      reply.raw
        .writeHead(problem.type.status, {
          'content-type': 'application/problem+json',
          'content-length': Buffer.byteLength(body),
        })
        .end(body)
    },
  }
}
