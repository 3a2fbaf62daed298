import type { Divisions } from '@sapan/thailand'
import { familyNames } from '../names/family-names.ts'
import { FAMILIES_A_CULTURE, farCultures, nearCultures } from '../names/given-names.ts'
import { Random } from '../random.ts'
import { type Country, FEMALE, MALE, NEVER, NOBODY, type Origin, type Person } from './country.ts'
import { type Day, day, yearOf } from './days.ts'
import { addHouse, addPerson, isFemale, isLiving, move } from './life.ts'
import { createPlaces, type Places } from './places.ts'
import {
  FIRST_YEAR,
  FOUNDING_COUPLES,
  NEWCOMERS_A_YEAR,
  NEWCOMERS_SINCE,
  NUMBERS_BEGIN,
  PEOPLE,
  REGISTER_DAY,
  SEED,
} from './settings.ts'

/** One year of the country, and what chance has in it. */
interface Year {
  readonly country: Country
  readonly places: Places
  readonly random: Random
  readonly year: number
  readonly first: Day
  readonly end: Day
}

/** A day of the year after everything that happened to these people; undefined when none is left. */
function dayFor({ random, first, end }: Year, ...people: Person[]): Day | undefined {
  const earliest = Math.max(first, ...people.map((person) => person.last + 1))
  return earliest > end ? undefined : random.between(earliest, end)
}

const ageIn = (year: number, person: Person): number => year - person.birthYear

/** The first couples: grown up, each with a house and, while they last, a family name of their own. */
function found(country: Country, places: Places, random: Random): void {
  for (let couple = 0; couple < FOUNDING_COUPLES; couple++) {
    const birthYear = 1908 + Math.floor(Math.max(random.below(48), random.below(48)))
    const house = addHouse(country, places.anywhere(random), random)
    const common = {
      father: NOBODY,
      mother: NOBODY,
      origin: 'native' as Origin,
      house: house.index,
      culture: null,
    }
    const familyName = (couple * 7) % familyNames.length
    const husband = {
      ...common,
      sex: MALE,
      born: day(birthYear, 1, 1) + random.below(365),
      familyName,
    } as const
    const wife = {
      ...common,
      sex: FEMALE,
      born: day(birthYear + random.between(-1, 5), 1, 1) + random.below(365),
      familyName: random.below(familyNames.length),
    } as const
    addPerson(country, husband, random)
    addPerson(country, wife, random)
  }
}

function wed(husband: Person, wife: Person, on: Day, random: Random): void {
  husband.spouse = wife.index
  wife.spouse = husband.index
  for (const person of [husband, wife]) {
    person.married = on
    person.marital = 'married'
    person.last = on
  }
  if (wife.familyName !== NOBODY && husband.familyName !== NOBODY && random.chance(0.75))
    wife.familyName = husband.familyName
}

function isSibling(a: Person, b: Person): boolean {
  return (a.father !== NOBODY && a.father === b.father) || (a.mother !== NOBODY && a.mother === b.mother)
}

/** Single women of marriageable age by province, as the year begins. */
function singleWomen({ country, year }: Year): Map<string, Person[]> {
  const women = country.people.filter((person) => {
    const age = ageIn(year, person)
    return isFemale(person) && person.spouse === NOBODY && isLiving(person) && age >= 19 && age <= 42
  })
  return Map.groupBy(women, (person) => provinceOf(country, person))
}

function provinceOf(country: Country, person: Person): string {
  return country.houses[person.house]?.subdistrict.district.province.code ?? ''
}

function chooseWife(man: Person, women: readonly Person[], { random, year }: Year): Person | undefined {
  for (let attempt = 0; attempt < 8 && women.length > 0; attempt++) {
    const woman = random.of(women)
    const older = ageIn(year, man) - ageIn(year, woman)
    const free = woman.spouse === NOBODY && isLiving(woman) && woman.index !== man.mother
    if (free && older >= -4 && older <= 9 && !isSibling(man, woman) && man.index !== woman.father)
      return woman
  }
  return undefined
}

