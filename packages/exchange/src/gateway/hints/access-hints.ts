import { randomBytes } from 'node:crypto'
import type { Clock, Pool } from '@sapan/kernel'
import { keyedHash } from '@sapan/trust'
import type { SubjectTokenIssuer } from '../../directory/document.ts'
import { insertHint } from '../store/access-hints.ts'
import { sealHint } from './hint.ts'

/** People whom an access concerned, by their identifiers. They stay in memory for moments, and are kept sealed only. */
export interface Hinted {
  readonly people: readonly string[]
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A person is hinted at no more often than that, whatever is looked at. */
const every = 3_600_000
/** Hints a second that are made of usual accesses: they only help, and must cost exchanges nothing. */
const perRound = 50
const mostRemembered = 100_000

/**
 * An outbox of hints for issuers. Those of unusual accesses are never left out; of the usual ones, what is too much is: a
 * person's page asks every agency all the same.
 */
export class AccessHints {
  readonly #options: {
    readonly pool: Pool
    readonly clock: Clock
    readonly issuers: () => readonly SubjectTokenIssuer[]
  }
  /** When people were hinted at last; under a key of this process. */
  readonly #key = randomBytes(32)
  readonly #told = new Map<string, number>()
  #waiting: { readonly person: string; readonly at: number }[] = []

  constructor(options: { pool: Pool; clock: Clock; issuers: () => readonly SubjectTokenIssuer[] }) {
    this.#options = options
  }

  /** Notes an access, at no cost for the call: hints are made by `settle`. */
  note({ people, at }: Hinted): void {
    if (this.#takers().length === 0) return
    for (const person of people) {
      if (this.#waiting.length >= perRound) return
      if (this.#isNew(person, at)) this.#waiting.push({ person, at })
    }
  }

  async settle(): Promise<void> {
    for (let [next] = this.#waiting; next; [next] = this.#waiting) {
      await this.#keep(next.person, next.at, false)
      this.#waiting.shift()
    }
  }

  /** Keeps hints of an unusual access. Rejects with the database's error. */
  async keepUnusual({ people, at }: Hinted): Promise<void> {
    for (const person of new Set(people)) await this.#keep(person, at, true)
  }

  async #keep(subject: string, at: number, unusual: boolean): Promise<void> {
    for (const { issuer, hints } of this.#takers()) {
      const jwe = hints && (await sealHint(hints, { subject, at, unusual }))
      if (jwe) await insertHint(this.#options.pool, { issuer, jwe, at })
    }
  }

  #takers(): readonly SubjectTokenIssuer[] {
    return this.#options.issuers().filter(({ hints }) => hints !== undefined)
  }

  #isNew(person: string, at: number): boolean {
    const hash = Buffer.from(keyedHash(this.#key, person)).toString('base64')
    if (at - (this.#told.get(hash) ?? 0) < every) return false
    this.#told.delete(hash)
    this.#told.set(hash, at)
    const [oldest] = this.#told.keys()
    if (this.#told.size > mostRemembered && oldest !== undefined) this.#told.delete(oldest)
    return true
  }
}
