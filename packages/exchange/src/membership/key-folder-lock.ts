import { inTransaction, type Pool } from '@sapan/kernel'

/** Runs the work while no other process that uses the same key folder runs any. */
export type KeyFolderLock = <T>(work: () => Promise<T>) => Promise<T>

/**
 * The lock of one gateway's processes, in the database that they have in common: it ends with the process that holds it,
 * which a file would outlive. Rejects where the database is down.
 */
export function keyFolderLock(pool: Pool, gateway: string): KeyFolderLock {
  return (work) =>
    inTransaction(pool, async (client) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`sapan keys ${gateway}`])
      return await work()
    })
}
