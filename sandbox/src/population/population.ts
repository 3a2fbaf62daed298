import { type Divisions, loadDivisions } from '@sapan/thailand'
import { Random } from '../random.ts'
import { FEMALE, type House, MALE, type Marital, NEVER, NOBODY, type Person } from './country.ts'
import { type Day, yearsBetween } from './days.ts'
import { type Relationship, relationships } from './households.ts'
import { allFamilyNames, givenNames } from './life.ts'
import { firstDigit, syntheticHouseId, syntheticNationalId } from './numbers.ts'
import { REGISTER_DAY, SEED } from './settings.ts'
import { simulate } from './simulate.ts'

/** เด็กชาย, เด็กหญิง, นาย, นางสาว, นาง. */
export type Title = 'master' | 'girl' | 'mr' | 'miss' | 'mrs'

/** Someone in the synthetic population register. Nobody of them exists. */
export interface SyntheticPerson {
  readonly nationalId: string
  readonly sex: 'male' | 'female'
  readonly title: Title
  readonly given: { readonly th: string; readonly en: string }
  /** Some who came from elsewhere have none. */
  readonly family: { readonly th: string; readonly en: string } | null
  readonly born: Day
  readonly birthSubdistrict: string
  readonly died: Day | null
  readonly marital: Marital
  readonly houseId: string
  readonly relationship: Relationship
  readonly father: string | null
  readonly mother: string | null
  readonly spouse: string | null
  readonly married: Day | null
}

export interface SyntheticHouse {
  readonly houseId: string
  readonly number: string
  /** หมู่ที่; null in Bangkok. */
  readonly moo: number | null
  readonly subdistrict: string
  readonly postalCode: string
}

export interface SyntheticMove {
  readonly nationalId: string
  /** 1 for a person's first move, then 2, … */
  readonly ordinal: number
  readonly day: Day
  readonly from: string
  readonly to: string
}

export interface SyntheticPopulation {
  readonly people: readonly SyntheticPerson[]
  readonly houses: readonly SyntheticHouse[]
  readonly moves: readonly SyntheticMove[]
}

function title(person: Person): Title {
  const child =
    yearsBetween(person.born, Math.max(person.born, person.died === NEVER ? REGISTER_DAY : person.died)) < 15
  if (person.sex === MALE) return child ? 'master' : 'mr'
  if (child) return 'girl'
  if (person.marital === 'single') return 'miss'
  // A woman who has been married chooses; most of the older ones keep นาง.
  return (person.index * 31) % 10 < (person.birthYear < 1980 ? 9 : 6) ? 'mrs' : 'miss'
}

function nationalIds(people: readonly Person[], houses: readonly House[], seed: number): string[] {
  const random = new Random(seed, 'numbers')
  return people.map((person) => {
    const province = houses[person.birthHouse]?.subdistrict.district.province.code ?? ''
    const digit = firstDigit(person.origin, person.born, random.below(1000) / 1000)
    return syntheticNationalId(digit, province, person.index)
  })
}

/** Makes the synthetic population from a seed. The same seed gives the same people on every machine. */
export function createPopulation(divisions: Divisions, seed: number = SEED): SyntheticPopulation {
  const country = simulate(divisions, seed)
  const { people, houses, moves } = country
  const ids = nationalIds(people, houses, seed)
  const id = (index: number): string | null => (index === NOBODY ? null : (ids[index] ?? null))
  const houseIds = houses.map((house) =>
    syntheticHouseId(house.subdistrict.district.province.code, house.index),
  )
  const roles = relationships(country)
  const ordinals = new Map<number, number>()
  return {
    people: people.map((person) => ({
      nationalId: ids[person.index] ?? '',
      sex: person.sex === FEMALE ? 'female' : 'male',
      title: title(person),
      given: givenNames[person.sex][person.givenName] ?? { th: '', en: '' },
      family: allFamilyNames[person.familyName] ?? null,
      born: person.born,
      birthSubdistrict: houses[person.birthHouse]?.subdistrict.code ?? '',
      died: person.died === NEVER ? null : person.died,
      marital: person.marital,
      houseId: houseIds[person.house] ?? '',
      relationship: roles[person.index] ?? 'resident',
      father: id(person.father),
      mother: id(person.mother),
      spouse: id(person.spouse),
      married: person.married === NEVER ? null : person.married,
    })),
    houses: houses.map((house) => ({
      houseId: houseIds[house.index] ?? '',
      number: house.number,
      moo: house.moo,
      subdistrict: house.subdistrict.code,
      postalCode: house.postalCode,
    })),
    moves: moves.map((move) => {
      const ordinal = (ordinals.get(move.person) ?? 0) + 1
      ordinals.set(move.person, ordinal)
      const { from, to, day, person } = move
      return {
        nationalId: ids[person] ?? '',
        ordinal,
        day,
        from: houseIds[from] ?? '',
        to: houseIds[to] ?? '',
      }
    }),
  }
}

let made: Promise<SyntheticPopulation> | undefined

/** The sandbox's population, made once per process and kept until `forgetPopulation`. */
export function population(): Promise<SyntheticPopulation> {
  made ??= loadDivisions().then((divisions) => createPopulation(divisions))
  return made
}

/** Lets the memory go (about 100 MB) once the registers are filled. */
export function forgetPopulation(): void {
  made = undefined
}
