import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../src/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

const FIRST = 'create table letter (id int primary key); insert into letter values (1);'
const SECOND = 'alter table letter add column subject text'

describe('migrating a schema', () => {
  let database: TestDatabase
  let directory: string
  const file = (name: string, sql: string) => writeFile(join(directory, name), sql)
  const run = () => migrate(database.pool, 'saraban', directory)
  const letters = async () => (await database.pool.query('select * from saraban.letter')).rows

  beforeEach(async () => {
    database = await testDatabase()
    directory = await mkdtemp(join(tmpdir(), 'sapan-migrations-'))
    await file('0001-letter.sql', FIRST)
  })
  afterEach(async () => {
    await database.drop()
    await rm(directory, { recursive: true })
  })

  it('runs each file once, in order, with the schema on the search path', async () => {
    await file('0002-subject.sql', SECOND)
    await run()
    await run()
    expect(await letters()).toEqual([{ id: 1, subject: null }])
    const { rows } = await database.pool.query(
      'select name, length(hash) as hash from saraban.migration order by name',
    )
    expect(rows).toEqual([
      { name: '0001-letter.sql', hash: 64 },
      { name: '0002-subject.sql', hash: 64 },
    ])
  })

  it('runs only what is new', async () => {
    await run()
    await file('0002-subject.sql', SECOND)
    await migrate(database.pool, 'saraban', pathToFileURL(`${directory}/`))
    expect(await letters()).toEqual([{ id: 1, subject: null }])
  })

  it('does not take other line ends for an edit', async () => {
    await file('0001-letter.sql', `${FIRST}\n--\n`)
    await run()
    await file('0001-letter.sql', `${FIRST}\r\n--\r\n`)
    await run()
  })

  it('refuses an applied file that was edited, and runs nothing', async () => {
    await run()
    await file('0001-letter.sql', `${FIRST} `)
    await file('0002-subject.sql', SECOND)
    await expect(run()).rejects.toMatchObject({
      code: 'migration-altered',
      detail: { en: 'saraban: 0001-letter.sql' },
    })
    expect(await letters()).toEqual([{ id: 1 }])
  })

  it('refuses when an applied file is missing', async () => {
    await file('0002-subject.sql', SECOND)
    await run()
    await rm(join(directory, '0001-letter.sql'))
    await expect(run()).rejects.toMatchObject({ code: 'migration-missing' })
  })

  it('refuses a new file numbered below an applied one', async () => {
    await file('0003-subject.sql', SECOND)
    await run()
    await file('0002-late.sql', 'select 1')
    await expect(run()).rejects.toMatchObject({ code: 'migration-misnamed', detail: { en: '0002-late.sql' } })
  })

  it.each(['2-short.sql', '0002.sql', '0001-twice.sql', '0002-Upper.sql'])(
    'refuses the name %s',
    async (name) => {
      await file(name, 'select 1')
      await expect(run()).rejects.toMatchObject({ code: 'migration-misnamed' })
    },
  )

  it('leaves nothing of a file that fails, keeps those before it, and goes on when it is mended', async () => {
    await file('0002-subject.sql', `${SECOND}; select 1/0;`)
    await expect(run()).rejects.toMatchObject({ code: 'migration-failed', cause: { code: '22012' } })
    expect(await letters()).toEqual([{ id: 1 }])
    await file('0002-subject.sql', SECOND)
    await run()
    expect(await letters()).toEqual([{ id: 1, subject: null }])
  })

  it('is done, and holds nothing, also where the connection is lost as it gives the lock back', async () => {
    const client = await database.pool.connect()
    const released: unknown[] = []
    const losing = Object.assign(Object.create(client), {
      query: (text: string, values?: unknown[]) =>
        text.includes('unlock')
          ? Promise.reject(new Error('Connection terminated'))
          : client.query(text, values),
      release: (broken: unknown) => void released.push(broken),
    })
    const pool = Object.assign(Object.create(database.pool), { connect: async () => losing })
    await migrate(pool, 'saraban', directory)
    expect(released).toEqual([true])
    client.release()
    expect(await letters()).toEqual([{ id: 1 }])
  })

  it('takes no schema name that would need quoting', async () => {
    await expect(migrate(database.pool, 'a; drop schema b', directory)).rejects.toThrow(RangeError)
  })

  it('runs each file once when several processes start at once', async () => {
    await file('0002-count.sql', 'select pg_sleep(0.2); insert into letter values (2)')
    const outcomes = await Promise.all([1, 2, 3].map(() => migrateInProcess(database.url, directory)))
    expect(outcomes).toEqual([0, 0, 0])
    expect(await letters()).toEqual([{ id: 1 }, { id: 2 }])
  })
})

function migrateInProcess(url: string, directory: string): Promise<number | null> {
  const program = fileURLToPath(new URL('./fixtures/migrate-once.ts', import.meta.url))
  const child = fork(program, [url, 'saraban', directory], { execArgv: [] })
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
}
