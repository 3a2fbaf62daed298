import { hash } from 'node:crypto'
import { isNationalId } from '@sapan/kernel'
import { loadDivisions } from '@sapan/thailand'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { yearsBetween } from '../src/population/days.ts'
import { isSyntheticNationalId, syntheticNationalId } from '../src/population/numbers.ts'
import {
  type SyntheticPerson,
  type SyntheticPopulation,
  population as sandboxPopulation,
} from '../src/population/population.ts'
import { NUMBERS_BEGIN, REGISTER_DAY } from '../src/population/settings.ts'

const divisions = await loadDivisions()
let population: SyntheticPopulation
let byId: ReadonlyMap<string, SyntheticPerson>

beforeAll(async () => {
  population = await sandboxPopulation()
  byId = new Map(population.people.map((person) => [person.nationalId, person]))
})

/** Those who break a rule; only a few, so that a failure can be read. */
function breaking(rule: (person: SyntheticPerson) => boolean): SyntheticPerson[] {
  return population.people.filter((person) => !rule(person)).slice(0, 3)
}

const of = (id: string | null): SyntheticPerson | undefined => (id === null ? undefined : byId.get(id))

describe('the synthetic population', () => {
  it('is 100,000 people, each with a number of their own that checks', () => {
    expect(population.people).toHaveLength(100_000)
    expect(byId.size).toBe(100_000)
    expect(breaking((person) => isNationalId(person.nationalId))).toEqual([])
  })

  it('has numbers that no registration office of Thailand gives', () => {
    expect(breaking((person) => isSyntheticNationalId(person.nationalId))).toEqual([])
    const offices = new Set(population.people.map((person) => person.nationalId.slice(1, 5)))
    expect([...offices].filter((office) => divisions.district(office) !== undefined)).toEqual([])
    expect([...offices].filter((office) => divisions.province(office.slice(0, 2)) === undefined)).toEqual([])
  })

  it('has every first digit from 0 to 8, most of them 1 and 3', () => {
    const shares = Map.groupBy(population.people, (person) => person.nationalId[0] ?? '')
    for (const digit of '012345678') expect(shares.get(digit)?.length).toBeGreaterThan(200)
    expect((shares.get('1')?.length ?? 0) + (shares.get('3')?.length ?? 0)).toBeGreaterThan(85_000)
  })

  it('gives 1 or 2 to nobody born before numbers were given, and 3, 4 or 5 to nobody born since', () => {
    expect(breaking((p) => !/^[12]/.test(p.nationalId) || p.born >= NUMBERS_BEGIN)).toEqual([])
    expect(breaking((p) => !/^[345]/.test(p.nationalId) || p.born < NUMBERS_BEGIN)).toEqual([])
  })

  it('is the same on every machine: raise EDITION and pin the well-known people anew when this changes', () => {
    expect(hash('sha256', JSON.stringify(population))).toBe(
      'd6215e28933ee612f4fd1799beb042eb3daeff34c167c07a9eed9da00ed8b4a0',
    )
  })
})

describe('a synthetic number', () => {
  const digit = fc.integer({ min: 0, max: 8 })
  const province = fc.constantFrom(...divisions.provinces.map((one) => one.code))
  const serial = fc.integer({ min: 0, max: 9_999_999 })

  it('checks and can be told from a real one, whatever it is made of', () => {
    fc.assert(
      fc.property(digit, province, serial, (first, code, number) => {
        const id = syntheticNationalId(first, code, number)
        return isNationalId(id) && isSyntheticNationalId(id) && id[0] === String(first)
      }),
    )
  })

  it('is another for another serial', () => {
    fc.assert(
      fc.property(province, serial, serial, (code, one, other) => {
        return one === other || syntheticNationalId(1, code, one) !== syntheticNationalId(1, code, other)
      }),
    )
  })
})

