import type { JsonValue } from '@sapan/casework'
import { shippedTemplates } from '@sapan/documents'
import type { References } from '@sapan/services'
import { loadCountry, readLifeEvents, readListedServices, readWaits } from '@sapan/thailand'
import { transfersOf } from './bank.ts'

/** The OpenAPI document of an agency's service; undefined where it is not known. */
export type Description = (service: string) => JsonValue | undefined

/**
 * What definitions of services may name: the country's data, the agencies' descriptions of what was granted, and the bank's
 * subsystem, where one is known. Throws `country-data-invalid`.
 */
export function referencesOf(description: Description, bank: string | undefined): References {
  const { members, purposes, laws, identity, terms, grants } = loadCountry()
  const codes = (all: readonly { readonly code: string }[]) => new Set(all.map(({ code }) => code))
  const services = [...new Set(grants.map(({ service }) => service))].flatMap((service) => {
    const document = description(service)
    return document === undefined ? [] : [[service, document] as const]
  })
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
    terms: new Map([...terms].map(([id, { name }]) => [id, name])),
    grants,
    services: new Map(services),
    waits: readWaits(),
    templates: new Map(shippedTemplates.map(({ name, schema }) => [name, { schema }])),
    ...(bank !== undefined && { transfers: transfersOf(bank) }),
  }
}
