import type { Client } from 'oidc-provider'
import type { ClientFacts } from '../clients/metadata.ts'

/** What was registered of a client beside OpenID's own metadata; the adapter has put it there. */
export function factsOf(client: Client): ClientFacts {
  const facts: unknown = client.sapan
  if (!isFacts(facts)) throw new Error(`client ${client.clientId} was not read by our adapter`)
  return facts
}

function isFacts(value: unknown): value is ClientFacts {
  return typeof value === 'object' && value !== null && 'own' in value && 'names' in value
}
