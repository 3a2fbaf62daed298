import { describe, expect, it } from 'vitest'
import { hidden } from '../src/services/filing-load.ts'
import { faultOf } from '../src/services/register.ts'
import { windowsOf } from '../src/services/windows.ts'

describe('the last day', () => {
  it('is cut into stretches by when people came, not by when they were done', () => {
    const waited = [
      { due: 0, waited: 5 },
      { due: 900, waited: 90_000 },
      { due: 1000, waited: 7 },
      { due: 3999, waited: 1 },
    ]
    expect(windowsOf(waited, 1)).toEqual([
      { from: 0, count: 2, p50: 90_000, p99: 90_000, longest: 90_000 },
      { from: 1, count: 1, p50: 7, p99: 7, longest: 7 },
      { from: 3, count: 1, p50: 1, p99: 1, longest: 1 },
    ])
    expect(windowsOf([], 1)).toEqual([])
  })

  it('finds what a form carries along', () => {
    const page =
      '<input type="hidden" name="form-key" value="k-1"/><input name="revision" value="2" autocomplete="off"/>'
    expect(hidden(page, 'form-key')).toBe('k-1')
    expect(hidden(page, 'revision')).toBe('2')
    expect(hidden(page, 'seen')).toBe('')
  })
})

describe('a register', () => {
  const whole = { cases: 10, first: 1, last: 10, counted: 10, found: 4 }

  it('is right where no number is missing and everybody’s case is there', () => {
    expect(faultOf(whole, 4, 4)).toBeUndefined()
  })

  it('is wrong with a gap, a number given twice, a counter ahead, or a case that was told and is not there', () => {
    expect(faultOf({ ...whole, last: 11 }, 4, 4)).toContain('gapless')
    expect(faultOf({ ...whole, first: 2 }, 4, 4)).toContain('gapless')
    expect(faultOf({ ...whole, counted: 11 }, 4, 4)).toContain('gapless')
    expect(faultOf(whole, 11, 4)).toContain('missing')
    expect(faultOf(whole, 4, 5)).toContain('acknowledged')
  })
})
