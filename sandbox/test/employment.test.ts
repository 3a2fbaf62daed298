import { beforeAll, describe, expect, it } from 'vitest'
import { companies } from '../src/companies/companies.ts'
import { employments, type SyntheticEmployment } from '../src/employment/employment.ts'
import { contributionYear, employmentYear, TAX_YEARS } from '../src/employment/years.ts'
import { EXAMPLE_COMPANY, sandboxPerson } from '../src/index.ts'
import { yearsBetween } from '../src/population/days.ts'
import { population } from '../src/population/population.ts'
import { REGISTER_DAY } from '../src/population/settings.ts'
import { createEmployees } from '../src/registers/com/employees.ts'

let all: readonly SyntheticEmployment[]
beforeAll(async () => {
  all = await employments()
}, 60_000)

const of = (person: string) => all.filter(({ nationalId }) => nationalId === person)

describe('the employments of the sandbox', () => {
  it('are of living people of age, with companies that were there and are in business', async () => {
    const people = new Map((await population()).people.map((person) => [person.nationalId, person]))
    const known = new Map((await companies()).map((company) => [company.juristicId, company]))
    for (const { nationalId, employerId, started, ended } of all) {
      const [person, employer] = [people.get(nationalId), known.get(employerId)]
      expect(person?.died).toBeNull()
      expect(yearsBetween(person?.born ?? started, started)).toBeGreaterThanOrEqual(18)
      expect(employer?.status).toBe('registered')
      expect(started).toBeGreaterThanOrEqual(employer?.registered ?? started + 1)
      expect(ended ?? started).toBeGreaterThanOrEqual(started)
      expect(started).toBeLessThanOrEqual(REGISTER_DAY)
    }
    expect(all.length).toBeGreaterThan(10_000)
  })

  it('have the example company’s own people with it, as its system has them', async () => {
    const own = createEmployees(await population(), EXAMPLE_COMPANY.slice(1, 3))
    expect(all.filter(({ employerId }) => employerId === EXAMPLE_COMPANY).length).toBe(own.length)
  })

  it('never pay more into social security than the law lets, nor withhold more than was earned', () => {
    for (const one of all)
      for (const taxYear of TAX_YEARS) {
        const year = employmentYear(one, taxYear)
        if (year === undefined) continue
        const { months, income, socialSecurity, taxWithheld, providentFund } = year
        expect(months >= 1 && months <= 12).toBe(true)
        expect(socialSecurity).toBeLessThanOrEqual((taxYear >= 2569 ? 87_500 : 75_000) * months)
        expect(taxWithheld + providentFund + socialSecurity).toBeLessThan(income)
        for (const amount of [income, socialSecurity, taxWithheld, providentFund])
          expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true)
        expect(contributionYear(one, taxYear)?.amount ?? 0).toBeLessThanOrEqual(socialSecurity)
      }
  })

  it('are interesting for the well-known people: one employer, two employers, none', () => {
    expect(of(sandboxPerson('taxpayer').nationalId)).toHaveLength(1)
    expect(of(sandboxPerson('spouse').nationalId)).toHaveLength(0)
    const years = of(sandboxPerson('partner').nationalId).map((one) => employmentYear(one, 2568))
    expect(years.map((year) => year?.income)).toEqual([67_560_000, 48_840_000])
  })

  it('withhold as the Revenue Department’s tables say: worked by hand', () => {
    // 82,500 a month in 2568: 990,000 − 100,000 − 60,000 − 9,000 − 49,500 = 771,500.
    // 7,500 + 20,000 + 37,500 + 21,500 × 20 % = 69,300.
    const [one] = of(sandboxPerson('taxpayer').nationalId)
    expect(one && employmentYear(one, 2568)).toMatchObject({
      months: 12,
      income: 99_000_000,
      socialSecurity: 900_000,
      providentFund: 4_950_000,
      taxWithheld: 6_930_000,
    })
  })
})
