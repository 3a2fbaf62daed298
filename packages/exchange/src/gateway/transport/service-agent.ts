import { X509Certificate } from 'node:crypto'
import { Agent, request } from 'undici'
import type { CenterAddresses } from '../../membership/center-addresses.ts'

export interface ServiceAnswer {
  readonly status: number
  readonly body: Buffer
}

const mostBytes = 1024 * 1024

type Asking = NonNullable<Parameters<typeof request>[1]> & { readonly signal: AbortSignal }

/**
 * The way to witnesses and time-stamp authorities: TLS that ends at our pinned root. What is named at one center is asked of
 * another where that one does not answer: they have one database, and the same keys.
 */
export class ServiceAgent {
  readonly #root: () => Promise<Buffer>
  readonly #centers: CenterAddresses
  #agent: Agent | undefined

  constructor(root: () => Promise<Buffer>, centers: CenterAddresses) {
    this.#root = root
    this.#centers = centers
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

  async #ask(url: string, options: Asking): Promise<ServiceAnswer> {
    let failure: unknown
    for (const place of this.#centers.placesOf(url)) {
      try {
        return await this.#askAt(place.url, options)
      } catch (error) {
        this.#centers.failed(place.center)
        failure = error
        if (options.signal.aborted) break
      }
    }
    throw failure
  }

  async #askAt(url: string, options: Asking): Promise<ServiceAnswer> {
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
