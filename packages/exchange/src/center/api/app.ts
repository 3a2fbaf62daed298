import { type FastifyInstance, type FastifyRequest, fastify } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { CenterGround } from '../ground.ts'
import { malformedRequest } from '../statement.ts'
import { answerProblems, asProblem, sendProblem } from './problems.ts'

/**
 * A Fastify instance that listens nowhere: bodies are held to TypeBox schemas as they are, without conversion, and
 * everything that is refused is answered as a registered problem.
 */
export function createApp(ground: CenterGround, bodyLimit: number): FastifyInstance {
  const { log, config } = ground
  const app = fastify({
    logger: false,
    bodyLimit,
    routerOptions: { maxParamLength: 256 },
    // What is refused before a route is found, such as an address with broken percent-encoding.
    frameworkErrors: (error, request, reply) => {
      sendProblem(asProblem(error), request, reply, log, config.publicUrl)
    },
  })
  app.setValidatorCompiler<TSchema>(({ schema }) => {
    const validator = Compile(schema)
    return (value: unknown) => {
      if (validator.Check(value)) return { value }
      // Fastify writes into the error, which a problem does not allow.
      return { error: new Error('schema', { cause: malformedRequest(validator.Errors(value)[0]) }) }
    }
  })
  answerProblems(app, log, config.publicUrl)
  return app
}

/** The route's pattern, never the address itself: for metrics and logs. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions?.url ?? 'none'
}
