import type { Country } from './country.ts'

/** Thailand, small: five agencies and a company, from the country pack. */
export async function thailand(): Promise<Country> {
  throw new Error('under construction')
}