/** A couple moves in with one side’s family, or to a house of its own. */
function settle(now: Year, husband: Person, wife: Person): void {
  const { country, random, places } = now
  const on = dayFor(now, husband, wife)
  if (on === undefined) return
  const home = country.houses[random.chance(0.6) ? husband.house : wife.house]
  if (home === undefined) return
  if (random.chance(0.4)) {
    for (const person of [husband, wife]) move(country, person, home, on)
    return
  }
  const place = random.chance(0.8) ? places.nearby(home.subdistrict, random) : places.inTown(random)
  const house = addHouse(country, place, random)
  for (const person of [husband, wife, ...minorChildren(country, wife, on)]) move(country, person, house, on)
}

function marriages(now: Year): void {
  const { country, random, year } = now
  const women = singleWomen(now)
  for (const man of country.people) {
    if (man.sex !== MALE || man.spouse !== NOBODY || !isLiving(man)) continue
    const age = ageIn(year, man)
    if (age < 20 || age > 48 || !random.chance(age < 34 ? 0.16 : 0.07)) continue
    const wife = chooseWife(man, women.get(provinceOf(country, man)) ?? [], now)
    const on = wife && dayFor(now, man, wife)
    if (wife === undefined || on === undefined) continue
    wed(man, wife, on, random)
    settle(now, man, wife)
  }
}

/** Children a year of a married woman in her best years. */
function fertility(year: number): number {
  if (year < 1970) return 0.3
  if (year < 1980) return 0.26
  if (year < 1990) return 0.2
  if (year < 2005) return 0.16
  return year < 2016 ? 0.13 : 0.095
}

function ageFactor(age: number): number {
  if (age < 18 || age > 44) return 0
  if (age < 22) return 0.8
  if (age < 32) return 1
  return age < 38 ? 0.6 : 0.2
}

function originOfChild(father: Person, mother: Person): Origin {
  const foreign = (person: Person): boolean =>
    person.origin === 'newcomer-6' || person.origin === 'newcomer-0' || person.origin === 'born-to-newcomers'
  if (!foreign(father) || !foreign(mother)) return 'native'
  return father.origin === 'newcomer-0' && mother.origin === 'newcomer-0' ? 'newcomer-0' : 'born-to-newcomers'
}

function bear(now: Year, mother: Person): void {
  const { country, random } = now
  const father = country.people[mother.spouse]
  if (father === undefined || !isLiving(father)) return
  const earliest = Math.max(now.first, mother.last + 1, mother.lastBirth + 300, mother.married + 120)
  if (earliest > now.end) return
  const born = random.between(earliest, now.end)
  if (born <= father.last) return
  const child = addPerson(
    country,
    {
      sex: random.chance(0.512) ? MALE : FEMALE,
      born,
      father: father.index,
      mother: mother.index,
      origin: originOfChild(father, mother),
      house: mother.house,
      familyName: father.familyName === NOBODY ? mother.familyName : father.familyName,
      culture: null,
    },
    random,
  )
  if (child === undefined) return
  mother.children.push(child.index)
  father.children.push(child.index)
  mother.lastBirth = born
  mother.last = born
  father.last = born
}

function births(now: Year): void {
  const { country, random, year } = now
  const rate = fertility(year)
  const count = country.people.length
  for (let index = 0; index < count; index++) {
    const mother = country.people[index]
    if (mother === undefined || !isFemale(mother) || mother.marital !== 'married' || !isLiving(mother))
      continue
    const factor = ageFactor(ageIn(year, mother)) * (mother.children.length > 5 ? 0.2 : 1)
    if (factor > 0 && random.chance(rate * factor)) bear(now, mother)
  }
}

/** Children under 18 who live with the person. */
function minorChildren(country: Country, parent: Person, on: Day): Person[] {
  return parent.children
    .map((index) => country.people[index])
    .filter((child): child is Person => child !== undefined && isLiving(child))
    .filter((child) => child.house === parent.house && on - child.born < 18 * 365 && child.last < on)
}

function moveAway(now: Year, person: Person): void {
  const { country, places, random } = now
  const spouse = country.people[person.spouse]
  const couple = spouse && isLiving(spouse) && spouse.house === person.house ? [person, spouse] : [person]
  const on = dayFor(now, ...couple)
  const home = country.houses[person.house]
  if (on === undefined || home === undefined) return
  const children = couple.flatMap((parent) => minorChildren(country, parent, on))
  const place = random.chance(0.45) ? places.inTown(random) : places.nearby(home.subdistrict, random)
  const house = addHouse(country, place, random)
  for (const mover of new Set([...couple, ...children])) move(country, mover, house, on)
}

