import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  isDatabaseDown,
  isNationalId,
  type Logger,
  Problem,
  preferredLanguage,
  problemDocument,
} from '@sapan/kernel'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { sandboxProblems } from '../problems.ts'

/** Registers' own problem types are relative: whoever serves the register knows its origin. */
const BASE = ''

function asProblem(error: FastifyError | Problem): Problem | undefined {
  if (error instanceof Problem) return error
  if (isDatabaseDown(error)) return new Problem(sandboxProblems['register-unavailable'], { cause: error })
  if (error.statusCode === undefined || error.statusCode >= 500) return undefined
  // Only the validator's words name a place and never a value; the framework's others may repeat the request.
  return invalid('คำขอ', error.validation ? `${error.message}.` : 'The request cannot be read.')
}

/** The register says something else than the request takes for granted. */
export function conflict(th: string, en: string): Problem {
  return new Problem(sandboxProblems['register-conflict'], { detail: { th, en } })
}

/** What is wrong with a request; `en` names the place, never the value. */
export function invalid(th: string, en: string): Problem {
  return new Problem(sandboxProblems['register-request-invalid'], { detail: { th: `${th}ไม่ถูกต้อง`, en } })
}

export function notFound(): Problem {
  return new Problem(sandboxProblems['register-not-found'])
}

function answer(reply: FastifyReply, request: FastifyRequest, problem: Problem): FastifyReply {
  const document = problemDocument(problem, BASE, preferredLanguage(request.headers['accept-language']))
  return reply.code(problem.type.status).type('application/problem+json').send(document)
}

/** An application that speaks problems and logs nothing about people: only the route and the error. */
export function createApplication(log: Logger | undefined): FastifyInstance {
  const app = fastify({
    logger: false,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: 128 },
    // What is not as described is refused: nothing is left out of a request or read as something else.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allowUnionTypes: true } },
    frameworkErrors: (error, request, reply) => void answer(reply, request, asProblem(error) ?? notFound()),
  })
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = asProblem(error)
    if (problem === undefined || problem.type.status >= 500)
      log?.error({ err: error, route: request.routeOptions.url }, 'a register could not answer')
    return answer(reply, request, problem ?? new Problem(sandboxProblems['register-unavailable']))
  })
  app.setNotFoundHandler((request, reply) => answer(reply, request, notFound()))
  return app
}

/** The application's handler, ready for a server that someone else listens with. */
export async function handlerOf(
  app: FastifyInstance,
): Promise<(request: IncomingMessage, response: ServerResponse) => void> {
  await app.ready()
  return (request, response) => app.routing(request, response)
}

export interface ById {
  readonly Params: { readonly id: string }
}

/** The number in the path. Throws when it is not thirteen digits with the right last one. */
export function idOf(request: FastifyRequest<ById>): string {
  const { id } = request.params
  if (!isNationalId(id))
    throw invalid('เลขประจำตัว 13 หลัก', 'The number must have 13 digits, the last one checking.')
  return id
}

/** The key of a request that changes something. Throws `idempotency-key-missing`. */
export function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length < 8 || key.length > 128)
    throw new Problem(sandboxProblems['idempotency-key-missing'])
  return key
}

/** Sends what a change was answered, as JSON that is made already. */
export function sendJson(reply: FastifyReply, status: number, json: string): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(json)
}

/** Throws `register-request-invalid` for a number in a body whose last digit does not check; `name` is its place. */
export function checkNumber(value: string | null | undefined, name: string): void {
  if (value !== null && value !== undefined && !isNationalId(value))
    throw invalid('เลขประจำตัว 13 หลัก', `The last digit of ${name} does not check.`)
}

/** How many at most, in a query: 1 to 100. */
export const limit = { type: 'string', pattern: '^([1-9][0-9]?|100)$' } as const

export function limitOf(text: string | undefined): number {
  return text === undefined ? 20 : Number(text)
}

const YEAR = /^25\d\d$/

/** A Buddhist year in the path. */
export function yearIn(text: string): number {
  if (!YEAR.test(text)) throw invalid('ปี พ.ศ.', 'The year must be of the Buddhist era, such as 2568.')
  return Number(text)
}

/** The day at a time (milliseconds), as registers count it: Bangkok is seven hours ahead. */
export function dayAt(time: number): string {
  return new Date(time + 7 * 3_600_000).toISOString().slice(0, 10)
}

const WHOLE_DATE = /^\d{4}-\d{2}-\d{2}$/

/** Whether a text is a date that exists, `2026-09-30`. */
export function isDate(text: string): boolean {
  const time = WHOLE_DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
