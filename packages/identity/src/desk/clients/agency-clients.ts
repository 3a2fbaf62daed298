import { type Logger, Problem } from '@sapan/kernel'
import type { RegisteredClient } from '../../clients/clients.ts'
import type { OidcClient } from '../../clients/settings.ts'
import type { ChangedBy } from '../../officers/changes.ts'
import { providerProblems } from '../../problems/provider.ts'

/** Clients of the OpenID provider, as an agency's administrators need them. */
export interface ClientRegister {
  register(settings: unknown, by: string): Promise<RegisteredClient>
  change(id: string, settings: unknown, by: string): Promise<RegisteredClient>
  disable(id: string, by: string): Promise<void>
  enable(id: string, by: string): Promise<void>
  renewSecret(id: string, by: string): Promise<string>
  find(id: string): Promise<OidcClient | undefined>
  list(member?: string): Promise<OidcClient[]>
}

/** An agency's own clients, for those who administer it. That of another agency is as if it were not there. */
export interface AgencyClients {
  list(by: ChangedBy): Promise<OidcClient[]>
  /** Throws `sign-in-client-unknown`. */
  find(by: ChangedBy, id: string): Promise<OidcClient>
  /** Throws `sign-in-client-invalid`, `sign-in-client-taken`. */
  register(by: ChangedBy, settings: object): Promise<RegisteredClient>
  change(by: ChangedBy, id: string, settings: object): Promise<RegisteredClient>
  disable(by: ChangedBy, id: string): Promise<void>
  enable(by: ChangedBy, id: string): Promise<void>
  renewSecret(by: ChangedBy, id: string): Promise<string>
}

interface AgencyClientsOptions {
  readonly clients: ClientRegister
  /** Who administers the agency now; throws `officer-duty-missing`. */
  readonly officers: { agencyOf(by: ChangedBy): Promise<string> }
  readonly log: Logger
}

export function createAgencyClients({ clients, officers, log }: AgencyClientsOptions): AgencyClients {
  const find = async (by: ChangedBy, id: string): Promise<OidcClient> => {
    const agency = await officers.agencyOf(by)
    const found = await clients.find(id)
    if (found?.settings.member === agency) return found
    if (found) log.warn({ by, client: id }, "another agency's client was asked for")
    throw new Problem(providerProblems['sign-in-client-unknown'])
  }
  return {
    find,
    list: async (by) => clients.list(await officers.agencyOf(by)),
    register: async (by, settings) => {
      const member = await officers.agencyOf(by)
      return clients.register({ ...settings, member }, actorOf(by))
    },
    change: async (by, id, settings) => {
      const { settings: before } = await find(by, id)
      return clients.change(id, { ...settings, id, member: before.member }, actorOf(by))
    },
    disable: async (by, id) => clients.disable((await find(by, id)).settings.id, actorOf(by)),
    enable: async (by, id) => clients.enable((await find(by, id)).settings.id, actorOf(by)),
    renewSecret: async (by, id) => clients.renewSecret((await find(by, id)).settings.id, actorOf(by)),
  }
}

const actorOf = (by: ChangedBy): string => ('operator' in by ? by.operator : by.appointment)
