import { createHash } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { type Db, PgBoss, type QueueOptions } from 'pg-boss'
import type { Logger } from '../log.ts'
import { jobsDatabase } from './database.ts'
import { deadJobs, graveyard } from './dead.ts'
import { givingWay } from './giving-way.ts'
import type { Jobs } from './jobs.ts'

export interface JobsOptions {
  readonly pool: Pool
  readonly log: Logger
  /** The country's zone, by which schedules go: `Asia/Bangkok`. */
  readonly zone: string
  /** Where pg-boss keeps its tables: `jobs`. */
  readonly schema?: string
  /** How often a job that fails is tried again; the pauses grow from two seconds to an hour. 60 are two days. */
  readonly retries?: number
  /** After how many seconds (10 or more) without a sign of life a worker counts as gone, and others do its job. */
  readonly lifeSign?: number
  /**
   * Queues into which transactions send: learned of before. What a transaction has to learn needs a second connection, and
   * where all of the pool's are taken by such transactions, none goes on.
   */
  readonly queues?: readonly string[]
}

const day = 86_400

/** The tables are made where they are not there yet. Looks into queues only once somebody works on them. */
export async function createJobs(options: JobsOptions): Promise<Jobs> {
  const { pool, log, zone, schema = 'jobs', retries = 60, lifeSign = 30 } = options
  const db = jobsDatabase(pool, schema, log)
  const boss = new PgBoss({
    db,
    schema,
    // Wakes workers by `db.listen`; queues have no `notify`, so that sending stays cheap.
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'jobs'))
  boss.on('warning', ({ message }) => log.warn({ message }, 'jobs'))
  await boss.start({ attempts: 5 })
  await boss.createQueue(graveyard, { retentionSeconds: 3650 * day })
  const queues = ensuring(boss, {
    retryLimit: retries,
    retryDelay: 2,
    retryBackoff: true,
    retryDelayMax: 3600,
    heartbeatSeconds: lifeSign,
    retentionSeconds: 365 * day,
    deleteAfterSeconds: 7 * day,
  })
  for (const queue of options.queues ?? []) {
    await queues(queue)
    await learn(boss, queue)
  }
  const work: Jobs['work'] = async (queue, given, { atOnce = 1, givesWay = false } = {}) => {
    await queues(queue)
    const handler = givesWay ? givingWay(given) : given
    await boss.work<Record<string, unknown>>(
      queue,
      { pollingIntervalSeconds: 30, localConcurrency: atOnce },
      async ([job]) => {
        // Whoever had one looks at once whether there is another.
        db.wake(queue)
        if (job !== undefined) await handler(job.data ?? {})
      },
    )
    db.worked.add(queue)
  }
  return {
    work,
    async send(client, queue, data, { key, startAt } = {}) {
      await queues(queue)
      await boss.send(queue, data, {
        db: within(client),
        ...(key === undefined ? {} : { id: idOf(queue, key) }),
        ...(startAt === undefined ? {} : { startAfter: new Date(startAt) }),
      })
    },
    async sendAll(client, queue, all) {
      if (all.length === 0) return
      await queues(queue)
      const sent = all.map(({ data, key }) => ({ id: idOf(queue, key), data }))
      await boss.insert(queue, sent, { db: within(client) })
    },
    async schedule(queue, cron, handler) {
      await queues(queue, 'exclusive')
      await boss.schedule(queue, cron, null, { tz: zone })
      await work(queue, handler)
    },
    async waiting(named) {
      const { rows } = await pool.query<{ count: number }>({
        name: `${schema}.count-waiting`,
        text: `select coalesce(sum(ready_count), 0)::integer as count from ${schema}.queue where name = any($1::text[])`,
        values: [named],
      })
      return rows[0]?.count ?? 0
    },
    dead: deadJobs(boss, pool, schema),
    stop: () => boss.stop({ graceful: true, timeout: 30_000 }),
  }
}

/** What is sent in a transaction goes by its connection. */
function within(client: PoolClient): Db {
  return { executeSql: (text, values = []) => client.query({ name: nameOf(text), text, values }) }
}

/** Makes queues when they are first named. */
function ensuring(boss: PgBoss, options: QueueOptions): (queue: string, policy?: string) => Promise<void> {
  const made = new Map<string, Promise<void>>()
  return async (queue, policy = 'standard') => {
    const making = made.get(queue) ?? boss.createQueue(queue, { ...options, policy, deadLetter: graveyard })
    made.set(queue, making)
    // What failed for the moment is tried again by whoever comes next.
    await making.catch((error: unknown) => {
      made.delete(queue)
      throw error
    })
  }
}

/** Makes pg-boss look up how a queue is kept, by sending nothing. */
async function learn(boss: PgBoss, queue: string): Promise<void> {
  await boss.send(queue, {}, { db: { executeSql: async () => ({ rows: [{ id: queue }] }) } })
}

/** Of the few texts with which jobs are sent: PostgreSQL plans each once in a connection. */
const names = new Map<string, string>()

function nameOf(text: string): string {
  const name = names.get(text) ?? `jobs.${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}

/** The same for the same key: a second job with it is not stored (UUID version 8, RFC 9562 §5.8). */
function idOf(queue: string, key: string): string {
  const hash = createHash('sha256').update(`${queue}\0${key}`).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
