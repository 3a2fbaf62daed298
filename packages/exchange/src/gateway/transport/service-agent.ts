import { X509Certificate } from 'node:crypto'
import { Agent, request } from 'undici'

export interface ServiceAnswer {
  readonly status: number
  readonly body: Buffer
}

const mostBytes = 1024 * 1024

/** The way to witnesses and time-stamp authorities: TLS that ends at our pinned root. */
export class ServiceAgent {
  readonly #root: () => Promise<Buffer>
  #agent: Agent | undefined

  constructor(root: () => Promise<Buffer>) {
    this.#root = root
  }

  /** Posts and reads the whole answer. Rejects when the service can't be reached, or `signal` says enough. */
  async post(
    url: string,
    contentType: string,
    body: Buffer | string,
    signal: AbortSignal,
  ): Promise<ServiceAnswer> {
    return this.#ask(url, { method: 'POST', headers: { 'content-type': contentType }, body, signal })
  }

  /** Gets a whole answer. Rejects as `post`. */
  async get(url: string, signal: AbortSignal): Promise<ServiceAnswer> {
    return this.#ask(url, { method: 'GET', signal })
  }

  async #ask(url: string, options: Parameters<typeof request>[1]): Promise<ServiceAnswer> {
    this.#agent ??= new Agent({
      connect: { ca: new X509Certificate(await this.#root()).toString(), minVersion: 'TLSv1.3' },
      maxResponseSize: mostBytes,
    })
    const answer = await request(url, { ...options, dispatcher: this.#agent })
    return { status: answer.statusCode, body: Buffer.from(await answer.body.arrayBuffer()) }
  }

  async close(): Promise<void> {
    await this.#agent?.destroy()
  }
}
