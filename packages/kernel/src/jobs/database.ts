import type { Pool } from 'pg'
import type { Db } from 'pg-boss'
import type { Logger } from '../log.ts'

/** ms. What was sent is begun within this time and the few that a query takes. */
const glance = 500

export interface JobsDatabase extends Db {
  /** Wakes the workers of a queue; nothing before they listen. */
  wake(queue: string): void
  /** Which queues have workers here. */
  readonly worked: Set<string>
}

/**
 * How pg-boss reaches the database: through our pool. It would have each worker ask for jobs, or each sender notify:
 * PostgreSQL lets transactions that notify commit one after the other, in all of a database. Instead one query looks
 * twice a second into all queues that are worked on here, and wakes the workers of those where something waits.
 */
export function jobsDatabase(pool: Pool, schema: string, log: Logger): JobsDatabase {
  let notify: (queue: string) => void = () => {}
  const worked = new Set<string>()
  const look = async () => {
    if (worked.size === 0) return
    const { rows } = await pool.query<{ name: string }>({ ...waiting(schema), values: [[...worked]] })
    for (const { name } of rows) notify(name)
  }
  return {
    worked,
    executeSql: (text, values) => pool.query(text, values),
    wake: (queue) => notify(queue),
    async listen(_channel, onNotification) {
      notify = onNotification
      let timer: NodeJS.Timeout | undefined
      let isClosed = false
      const next = () => {
        if (!isClosed) timer = setTimeout(() => void round(), glance)
      }
      const round = async () => {
        // A database that is away for a while is met again by a later look.
        await look().catch((error: unknown) => log.debug({ err: error }, 'queues cannot be looked at'))
        next()
      }
      next()
      return {
        close: async () => {
          isClosed = true
          clearTimeout(timer)
        },
      }
    },
  }
}

function waiting(schema: string): { name: string; text: string } {
  return {
    name: `${schema}.waiting`,
    text: `select name from unnest($1::text[]) as queue (name) where exists (
      select from ${schema}.job
      where job.name = queue.name and state < 'active' and not blocked and start_after <= now())`,
  }
}
