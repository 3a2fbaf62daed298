import type { Pool, WorkingDays } from '@sapan/kernel'
import { readCalendarDays } from '../store/calendar.ts'

/** From the first millisecond of a day of the country to that of the next. */
export type DayRange = readonly [from: Date, to: Date]

/** The days from today on that the cabinet made holidays, and on which a time that was told may end. */
export async function newHolidays(pool: Pool, days: WorkingDays, at: number): Promise<readonly DayRange[]> {
  const today = days.dateOf(at)
  return (await readCalendarDays(pool))
    .filter(({ kind, date }) => kind === 'holiday' && date >= today && !days.isWorkingDay(date))
    .map(({ date }) => rangeOf(days, date))
}

function rangeOf(days: WorkingDays, date: string): DayRange {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // Zones lie within 14 hours of UTC, in quarters of an hour.
  let from = midnight - 14 * 3_600_000
  while (days.dateOf(from) < date) from += 900_000
  return [new Date(from), new Date(from + 86_400_000)]
}
