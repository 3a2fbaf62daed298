import { createHash } from 'node:crypto'
import type { Logger } from '@sapan/kernel'
import type { Pool } from 'pg'
import type { DirectoryView } from '../directory/view.ts'
import { grantHash, readGrant } from '../grant/grant.ts'
import type { KnownGrant } from './consumer/exchange.ts'
import { memberKey } from './member-key.ts'
import { fetchedDigests, listHeldGrants, type StoredGrant, saveHeldGrants } from './store/grants.ts'

/** Asks a provider's gateway for the grants that it has given to members of ours: compact JWS each. */
export type FetchGrants = (provider: string) => Promise<string[]>

export interface HeldGrantsOptions {
  readonly pool: Pool
  readonly fetch: FetchGrants
  /** Keeps a grant for the evidence that will point at it. */
  readonly keep: (jws: string) => Promise<void>
  readonly log: Logger
  /** Fingerprint of the pinned root. */
  readonly root: string
}

interface FromProvider {
  readonly digest: string
  readonly grants: ReadonlyMap<string, KnownGrant>
}

const none: FromProvider = { digest: '', grants: new Map() }

/**
 * The grants that members of this gateway hold. Fetched from the provider's gateway whenever the provider's list
 * of hashes in the directory has changed; a grant whose hash is no longer published is not in force.
 */
export class HeldGrants {
  readonly #options: HeldGrantsOptions
  readonly #byProvider = new Map<string, FromProvider>()
  readonly #fetching = new Map<string, Promise<void>>()

  constructor(options: HeldGrantsOptions) {
    this.#options = options
  }

  async load(): Promise<void> {
    const { pool } = this.#options
    const [stored, digests] = await Promise.all([listHeldGrants(pool), fetchedDigests(pool)])
    for (const [provider, digest] of digests) {
      const own = stored.filter((grant) => grant.provider === provider)
      this.#byProvider.set(provider, { digest, grants: new Map(own.map((held) => [held.hash, known(held)])) })
    }
  }

  /** All that is held, in force or not. */
  list(): KnownGrant[] {
    return [...this.#byProvider.values()].flatMap(({ grants }) => [...grants.values()])
  }

  /** The published grants by which a consumer may call a service; fetches them first where they have changed. */
  async inForce(
    view: DirectoryView,
    provider: string,
    consumer: string,
    service: string,
  ): Promise<KnownGrant[]> {
    const published = view.grantHashes(provider)
    const digest = digestOf(view, provider)
    if ((this.#byProvider.get(provider) ?? none).digest !== digest)
      await this.#refresh(view, provider, digest)
    const held = this.#byProvider.get(provider) ?? none
    return [...held.grants.values()].filter(
      ({ hash, grant }) => grant.consumer === consumer && grant.service === service && published.has(hash),
    )
  }

  /** One fetch at a time from each provider; where it fails, what is held already is used. */
  async #refresh(view: DirectoryView, provider: string, digest: string): Promise<void> {
    let fetching = this.#fetching.get(provider)
    if (!fetching) {
      fetching = this.#fetchNow(view, provider, digest).finally(() => this.#fetching.delete(provider))
      this.#fetching.set(provider, fetching)
    }
    try {
      await fetching
    } catch (error) {
      this.#options.log.warn({ provider, err: error }, 'grants could not be fetched')
      if (!this.#byProvider.has(provider)) throw error
    }
  }

  async #fetchNow(view: DirectoryView, provider: string, digest: string): Promise<void> {
    const { pool, fetch, keep, root } = this.#options
    const texts = (await fetch(provider)).filter((jws) => isGenuine(view, root, provider, jws))
    for (const jws of texts) await keep(jws)
    const stored = texts.map((jws): StoredGrant => ({ hash: grantHash(jws), provider, jws }))
    await saveHeldGrants(pool, provider, digest, stored)
    this.#byProvider.set(provider, {
      digest,
      grants: new Map(stored.map((held) => [held.hash, known(held)])),
    })
  }
}

/** Published by the provider, and signed with a key that was the provider's when it gave the grant. */
function isGenuine(view: DirectoryView, root: string, provider: string, jws: string): boolean {
  const read = readGrant(jws)
  if (!view.hasGrant(provider, read.hash) || read.grant.provider !== provider) return false
  const key = memberKey(view, { root, member: provider, chain: read.chain })
  return key !== undefined && read.verify(key)
}

function known({ hash, jws }: StoredGrant): KnownGrant {
  return { hash, grant: readGrant(jws).grant }
}

const digests = new WeakMap<DirectoryView, Map<string, string>>()

/** One value for the whole list of a provider's published hashes, computed once for each directory. */
function digestOf(view: DirectoryView, provider: string): string {
  const cached = digests.get(view) ?? new Map<string, string>()
  digests.set(view, cached)
  let digest = cached.get(provider)
  if (digest === undefined) {
    const hash = createHash('sha256')
    for (const value of [...view.grantHashes(provider)].sort()) hash.update(value)
    digest = hash.digest('hex')
    cached.set(provider, digest)
  }
  return digest
}
