import type { Pool } from 'pg'
import { graveyard } from './dead.ts'

/** How jobs stand, as somebody sees it who works on none. */
export interface JobsState {
  /** Given up, by queue, with what the last try of one of them said. */
  readonly dead: readonly { readonly queue: string; readonly count: number; readonly error?: string }[]
  /** Due, and begun by nobody, by queue; how long the oldest waits, in milliseconds. */
  readonly waiting: readonly {
    readonly queue: string
    readonly count: number
    readonly oldestMillis: number
  }[]
}

/** Looks at the jobs of a database; empty where it has none. */
export async function lookAtJobs(pool: Pool, at: number, schema = 'jobs'): Promise<JobsState> {
  const there = await pool.query<{ is: boolean }>('select to_regclass($1) is not null as is', [
    `${schema}.job`,
  ])
  if (there.rows[0]?.is !== true) return { dead: [], waiting: [] }
  const [dead, waiting] = await Promise.all([
    pool.query<{ queue: string; count: number; error: string | null }>(
      `select source_name as queue, count(*)::int as count, max(source_output ->> 'message') as error
       from ${schema}.job where name = '${graveyard}' and state = 'created' group by 1 order by 1`,
    ),
    pool.query<{ queue: string; count: number; oldest: Date }>(
      `select name as queue, count(*)::int as count, min(start_after) as oldest from ${schema}.job
       where name <> '${graveyard}' and name not like '\\_\\_%' and state = 'created' and start_after < $1
       group by 1 order by 1`,
      [new Date(at)],
    ),
  ])
  return {
    dead: dead.rows.map(({ error, ...row }) => ({ ...row, ...(error !== null && { error }) })),
    waiting: waiting.rows.map(({ oldest, ...row }) => ({ ...row, oldestMillis: at - oldest.getTime() })),
  }
}
