import type { Pool, PoolClient } from '@sapan/kernel'

/** Runs the work in one transaction; commits what it did when it returns, nothing when it throws. */
export async function transaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let failed = true
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    failed = false
    return result
  } catch (error) {
    await client.query('rollback').then(
      () => {
        failed = false
      },
      () => {},
    )
    throw error
  } finally {
    // A connection whose rollback failed is in an unknown state.
    client.release(failed)
  }
}
