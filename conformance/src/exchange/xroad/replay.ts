import { claim, type Finding } from '../../check.ts'
import type { Example } from './examples.ts'
import type { Answered, Language } from './languages.ts'
import type { Arrived } from './petstore.ts'
import type { XroadPlace } from './place.ts'

/** What came of a call at both ends. */
export interface Played {
  readonly answered: Answered
  /** At the store; undefined where it got nothing. */
  readonly arrived: Arrived | undefined
}

/** One language's client at the edge. */
export class Replay {
  readonly #language: Language
  readonly #place: XroadPlace

  constructor(language: Language, place: XroadPlace) {
    this.#language = language
    this.#place = place
  }

  claim(text: string, prove: () => Promise<void>): Promise<Finding> {
    return claim(`${this.#language.name}: ${text}`, prove)
  }

  /** A call of the store. */
  async call({ method, path, headers, body }: Example): Promise<Played> {
    const { client, service, store, edge } = this.#place
    store.arrived.length = 0
    const answered = await this.#language.send({
      method,
      origin: edge,
      target: `/r1/${service}${path}`,
      headers: [['X-Road-Client', client], ...headers],
      body: body?.toString('base64') ?? null,
    })
    return { answered, arrived: store.arrived[0] }
  }

  /** Any GET at the edge. */
  get(target: string, headers: readonly (readonly [string, string])[]): Promise<Answered> {
    return this.#language.send({ method: 'GET', origin: this.#place.edge, target, headers, body: null })
  }
}
