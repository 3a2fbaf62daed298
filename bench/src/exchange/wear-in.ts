import { createPool } from '@sapan/kernel'
import { runningPostgres } from 'sapan/postgres'

/** As many segments of 16 MB as `min_wal_size` keeps (1 GB by default), roughly. */
const segments = 60

/**
 * Fills an embedded PostgreSQL's write-ahead log once, so that its segments lie there to be written over, as in any database
 * that has run for a while. In a new one each segment is made while somebody's commit waits for it.
 */
export async function wearIn(directory: string): Promise<void> {
  const running = await runningPostgres(directory)
  if (!running) throw new Error(`no PostgreSQL runs in ${directory}`)
  const pool = createPool(await running.ensureDatabase('postgres'), { max: 1 })
  try {
    await pool.query('create table worn_in (n int)')
    for (let n = 0; n < segments; n++) {
      // A segment in which nothing stands is not switched.
      await pool.query('insert into worn_in values ($1)', [n])
      await pool.query('select pg_switch_wal()')
    }
    await pool.query('drop table worn_in')
    await pool.query('checkpoint')
  } finally {
    await pool.end()
  }
}
