import { yearsBetween } from '../population/days.ts'
import type { SyntheticPerson, SyntheticPopulation } from '../population/population.ts'
import { REGISTER_DAY } from '../population/settings.ts'

export interface Examples {
  readonly taxpayer: SyntheticPerson
  readonly spouse: SyntheticPerson
  readonly child: SyntheticPerson
  readonly partner: SyntheticPerson
  readonly elder: SyntheticPerson
  readonly dead: SyntheticPerson
  readonly stateless: SyntheticPerson
  readonly foreigner: SyntheticPerson
  readonly mother: SyntheticPerson
  readonly father: SyntheticPerson
}

const age = (person: SyntheticPerson): number => yearsBetween(person.born, REGISTER_DAY)

function first(
  people: readonly SyntheticPerson[],
  rule: (person: SyntheticPerson) => boolean,
): SyntheticPerson {
  const found = people.find(rule)
  if (found === undefined) throw new Error('the population has no such example')
  return found
}

/** Children under 18 who live with the person. */
function childrenAtHome(people: readonly SyntheticPerson[]): ReadonlyMap<string, readonly SyntheticPerson[]> {
  const young = people.filter((person) => person.died === null && age(person) < 18 && person.mother !== null)
  const parents = Map.groupBy(young, (person) => person.mother ?? '')
  return parents
}

const THAI = /^[1-5]/

/** Of 24 to 33, in Bangkok, married to the master of the house, both Thai and of one name, with a child already. */
function findMother(
  { people, houses }: SyntheticPopulation,
  byId: ReadonlyMap<string, SyntheticPerson>,
): SyntheticPerson {
  const inBangkok = new Set(
    houses.filter(({ subdistrict }) => subdistrict.startsWith('10')).map((one) => one.houseId),
  )
  const mothers = new Set(people.flatMap(({ mother, died }) => (mother && died === null ? [mother] : [])))
  return first(people, (person) => {
    const husband = byId.get(person.spouse ?? '')
    if (person.sex !== 'female' || person.died !== null || husband?.died !== null) return false
    const home = husband.houseId === person.houseId && husband.relationship === 'head'
    const both = THAI.test(person.nationalId) && THAI.test(husband.nationalId)
    const young = age(person) >= 24 && age(person) <= 33
    const named = person.family?.en === husband.family?.en && inBangkok.has(person.houseId)
    return young && home && both && named && mothers.has(person.nationalId)
  })
}

/**
 * The people whom the guides use, found by rule: the taxpayer is the first man of 38 to 50 with a living wife, two or
 * more young children at home, both parents in the register and a move; the others are the first who fit their part.
 */
export function findExamples(population: SyntheticPopulation): Examples {
  const { people, moves } = population
  const byId = new Map(people.map((person) => [person.nationalId, person]))
  const children = childrenAtHome(people)
  const movers = new Set(moves.map((move) => move.nationalId))
  const atHome = (person: SyntheticPerson): readonly SyntheticPerson[] =>
    (children.get(person.spouse ?? '') ?? []).filter((child) => child.houseId === person.houseId)
  const taxpayer = first(people, (person) => {
    const years = age(person)
    const spouse = byId.get(person.spouse ?? '')
    const grown = person.sex === 'male' && person.died === null && years >= 38 && years <= 50
    const family = spouse?.died === null && spouse.houseId === person.houseId && atHome(person).length >= 2
    return grown && family && person.father !== null && movers.has(person.nationalId)
  })
  const spouse = first(people, (person) => person.nationalId === taxpayer.spouse)
  const [child = taxpayer] = atHome(taxpayer)
  const mother = findMother(population, byId)
  const others = new Set([taxpayer, spouse, child])
  const living = people.filter((person) => person.died === null && !others.has(person))
  return {
    taxpayer,
    spouse,
    child,
    partner: first(living, (person) => person.sex === 'female' && age(person) > 40 && age(person) < 55),
    elder: first(living, (person) => age(person) >= 80 && person.marital === 'widowed'),
    dead: first(people, (person) => person.died !== null && person.died > REGISTER_DAY - 700),
    stateless: first(living, (person) => person.nationalId.startsWith('0') && age(person) >= 25),
    foreigner: first(living, (person) => person.nationalId.startsWith('8') && person.family !== null),
    mother,
    father: first(people, (person) => person.nationalId === mother.spouse),
  }
}
