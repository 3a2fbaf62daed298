import { countryCodes, plainCountry } from '@sapan/ui'
import type { Country } from './reading.ts'

let listed: readonly Country[] | undefined

/** Countries by the codes that registers have (ISO 3166-1 alpha-3), with the names that Unicode CLDR gives them. */
export function isoCountries(): readonly Country[] {
  listed ??= countryCodes.map((code) => ({
    code,
    name: { th: plainCountry(code, 'th'), en: plainCountry(code, 'en') },
  }))
  return listed
}
