import { inTransaction } from '@sapan/kernel'
import { newHolidays } from './calendar/new-holidays.ts'
import type { CaseworkOptions } from './casework.ts'
import { appendEvent, lockTasksEnding } from './store/tasks.ts'

/** Moves what ends on a day that the cabinet made a holiday; again changes nothing. Gives how many tasks. */
export async function postponeTasks(
  { pool, clock, days, sealer }: CaseworkOptions,
  limit: number,
): Promise<number> {
  const at = clock()
  let moved = 0
  for (const range of await newHolidays(pool, days, at)) {
    moved += await inTransaction(pool, async (client) => {
      const rows = await lockTasksEnding(client, range, limit - moved)
      for (const row of rows) {
        const dueAt = days.moved(row.due_at.getTime())
        await appendEvent(client, sealer, row, { action: 'postpone', at, dueAt })
      }
      return rows.length
    })
    if (moved >= limit) break
  }
  return moved
}
