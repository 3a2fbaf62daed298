import type { CalendarDate, OfficeCalendar, Text } from '@sapan/kernel'

/** What a day is: without work, with work, or as the country's calendar has it. */
export const dayKinds = ['holiday', 'workday', 'plain'] as const
export type DayKind = (typeof dayKinds)[number]

/** What the cabinet made of a day. */
export interface CalendarDay {
  readonly date: CalendarDate
  readonly kind: DayKind
  readonly name: Text
  /** The resolution: `มติคณะรัฐมนตรี 10 พฤศจิกายน 2569`. */
  readonly source: string
}

/** A version of a day, with who said so when. */
export interface CalendarVersion extends CalendarDay {
  readonly version: number
  readonly at: number
  /** The account of the officer. */
  readonly actor: string
}

/** The country's calendar with the cabinet's days over it: the last of each date. Pure. */
export function laidOver(base: OfficeCalendar, days: readonly CalendarDay[]): OfficeCalendar {
  const holidays = new Map(base.holidays)
  const workdays = new Set(base.workdays)
  for (const [date, { kind, name }] of new Map(days.map((day) => [day.date, day]))) {
    if (kind === 'plain') continue
    holidays.delete(date)
    workdays.delete(date)
    if (kind === 'holiday') holidays.set(date, name)
    else workdays.add(date)
  }
  return { ...base, holidays, workdays }
}
