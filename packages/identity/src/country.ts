import type { AuthenticationCountry } from './authenticators/country.ts'
import type { LevelsCountry } from './levels/level.ts'
import type { MandatesCountry } from './mandates/country.ts'
import type { OfficersCountry } from './officers/country.ts'
import type { ProofingCountry } from './proofing/country.ts'
import type { ScopesCountry } from './provider/scopes.ts'
import type { RetentionCountry } from './retention/country.ts'

/** What the country pack says of digital identity. Each room adds its own part, and reads no other. */
export interface IdentityCountry {
  readonly authentication: AuthenticationCountry
  readonly levels: LevelsCountry
  readonly proofing: ProofingCountry
  readonly mandates: MandatesCountry
  readonly officers: OfficersCountry
  readonly retention: RetentionCountry
  readonly scopes: ScopesCountry
}
