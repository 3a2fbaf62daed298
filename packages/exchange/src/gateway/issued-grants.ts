import type { Pool } from 'pg'
import { readGrant } from '../grant/grant.ts'
import type { KnownGrant } from './consumer/exchange.ts'
import { listIssuedGrants, saveIssuedGrant, withdrawIssuedGrant } from './store/grants.ts'

/** A grant as the provider keeps it: read, and signed. */
export interface IssuedGrant extends KnownGrant {
  readonly jws: string
}

/** The live grants that the members of this gateway have given, in memory; the database is their home. */
export class IssuedGrants {
  readonly #pool: Pool
  #byHash = new Map<string, IssuedGrant>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async load(): Promise<void> {
    const stored = await listIssuedGrants(this.#pool)
    this.#byHash = new Map(
      stored.map(({ hash, jws }) => [
        hash,
        this.#byHash.get(hash) ?? { hash, jws, grant: readGrant(jws).grant },
      ]),
    )
  }

  get(hash: string): IssuedGrant | undefined {
    return this.#byHash.get(hash)
  }

  list(): IssuedGrant[] {
    return [...this.#byHash.values()]
  }

  /** The grants that one of these consumer members may hold. */
  forConsumers(members: readonly string[]): IssuedGrant[] {
    return this.list().filter(({ grant }) =>
      members.some((member) => grant.consumer.startsWith(`${member}/`)),
    )
  }

  async add(issued: IssuedGrant): Promise<void> {
    const { hash, jws, grant } = issued
    await saveIssuedGrant(this.#pool, {
      hash,
      jws,
      provider: grant.provider,
      service: grant.service,
      consumer: grant.consumer,
    })
    this.#byHash.set(hash, issued)
  }

  /** Takes effect at once at this gateway, and at the consumer's with its next directory. */
  async withdraw(hash: string): Promise<boolean> {
    const withdrawn = await withdrawIssuedGrant(this.#pool, hash)
    this.#byHash.delete(hash)
    return withdrawn
  }
}
