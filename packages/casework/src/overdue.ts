import { inTransaction } from '@sapan/kernel'
import type { CaseworkOptions } from './casework.ts'
import { summaryOf } from './store/row.ts'
import { appendEvent, lockOverdue } from './store/tasks.ts'

/** Several processes may do this at once: each marks other tasks. */
export async function markOverdue(
  { pool, clock, sealer, tell }: CaseworkOptions,
  limit: number,
): Promise<number> {
  const at = clock()
  return await inTransaction(pool, async (client) => {
    const rows = await lockOverdue(client, at, limit)
    for (const row of rows) {
      const { version } = await appendEvent(client, sealer, row, { action: 'overdue', at })
      if (row.assignee === null) continue
      const task = { ...summaryOf(row), overdueAt: at, version }
      await tell(client, { what: 'overdue', to: row.assignee, task })
    }
    return rows.length
  })
}
