import { inTransaction, type WorkingDays } from '@sapan/kernel'
import { readCalendarDays } from '../store/calendar.ts'
import { lockEndingOn } from '../store/case/cases.ts'
import type { WholeCaseRow } from '../store/case/row.ts'
import { append, type CaseDeed } from './append.ts'
import type { CasesOptions } from './cases.ts'

/**
 * Moves what ends on a day that the cabinet made a holiday. What was moved once ends on a working day: again changes
 * nothing. Gives how many cases.
 */
export async function postpone(options: CasesOptions, limit: number): Promise<number> {
  const { pool, clock, days } = options
  const today = days.dateOf(clock())
  const holidays = (await readCalendarDays(pool)).filter(
    ({ kind, date }) => kind === 'holiday' && date >= today && !days.isWorkingDay(date),
  )
  let moved = 0
  for (const { date } of holidays) {
    moved += await inTransaction(pool, async (client) => {
      const rows = await lockEndingOn(client, rangeOf(days, date), limit - moved)
      for (const row of rows)
        await append(options, client, row, { action: 'postpone', by: 'system', times: timesOf(days, row) })
      return rows.length
    })
    if (moved >= limit) break
  }
  return moved
}

/** The first millisecond of a day of the country, and of the next. */
function rangeOf(days: WorkingDays, date: string): readonly [from: Date, to: Date] {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  // Zones lie within 14 hours of UTC, in quarters of an hour.
  let from = midnight - 14 * 3_600_000
  while (days.dateOf(from) < date) from += 900_000
  return [new Date(from), new Date(from + 86_400_000)]
}

function timesOf(
  days: WorkingDays,
  { due_at, lapse_at, appeal_until, overdue_at }: WholeCaseRow,
): NonNullable<CaseDeed['times']> {
  const later = (at: Date | null) => {
    const moved = at === null ? undefined : days.moved(at.getTime())
    return moved === at?.getTime() ? undefined : moved
  }
  const [due, lapse, appeal] = [
    overdue_at === null ? later(due_at) : undefined,
    later(lapse_at),
    later(appeal_until),
  ]
  return {
    ...(due === undefined ? {} : { dueAt: due }),
    ...(lapse === undefined ? {} : { lapseAt: lapse }),
    ...(appeal === undefined ? {} : { appealUntil: appeal }),
  }
}
