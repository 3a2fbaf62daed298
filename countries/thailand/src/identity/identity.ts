import { type AccessNotice, readAccessNotices } from './access-notices.ts'
import { type CountryAuthentication, readAuthentication } from './authentication.ts'
import { type CountryLevels, readLevels } from './levels.ts'
import { type CountryMandates, readMandates } from './mandates.ts'
import { type OfficersData, readOfficers } from './officers.ts'
import { type CountryProofing, readProofing } from './proofing.ts'
import { type CountryRetention, readRetention } from './retention.ts'
import { type CountryScopes, readScopes } from './scopes.ts'

/** What the country says of digital identity: a part for each room. */
export interface CountryIdentity {
  readonly accessNotices: readonly AccessNotice[]
  readonly authentication: CountryAuthentication
  readonly levels: CountryLevels
  readonly mandates: CountryMandates
  readonly officers: OfficersData
  readonly proofing: CountryProofing
  readonly retention: CountryRetention
  readonly scopes: CountryScopes
}

/** Reads `data/identity/`. Throws `country-data-invalid`. */
export function readIdentity(references: {
  readonly purposes: readonly { readonly code: string }[]
}): CountryIdentity {
  const levels = readLevels()
  const proofing = readProofing({ levels, purposes: references.purposes })
  return {
    accessNotices: readAccessNotices(references),
    authentication: readAuthentication({ levels }),
    levels,
    mandates: readMandates({ purposes: references.purposes }),
    officers: readOfficers({ levels, purposes: references.purposes }),
    proofing,
    retention: readRetention({ proofing }),
    scopes: readScopes(),
  }
}
