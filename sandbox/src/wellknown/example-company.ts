import type { Divisions, Subdistrict } from '@sapan/thailand'
import type { SyntheticPerson, SyntheticPopulation } from '../population/population.ts'
import { findExamples } from './find-examples.ts'

/** Where the example company is: แขวงลุมพินี เขตปทุมวัน. */
export function exampleCompanyPlace(divisions: Divisions): Subdistrict {
  const place = divisions.subdistrict('100704')
  if (place === undefined) throw new Error('the country pack has no sub-district 100704')
  return place
}

/** The taxpayer of the README, the spouse, and one more. */
export function exampleDirectors(people: SyntheticPopulation): readonly SyntheticPerson[] {
  const { taxpayer, spouse, partner } = findExamples(people)
  return [taxpayer, spouse, partner]
}
