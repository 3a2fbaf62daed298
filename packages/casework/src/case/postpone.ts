import { inTransaction, type WorkingDays } from '@sapan/kernel'
import { newHolidays } from '../calendar/new-holidays.ts'
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
  let moved = 0
  for (const range of await newHolidays(pool, days, clock())) {
    moved += await inTransaction(pool, async (client) => {
      const rows = await lockEndingOn(client, range, limit - moved)
      for (const row of rows)
        await append(options, client, row, { action: 'postpone', by: 'system', times: timesOf(days, row) })
      return rows.length
    })
    if (moved >= limit) break
  }
  return moved
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
