import { inTransaction } from '@sapan/kernel'
import type { CaseworkOptions } from './casework.ts'
import { summaryOf } from './store/row.ts'
import { appendEvent, lockOverdue } from './store/tasks.ts'
import { tellHolders } from './tell-holders.ts'

/** Several processes may do this at once: each marks other tasks. */
export async function markOverdue(
  { pool, clock, sealer, officers, tell }: CaseworkOptions,
  limit: number,
): Promise<number> {
  const at = clock()
  return await inTransaction(pool, async (client) => {
    const rows = await lockOverdue(client, at, limit)
    for (const row of rows) {
      const { version } = await appendEvent(client, sealer, row, { action: 'overdue', at })
      const late = { ...row, overdue_at: new Date(at), version }
      if (row.assignee === null) await tellHolders({ officers, tell }, client, { what: 'overdue', row: late })
      else await tell(client, { what: 'overdue', to: row.assignee, task: summaryOf(late) })
    }
    return rows.length
  })
}
