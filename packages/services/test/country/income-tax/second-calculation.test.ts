import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedOf, givenOf, workedCases } from './cases.ts'
import { anyReturn } from './returns.ts'
import { secondCalculation } from './second-calculation.ts'

describe('the second calculation of income tax', () => {
  it('has at least 200 worked cases, each with its steps and a name of its own', () => {
    expect(workedCases.length).toBeGreaterThanOrEqual(200)
    expect(new Set(workedCases.map((one) => one.id)).size).toBe(workedCases.length)
    for (const one of workedCases) expect(one.steps.length, one.id).toBeGreaterThan(5)
  })

  it.each(workedCases)('agrees with the worked case $id', (worked) => {
    expect(secondCalculation(givenOf(worked))).toEqual(expectedOf(worked))
  })

  it('takes more tax, never less, of more income, and at most 35 of the next 100 satang', () => {
    fc.assert(
      fc.property(anyReturn, fc.bigInt(1n, 100_000_00n), (given, more) => {
        const [first, ...others] = given.employers
        if (first === undefined) return
        const richer = { ...given, employers: [{ ...first, wages: first.wages + more }, ...others] }
        const [before, after] = [secondCalculation(given), secondCalculation(richer)]
        expect(after.tax).toBeGreaterThanOrEqual(before.tax)
        expect((after.tax - before.tax) * 100n).toBeLessThanOrEqual(more * 35n + 100n)
      }),
    )
  })

  it('never takes more than the income, and pays back at most what was withheld', () => {
    fc.assert(
      fc.property(anyReturn, (given) => {
        const result = secondCalculation(given)
        expect(result.tax).toBeLessThanOrEqual(result.income)
        expect(result.refund).toBeLessThanOrEqual(result.withheld)
        expect(result.tax - result.withheld).toBe(result.taxDue - result.refund)
        expect(result.instalments.reduce((sum, one) => sum + one, 0n)).toBe(result.taxDue)
      }),
    )
  })

  it('comes to the same tax when what is exempt is taken off before the expenses, as on the paper form', () => {
    fc.assert(
      fc.property(anyReturn, (given) => {
        const result = secondCalculation(given)
        fc.pre(result.exemption > 0n && result.doubleDonations === 0n && result.donations === 0n)
        const exempt = result.income < 190_000_00n ? result.income : 190_000_00n
        const half = (result.income - exempt) / 2n
        const rest = result.income - exempt - (half < 100_000_00n ? half : 100_000_00n) - result.allowances
        const onPaper = rest > 150_000_00n ? rest : 0n
        expect(onPaper).toBe(result.netIncome > 150_000_00n ? result.netIncome : 0n)
      }),
    )
  })
})
