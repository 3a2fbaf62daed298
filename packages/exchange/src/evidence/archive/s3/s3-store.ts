import { Problem } from '@sapan/kernel'
import type { Static } from 'typebox'
import type { ArchiveStore } from '../archive-store.ts'
import { objectUrl } from './object-url.ts'
import { type S3Answer, S3Connection, type S3ConnectionOptions, type S3Request } from './s3-connection.ts'
import { lost, notReached, notS3, refusal, unreachable } from './s3-refusal.ts'
import type { S3Settings } from './s3-settings.ts'

const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const mostOfAnAcknowledgement = 64 * 1024
/** For so many milliseconds a store that did not answer is not asked for parts: who shows many would wait for each. */
const restMs = 15_000

export type S3StoreOptions = Omit<S3ConnectionOptions, 'region'> & {
  readonly settings: Omit<Static<typeof S3Settings>, 'ca' | 'credentialsFile'>
}

/**
 * Segments as objects of an S3-compatible store: Amazon S3's REST interface, of which it uses PutObject, GetObject with a range
 * and DeleteObject. A segment goes in one request: S3 takes up to 5 GB in one.
 */
export class S3ArchiveStore implements ArchiveStore {
  readonly place: string
  readonly #settings: S3StoreOptions['settings']
  readonly #connection: S3Connection
  #unanswered: { readonly at: number; readonly problem: Problem } | undefined

  constructor({ settings, ...options }: S3StoreOptions) {
    const { bucket, prefix, region } = settings
    this.place = `s3://${[bucket, prefix].filter((part) => part !== '').join('/')}`
    this.#settings = settings
    this.#connection = new S3Connection({ ...options, region })
  }

  async put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    // Off the event loop: 16 MiB take tens of milliseconds, for which exchanges need not wait.
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes))
    const checksum = digest.toString('base64')
    const answer = await this.#ask(name, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', 'x-amz-checksum-sha256': checksum },
      body: bytes,
      bodyDigest: digest.toString('hex'),
      mostBytes: mostOfAnAcknowledgement,
    }).catch((error: unknown) => this.#becauseOf(name, error))
    if (answer.status !== 200) throw refusal(this.place, name, answer)
    // Each object of a store has one: without it, somebody else has answered.
    const taken = answer.header('etag') !== undefined
    const asSent = (answer.header('x-amz-checksum-sha256') ?? checksum) === checksum
    if (!taken || !asSent) throw unreachable(this.place, notS3)
  }

  async read(name: string, from: number, length: number): Promise<Buffer> {
    if (this.#unanswered && performance.now() < this.#unanswered.at + restMs) throw this.#unanswered.problem
    return await this.#part(name, from, length)
  }

  async #part(name: string, from: number, length: number): Promise<Buffer> {
    const answer = await this.#ask(name, {
      method: 'GET',
      headers: { range: `bytes=${from}-${from + length - 1}` },
      bodyDigest: emptyDigest,
      mostBytes: length,
    })
    if (answer.status === 416) throw lost(name)
    if (answer.status === 200) throw unreachable(this.place, notS3)
    if (answer.status !== 206) throw refusal(this.place, name, answer)
    const [, first, last] = /^bytes (\d+)-(\d+)\/(?:\d+|\*)$/.exec(answer.header('content-range') ?? '') ?? []
    if (Number(first) !== from || Number(last) - from + 1 !== answer.body.length)
      throw unreachable(this.place, notS3)
    if (answer.body.length < length) throw lost(name)
    return answer.body
  }

  async remove(name: string): Promise<void> {
    const answer = await this.#ask(name, {
      method: 'DELETE',
      headers: {},
      bodyDigest: emptyDigest,
      mostBytes: mostOfAnAcknowledgement,
    })
    if (answer.status === 204) return
    const refused = refusal(this.place, name, answer)
    if (refused.code !== 'archive-lost') throw refused
  }

  close(): Promise<void> {
    return this.#connection.close()
  }

  /** A store that refuses may hang up before it took a whole segment; asked for a byte, it says why. */
  async #becauseOf(name: string, error: unknown): Promise<never> {
    await this.#part(name, 0, 1).catch((told: unknown) => {
      if (told instanceof Problem && told.code !== 'archive-lost') throw told
    })
    throw error
  }

  async #ask(name: string, asked: Omit<S3Request, 'url'>): Promise<S3Answer> {
    try {
      const answer = await this.#connection.ask({ ...asked, url: objectUrl(this.#settings, name) })
      this.#unanswered = undefined
      return answer
    } catch (error) {
      const problem = notReached(this.place, error)
      this.#unanswered = { at: performance.now(), problem }
      throw problem
    }
  }
}
