import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runningPostgres, startPostgres } from '../../src/postgres/index.ts'
import { processesOf } from '../../src/postgres/leftover.ts'
import { ask, ended, Homes, lives, own, until } from './homes.ts'

const homes = new Homes()
beforeAll(() => homes.open())
afterEach(() => homes.stopAll())
afterAll(() => homes.close())

const rowsKept = (url: string) => ask(url, 'select one from kept')

describe('the embedded PostgreSQL', () => {
  it('is durable, UTF-8, and open to loopback with its password only, unless told otherwise', async () => {
    const postgres = await startPostgres({ directory: await homes.made() })
    try {
      const url = postgres.url('postgres')
      const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'server_encoding', 'listen_addresses']
      const values = await ask(
        url,
        `select ${names.map((name) => `current_setting('${name}') as ${name}`).join(', ')}`,
      )
      expect(values).toEqual([
        {
          fsync: 'on',
          synchronous_commit: 'on',
          full_page_writes: 'on',
          server_encoding: 'UTF8',
          listen_addresses: '127.0.0.1',
        },
      ])
      expect(await ask(url, 'select distinct auth_method from pg_hba_file_rules')).toEqual([
        { auth_method: 'scram-sha-256' },
      ])
      const wrong = new URL(url)
      wrong.password = 'guess'
      await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    } finally {
      await postgres.stop()
    }
  })

  it('keeps data and port from start to start, and leaves nothing running behind', async () => {
    const home = await homes.made()
    const first = await homes.start(home)
    const url = await first.ensureDatabase('center')
    await ask(url, "create table kept as select 'สะพาน' as one")
    await first.stop()
    expect(await processesOf(`${home}/data`)).toEqual([])
    const second = await homes.start(home)
    expect(second.port).toBe(first.port)
    expect(await second.ensureDatabase('center')).toBe(url)
    expect(await rowsKept(url)).toEqual([{ one: 'สะพาน' }])
  })

  it('takes guests while it runs, who find it by its folder, and none when it has stopped', async () => {
    const home = await homes.made()
    expect(await runningPostgres(home)).toBeUndefined()
    const owner = await homes.start(home)
    const guest = await runningPostgres(home)
    expect(await guest?.ensureDatabase('center')).toBe(await owner.ensureDatabase('center'))
    await owner.stop()
    expect(await runningPostgres(home)).toBeUndefined()
  })

  it('makes a database once, also when asked twice at the same time', async () => {
    const postgres = await homes.start(await homes.made())
    const urls = await Promise.all([postgres.ensureDatabase('dopa'), postgres.ensureDatabase('dopa')])
    expect(urls[0]).toBe(urls[1])
    await expect(postgres.ensureDatabase('a"; drop')).rejects.toThrow(RangeError)
  })

  it('is taken over with everything kept after kill -9 of the Node process that owned it', async () => {
    const home = await homes.made()
    const owner = await own(home)
    const gone = ended(owner.process)
    owner.process.kill('SIGKILL')
    await gone
    expect(lives(owner.pid)).toBe(true)
    const postgres = await homes.start(home)
    expect(lives(owner.pid)).toBe(false)
    expect(await rowsKept(postgres.url('postgres'))).toEqual([{ one: 1 }])
  })

  it('starts after its postmaster and its owner were both killed under a running query', async () => {
    const home = await homes.made()
    const owner = await own(home)
    const cut = ask(owner.url, 'select pg_sleep(60)').catch(() => 'cut')
    await until(
      async () =>
        (await ask(owner.url, "select 1 from pg_stat_activity where query ~ '^select pg_sleep'")).length ===
        1,
    )
    const gone = ended(owner.process)
    owner.process.kill('SIGKILL')
    process.kill(owner.pid, 'SIGKILL')
    await gone
    const postgres = await homes.start(home)
    expect(await rowsKept(postgres.url('postgres'))).toEqual([{ one: 1 }])
    expect(await cut).toBe('cut')
  })

  it('comes back by itself on the same port when its postmaster is killed', async () => {
    const postgres = await homes.start(await homes.made())
    const url = postgres.url('postgres')
    const before = postgres.pid
    process.kill(before, 'SIGKILL')
    await until(() =>
      rowsKept(url)
        .then((rows) => rows.length === 1 && postgres.pid !== before)
        .catch(() => false),
    )
    expect(postgres.url('postgres')).toBe(url)
    await postgres.stop()
    expect(lives(postgres.pid)).toBe(false)
  })

  it('is not there any more when its owner exits without having stopped it', async () => {
    const owner = await own(await homes.made())
    const gone = ended(owner.process)
    owner.process.send('exit')
    await gone
    await until(() => !lives(owner.pid))
  })

  it('does not hear the Ctrl-C that its owner hears', async () => {
    const owner = await own(await homes.made())
    owner.process.kill('SIGINT')
    expect(await rowsKept(owner.url)).toEqual([{ one: 1 }])
    const gone = ended(owner.process)
    owner.process.send('exit')
    await gone
    await until(() => !lives(owner.pid))
  })

  it('refuses a second start on the same folder and leaves the first alone', async () => {
    const home = await homes.made()
    const postgres = await homes.start(home)
    await expect(homes.start(home)).rejects.toMatchObject({ code: 'home-in-use' })
    await expect(own(home)).rejects.toThrow('home-in-use')
    expect(await rowsKept(postgres.url('postgres'))).toEqual([{ one: 1 }])
  })

  it('may be stopped more than once, and its folder used again', async () => {
    const home = await homes.made()
    const postgres = await homes.start(home)
    await Promise.all([postgres.stop(), postgres.stop()])
    await postgres.stop()
    await homes.start(home)
  })

  it('refuses a taken port that was asked for, and chooses another where it was not', async () => {
    const home = await homes.made()
    const first = await homes.start(home)
    await first.stop()
    const other = createServer().listen(first.port, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    await expect(homes.start(home, first.port)).rejects.toMatchObject({ code: 'port-taken' })
    const second = await homes.start(home)
    expect(second.port).not.toBe(first.port)
    other.close()
  })
})
