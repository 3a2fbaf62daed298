import { describe, expect, it } from 'vitest'
import { compiler } from '../src/compile.ts'

const compile = compiler({})

const run = (source: string) => {
  const outcome = compile(source, { roots: [] }).evaluate({})
  return outcome.known ? outcome.value : undefined
}

describe('days', () => {
  it.each([
    ['age("2000-02-29", "2018-02-28")', 17],
    ['age("2000-02-29", "2018-03-01")', 18],
    ['age("2006-11-22", "2026-11-22")', 20],
    ['age("2006-11-23", "2026-11-22")', 19],
    ['daysBetween("2026-02-28", "2026-03-01")', 1],
    ['daysBetween("2028-02-28", "2028-03-01")', 2],
    ['daysBetween("2026-03-01", "2026-02-28")', -1],
    ['addDays("2026-12-31", 1)', '2027-01-01'],
    ['addMonths("2026-01-31", 1)', '2026-02-28'],
    ['addMonths("2026-03-31", -1)', '2026-02-28'],
    ['addMonths("2026-03-31", -13)', '2025-02-28'],
    ['monthsBegun("2026-03-31", "2026-03-31")', 0],
    ['monthsBegun("2026-03-31", "2026-04-01")', 1],
    ['monthsBegun("2026-03-31", "2026-04-30")', 1],
    ['monthsBegun("2026-03-31", "2026-05-01")', 2],
    ['yearOf("2026-02")', 2026],
    ['monthOf("2026-02-28")', 2],
    ['buddhistYear("2026-11-22")', 2569],
  ])('%s is %s', (source, value) => {
    expect(run(source)).toBe(value)
  })

  it.each([
    'age("2026-02-29", "2026-03-01")',
    'age("2569-02-28", "2026-02-28")',
    'addDays("26-1-1", 1)',
    'addDays("9999-12-31", 1)',
    'yearOf("")',
  ])('%s is not known: that is no day, or none that can be', (source) => {
    expect(run(source)).toBeUndefined()
  })
})
