import type { Readable } from 'node:stream'
import { Agent, errors } from 'undici'
import { exchangeProblem } from '../../problems.ts'
import { type HeaderList, headerList } from './headers.ts'

export interface ProviderRequest {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: Buffer | Readable | null
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
      connect: { timeout: options.connectTimeoutMs },
    })
  }

  /**
   * Calls the agency's system. Throws Problem `provider-unreachable`, `provider-timeout`, or
   * `provider-answer-invalid` where what comes back is not HTTP.
   */
  async request(request: ProviderRequest): Promise<ProviderAnswer> {
    const { origin, pathname, search } = new URL(request.url)
    try {
      const { statusCode, headers, body } = await this.#agent.request({
        origin,
        // The raw path: URL would normalise what the caller's signature covers.
        path: request.url.slice(origin.length) || pathname + search,
        method: request.method as 'GET',
        headers: request.headers,
        body: request.body,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
        responseHeaders: 'raw',
      })
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
export function readFailure(error: unknown): Error {
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError
  ) {
    return exchangeProblem('provider-timeout', { cause: error })
  }
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError) {
    return exchangeProblem('provider-answer-invalid', { cause: error })
  }
  return exchangeProblem('provider-unreachable', { cause: error })
}
