import type { Clock } from '@sapan/kernel'
import { reachesAge } from '../ages.ts'
import type { MandatesCountry } from '../country.ts'
import type { ScopeUse } from '../mandate.ts'
import type { PopulationRegister, RegisteredPerson } from '../registers/population.ts'
import type { Authority, AuthoritySource } from './authority.ts'

/** What parents may do for children who are under age, as the population register has it. */
export class ChildSource implements AuthoritySource {
  readonly #register: PopulationRegister
  readonly #country: MandatesCountry
  readonly #clock: Clock

  constructor(register: PopulationRegister, country: MandatesCountry, clock: Clock) {
    this.#register = register
    this.#country = country
    this.#clock = clock
  }

  /** Children in the parent's house, and those elsewhere whom the parent has named. */
  async of(holder: string, named: readonly string[]): Promise<readonly Authority[]> {
    const house = await this.#register.household(holder)
    const young = house.filter(({ birthDate }) => this.#endOf(birthDate, 'majority') > this.#clock())
    const numbers = new Set([...young.map(({ number }) => number), ...named])
    numbers.delete(holder)
    const found = await Promise.all([...numbers].map((number) => this.one(holder, number)))
    return found.filter((authority) => authority !== undefined)
  }

  async one(holder: string, number: string, now = false): Promise<Authority | undefined> {
    const child = await this.#register.person(number, now)
    if (!child?.isLiving || !child.parents.includes(holder)) return undefined
    const till = this.#endOf(child.birthDate, 'majority')
    if (till <= this.#clock()) return undefined
    const asked = await Promise.all(child.parents.map((parent) => this.#register.person(parent, now)))
    const parents = asked.filter((parent) => parent?.isLiving === true)
    const members = parents.flatMap((parent) =>
      parent ? [{ number: parent.number, name: parent.name }] : [],
    )
    if (!members.some((member) => member.number === holder)) return undefined
    const directors = members.map((member) => member.number)
    return {
      source: 'child',
      number,
      name: child.name,
      members,
      condition: { kind: 'together', directors, seal: false },
      scopes: this.#scopes(child, members.length),
      till,
    }
  }

  #scopes({ birthDate }: RegisteredPerson, parents: number): ScopeUse[] {
    return this.#country.scopes.flatMap(({ code, child }) => {
      if (child === undefined) return []
      const till = this.#endOf(birthDate, child.till)
      if (till <= this.#clock()) return []
      return [{ code, how: child.approval === 'all' && parents > 1 ? 'jointly' : 'alone', till }]
    })
  }

  /** A day of birth that never was makes nobody a child. */
  #endOf(birthDate: string, age: 'majority' | 'ownConsent'): number {
    try {
      return reachesAge(birthDate, this.#country.child[age], this.#country)
    } catch {
      return Number.NEGATIVE_INFINITY
    }
  }
}
