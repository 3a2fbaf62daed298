import type { Readable } from 'node:stream'
import type { Problem } from '@sapan/kernel'
import { Agent, errors } from 'undici'
import { exchangeProblem } from '../../problems.ts'
import { endWithin } from './body.ts'
import { connecting, NotConnected } from './connecting.ts'
import { type HeaderList, headerList } from './headers.ts'

export interface ProviderRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer | Readable | null
  /** For the whole answer. */
  readonly timeoutMs: number
}

export interface ProviderAnswer {
  readonly status: number
  readonly headers: HeaderList
  readonly stream: Readable
}

/** Connections from a provider's gateway to the agency's own systems. Redirects are not followed. */
export class ProviderConnections {
  readonly #agent: Agent

  constructor(options: { connections: number; connectTimeoutMs: number }) {
    this.#agent = new Agent({
      connections: options.connections,
      pipelining: 1,
      keepAliveTimeout: 4_000,
      connect: connecting({ timeout: options.connectTimeoutMs }),
    })
  }

  /**
   * Calls the agency's system. Throws Problem `provider-unreachable`, `provider-timeout`, or
   * `provider-answer-invalid` where what comes back is not HTTP.
   */
  async request(request: ProviderRequest): Promise<ProviderAnswer> {
    const { origin, pathname, search } = new URL(request.url)
    const until = performance.now() + request.timeoutMs
    try {
      const { statusCode, headers, body } = await this.#agent.request({
        origin,
        // The raw path: URL would normalise what the caller's signature covers.
        path: request.url.slice(origin.length) || pathname + search,
        method: request.method as 'GET',
        headers: request.headers.flat(),
        body: request.body,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
        responseHeaders: 'raw',
      })
      endWithin(body, until - performance.now(), () => exchangeProblem('provider-timeout'))
      const raw = Array.isArray(headers) ? headers.map(String) : []
      return { status: statusCode, headers: headerList(raw), stream: body }
    } catch (error) {
      throw readFailure(error)
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}

/** Tells what went wrong while an answer was awaited or read. */
export function readFailure(cause: unknown): Problem {
  if (cause instanceof errors.HeadersTimeoutError || cause instanceof errors.BodyTimeoutError) {
    return exchangeProblem('provider-timeout', { cause })
  }
  if (cause instanceof errors.HTTPParserError || cause instanceof errors.HeadersOverflowError) {
    return exchangeProblem('provider-answer-invalid', { cause })
  }
  if (cause instanceof NotConnected) return exchangeProblem('provider-unreachable', { cause })
  return exchangeProblem('provider-connection-lost', { cause })
}
