import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { Clients } from '../clients/clients.ts'

/** Clients are read from their own table; nobody registers them through the provider. */
export class ClientAdapter implements Adapter {
  readonly #clients: Pick<Clients, 'metadata'>

  constructor(clients: Pick<Clients, 'metadata'>) {
    this.#clients = clients
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    // Anybody may name any client: what cannot be one is not looked for.
    return /^[a-z0-9-]{1,64}$/.test(id) ? await this.#clients.metadata(id) : undefined
  }

  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  upsert = refuse
  consume = refuse
  destroy = refuse
  revokeByGrantId = refuse
}

async function refuse(): Promise<undefined> {
  throw new Error('clients are registered by their agencies, not by the provider')
}
