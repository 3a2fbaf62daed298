import { WorkingDays } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { loadCountry, readCalendar } from '../src/index.ts'

const calendar = readCalendar()
const days = new WorkingDays(calendar)

describe('the calendar of state offices', () => {
  it('is part of the country pack', () => {
    expect(loadCountry().calendar.knownUntil).toBe('2028-12-31')
  })

  it('has what stays the same in each of its four years', () => {
    for (const year of [2025, 2026, 2027, 2028]) {
      for (const day of ['01-01', '04-06', '04-13', '05-04', '07-28', '10-23', '12-05', '12-31']) {
        expect(days.isWorkingDay(`${year}-${day}`), `${year}-${day}`).toBe(false)
      }
      expect(calendar.list.filter(({ date }) => date.startsWith(`${year}`)).length).toBeGreaterThanOrEqual(18)
    }
  })

  it('has Labour Day among working days: it is none of state offices’', () => {
    expect(days.isWorkingDay('2026-05-01')).toBe(true)
  })

  it('has Buddhist days at the full moon in Bangkok, and Lent on the day after Asalha', () => {
    // Mean synodic months from a full moon: good to three quarters of a day.
    const full = Date.parse('2025-01-13T22:27:00Z')
    const month = 29.530588 * 86_400_000
    const named = (name: string) => calendar.list.filter((one) => one.name.en === name)
    for (const { date } of ['Makha Bucha Day', 'Visakha Bucha Day', 'Asalha Bucha Day'].flatMap(named)) {
      const noon = Date.parse(`${date}T12:00:00+07:00`)
      const distance = Math.abs(((noon - full + month / 2) % month) - month / 2)
      expect(distance / 86_400_000, date).toBeLessThan(1.5)
    }
    const asalha = named('Asalha Bucha Day').map(({ date }) => Date.parse(date) + 86_400_000)
    expect(named('First day of Buddhist Lent').map(({ date }) => Date.parse(date))).toEqual(asalha)
  })

  it('has one substitution day for each run of holidays that touches a weekend, the next working day', () => {
    const yearly = calendar.list.filter(({ kind }) => kind === 'yearly').map(({ date }) => date)
    const given = calendar.list.filter(({ kind }) => kind === 'substitution').map(({ date }) => date)
    expect(given).toEqual(substitutions(new Set(yearly)))
  })

  it('says of no year that it was held against the government’s list, as long as it was not', () => {
    expect(calendar.list.some(({ checked }) => checked)).toBe(false)
  })
})

describe('the cabinet’s overlay', () => {
  const overlay = (lines: string) => ({ file: 'mine.yaml', text: lines })
  const line = (date: string, closed: boolean) =>
    `- { date: ${date}, closed: ${closed}, name: { th: พิเศษ, en: Special }, source: มติ, checked: true }\n`

  it('adds special holidays and takes holidays away; the last line holds', () => {
    const text = line('2026-11-27', true) + line('2026-12-07', false) + line('2026-12-11', true)
    const with_ = new WorkingDays(readCalendar(overlay(text)))
    expect(['2026-11-27', '2026-12-07', '2026-12-11'].map((date) => with_.isWorkingDay(date))).toEqual([
      false,
      true,
      false,
    ])
    const twice = new WorkingDays(readCalendar(overlay(line('2026-11-28', false) + line('2026-11-28', true))))
    expect(twice.isWorkingDay('2026-11-28')).toBe(false)
  })

  it.each([
    ['a day that is none', line('2027-02-29', true)],
    ['a word that is none', '- { date: 2026-11-27, open: true }'],
    ['no list', 'closed: true'],
  ])('is refused with %s, by file and place', (_, text) => {
    expect(() => readCalendar(overlay(text))).toThrow(/mine\.yaml/)
  })
})

/** By the rule: after a run of holidays of which one lies at a weekend, the next day on which offices would work. */
function substitutions(yearly: ReadonlySet<string>): string[] {
  const found = new Set<string>()
  for (const date of [...yearly].sort()) {
    if (![0, 6].includes(new Date(date).getUTCDay())) continue
    let at = Date.parse(date)
    while (isFree(at, yearly)) at += 86_400_000
    found.add(new Date(at).toISOString().slice(0, 10))
  }
  return [...found].filter((date) => date < '2029').sort()
}

function isFree(at: number, yearly: ReadonlySet<string>): boolean {
  const day = new Date(at)
  return [0, 6].includes(day.getUTCDay()) || yearly.has(day.toISOString().slice(0, 10))
}
