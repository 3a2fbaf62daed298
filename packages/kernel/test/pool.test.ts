import { type AddressInfo, connect, createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool, isDatabaseDown, kernelProblems, Problem } from '../src/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error,
  )
}

describe('a process that hangs in a transaction', () => {
  it('loses its locks to the others after a while', async () => {
    const database = await testDatabase()
    await database.pool.query('create table kept (one int); insert into kept values (1)')
    const setting = await database.pool.query('show idle_in_transaction_session_timeout')
    expect(setting.rows).toEqual([{ idle_in_transaction_session_timeout: '5min' }])
    const impatient = createPool(database.url, { idle_in_transaction_session_timeout: 50 })
    const hanging = await impatient.connect()
    // In one message, so that nothing can be slow between the two.
    await hanging.query('begin; select from kept for update')
    expect((await database.pool.query('select one from kept for update')).rows).toEqual([{ one: 1 }])
    expect(isDatabaseDown(await failure(hanging.query('commit')))).toBe(true)
    hanging.release(true)
    await impatient.end()
    await database.drop()
  })
})

describe('a database that is down', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database.drop())

  const terminate = (pid: unknown) => database.pool.query('select pg_terminate_backend($1)', [pid])

  it('is told from the refused connection', async () => {
    const pool = createPool('postgres://nobody:x@127.0.0.1:1/none')
    expect(isDatabaseDown(await failure(pool.query('select 1')))).toBe(true)
    await pool.end()
  })

  it('is told from a name that leads nowhere and a server that never answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const pool = createPool(`postgres://a:b@127.0.0.1:${port}/c`, { connectionTimeoutMillis: 100 })
    expect(isDatabaseDown(await failure(pool.query('select 1')))).toBe(true)
    await pool.end()
    silent.close()
  })

  it('is told from a connection that is cut under a query', async () => {
    const client = await database.pool.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const sleeping = failure(client.query('select pg_sleep(60)'))
    await terminate(rows[0]?.pid)
    expect(isDatabaseDown(await sleeping)).toBe(true)
    expect(isDatabaseDown(await failure(client.query('select 1')))).toBe(true)
    client.release(true)
  })

  it('does not end the process when a connection is cut that is idle, or taken out and not in use', async () => {
    const pool = createPool(database.url)
    const idle = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
    const removed = new Promise((resolve) => pool.once('remove', resolve))
    await terminate(idle.rows[0]?.pid)
    await removed
    const client = await pool.connect()
    const taken = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const cut = new Promise((resolve) => client.once('end', resolve))
    await terminate(taken.rows[0]?.pid)
    await cut
    client.release(true)
    await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] })
    await pool.end()
  })

  it('is told from what PostgreSQL says when it shuts down, starts, or has no room', () => {
    for (const code of ['57P01', '57P03', '08006', '53100', '53300', '58030', '25006']) {
      expect(isDatabaseDown(Object.assign(new Error('x'), { code }))).toBe(true)
    }
  })

  it('is told through causes and groups of errors', () => {
    const down = Object.assign(new Error('x'), { code: '08006' })
    expect(isDatabaseDown(new Error('outer', { cause: down }))).toBe(true)
    expect(isDatabaseDown(new AggregateError([new Error('other'), down]))).toBe(true)
    expect(isDatabaseDown(new Problem(kernelProblems['database-down']))).toBe(true)
  })

  it('is told from a connection that the other side resets, and not from other sockets that are', async () => {
    const rude = createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
    const { port } = rude.address() as AddressInfo
    const pool = createPool(`postgres://nobody:x@127.0.0.1:${port}/none`)
    const ofDatabase = await failure(pool.query('select 1'))
    expect(ofDatabase).toMatchObject({ code: 'ECONNRESET' })
    expect(isDatabaseDown(ofDatabase)).toBe(true)
    expect(isDatabaseDown(new Error('outer', { cause: ofDatabase }))).toBe(true)
    const other = connect(port, '127.0.0.1', () => other.write('hello'))
    const ofOther = await new Promise((resolve) => other.once('error', resolve))
    expect(ofOther).toMatchObject({ code: 'ECONNRESET' })
    expect(isDatabaseDown(ofOther)).toBe(false)
    await pool.end()
    rude.close()
  })

  it('is not blamed for wrong statements or anything else', async () => {
    for (const sql of ['select 1/0', 'select * from nothing', 'selec']) {
      expect(isDatabaseDown(await failure(database.pool.query(sql)))).toBe(false)
    }
    for (const error of [undefined, 'ECONNREFUSED', new Error('x'), { code: 'ECONNREFUSED' }]) {
      expect(isDatabaseDown(error)).toBe(false)
    }
  })
})
