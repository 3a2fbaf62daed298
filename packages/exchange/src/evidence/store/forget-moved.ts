import { inTransaction, type Pool } from '@sapan/kernel'

/** What is one member's alone; circumstances and documents are shared. */
const tables = [
  'record',
  'statement',
  'batch',
  'tile',
  'checkpoint',
  'cosignature',
  'stamp',
  'usage',
  'daily_count',
  'foreign_epoch',
  'log',
]

/** Removes the evidence of a member that has moved away with its log. False where it has not. */
export async function forgetMoved(pool: Pool, member: string): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      'select from evidence.log where member = $1 and moved_at is not null for update',
      [member],
    )
    if (rowCount !== 1) return false
    for (const table of tables)
      await client.query(`delete from evidence.${table} where member = $1`, [member])
    return true
  })
}
