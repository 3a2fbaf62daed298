import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import type { MetricsToken } from '../../metrics-token.ts'
import { exchangeProblem } from '../../problems.ts'
import { findOperator } from '../store/operators.ts'
import { AdminCaller, type Need } from './caller.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a member's operator must be allowed for this route; without it the route is not for them. */
    needs?: Need
  }
}

/** Answered to anyone who reaches the port: they tell nothing about exchanges. */
const open = new Set(['/health'])

const callers = new WeakMap<FastifyRequest, AdminCaller>()

/** The gateway's own tokens, beside those of members' operators. */
export interface AdminTokens {
  /** For everything, in hex. */
  readonly admin: string
  readonly metrics: MetricsToken
}

/** Who asks. Every request but those to open routes and a monitoring system's has one. */
export function callerOf(request: FastifyRequest): AdminCaller {
  const caller = callers.get(request)
  if (!caller) throw exchangeProblem('admin-token-required')
  return caller
}

/**
 * Lets in whoever has the gateway's own token, members' operators where a route says what it needs of them, and a
 * monitoring system to the metrics. Throws `admin-token-required` or `admin-not-allowed`.
 */
export function authorise(app: FastifyInstance, pool: Pool, { admin, metrics }: AdminTokens): void {
  const expected = Buffer.from(`Bearer ${admin}`)
  app.addHook('onRequest', async (request) => {
    if (open.has(request.url) || metrics.mayRead(request)) return
    const caller = await find(pool, request, expected)
    if (!caller.meets(request.routeOptions.config?.needs)) throw exchangeProblem('admin-not-allowed')
    callers.set(request, caller)
  })
}

async function find(pool: Pool, request: FastifyRequest, expected: Buffer): Promise<AdminCaller> {
  const given = request.headers.authorization ?? ''
  const bytes = Buffer.from(given)
  if (bytes.length === expected.length && timingSafeEqual(bytes, expected))
    return new AdminCaller(null, saidName(request))
  const token = /^Bearer (sapan-operator\.[A-Za-z0-9_-]{43})$/.exec(given)?.[1]
  const operator = token === undefined ? undefined : await findOperator(pool, tokenHash(token))
  if (!operator) throw exchangeProblem('admin-token-required')
  return new AdminCaller(operator)
}

/** What the gateway's own operator says of themselves: many people may hold the one token. */
function saidName({ headers }: FastifyRequest): string | undefined {
  const name = headers['sapan-operator']
  return typeof name === 'string' && /^[\w.@ -]{1,64}$/.test(name) ? `operator ${name}` : undefined
}

/** Under what a token is kept. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
