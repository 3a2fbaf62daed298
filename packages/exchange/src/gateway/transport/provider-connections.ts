import type { Readable } from 'node:stream'
import { Problem } from '@sapan/kernel'
import { Agent, errors } from 'undici'
import { exchangeProblem, exchangeProblems } from '../../problems.ts'
import { type Answer, AnswerTooLate, receiveAnswer } from './answer.ts'
import type { BodyLimits } from './body.ts'
import { connecting, NotConnected } from './connecting.ts'
import { Deadlines } from './deadlines.ts'

export interface ProviderRequest {
  readonly origin: string
  /** Raw, with its query: a URL would normalise what the caller's signature covers. */
  readonly path: string
  readonly method: string
  /** Names and values in turn. */
  readonly headers: string[]
  readonly body: Buffer | Readable | null
  /** For the whole answer. */
  readonly timeoutMs: number
  /** For the answer's body. */
  readonly limits: BodyLimits
}

/** Connections from a provider's gateway to the agency's own systems. Redirects are not followed. */
export class ProviderConnections {
  readonly #agent: Agent
  readonly #deadlines = new Deadlines()

  constructor(options: { connections: number; connectTimeoutMs: number }) {
    this.#agent = new Agent({
      connections: options.connections,
      pipelining: 1,
      keepAliveTimeout: 4_000,
      connect: connecting({ timeout: options.connectTimeoutMs }),
    })
  }

  /**
   * Calls the agency's system and takes in the whole answer. Throws Problem `provider-unreachable`, `provider-timeout`,
   * `provider-answer-invalid` where what comes back is not HTTP, `provider-connection-lost` where it breaks off, or
   * `provider-answer-too-large`.
   */
  async request(request: ProviderRequest): Promise<Answer> {
    const { origin, method, path, headers, body, timeoutMs, limits } = request
    const tooLarge = exchangeProblems['provider-answer-too-large']
    const bounds = { limits, tooLarge, timeoutMs, bodyAnew: false }
    try {
      return await receiveAnswer(
        this.#agent,
        { origin, method: method as 'GET', path, headers, body },
        bounds,
        this.#deadlines,
      )
    } catch (error) {
      throw requestFailure(error)
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}

function requestFailure(cause: unknown): Problem {
  if (cause instanceof Problem) return cause
  if (cause instanceof NotConnected) return exchangeProblem('provider-unreachable', { cause })
  if (cause instanceof AnswerTooLate) return exchangeProblem('provider-timeout', { cause })
  if (cause instanceof errors.HTTPParserError || cause instanceof errors.HeadersOverflowError) {
    return exchangeProblem('provider-answer-invalid', { cause })
  }
  return exchangeProblem('provider-connection-lost', { cause })
}
