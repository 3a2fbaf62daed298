import type { Text } from '@sapan/kernel'

/** A division of the country with its code, as the country's divisions name them. */
export interface Place {
  readonly code: string
  readonly name: Text
}

/** The smallest division with all that lies above it. */
export interface Subdistrict extends Place {
  readonly district: Place
  readonly province: Place
  readonly postalCodes: readonly string[]
}

/** The divisions of the country, for addresses. The composition gives them; all is in memory. */
export interface Places {
  provinces(): readonly Place[]
  districtsOf(province: string): readonly Place[]
  subdistrictsOf(district: string): readonly Subdistrict[]
  subdistrict(code: string): Subdistrict | undefined
  /** By name (in Thai or English, in part) or postal code; the best first. */
  search(words: string, limit: number): readonly Subdistrict[]
}
