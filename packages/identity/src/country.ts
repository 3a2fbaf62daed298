import type { LevelsCountry } from './levels/level.ts'

/** What the country pack says of digital identity. Each room adds its own part, and reads no other. */
export interface IdentityCountry {
  readonly levels: LevelsCountry
}
