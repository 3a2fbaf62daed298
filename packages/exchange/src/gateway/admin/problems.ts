import { Problem, preferredLanguage, problemDocument } from '@sapan/kernel'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Convert } from 'typebox/value'
import { exchangeProblem } from '../../problems.ts'
import { problemOf } from '../fault.ts'
import type { GatewayGround } from '../ground.ts'

/**
 * A Fastify instance that listens nowhere. Bodies are held to their schemas as they are: a member that nobody knows is
 * refused where the schema is closed, and nothing is converted but the text of queries. Every refusal is a problem
 * (RFC 9457), the framework's own included.
 */
export function createApp(
  ground: Pick<GatewayGround, 'log' | 'settings'>,
  bodyLimit: number,
): FastifyInstance {
  const refuse = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(asProblem(error), ground.log)
    const language = preferredLanguage(request.headers['accept-language'])
    return reply
      .code(problem.type.status)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(problemDocument(problem, ground.settings.edgeOrigin, language)))
  }
  const app = fastify({
    logger: false,
    bodyLimit,
    routerOptions: { maxParamLength: 400 },
    // Before a route is looked for, such as an address that can't be decoded.
    frameworkErrors: (error, request, reply) => {
      refuse(error, request as FastifyRequest, reply as FastifyReply)
    },
  })
  app.setValidatorCompiler<TSchema>(({ schema, httpPart }) => {
    const validator = Compile(schema)
    return (given: unknown) => {
      const value = httpPart === 'querystring' ? Convert(schema, given) : given
      if (validator.Check(value)) return { value }
      const [first] = validator.Errors(value)
      // Fastify writes into the error, which a problem does not allow.
      return {
        error: new Error('schema', {
          cause: invalid(`${first?.instancePath ?? ''} ${first?.message ?? ''}`),
        }),
      }
    }
  })
  app.setErrorHandler(refuse)
  app.setNotFoundHandler(() => {
    throw exchangeProblem('resource-unknown')
  })
  return app
}

/** What the web framework and the database refuse, in our words. */
function asProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  if (error.cause instanceof Problem) return error.cause
  if ('code' in error && typeof error.code === 'string') {
    // SQLSTATE: class 22 is a value that PostgreSQL can't take (a NUL in a text), 23505 one that is there already.
    if (/^22...$/.test(error.code)) return exchangeProblem('request-invalid', { cause: error })
    if (error.code === '23505') return exchangeProblem('already-registered', { cause: error })
  }
  if (!('statusCode' in error)) return error
  if (error.statusCode === 413) return exchangeProblem('body-too-large', { cause: error })
  if (typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500) {
    return invalid(error.message)
  }
  return error
}

/** `what` names the place and the rule, never the value. */
function invalid(what: string): Problem {
  const said = what.trim()
  return exchangeProblem('request-invalid', {
    detail: { th: `คำขอไม่ถูกต้อง: ${said}`, en: `The request is not right: ${said}` },
  })
}
