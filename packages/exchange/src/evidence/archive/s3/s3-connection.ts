import { Agent, request } from 'undici'
import { type S3Credentials, signS3Request } from './sigv4.ts'

const connectMs = 3_000
/** For a request without its body's own time. */
const answerMs = 10_000
/** A slower line than that is as good as none. */
const leastBytesPerMs = 256
const attempts = 3
const firstPauseMs = 200
/** An error is told in a few lines of XML. */
const mostOfAnError = 16 * 1024

export interface S3Request {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Lower-case hex SHA-256 of the body, also of an empty one. */
  readonly bodyDigest: string
  /** The most bytes that an answer without an error may have. */
  readonly mostBytes: number
}

export interface S3Answer {
  readonly status: number
  /** Of a name that came more than once, the values with commas between. */
  header(name: string): string | undefined
  readonly body: Buffer
}

export interface S3ConnectionOptions {
  readonly region: string
  /** Asked for each request, so that changed keys count at once. */
  readonly credentials: () => Promise<S3Credentials>
  /** PEM of the only authority that vouches for the store; without it, those of the system do. */
  readonly ca?: string
  readonly clock: () => number
  /** How a pause between two attempts is made; for tests. */
  readonly pause?: (ms: number) => Promise<void>
}

/** Signed requests to a store, tried again where it says that it could not just now. Follows no redirect. */
export class S3Connection {
  readonly #options: S3ConnectionOptions
  readonly #agent: Agent

  constructor(options: S3ConnectionOptions) {
    this.#options = options
    const authority = options.ca === undefined ? {} : { ca: options.ca }
    this.#agent = new Agent({ connections: 4, connect: { ...authority, timeout: connectMs } })
  }

  /** The store's answer, whatever it says. Rejects when there is none, or credentials cannot be had. */
  async ask(asked: S3Request): Promise<S3Answer> {
    for (let attempt = 1; ; attempt++) {
      const last = attempt === attempts
      const answer = await this.#once(asked).catch((error: unknown) => {
        if (last || !passes(error)) throw error
      })
      if (answer && (last || !passesByItself(answer.status))) return answer
      // Not all at the same moment: half of the pause is by chance.
      const most = firstPauseMs * 4 ** (attempt - 1)
      await (this.#options.pause ?? sleep)(most / 2 + (Math.random() * most) / 2)
    }
  }

  async #once({ method, url, headers, body, bodyDigest, mostBytes }: S3Request): Promise<S3Answer> {
    const { region, clock, credentials } = this.#options
    const keys = await credentials()
    const signed = signS3Request({ method, url, headers, bodyDigest, region, time: clock() }, keys)
    const answer = await request(url, {
      dispatcher: this.#agent,
      method,
      headers: signed,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(answerMs + bodyMs(Math.max(body?.length ?? 0, mostBytes))),
    })
    const good = answer.statusCode >= 200 && answer.statusCode < 300
    return {
      status: answer.statusCode,
      header: (name) => answer.headers[name]?.toString(),
      body: await upTo(answer.body, good ? mostBytes : mostOfAnError),
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy()
  }
}

function bodyMs(bytes: number): number {
  return Math.ceil(bytes / leastBytesPerMs)
}

/** An answer is longer than what was asked for. */
class TooLong extends Error {}

async function upTo(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of body) {
    length += part.length
    if (length > most) throw new TooLong('the answer is longer than what was asked for')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** S3 says with these that it could not just now: `SlowDown` and `ServiceUnavailable` are 503, `InternalError` 500. */
function passesByItself(status: number): boolean {
  return status === 429 || status === 500 || status === 502 || status === 503 || status === 504
}

/** Where a connection was lost or none came about, the next may hold; a certificate is no better then. */
function passes(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^(?:ECONNRESET|ECONNREFUSED|EPIPE|EAI_AGAIN|UND_ERR_SOCKET|UND_ERR_CONNECT_TIMEOUT)$/.test(code)
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
