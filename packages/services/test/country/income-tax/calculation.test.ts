import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ServiceDefinition } from '../../../src/definition/definition.ts'
import { calculate } from '../../../src/form/values.ts'
import { countryDefinitions } from '../definitions.ts'
import { answersOf } from './answers.ts'
import { expectedOf, givenOf, workedCases } from './cases.ts'
import { anyReturn } from './returns.ts'
import { secondCalculation, type TaxResult, type TaxReturn } from './second-calculation.ts'

const applicant = {
  account: 'a',
  kind: 'person',
  id: '3365341504617',
  scheme: 'national-id',
  name: { th: 'บุคคลสมมติ', en: 'Somebody' },
} as const

let definition: ServiceDefinition

beforeAll(async () => {
  const found = (await countryDefinitions()).find('income-tax-return')
  if (found === undefined) throw new Error('there is no income tax return')
  definition = found
})

const counts = new Set(['monthsLate'])

/** The service's own calculation, as the second one names its parts. */
function calculated(given: TaxReturn): TaxResult {
  const calc = calculate(definition, { applicant, answers: answersOf(given), facts: {} }, given.filedOn)
  const names = Object.keys(secondCalculation(given))
  const entries = names.map((name) => [name, exact(name, calc[name])])
  return Object.fromEntries(entries)
}

function exact(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => exact(name, one))
  return typeof value === 'number' && !counts.has(name) ? BigInt(value) : value
}

describe('the calculation of P.N.D. 91', () => {
  it.each(workedCases)('comes to the worked case $id: $about', (worked) => {
    expect(calculated(givenOf(worked))).toEqual(expectedOf(worked))
  })

  it('is that of the second calculation, satang by satang, for whatever is filled in', () => {
    fc.assert(
      fc.property(anyReturn, (given) => {
        expect(calculated(given)).toEqual(secondCalculation(given))
      }),
      { numRuns: 300 },
    )
  })

  it('is continuous: one satang more of income never costs more than one satang of tax', () => {
    fc.assert(
      fc.property(anyReturn, (given) => {
        const [first, ...others] = given.employers
        if (first === undefined) return
        const more = { ...given, employers: [{ ...first, wages: first.wages + 1n }, ...others] }
        const step = calculated(more).tax - calculated(given).tax
        expect(step).toBeGreaterThanOrEqual(0n)
        expect(step).toBeLessThanOrEqual(1n)
      }),
      { numRuns: 200 },
    )
  })
})
