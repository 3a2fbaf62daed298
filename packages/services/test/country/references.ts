import type { JsonValue } from '@sapan/casework'
import { shippedTemplates } from '@sapan/documents'
import { BANK_MEMBER, serviceDocument } from '@sapan/sandbox'
import { loadCountry, readLifeEvents, readListedServices, readWaits } from '@sapan/thailand'
import type { References } from '../../src/definition/references.ts'

/** The descriptions of all services that grants name. */
function services(): ReadonlyMap<string, JsonValue> {
  const ids = [...new Set(loadCountry().grants.map(({ service }) => service))]
  return new Map(
    ids.map((id) => {
      const name = id.slice(id.lastIndexOf('/') + 1)
      return [id, JSON.parse(JSON.stringify(serviceDocument(name)))]
    }),
  )
}

let read: References | undefined

/** The country pack and the sandbox's descriptions, as definitions are held against them. */
export function countryReferences(): References {
  read ??= readReferences()
  return read
}

function readReferences(): References {
  const { members, purposes, laws, identity, terms, grants } = loadCountry()
  const codes = (list: readonly { readonly code: string }[]) => new Set(list.map(({ code }) => code))
  return {
    members,
    purposes: codes(purposes),
    laws: codes(laws),
    duties: codes(identity.officers.duties),
    scopes: codes(identity.mandates.scopes),
    ial: codes(identity.levels.ial),
    aal: codes(identity.levels.aal),
    lifeEvents: codes(readLifeEvents()),
    listed: new Set(readListedServices().map(({ id }) => id)),
    terms: new Map([...terms].map(([id, one]) => [id, one.name])),
    grants,
    services: services(),
    waits: readWaits(),
    transfers: { service: `${BANK_MEMBER}/account/payment-v1`, operation: 'orderTransfer' },
    templates: new Map(shippedTemplates.map(({ name, schema }) => [name, { schema }])),
  }
}
