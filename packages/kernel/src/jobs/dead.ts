import type { Pool } from 'pg'
import type { PgBoss } from 'pg-boss'
import type { DeadJob, DeadJobs, JobData } from './jobs.ts'

/** The queue into which all others put what they give up. */
export const graveyard = 'dead'

interface DeadRow {
  readonly id: string
  readonly source_name: string
  readonly data: JobData | null
  readonly created_on: Date
  readonly source_retry_count: number | null
  readonly source_output: unknown
}

export function deadJobs(boss: PgBoss, pool: Pool, schema: string): DeadJobs {
  const lying = `from ${schema}.job where name = '${graveyard}' and state = 'created'`
  return {
    async count() {
      const { rows } = await pool.query<{ count: number }>(`select count(*)::int as count ${lying}`)
      return rows[0]?.count ?? 0
    },
    async list(limit = 100) {
      const { rows } = await pool.query<DeadRow>(
        `select id, source_name, data, created_on, source_retry_count, source_output ${lying}
         order by created_on, id limit $1`,
        [Math.min(limit, 1000)],
      )
      return rows.map(deadJob)
    },
    revive: async (ids) => (ids.length === 0 ? 0 : await boss.redrive(graveyard, { ids: [...ids] })),
  }
}

function deadJob(row: DeadRow): DeadJob {
  const error = wordsOf(row.source_output)
  return {
    id: row.id,
    queue: row.source_name,
    data: row.data ?? {},
    at: row.created_on.getTime(),
    tries: (row.source_retry_count ?? 0) + 1,
    ...(error === undefined ? {} : { error }),
  }
}

/** pg-boss keeps what a handler threw as an object. */
function wordsOf(output: unknown): string | undefined {
  if (typeof output !== 'object' || output === null || !('message' in output)) return undefined
  return typeof output.message === 'string' ? output.message : undefined
}
