import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OfficeCalendar, WorkingDays } from '../../src/index.ts'

const name = { th: 'วันหยุด', en: 'Holiday' }
const bangkok: OfficeCalendar = {
  offset: '+07:00',
  opens: '08:30',
  closes: '16:30',
  weekend: [0, 6],
  holidays: new Map(['2026-04-13', '2026-04-14', '2026-04-15', '2026-12-31'].map((date) => [date, name])),
  workdays: new Set(['2026-04-18']),
  knownUntil: '2026-12-31',
}
const days = new WorkingDays(bangkok)
const at = (text: string) => Date.parse(`${text}+07:00`)
const said = (time: number) => new Date(time + 7 * 3_600_000).toISOString().slice(0, 16)

const anyTime = fc.integer({ min: at('2025-01-01T00:00'), max: at('2028-12-01T00:00') })

describe('working days', () => {
  it('are days of Bangkok, where a day begins seven hours before it does in UTC', () => {
    expect(days.dateOf(Date.parse('2026-04-12T16:59:59Z'))).toBe('2026-04-12')
    expect(days.dateOf(Date.parse('2026-04-12T17:00:00Z'))).toBe('2026-04-13')
  })

  it.each([
    ['2026-04-10T07:00', '2026-04-10T08:30'],
    ['2026-04-10T08:30', '2026-04-10T08:30'],
    ['2026-04-10T16:30', '2026-04-10T16:30'],
    ['2026-04-10T16:31', '2026-04-16T08:30'],
    ['2026-04-11T12:00', '2026-04-16T08:30'],
    ['2026-04-17T23:00', '2026-04-18T08:30'],
  ])('what comes in at %s counts as received at %s', (comes, counts) => {
    expect(said(days.received(at(comes)))).toBe(counts)
  })

  it('of a deadline begin on the day after the day of receipt, and end with office hours', () => {
    expect(said(days.due(at('2026-04-10T10:00'), 1))).toBe('2026-04-16T16:30')
    expect(said(days.due(at('2026-04-10T17:00'), 1))).toBe('2026-04-17T16:30')
  })

  it('of the calendar end with their last millisecond, on a holiday too', () => {
    expect(days.endOf('2026-04-13')).toBe(at('2026-04-14T00:00') - 1)
    expect(days.dateOf(days.endOf('2026-04-13'))).toBe('2026-04-13')
  })

  it('include a weekend day on which the government orders work', () => {
    expect(said(days.due(at('2026-04-17T10:00'), 1))).toBe('2026-04-18T16:30')
  })

  it('are known up to the last day of the calendar', () => {
    expect(days.covers(at('2026-12-31T23:59'))).toBe(true)
    expect(days.covers(at('2027-01-01T00:00'))).toBe(false)
  })

  it('receive nothing before it comes in, and always in office hours of a working day', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const received = days.received(time)
        const clock = said(received).slice(11)
        expect(received).toBeGreaterThanOrEqual(time)
        expect(days.isWorkingDay(days.dateOf(received))).toBe(true)
        expect(clock >= '08:30' && clock <= '16:30').toBe(true)
        expect(days.received(received)).toBe(received)
      }),
    )
  })

  it('between receipt and deadline are as many as were given', () => {
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 1, max: 60 }), (time, count) => {
        const due = days.due(time, count)
        expect(days.isWorkingDay(days.dateOf(due))).toBe(true)
        expect(days.between(days.received(time), due)).toBe(count)
        expect(days.between(due, days.received(time))).toBe(-count)
      }),
    )
  })

  it('never bring a later thing an earlier deadline, nor more days an earlier one', () => {
    fc.assert(
      fc.property(anyTime, fc.nat(86_400_000 * 9), fc.integer({ min: 1, max: 40 }), (time, later, count) => {
        expect(days.due(time + later, count)).toBeGreaterThanOrEqual(days.due(time, count))
        expect(days.due(time, count + 1)).toBeGreaterThan(days.due(time, count))
      }),
    )
  })

  it('refuse a calendar that cannot be, and a time of no days', () => {
    expect(() => new WorkingDays({ ...bangkok, opens: '25:00' })).toThrow(RangeError)
    expect(() => new WorkingDays({ ...bangkok, opens: '16:30' })).toThrow(RangeError)
    expect(() => new WorkingDays({ ...bangkok, offset: '7' })).toThrow(RangeError)
    expect(() => new WorkingDays({ ...bangkok, weekend: [0, 1, 2, 3, 4, 5, 6] })).toThrow(RangeError)
    for (const count of [0, -1, 1.5, Number.NaN]) expect(() => days.due(0, count)).toThrow(RangeError)
  })
})
