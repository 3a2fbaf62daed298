import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { verifyExport } from '@sapan/exchange'
import { createLogger } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Country, startAgencies } from '../../../packages/exchange/test/gateway/agencies.ts'
import { answerPerson, somebody } from '../../../packages/exchange/test/gateway/register.ts'
import { type TestDatabase, testDatabase } from '../../../packages/kernel/test/database.ts'
import { damaged, readHead, readTail } from '../src/backup/content.ts'
import { type AdminClient, adminClient } from '../src/clients/admin.ts'
import { readGatewayFile, writeGatewayFile } from '../src/config/gateway.ts'
import { runGateway } from '../src/run/gateway.ts'
import { run } from './support.ts'

let country: Country
let folder: string
let home: string
let recipient: string
/** Milliseconds by which the agencies' clocks are behind: what they then do lies in the past afterwards. */
let behind = 0
const rd = 'TH/GOV/RD'
const inFolder = (name: string) => join(folder, name)
const identity = () => ['--identity', inFolder('backup.key')]

/** RD's gateway runs on the home that is backed up: its keys are copied there as they are. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-backup-'))
  const clock = () => Date.now() - behind
  country = await startAgencies({ rd: { clock }, dopa: { clock } })
  home = inFolder('home')
  const { edge, peer, admin, keys, databaseUrl } = country.rd
  await cp(keys.directory, join(home, 'keys'), { recursive: true })
  await writeGatewayFile(join(home, 'gateway.yaml'), {
    id: `${rd}/gateway-1`,
    center: { url: country.centerUrl, rootFingerprint: country.rootFingerprint },
    peerAddress: peer,
    edgeOrigin: edge,
    withoutCredential: [`${rd}/main`],
    listen: { edge: new URL(edge).host, peer: new URL(peer).host, admin: new URL(admin).host },
    keys: 'keys',
    database: { url: databaseUrl },
  })
  const made = await run(['backup', 'key', '-o', inFolder('backup.key'), '--json'])
  recipient = JSON.parse(made.out).recipient
})
afterAll(async () => {
  await country?.stop()
  await rm(folder, { recursive: true, force: true })
})

const backup = (file: string, ...more: string[]) =>
  run([
    'backup',
    '--home',
    home,
    '-o',
    inFolder(file),
    ...(more.length > 0 ? more : ['--recipient', recipient]),
  ])
const restore = (file: string, to: string, { url }: TestDatabase, ...how: string[]) =>
  run(['restore', inFolder(file), '--home', inFolder(to), ...(how.length > 0 ? how : identity())], {
    DATABASE_URL: url,
  })

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await testDatabase()
  onTestFinished(() => database.drop())
  return database
}

async function exported(admin: AdminClient, exchange: string) {
  const { body } = await admin.raw('POST', `/v1/evidence/${exchange}/export`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'a test of the whole file' }),
  })
  return { file: body, report: verifyExport(body, { roots: [country.rootFingerprint] }) }
}

describe('a backup of a gateway', () => {
  it('holds keys and configuration, and neither logs nor locks nor other backups', async () => {
    await writeFile(join(home, 'lock'), '{}')
    await writeFile(join(home, 'older.age'), 'x')
    await backup('files.age')
    const database = await emptyDatabase()
    await restore('files.age', 'files', database)
    // Numbers that were given out after the backup are not given out again.
    const numbers = `select nextval('queue.topic_event_number_seq')::int as next`
    const [was, is] = await Promise.all([country.rd.pool.query(numbers), database.pool.query(numbers)])
    expect(is.rows[0].next - was.rows[0].next).toBeGreaterThan(999_999_000)
    expect((await readdir(inFolder('files'))).sort()).toEqual(['gateway.yaml', 'keys'])
    expect(await readdir(join(folder, 'files', 'keys'))).toEqual(await readdir(join(home, 'keys')))
    await rm(join(home, 'lock'))
    await rm(join(home, 'older.age'))
  })

  it('is opened by its passphrase alone, which never stands on a command line', async () => {
    await writeFile(inFolder('passphrase'), 'a bridge over still water\n')
    expect(await backup('phrase.age', '--passphrase-file', inFolder('passphrase'))).toMatchObject({ code: 0 })
    const verify = (...how: string[]) => run(['backup', 'verify', inFolder('phrase.age'), ...how])
    expect((await verify(...identity())).notes).toContain('backup-locked')
    expect(await verify('--passphrase-file', inFolder('passphrase'))).toMatchObject({ code: 0 })
    expect((await run(['backup', '--home', home, '-o', inFolder('none.age')])).code).toBe(2)
    expect(await backup('short.age', '--passphrase-file', await written('short', 'abc'))).toMatchObject({
      code: 2,
    })
  })

  it('replaces nothing: neither a file, nor a home, nor a database', async () => {
    await backup('once.age')
    expect((await backup('once.age')).notes).toContain('output-unwritable')
    const database = await emptyDatabase()
    await written('taken/something', 'x')
    expect((await restore('once.age', 'taken', database)).notes).toContain('restore-target-not-empty')
    await database.pool.query('create table kept (n int)')
    expect((await restore('once.age', 'fresh', database)).notes).toContain('restore-target-not-empty')
    expect(await readdir(folder)).not.toContain('fresh')
    expect((await database.pool.query('select * from kept')).rows).toEqual([])
  })

  it('says so where its home cannot be told of it, and stands all the same', async () => {
    const note = join(home, 'last-backup.json')
    await rm(note, { force: true })
    await mkdir(note)
    const { code, notes } = await backup('unnoted.age')
    await rm(note, { recursive: true })
    expect(code).toBe(0)
    expect(notes).toContain('last-backup.json could not be written')
    expect(await readdir(folder)).toContain('unnoted.age')
    expect((await backup('noted.age')).notes).not.toContain('last-backup.json')
  })

  it('of a later version is refused before anything is made', async () => {
    const { pool } = country.rd
    await pool.query(`insert into gateway.migration (name, hash) values ('9999-later.sql', 'ff')`)
    await backup('later.age')
    await pool.query(`delete from gateway.migration where hash = 'ff'`)
    const { notes } = await restore('later.age', 'later', await emptyDatabase())
    expect(notes).toContain('backup-of-another-version')
    expect(notes).toContain('gateway: gateway/9999-later.sql')
    expect(
      (await readdir(folder)).filter((name) => name.includes('later') && !name.endsWith('.age')),
    ).toEqual([])
  })

  it('is damaged where its first or last file is not made as a backup writes it', () => {
    const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
    const structure = { before: [], tables: [], sequences: [], after: [] }
    const database = { name: 'gateway', structure, migrations: [] }
    const made = '2026-11-23T01:02:03.004Z'
    const head = { format: 'sapan-backup/1', made, home: '/srv', databases: [database] }
    expect(readHead(bytes(head))).toEqual(head)
    for (const wrong of [
      { made: 'yesterday' },
      { made: '2026-99-23T01:02:03.004Z' },
      { databases: [{}] },
      { databases: [{ ...database, structure: { ...structure, tables: [{ name: 'a.b' }] } }] },
      { databases: [{ ...database, migrations: ['0001'] }] },
    ]) {
      expect(() => readHead(bytes({ ...head, ...wrong }))).toThrow(damaged('begin.json'))
    }
    const tail = { entries: [], sequences: { gateway: [{ name: 'a.b', value: '7' }] } }
    expect(readTail(bytes(tail))).toEqual(tail)
    for (const wrong of [{ entries: [null] }, { sequences: { gateway: [{ name: 'a.b', value: '7)' }] } }]) {
      expect(() => readTail(bytes({ ...tail, ...wrong }))).toThrow(damaged('end.json'))
    }
  })

  it('is restored as a whole or not at all, where it was cut short or changed', async () => {
    await backup('whole.age')
    const whole = await readFile(inFolder('whole.age'))
    const changed = Buffer.from(whole)
    changed[whole.length - 1000] = (changed[whole.length - 1000] ?? 0) ^ 1
    await written('changed.age', changed)
    await written('cut.age', whole)
    await truncate(inFolder('cut.age'), whole.length - 70_000)
    await written('none.age', 'no backup')
    const database = await emptyDatabase()
    for (const file of ['changed.age', 'cut.age', 'none.age']) {
      expect((await run(['backup', 'verify', inFolder(file), ...identity()])).notes).toContain(
        'backup-damaged',
      )
      expect((await restore(file, 'half', database)).notes).toContain('backup-damaged')
    }
    expect((await readdir(folder)).filter((name) => name.includes('half'))).toEqual([])
    const { rows } = await database.pool.query(`select 1 from pg_namespace where nspname = 'evidence'`)
    expect(rows).toEqual([])
  })

  it('is made while it answers, restored to an empty machine, and goes on in a new epoch with nothing disproved', async () => {
    const asked = await country.ask(`/persons/${somebody}`)
    const kept = asked.headers.get('sapan-exchange') ?? ''
    const before = await exported(await adminClient(country.rd.admin, join(home, 'keys')), kept)
    expect(before.report).toMatchObject({ valid: true, complete: true })

    // A change is under way while the backup is made: RD has asked, and has no answer yet.
    const held = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    country.register.answering = (request, response, body) => {
      reached.resolve()
      void held.promise.then(() => answerPerson(request, response, body))
    }
    behind = 90_000
    const change = country.ask(`/persons/${somebody}`, { method: 'PUT', body: '{}' })
    await reached.promise
    const made = await backup('under-way.age', '--recipient', recipient, '--json')
    expect(made).toMatchObject({ code: 0 })
    expect(JSON.parse(made.out)).toMatchObject({ databases: ['gateway'] })
    held.resolve()
    const underWay = (await change).headers.get('sapan-exchange') ?? ''
    country.register.answering = answerPerson
    behind = 0
    const lost = (await country.ask(`/persons/${somebody}`)).headers.get('sapan-exchange') ?? ''
    await country.rd.operator('GET', `/v1/evidence/${lost}`)
    expect(await run(['backup', 'verify', inFolder('under-way.age'), ...identity()])).toMatchObject({
      code: 0,
    })

    // The machine is gone.
    await country.rd.stop()
    const database = await emptyDatabase()
    const restored = await restore('under-way.age', 'again', database)
    expect(restored).toMatchObject({ code: 0 })
    expect(restored.notes + restored.out).toContain('sapan gateway recover --all')
    const path = join(folder, 'again', 'gateway.yaml')
    const log = createLogger({ name: 'test', level: 'silent' })
    const running = await runGateway(await readGatewayFile(path), { path, databaseUrl: database.url, log })
    onTestFinished(() => running.stop())
    const admin = await adminClient(country.rd.admin, join(folder, 'again', 'keys'))

    // It answers, and signs nothing of its log before the recovery.
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
    const needed = async () => JSON.stringify(await admin.json('GET', '/v1/status'))
    await expect.poll(needed).toContain('restored from a backup')
    expect(await admin.json('POST', '/v1/recover', { member: rd })).toMatchObject({ epoch: 2 })
    const audited = await admin.raw('POST', '/v1/audit', {
      body: JSON.stringify({ member: rd }),
      headers: { 'content-type': 'application/json' },
    })
    expect(audited.body.toString()).toContain('"findings":[]')

    // What was proved stays proved, and can be proved again.
    expect(verifyExport(before.file, { roots: [country.rootFingerprint] })).toMatchObject({ valid: true })
    expect((await exported(admin, kept)).report).toMatchObject({ valid: true, complete: true })
    await expect(admin.json('GET', `/v1/evidence/${lost}`)).rejects.toThrow()
    const { settled } = (await admin.json('POST', '/v1/reconcile')) as { settled: unknown[] }
    expect(settled).toEqual([
      expect.objectContaining({ exchange: underWay, problem: 'exchange-answer-lost' }),
    ])
  }, 60_000)
})

async function written(name: string, content: string | Buffer): Promise<string> {
  const file = inFolder(name)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  return file
}
