import { type Country, NEVER, type Person } from './country.ts'

/** To the head of the household, as the house book says it. */
export type Relationship = 'head' | 'spouse' | 'child' | 'grandchild' | 'parent' | 'resident'

/** The eldest who has a spouse in the house, else the eldest: the house book's head. */
function headOf(residents: readonly Person[]): Person | undefined {
  const eldestFirst = [...residents].sort((a, b) => a.born - b.born)
  const here = new Set(residents.map((person) => person.index))
  return eldestFirst.find((person) => here.has(person.spouse)) ?? eldestFirst[0]
}

function relationship(person: Person, head: Person, country: Country): Relationship {
  if (person === head) return 'head'
  if (person.index === head.spouse) return 'spouse'
  const couple = new Set([head.index, head.spouse])
  const isChild = (one: Person | undefined): boolean =>
    one !== undefined && (couple.has(one.father) || couple.has(one.mother))
  if (isChild(person)) return 'child'
  if (isChild(country.people[person.father]) || isChild(country.people[person.mother])) return 'grandchild'
  return person.index === head.father || person.index === head.mother ? 'parent' : 'resident'
}

/** Everyone's relationship to the head of the house; the dead keep `resident`. By the index of the person. */
export function relationships(country: Country): Relationship[] {
  const roles = new Array<Relationship>(country.people.length).fill('resident')
  const residents = country.houses.map((): Person[] => [])
  for (const person of country.people) if (person.died === NEVER) residents[person.house]?.push(person)
  for (const people of residents) {
    const head = headOf(people)
    if (head === undefined) continue
    for (const person of people) roles[person.index] = relationship(person, head, country)
  }
  return roles
}
