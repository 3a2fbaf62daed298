import type { PoolClient } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import type { CenterGround } from './ground.ts'
import { publish } from './publish.ts'
import { type AuditEntry, writeAudit } from './store/audit.ts'
import { lockState } from './store/directories.ts'

/** A change under way: its transaction, its time, and where to note what was done. */
export interface Change {
  readonly client: PoolClient
  /** Milliseconds since 1970. */
  readonly now: number
  /** Notes something done. Whatever is noted is also published, in the same transaction. */
  audit(entry: AuditEntry): Promise<void>
  /** Notes something that the directory does not show. */
  auditQuietly(entry: AuditEntry): Promise<void>
}

/**
 * The only way in which the center changes: one change after another, each with its audit entries and, where
 * members can see it, with the next version of the directory, all in one transaction.
 */
export function change<T>(ground: CenterGround, work: (change: Change) => Promise<T>): Promise<T> {
  return inTransaction(ground.pool, async (client) => {
    await lockState(client)
    const now = ground.clock()
    let visible = false
    const result = await work({
      client,
      now,
      audit: async (entry) => {
        visible = true
        await writeAudit(client, entry, now)
      },
      auditQuietly: (entry) => writeAudit(client, entry, now),
    })
    if (visible) await publish(ground, client, now)
    return result
  })
}
