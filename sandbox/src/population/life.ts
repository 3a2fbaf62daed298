import type { Subdistrict } from '@sapan/thailand'
import { familyNames } from '../names/family-names.ts'
import {
  elderFemale,
  elderMale,
  GIVEN_A_CULTURE,
  newcomerFamilies,
  newcomerFemale,
  newcomerMale,
  youngerFemale,
  youngerMale,
} from '../names/given-names.ts'
import type { Random } from '../random.ts'
import { type Country, FEMALE, type House, MALE, NEVER, NOBODY, type Origin, type Person } from './country.ts'
import { type Day, day, yearOf } from './days.ts'
import { PEOPLE } from './settings.ts'

const ELDER_UNTIL = day(1967, 1, 1)

/** Given names by number: the same number means the same name for the same sex. */
export const givenNames = [
  [...elderMale, ...youngerMale, ...newcomerMale],
  [...elderFemale, ...youngerFemale, ...newcomerFemale],
] as const

/** Family names by number: newcomers’ come after the others. `NOBODY` is no family name. */
export const allFamilyNames = [...familyNames, ...newcomerFamilies]

/** `culture` is where someone came from; null for those born here. */
function givenName({ sex, born, culture }: Newborn, random: Random): number {
  const [elder, younger] = sex === MALE ? [elderMale, youngerMale] : [elderFemale, youngerFemale]
  if (culture !== null)
    return elder.length + younger.length + culture * GIVEN_A_CULTURE + random.below(GIVEN_A_CULTURE)
  return born < ELDER_UNTIL ? random.below(elder.length) : elder.length + random.below(younger.length)
}

export interface Newborn {
  readonly sex: Person['sex']
  readonly born: Day
  readonly father: number
  readonly mother: number
  readonly origin: Origin
  readonly house: number
  readonly familyName: number
  /** Number of the culture of a newcomer, for the name. */
  readonly culture: number | null
}

/** Puts someone into the country; undefined when it is full. */
export function addPerson(country: Country, newborn: Newborn, random: Random): Person | undefined {
  if (country.people.length >= PEOPLE) return undefined
  const { sex, born, father, mother, origin, house, familyName } = newborn
  const person: Person = {
    index: country.people.length,
    sex,
    born,
    birthYear: yearOf(born),
    father,
    mother,
    origin,
    birthHouse: house,
    givenName: givenName(newborn, random),
    familyName,
    died: NEVER,
    spouse: NOBODY,
    married: NEVER,
    marital: 'single',
    house,
    last: born,
    lastBirth: NEVER,
    children: [],
  }
  country.people.push(person)
  return person
}

export function addHouse(country: Country, subdistrict: Subdistrict, random: Random): House {
  const plot = random.between(1, 399)
  const house: House = {
    index: country.houses.length,
    subdistrict,
    number: random.chance(0.35) ? `${plot}/${random.between(1, 150)}` : `${plot}`,
    moo: subdistrict.district.province.code === '10' ? null : random.between(1, 14),
    postalCode: random.of(subdistrict.postalCodes),
  }
  country.houses.push(house)
  return house
}

/** Records a move, on a day after everything else that happened to the person. */
export function move(country: Country, person: Person, to: House, on: Day): void {
  if (person.house === to.index) return
  country.moves.push({ person: person.index, day: on, from: person.house, to: to.index })
  person.house = to.index
  person.last = on
}

export const isFemale = (person: Person): boolean => person.sex === FEMALE
export const isLiving = (person: Person): boolean => person.died === NEVER