function moves(now: Year): void {
  const { country, random, year } = now
  for (const person of country.people) {
    if (!isLiving(person)) continue
    const age = ageIn(year, person)
    if (age < 20 || age > 75) continue
    const rate = person.spouse === NOBODY && age < 36 ? 0.022 : 0.007
    if (random.chance(rate)) moveAway(now, person)
  }
}

function separations(now: Year): void {
  const { country, random } = now
  for (const wife of country.people) {
    if (!isFemale(wife) || wife.marital !== 'married' || !isLiving(wife) || !random.chance(0.005)) continue
    const husband = country.people[wife.spouse]
    const on = husband && dayFor(now, wife, husband)
    if (husband === undefined || on === undefined) continue
    for (const person of [wife, husband]) {
      person.spouse = NOBODY
      person.married = NEVER
      person.marital = 'divorced'
      person.last = on
    }
    moveAway(now, husband)
  }
}

/** The chance of dying in a year: high in the first, then doubling about every eight years (Gompertz). */
function mortality(age: number): number {
  if (age < 1) return 0.008
  return age > 104 ? 1 : 0.0005 + 0.00006 * Math.exp(0.088 * age)
}

function deaths(now: Year): void {
  if (now.first < NUMBERS_BEGIN) return
  const { country, random, year } = now
  for (const person of country.people) {
    if (!isLiving(person) || !random.chance(mortality(ageIn(year, person)))) continue
    const on = dayFor(now, person)
    if (on === undefined) continue
    person.died = on
    person.last = on
    const spouse = country.people[person.spouse]
    if (spouse === undefined || !isLiving(spouse)) continue
    spouse.marital = 'widowed'
    spouse.last = Math.max(spouse.last, on)
  }
}

const NEWCOMERS: readonly Origin[] = [
  'newcomer-6',
  'newcomer-6',
  'newcomer-6',
  'newcomer-0',
  'newcomer-0',
  'newcomer-8',
]

/** People who come from elsewhere, alone or as a couple. Some have no family name, as in the countries they left. */
function arrive(now: Year): number {
  const { country, places, random } = now
  const origin = random.of(NEWCOMERS)
  const house = addHouse(country, places.inTown(random), random)
  const named = origin === 'newcomer-8' || random.chance(0.4)
  const culture = random.of(origin === 'newcomer-8' ? farCultures : nearCultures)
  const family = culture * FAMILIES_A_CULTURE + random.below(FAMILIES_A_CULTURE)
  const familyName = named ? familyNames.length + family : NOBODY
  const newborn = (sex: Person['sex']) =>
    ({ sex, father: NOBODY, mother: NOBODY, origin, house: house.index, familyName, culture }) as const
  const born = (): Day => day(now.year - random.between(19, 38), 1, 1) + random.below(365)
  const first = random.chance(0.5) ? MALE : FEMALE
  const person = addPerson(country, { ...newborn(first), born: born() }, random)
  if (person === undefined || random.chance(0.4)) return 1
  const partner = addPerson(country, { ...newborn(first === MALE ? FEMALE : MALE), born: born() }, random)
  const on = partner && dayFor(now, person, partner)
  if (partner === undefined || on === undefined) return 1
  if (first === MALE) wed(person, partner, on, random)
  else wed(partner, person, on, random)
  return 2
}

function liveYear(now: Year): void {
  births(now)
  marriages(now)
  separations(now)
  moves(now)
  deaths(now)
  if (now.year >= NEWCOMERS_SINCE) for (let came = 0; came < NEWCOMERS_A_YEAR; ) came += arrive(now)
}

/**
 * Lets the sandbox country live from its first couples to the day of the register, year by year: births,
 * marriages, moves, deaths, newcomers. Everything follows from the seed. The last places are filled with newcomers.
 */
export function simulate(divisions: Divisions, seed: number = SEED): Country {
  const country: Country = { people: [], houses: [], moves: [] }
  const places = createPlaces(divisions)
  const random = new Random(seed, 'life')
  found(country, places, random)
  const lastYear = yearOf(REGISTER_DAY)
  let now: Year | undefined
  for (let year = FIRST_YEAR; year <= lastYear; year++) {
    const end = Math.min(day(year + 1, 1, 1) - 1, REGISTER_DAY)
    now = { country, places, random, year, first: day(year, 1, 1), end }
    liveYear(now)
  }
  while (now !== undefined && country.people.length < PEOPLE) arrive(now)
  return country
}
