import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  createJobs,
  createLogger,
  createPool,
  inTransaction,
  type JobData,
  type Jobs,
  type JobsOptions,
} from '../src/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

const log = createLogger({ name: 'test', destination: { write: () => {} } })

describe('jobs', () => {
  let database: TestDatabase
  const running: Jobs[] = []
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterEach(async () => {
    for (const jobs of running.splice(0)) await jobs.stop()
  })
  afterAll(() => database.drop())

  async function start(over: Partial<JobsOptions> = {}): Promise<Jobs> {
    const jobs = await createJobs({ pool: database.pool, log, zone: 'Asia/Bangkok', ...over })
    running.push(jobs)
    return jobs
  }
  const send = (jobs: Jobs, queue: string, data: JobData, options = {}) =>
    inTransaction(database.pool, (client) => jobs.send(client, queue, data, options))

  it('are done once their transaction is committed, and never when it is rolled back', async () => {
    const jobs = await start()
    const done: JobData[] = []
    await jobs.work('letters', async (data) => void done.push(data))
    const failed = inTransaction(database.pool, async (client) => {
      await jobs.send(client, 'letters', { number: 1 })
      throw new Error('not after all')
    })
    await expect(failed).rejects.toThrow('not after all')
    await send(jobs, 'letters', { number: 2 })
    await expect.poll(() => done).toEqual([{ number: 2 }])
  })

  it('are sent by as many transactions at once as there are connections, from the first on', async () => {
    const pool = createPool(database.url, { max: 3 })
    try {
      const jobs = await start({ pool, queues: ['crowd'] })
      let begun = 0
      const all = Promise.withResolvers<void>()
      const one = () =>
        inTransaction(pool, async (client) => {
          if (++begun === 3) all.resolve()
          await all.promise
          await jobs.send(client, 'crowd', { begun })
        })
      await Promise.all([one(), one(), one()])
      const { rows } = await pool.query(`select count(*)::int as count from jobs.job where name = 'crowd'`)
      expect(rows).toEqual([{ count: 3 }])
      await running.pop()?.stop()
    } finally {
      await pool.end()
    }
  })

  it('with the same key are done once, also when the first is over', async () => {
    const jobs = await start()
    const done: JobData[] = []
    await jobs.work('keyed', async (data) => void done.push(data))
    await send(jobs, 'keyed', { number: 1 }, { key: 'a' })
    await expect.poll(() => done).toHaveLength(1)
    await send(jobs, 'keyed', { number: 2 }, { key: 'a' })
    await send(jobs, 'keyed', { number: 3 }, { key: 'b' })
    await expect.poll(() => done).toContainEqual({ number: 3 })
    expect(done).toEqual([{ number: 1 }, { number: 3 }])
  })

  it('of one transaction are sent together, each key once', async () => {
    const jobs = await start()
    const done: JobData[] = []
    await jobs.work('together', async (data) => void done.push(data))
    await send(jobs, 'together', { number: 0 }, { key: '0' })
    const all = [0, 1, 2].map((number) => ({ data: { number }, key: String(number) }))
    await inTransaction(database.pool, async (client) => {
      await jobs.sendAll(client, 'together', [])
      await jobs.sendAll(client, 'together', all)
    })
    await expect.poll(() => done.length).toBe(3)
    expect(new Set(done.map(({ number }) => number))).toEqual(new Set([0, 1, 2]))
  })

  it('that wait are known by about how many', async () => {
    const jobs = await start({ queues: ['counted', 'empty'] })
    expect(await jobs.waiting(['counted', 'empty'])).toBe(0)
    // As pg-boss counts them every ten seconds.
    await database.pool.query(`update jobs.queue set ready_count = 3 where name = 'counted'`)
    expect(await jobs.waiting(['counted', 'empty'])).toBe(3)
  })

  it('wait for their time', async () => {
    const jobs = await start()
    const done: JobData[] = []
    await jobs.work('timed', async (data) => void done.push(data))
    await send(jobs, 'timed', { when: 'in a year' }, { startAt: Date.now() + 31_536_000_000 })
    await send(jobs, 'timed', { when: 'now' }, { startAt: Date.now() - 1000 })
    await expect.poll(() => done).toEqual([{ when: 'now' }])
  })

  it('that fail are tried again', async () => {
    const jobs = await start()
    let tries = 0
    await jobs.work('failing-twice', async () => {
      if (++tries < 2) throw new Error('the register is down')
    })
    await send(jobs, 'failing-twice', {})
    await expect.poll(() => tries, { timeout: 25_000 }).toBe(2)
    expect((await jobs.dead.list()).filter(({ queue }) => queue === 'failing-twice')).toEqual([])
  })

  it('that fail for good lie where an operator sees them, and can be revived', async () => {
    const jobs = await start({ retries: 0 })
    let isBroken = true
    const done: JobData[] = []
    await jobs.work('failing', async (data) => {
      if (isBroken) throw new Error('no such register')
      done.push(data)
    })
    await send(jobs, 'failing', { case: 'x' })
    await expect.poll(() => jobs.dead.count()).toBe(1)
    const [dead] = await jobs.dead.list()
    expect(dead).toMatchObject({ queue: 'failing', data: { case: 'x' }, tries: 1, error: 'no such register' })
    isBroken = false
    expect(await jobs.dead.revive([dead?.id ?? ''])).toBe(1)
    await expect.poll(() => done).toEqual([{ case: 'x' }])
    expect(await jobs.dead.count()).toBe(0)
  })

  it('go to one worker each, of several processes', async () => {
    const [one, two] = [await start(), await start()]
    const done: unknown[] = []
    for (const jobs of [one, two]) {
      await jobs.work('shared-out', async ({ number }) => void done.push(number), { atOnce: 2 })
    }
    const numbers = Array.from({ length: 60 }, (_, number) => number)
    await inTransaction(database.pool, async (client) => {
      for (const number of numbers) await one.send(client, 'shared-out', { number })
    })
    await expect.poll(() => done.length).toBe(60)
    expect(new Set(done)).toEqual(new Set(numbers))
  })

  it('are waited for by who stops', async () => {
    const jobs = await start()
    let state = 'waits'
    await jobs.work('slow', async () => {
      state = 'begun'
      await new Promise((resolve) => setTimeout(resolve, 300))
      state = 'done'
    })
    await send(jobs, 'slow', {})
    await expect.poll(() => state).toBe('begun')
    await jobs.stop()
    expect(state).toBe('done')
  })

  it('go on when the database has thrown everybody out', async () => {
    const jobs = await start()
    const done: JobData[] = []
    await jobs.work('thrown-out', async (data) => void done.push(data))
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await expect
      .poll(() =>
        send(jobs, 'thrown-out', {}).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    await expect.poll(() => done.length).toBeGreaterThan(0)
  })

  it('on a schedule run in one process only, in the zone of the country', async () => {
    const [one, two] = [await start(), await start()]
    await one.schedule('nightly', '30 1 * * *', async () => {})
    await two.schedule('nightly', '30 1 * * *', async () => {})
    const { rows } = await database.pool.query('select name, cron, timezone from jobs.schedule')
    expect(rows).toEqual([{ name: 'nightly', cron: '30 1 * * *', timezone: 'Asia/Bangkok' }])
    // However often its time is announced, one waits at most.
    for (let round = 0; round < 3; round++) {
      await send(one, 'nightly', {}, { startAt: Date.now() + 3_600_000 })
    }
    const waiting = await database.pool.query(
      `select from jobs.job where name = 'nightly' and state = 'created'`,
    )
    expect(waiting.rowCount).toBe(1)
  })
})
