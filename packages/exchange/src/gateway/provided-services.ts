import type { Pool } from 'pg'
import { readServiceDescription, type ServiceDescription } from '../service/description.ts'
import { deleteService, listServices, type ProvidedService, saveService } from './store/services.ts'

/** A service of ours with its description, read. */
export interface LoadedService extends ProvidedService {
  readonly description: ServiceDescription
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
    const loaded = await listServices(this.#pool)
    this.#byId = new Map(
      loaded.map((service) => {
        const same = before.get(service.id)
        const description =
          same?.openapiHash === service.openapiHash
            ? same.description
            : readServiceDescription(service.openapi)
        return [service.id, { ...service, description }]
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
    const loaded = { ...service, description: readServiceDescription(service.openapi) }
    await saveService(this.#pool, service)
    this.#byId.set(service.id, loaded)
    return loaded
  }

  async remove(id: string): Promise<boolean> {
    this.#byId.delete(id)
    return deleteService(this.#pool, id)
  }
}