describe('families', () => {
  it('have parents who were 15 to 60 when a child was born, mothers under 50', () => {
    const old = (parent: SyntheticPerson, child: SyntheticPerson) => yearsBetween(parent.born, child.born)
    expect(
      breaking((child) => {
        const mother = of(child.mother)
        const father = of(child.father)
        if (mother && (mother.sex !== 'female' || old(mother, child) < 15 || old(mother, child) > 50))
          return false
        return !father || (father.sex === 'male' && old(father, child) >= 15 && old(father, child) <= 60)
      }),
    ).toEqual([])
  })

  it('have no child of a mother who had died, and parents who are in the register', () => {
    expect(breaking((child) => (of(child.mother)?.died ?? child.born) >= child.born)).toEqual([])
    expect(breaking((child) => child.father === null || of(child.father) !== undefined)).toEqual([])
    expect(breaking((child) => (child.father === null) === (child.mother === null))).toEqual([])
  })

  it('have spouses who name each other, married on the same day, grown up, and no siblings', () => {
    expect(
      breaking((person) => {
        const spouse = of(person.spouse)
        if (person.spouse === null) return person.married === null
        if (spouse === undefined || person.married === null || spouse.spouse !== person.nationalId)
          return false
        const siblings = person.mother !== null && person.mother === spouse.mother
        const grown = yearsBetween(person.born, person.married) >= 17
        return spouse.married === person.married && spouse.sex !== person.sex && grown && !siblings
      }),
    ).toEqual([])
  })

  it('call married who has a living spouse, and widowed who has lost one', () => {
    expect(
      breaking((person) => {
        const spouse = of(person.spouse)
        if (person.died !== null) return true
        if (spouse === undefined) return person.marital === 'single' || person.marital === 'divorced'
        return person.marital === (spouse.died === null ? 'married' : 'widowed')
      }),
    ).toEqual([])
  })

  it('reach over four generations', () => {
    const generation = new Map<string, number>()
    for (const { nationalId, mother } of population.people)
      generation.set(nationalId, mother === null ? 0 : (generation.get(mother) ?? 0) + 1)
    expect(Math.max(...generation.values())).toBeGreaterThanOrEqual(3)
  })
})

describe('lives', () => {
  it('end after they began, not before numbers were given, and not after the day of the register', () => {
    expect(breaking((p) => p.born <= REGISTER_DAY && p.born <= (p.died ?? p.born))).toEqual([])
    expect(breaking((p) => p.died === null || (p.died >= NUMBERS_BEGIN && p.died <= REGISTER_DAY))).toEqual(
      [],
    )
  })

  it('have moves in order, from where the one before led, none before birth or after death', () => {
    const last = new Map<string, { day: number; to: string; ordinal: number }>()
    const wrong = population.moves.filter((move) => {
      const person = of(move.nationalId)
      const before = last.get(move.nationalId)
      last.set(move.nationalId, move)
      if (person === undefined || move.from === move.to || move.ordinal !== (before?.ordinal ?? 0) + 1)
        return true
      if (before && (before.to !== move.from || before.day > move.day)) return true
      return move.day < person.born || (person.died !== null && move.day >= person.died)
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect([...last].filter(([id, move]) => of(id)?.houseId !== move.to).slice(0, 3)).toEqual([])
  })

  it('are at houses in real sub-districts with a postal code of theirs, without a moo in Bangkok', () => {
    const houses = new Map(population.houses.map((house) => [house.houseId, house]))
    expect(houses.size).toBe(population.houses.length)
    const wrong = population.houses.filter((house) => {
      const subdistrict = divisions.subdistrict(house.subdistrict)
      if (subdistrict === undefined || !subdistrict.postalCodes.includes(house.postalCode)) return true
      return (subdistrict.district.province.code === '10') !== (house.moo === null)
    })
    expect(wrong.slice(0, 3)).toEqual([])
    expect(breaking((person) => houses.has(person.houseId))).toEqual([])
  })

  it('have one living head in every house where someone lives', () => {
    const living = population.people.filter((person) => person.died === null)
    const heads = Map.groupBy(living, (person) => person.houseId)
    const wrong = [...heads].filter(
      ([, people]) => people.filter((p) => p.relationship === 'head').length !== 1,
    )
    expect(wrong).toEqual([])
  })
})

describe('names', () => {
  it('are romanised in one way: a Thai name has one English form', () => {
    const english = new Map<string, string>()
    const differs = (kind: string, name: { th: string; en: string } | null): boolean => {
      if (name === null) return false
      const known = english.get(kind + name.th)
      english.set(kind + name.th, name.en)
      return known !== undefined && known !== name.en
    }
    expect(breaking(({ given, family, sex }) => !differs(sex, given) && !differs('family', family))).toEqual(
      [],
    )
  })

  it('have a title that fits the age and the sex', () => {
    const fits = { master: 'male', mr: 'male', girl: 'female', miss: 'female', mrs: 'female' }
    expect(breaking((person) => fits[person.title] === person.sex)).toEqual([])
    expect(
      breaking(
        (p) =>
          (p.title === 'master' || p.title === 'girl') === yearsBetween(p.born, p.died ?? REGISTER_DAY) < 15,
      ),
    ).toEqual([])
  })
})
