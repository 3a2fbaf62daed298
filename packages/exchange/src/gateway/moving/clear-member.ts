import { inTransaction, type Pool } from '@sapan/kernel'
import { movedTables } from './tables.ts'

/** Removes what a gateway needs to act for a member that it hosts no more. Evidence stays. */
export async function clearMember(pool: Pool, member: string): Promise<void> {
  await inTransaction(pool, async (client) => {
    for (const { name, whose } of movedTables) {
      if (!name.startsWith('evidence.')) await client.query(`delete from ${name} where ${whose}`, [member])
    }
  })
}
