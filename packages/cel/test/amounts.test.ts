import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiler } from '../src/compile.ts'

const compile = compiler({})

const roots = ['answers', 'tables']
const known = (value: number) => ({ known: true, value })
const run = (source: string, answers: Record<string, number>, tables = {}) =>
  compile(source, { roots }).evaluate({ answers, tables })

/** Of the tables of income tax, up to the last limit. */
const rates = [
  { upTo: 15_000_000, rate: 0 },
  { upTo: 30_000_000, rate: 500 },
  { upTo: 50_000_000, rate: 1000 },
  { rate: 3500 },
]
const amount = fc.integer({ min: 0, max: 100_000_000_000 })

describe('amounts', () => {
  it.each([
    [15_000_000, 0],
    [15_000_019, 0],
    [15_000_020, 1],
    [30_000_000, 750_000],
    [50_000_000, 2_750_000],
    [50_000_001, 2_750_000],
    [100_000_000, 20_250_000],
  ])('a table takes of %i satang at each rate its part: %i', (income, tax) => {
    expect(run('brackets(answers.a, tables.rates)', { a: income }, { rates })).toEqual(known(tax))
  })

  it('a table never takes less of more, and never more than its highest rate of what is added', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 1_000_000 }), (a, b) => {
        const [less, more] = [a, a + b].map((income) =>
          run('brackets(answers.a, tables.rates)', { a: income }, { rates }),
        )
        if (!less?.known || !more?.known) throw new Error('not known')
        const added = Number(more.value) - Number(less.value)
        expect(added).toBeGreaterThanOrEqual(0)
        expect(added).toBeLessThanOrEqual(Math.ceil((b * 35) / 100))
      }),
    )
  })

  it('a share is exact, rounded down to the satang', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 10_000 }), (a, rate) => {
        const exact = (BigInt(a) * BigInt(rate)) / 10_000n
        expect(run('percent(answers.a, answers.b)', { a, b: rate })).toEqual(known(Number(exact)))
      }),
    )
  })

  it('sums are exact, and not known beyond what is exact', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        const sum = BigInt(a) + BigInt(b)
        const isExact = Number.isSafeInteger(Number(sum)) && BigInt(Number(sum)) === sum
        expect(run('answers.a + answers.b', { a, b })).toEqual(
          isExact ? known(Number(sum)) : { known: false, missing: [] },
        )
      }),
    )
    expect(run('sum([])', {})).toEqual(known(0))
    expect(run('max([])', {}).known).toBe(false)
  })

  it('a share of less than nothing, and a table that does not go up, are not known', () => {
    expect(run('percent(answers.a, 500)', { a: -1 }).known).toBe(false)
    expect(run('brackets(answers.a, tables.rates)', { a: -1 }, { rates }).known).toBe(false)
    const down = [{ upTo: 200, rate: 1 }, { upTo: 100, rate: 2 }, { rate: 3 }]
    expect(run('brackets(answers.a, tables.rates)', { a: 300 }, { rates: down }).known).toBe(false)
    expect(
      run('brackets(answers.a, tables.rates)', { a: 300 }, { rates: [{ upTo: 100, rate: 1 }] }).known,
    ).toBe(false)
  })
})
