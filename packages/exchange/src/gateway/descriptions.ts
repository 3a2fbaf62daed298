import type { Pool } from 'pg'
import type { DirectoryView } from '../directory/view.ts'
import { exchangeProblem } from '../problems.ts'
import { readServiceDescription, type ServiceDescription } from '../service/description.ts'
import { descriptionHash } from './store/services.ts'

/** Asks a provider's gateway for the OpenAPI description of one of its services. */
export type FetchDescription = (service: string) => Promise<unknown>

/** A description with the document that it was read from. */
export interface HeldDescription {
  readonly openapi: unknown
  readonly description: ServiceDescription
}

/**
 * Descriptions of the services that members of this gateway call. Only a document whose hash the directory
 * publishes is believed; each is kept, because a published hash never changes its meaning.
 */
export class Descriptions {
  readonly #pool: Pool
  readonly #fetch: FetchDescription
  readonly #byHash = new Map<string, HeldDescription>()

  constructor(pool: Pool, fetch: FetchDescription) {
    this.#pool = pool
    this.#fetch = fetch
  }

  /** Throws `service-unknown` where the directory has no such service, or what its provider sends is another. */
  async of(view: DirectoryView, service: string): Promise<HeldDescription> {
    const published = view.service(service)
    if (!published) throw exchangeProblem('service-unknown')
    const held = this.#byHash.get(published.openapi)
    if (held) return held
    const openapi =
      (await this.#stored(published.openapi)) ?? (await this.#fetched(service, published.openapi))
    const read = { openapi, description: readDescription(openapi) }
    this.#byHash.set(published.openapi, read)
    return read
  }

  async #stored(hash: string): Promise<unknown> {
    const { rows } = await this.#pool.query<{ openapi: unknown }>(
      'select openapi from gateway.description_held where hash = $1',
      [hash],
    )
    return rows[0]?.openapi
  }

  async #fetched(service: string, hash: string): Promise<unknown> {
    const openapi = await this.#fetch(service)
    if (hashOf(openapi) !== hash) {
      throw exchangeProblem('service-unknown', {
        detail: {
          th: 'คำอธิบายบริการที่ผู้ให้บริการส่งมาไม่ตรงกับที่ประกาศไว้ในสารบบ',
          en: 'The description that the provider sends is not the one that the directory publishes',
        },
      })
    }
    // Read first: what can't be used is not kept either.
    readDescription(openapi)
    await this.#pool.query(
      `insert into gateway.description_held (hash, service, openapi) values ($1, $2, $3)
       on conflict (hash) do nothing`,
      [hash, service, JSON.stringify(openapi)],
    )
    return openapi
  }
}

/** Another member's description that can't be used is nothing that the caller has done wrong. */
function readDescription(openapi: unknown): ServiceDescription {
  try {
    return readServiceDescription(openapi)
  } catch (cause) {
    throw exchangeProblem('gateway-answer-invalid', { cause })
  }
}

function hashOf(openapi: unknown): string {
  try {
    return descriptionHash(openapi)
  } catch (cause) {
    throw exchangeProblem('gateway-answer-invalid', { cause })
  }
}
