import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { birthday, dayOf, reachesAge } from '../../src/mandates/ages.ts'

const thai = { timeZone: 'Asia/Bangkok', leapDayBirthday: '03-01' }
const days = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2099-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('an age', () => {
  it('is reached as the birthday begins in Bangkok, not a moment before', () => {
    const at = reachesAge('2006-11-22', 20, thai)
    expect(new Date(at).toISOString()).toBe('2026-11-21T17:00:00.000Z')
  })

  it.each([
    ['2008-02-29', 20, '2028-02-29'],
    ['2008-02-29', 15, '2023-03-01'],
    ['2080-02-29', 20, '2100-03-01'],
  ])('of someone born on %s is %i from %s on', (born, years, day) => {
    expect(birthday(born, years, thai)).toBe(day)
  })

  it('takes the other day where the country says so', () => {
    expect(birthday('2008-02-29', 15, { leapDayBirthday: '02-28' })).toBe('2023-02-28')
  })

  it('begins on its day in the country, and the moment before lies on the day before', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (born, years) => {
        const at = reachesAge(born, years, thai)
        const day = birthday(born, years, thai)
        expect(dayOf(at, thai.timeZone)).toBe(day)
        expect(dayOf(at - 1, thai.timeZone) < day).toBe(true)
        expect(Number(day.slice(0, 4)) - Number(born.slice(0, 4))).toBe(years)
        if (!born.endsWith('-02-29')) expect(day.slice(4)).toBe(born.slice(4))
      }),
    )
  })

  it.each(['2007-02-29', '2007-13-01', '2007-00-10', 'x', ''])('has no birthday %s', (day) => {
    expect(() => birthday(day, 20, thai)).toThrow(RangeError)
  })
})
