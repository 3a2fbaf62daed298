import pg from 'pg'
import { WatchedClient } from './driver-errors.ts'

export type { Pool, PoolClient } from 'pg'

/** Milliseconds. Far above what a transaction of ours ever waits for anything but the database. */
const longestPause = 300_000

/**
 * A pool of connections to one PostgreSQL database. `url` is `postgres://user:password@host:port/database`.
 * Opens nothing until it is used; waits at most 5 s for a connection. The loss of a connection is met by the
 * query that runs on it (see `isDatabaseDown`) and never ends the process. A transaction in which nothing happens for
 * five minutes is given up by the database: the locks of a process that hangs must not stop all others.
 */
export function createPool(url: string, options: Omit<pg.PoolConfig, 'connectionString'> = {}): pg.Pool {
  const pool = new pg.Pool({
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    idle_in_transaction_session_timeout: longestPause,
    application_name: 'sapan',
    ...options,
    Client: WatchedClient,
    connectionString: url,
  })
  // Without listeners, a connection that dies would end the process: while idle through the pool, while
  // taken out through the client. Whoever uses it next meets the error.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

function ignore(): void {}
