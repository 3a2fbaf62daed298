import { isNationalId } from '@sapan/kernel'
import { loadDivisions } from '@sapan/thailand'
import { beforeAll, describe, expect, it } from 'vitest'
import { companies, type SyntheticCompany } from '../src/companies/companies.ts'
import { FORMS } from '../src/companies/juristic-number.ts'
import { signingText } from '../src/companies/signing.ts'
import { EXAMPLE_COMPANY, isSyntheticJuristicId } from '../src/index.ts'
import { yearOf, yearsBetween } from '../src/population/days.ts'
import { population } from '../src/population/population.ts'
import { REGISTER_DAY } from '../src/population/settings.ts'
import { createEmployees } from '../src/registers/com/employees.ts'
import { createOfficers } from '../src/registers/ocsc/officers.ts'
import { findExamples } from '../src/wellknown/find-examples.ts'
import { wellKnownPeople } from '../src/wellknown/sandbox-person.ts'

const divisions = await loadDivisions()
let all: readonly SyntheticCompany[]

beforeAll(async () => {
  all = await companies()
}, 60_000)

const breaking = (rule: (company: SyntheticCompany) => boolean) => all.filter((one) => !rule(one)).slice(0, 3)

describe('the synthetic companies', () => {
  it('are 20,000, each with a synthetic number of its own that checks, and a name of its own', () => {
    expect(all).toHaveLength(20_000)
    expect(new Set(all.map((company) => company.juristicId)).size).toBe(20_000)
    expect(new Set(all.map((company) => company.name.th)).size).toBe(20_000)
    expect(
      breaking(({ juristicId }) => isNationalId(juristicId) && isSyntheticJuristicId(juristicId)),
    ).toEqual([])
  })

  it('have the province, the form and the year of registration in the number', () => {
    expect(
      breaking(({ juristicId, subdistrict, form, registered }) => {
        const place = juristicId.slice(1, 3) === subdistrict.slice(0, 2)
        const year = juristicId.slice(4, 7) === String(yearOf(registered) + 543).slice(1)
        return place && Number(juristicId[3]) === FORMS[form] && year
      }),
    ).toEqual([])
  })

  it('say in their names that they are supposed', () => {
    expect(breaking(({ name }) => name.th.includes('สมมติ') && name.en.startsWith('Sommot '))).toEqual([])
  })

  it('are at real sub-districts', () => {
    expect(
      breaking(
        (one) => divisions.subdistrict(one.subdistrict)?.postalCodes.includes(one.postalCode) === true,
      ),
    ).toEqual([])
  })

  it('are directed by living grown-up people of the register, appointed when they were twenty at least', async () => {
    const known = new Set((await population()).people)
    const fit = breaking(({ directors, registered }) =>
      directors.every(
        ({ person, appointed }) =>
          known.has(person) &&
          person.died === null &&
          appointed >= registered &&
          appointed <= REGISTER_DAY &&
          yearsBetween(person.born, appointed) >= 20,
      ),
    )
    expect(fit).toEqual([])
    expect(
      breaking(({ directors }) => directors.length > 0 && new Set(directors).size === directors.length),
    ).toEqual([])
  })

  it('are bound only by directors that they have', () => {
    expect(
      breaking(({ directors, signing }) => {
        const ids = directors.map(({ person }) => person.nationalId)
        switch (signing.kind) {
          case 'any':
            return signing.count >= 1 && signing.count <= ids.length
          case 'together':
            return signing.directors.every((id) => ids.includes(id))
          case 'with-one-of':
            return (
              [signing.director, ...signing.others].every((id) => ids.includes(id)) &&
              signing.others.length > 1
            )
        }
      }),
    ).toEqual([])
    expect(new Set(all.map(({ signing }) => `${signing.kind} ${signing.seal}`)).size).toBe(6)
  })
})

describe('a signing condition in words', () => {
  const nameOf = (id: string) => ({ th: `นาย${id}`, en: `Mr ${id}` })

  it('tells any one, any two jointly, and one together with one of others, with the seal', () => {
    expect(signingText({ kind: 'any', count: 1, seal: false }, nameOf, false)).toEqual({
      th: 'กรรมการหนึ่งคนลงลายมือชื่อ',
      en: 'One director signs.',
    })
    expect(signingText({ kind: 'any', count: 2, seal: true }, nameOf, false)).toEqual({
      th: 'กรรมการสองคนลงลายมือชื่อร่วมกัน และประทับตราสำคัญของบริษัท',
      en: 'Two directors sign jointly, with the company’s seal.',
    })
    expect(
      signingText({ kind: 'with-one-of', director: 'A', others: ['B', 'C'], seal: false }, nameOf, false).en,
    ).toBe('Mr A signs together with Mr B or Mr C, two in all.')
    expect(signingText({ kind: 'together', directors: ['A'], seal: true }, nameOf, true).th).toBe(
      'นายA ลงลายมือชื่อ และประทับตราสำคัญของห้าง',
    )
  })
})

describe('the well-known people and the example company', () => {
  it('are those whom their rules find', async () => {
    const people = await population()
    const found = findExamples(people)
    const officer = createOfficers(people).find(
      ({ nationalId }) => nationalId === wellKnownPeople.officer.nationalId,
    )
    const employee = createEmployees(people, '10').find(
      ({ nationalId }) => nationalId === wellKnownPeople.employee.nationalId,
    )
    expect(officer).toBeDefined()
    expect(employee?.ended).toBeNull()
    const byId = new Map(people.people.map((person) => [person.nationalId, person]))
    for (const [kind, { nationalId, name }] of Object.entries(wellKnownPeople)) {
      const person = kind in found ? found[kind as keyof typeof found] : byId.get(nationalId)
      expect(person?.nationalId).toBe(nationalId)
      expect(name.th).toBe([person?.given.th, person?.family?.th].filter(Boolean).join(' '))
      expect(name.en).toBe([person?.given.en, person?.family?.en].filter(Boolean).join(' '))
    }
  })

  it('belong together: the taxpayer directs the company with the spouse and the partner', () => {
    const company = all.find(({ juristicId }) => juristicId === EXAMPLE_COMPANY)
    const { taxpayer, spouse, partner } = wellKnownPeople
    expect(company?.directors.map(({ person }) => person.nationalId)).toEqual([
      taxpayer.nationalId,
      spouse.nationalId,
      partner.nationalId,
    ])
  })
})
