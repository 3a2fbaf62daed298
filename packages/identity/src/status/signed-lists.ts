import { signStatusList } from '@sapan/exchange'
import type { Clock, Pool } from '@sapan/kernel'
import type { Signer } from '@sapan/trust'
import { readList, readVersions } from './store/entries.ts'

/** A list as it is served. */
export interface SignedList {
  readonly version: number
  readonly jws: string
  /** Milliseconds since 1970. */
  readonly signedAt: number
  readonly etag: string
}

/** How long a list may be relied on, in seconds: whoever can't reach the issuer any more must stop by then. */
export const listLife = 60

/** After how many seconds to ask again. */
export const listTtl = 5

export interface SignedListsOptions {
  readonly pool: Pool
  readonly clock: Clock
  readonly signer: Signer
  readonly issuer: string
  readonly base: string
  readonly size: number
  readonly servedFor: number
}

/** Signs lists when they are asked for, each once in a while or when it has changed, however many ask. */
export class SignedLists {
  readonly #options: SignedListsOptions
  readonly #held = new Map<number, SignedList>()
  readonly #signing = new Map<string, Promise<SignedList | undefined>>()

  constructor(options: SignedListsOptions) {
    this.#options = options
  }

  /** The version that a list has now; undefined where there is none. */
  async version(list: number): Promise<number | undefined> {
    return (await readVersions(this.#options.pool, [list])).get(list)
  }

  /** The list, at least of this version and signed lately; undefined where there is none. */
  async of(list: number, version: number): Promise<SignedList | undefined> {
    const held = this.#held.get(list)
    const age = this.#options.clock() - (held?.signedAt ?? 0)
    if (held && held.version >= version && age >= 0 && age < this.#options.servedFor) return held
    const key = `${list} ${version}`
    const signing = this.#signing.get(key) ?? this.#sign(list).finally(() => this.#signing.delete(key))
    this.#signing.set(key, signing)
    return await signing
  }

  async #sign(list: number): Promise<SignedList | undefined> {
    const { pool, clock, issuer, base, size, signer } = this.#options
    const content = await readList(pool, list)
    if (!content) return undefined
    const now = clock()
    const jws = signStatusList(
      {
        issuer,
        uri: `${base}/${list}`,
        size,
        exceptions: content.exceptions,
        now,
        life: listLife,
        ttl: listTtl,
      },
      signer,
    )
    const signed = { version: content.version, jws, signedAt: now, etag: `"${content.version}.${now}"` }
    const held = this.#held.get(list)
    if (!held || held.version <= signed.version) this.#held.set(list, signed)
    return signed
  }
}
