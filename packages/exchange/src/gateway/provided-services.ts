import type { Pool } from 'pg'
import { readServiceDescription, type ServiceDescription } from '../service/description.ts'
import { deleteService, listServices, type ProvidedService, saveService } from './store/services.ts'

/** A service of ours with its description, read. */
export interface LoadedService extends ProvidedService {
  readonly description: ServiceDescription
  /** Its `url` in two: the origin, and the path before an operation's own, without a last slash. */
  readonly origin: string
  readonly basePath: string
}

/** The services that this gateway provides, in memory; the database is their home. */
export class ProvidedServices {
  readonly #pool: Pool
  #byId = new Map<string, LoadedService>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Reads all services anew: at start, and when another gateway of the operator may have changed them. */
  async load(): Promise<void> {
    const before = this.#byId
    const services = await listServices(this.#pool)
    this.#byId = new Map(
      services.map((service) => {
        const same = before.get(service.id)
        const description =
          same?.openapiHash === service.openapiHash
            ? same.description
            : readServiceDescription(service.openapi)
        return [service.id, loaded(service, description)]
      }),
    )
  }

  get(id: string): LoadedService | undefined {
    return this.#byId.get(id)
  }

  list(): LoadedService[] {
    return [...this.#byId.values()]
  }

  /** Adds or replaces a service. Throws the Problem of a description that can't be served. */
  async save(service: ProvidedService): Promise<LoadedService> {
    const saved = loaded(service, readServiceDescription(service.openapi))
    await saveService(this.#pool, service)
    this.#byId.set(service.id, saved)
    return saved
  }

  async remove(id: string): Promise<boolean> {
    this.#byId.delete(id)
    return deleteService(this.#pool, id)
  }
}

function loaded(service: ProvidedService, description: ServiceDescription): LoadedService {
  const { origin } = new URL(service.url)
  return { ...service, description, origin, basePath: service.url.slice(origin.length) }
}
