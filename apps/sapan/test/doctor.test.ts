import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJobs, createLogger, inTransaction, lookAtJobs } from '@sapan/kernel'
import { moneyStates, paymentsMigrations } from '@sapan/payments'
import { describe, expect, it, onTestFinished } from 'vitest'
import { testDatabase } from '../../../packages/kernel/test/database.ts'
import { checkBackup, noteBackup } from '../src/doctor/backup.ts'
import { checkKeyFiles } from '../src/doctor/key-files.ts'
import { checkJobs, checkMoney, checkOutbox, checkSeal } from '../src/doctor/services.ts'
import { lookAtMachine } from '../src/run/look-at-machine.ts'
import { run } from './support.ts'

describe('the doctor looks at key files', () => {
  it('whether nobody else may read them, also where nothing runs', async () => {
    const home = await mkdtemp(join(tmpdir(), 'sapan-doctor-'))
    onTestFinished(() => rm(home, { recursive: true }))
    const keys = join(home, 'keys')
    await mkdir(join(keys, 'offline'), { recursive: true })
    await writeFile(join(keys, 'admin.token.secret'), 'x', { mode: 0o600 })
    await writeFile(join(keys, 'offline', 'root.pem'), 'x', { mode: 0o600 })
    await writeFile(join(keys, 'membership.json'), '{}', { mode: 0o644 })
    expect(await checkKeyFiles('RD', keys)).toMatchObject({
      about: 'RD key-files',
      outcome: 'good',
      text: { en: '2 key files, for their owner alone' },
    })
    await chmod(join(keys, 'offline', 'root.pem'), 0o640)
    const gateways = { RD: { id: 'x', members: [], edge: '', peer: '', admin: 'http://127.0.0.1:9', keys } }
    await writeFile(join(home, 'endpoints.json'), JSON.stringify({ gateways }))
    const { code, out } = await run(['doctor', '--home', home, '--json'])
    expect(code).toBe(1)
    const { healthy, checks } = JSON.parse(out)
    expect(healthy).toBe(false)
    expect(checks.find((check: { code: string }) => check.code === 'key-files')).toMatchObject({
      outcome: 'bad',
      text: { en: `others may read keys: ${join(keys, 'offline', 'root.pem')}` },
    })
  })

  it('of Digital ID and of documents too', async () => {
    const home = await mkdtemp(join(tmpdir(), 'sapan-doctor-'))
    onTestFinished(() => rm(home, { recursive: true }))
    await writeFile(join(home, 'endpoints.json'), JSON.stringify({ gateways: {} }))
    for (const folder of ['identity/keys', 'documents/keys']) {
      await mkdir(join(home, folder), { recursive: true })
      await writeFile(join(home, folder, 'seal.pem'), '-----BEGIN PRIVATE KEY-----', { mode: 0o640 })
      await writeFile(join(home, folder, 'issuer.pem'), '-----BEGIN CERTIFICATE-----', { mode: 0o644 })
    }
    const { out } = await run(['doctor', '--home', home, '--json'])
    const found = JSON.parse(out).checks.filter(({ code }: { code: string }) => code === 'key-files')
    expect(found).toMatchObject([
      {
        about: 'identity key-files',
        outcome: 'bad',
        text: { en: `others may read keys: ${join(home, 'identity', 'keys', 'seal.pem')}` },
      },
      { about: 'documents key-files', outcome: 'bad' },
    ])
  })
})

describe('the doctor looks at the last backup', () => {
  it('whether it is old, and says nothing where other tools make them', async () => {
    const home = await mkdtemp(join(tmpdir(), 'sapan-doctor-'))
    onTestFinished(() => rm(home, { recursive: true }))
    expect(await checkBackup(home, 0)).toEqual([])
    await noteBackup(home, { made: '2026-11-01T00:00:00Z', file: '/backups/one.age' })
    const at = (day: string) => checkBackup(home, Date.parse(day))
    expect(await at('2026-11-09')).toMatchObject([{ outcome: 'good' }])
    expect(await at('2026-11-11')).toMatchObject([
      { outcome: 'warning', text: { en: 'the last backup is 10 days old: /backups/one.age' } },
    ])
  })
})

describe('a gateway or center looks at its machine', () => {
  it('at disk, keys and the backup of its home, for checks and alerts', async () => {
    const home = await mkdtemp(join(tmpdir(), 'sapan-machine-'))
    onTestFinished(() => rm(home, { recursive: true }))
    const keys = join(home, 'gateways', 'RD', 'keys')
    await mkdir(keys, { recursive: true })
    await writeFile(join(keys, 'tls.pem'), '-----BEGIN PRIVATE KEY-----', { mode: 0o644 })
    await noteBackup(home, { made: '2026-01-01T00:00:00Z', file: 'x' })
    // Another database than the one of the file may be in use (DATABASE_URL).
    const database = { embedded: join(home, 'nothing') }
    const config = join(home, 'gateways', 'RD', 'gateway.yaml')
    const found = await lookAtMachine({ keys, database }, { config, depth: 2 })()
    expect(found.map(({ code, outcome }) => `${code} ${outcome}`).slice(1)).toEqual([
      'key-files bad',
      'backup warning',
    ])
    expect(found[0]?.code).toBe('disk')
  })
})

const minute = 60_000
const day = 86_400_000

describe('the doctor looks at the work behind the pages', () => {
  it('that goes on by itself', () => {
    expect(checkJobs({ dead: [], waiting: [] })).toMatchObject([{ outcome: 'good' }])
    const waiting = [{ queue: 'services.receipt', count: 3, oldestMillis: minute }]
    expect(checkJobs({ dead: [], waiting })).toMatchObject([{ outcome: 'good' }])
    const unread = [{ queue: 'payments.refunded', count: 9, oldestMillis: day }]
    expect(checkJobs({ dead: [], waiting: unread })).toMatchObject([{ outcome: 'good' }])
  })

  it('that was given up or is begun by nobody, and says how it goes on', () => {
    const checks = checkJobs({
      dead: [{ queue: 'services.carry-out', count: 2, error: 'seal-missing' }],
      waiting: [{ queue: 'services.receipt', count: 3, oldestMillis: 11 * minute }],
    })
    expect(checks.map(({ outcome, text, next }) => [outcome, text.en, next?.en])).toEqual([
      [
        'bad',
        '2 jobs of services.carry-out given up: seal-missing',
        'mend what it says, then: sapan identity jobs --revive',
      ],
      [
        'bad',
        '3 wait in services.receipt, the oldest for 11 minutes',
        'see that the issuer’s process runs, and look into its log',
      ],
    ])
  })

  it('as it is in the database, also where there is none yet', async () => {
    const database = await testDatabase()
    onTestFinished(() => database.drop())
    const { pool } = database
    expect(await lookAtJobs(pool, Date.now())).toEqual({ dead: [], waiting: [] })
    const log = createLogger({ name: 'test', level: 'silent' })
    const jobs = await createJobs({
      pool,
      log,
      zone: 'Asia/Bangkok',
      retries: 0,
      queues: ['quiet', 'failing'],
    })
    await inTransaction(pool, async (client) => {
      await jobs.send(client, 'quiet', {})
      await jobs.send(client, 'failing', {})
    })
    await jobs.work('failing', () => Promise.reject(new Error('no bank')))
    await expect
      .poll(async () => (await lookAtJobs(pool, Date.now())).dead, { timeout: 20_000 })
      .toEqual([{ queue: 'failing', count: 1, error: 'no bank' }])
    const { waiting } = await lookAtJobs(pool, Date.now() + day)
    expect(waiting).toMatchObject([{ queue: 'quiet', count: 1 }])
    expect(waiting[0]?.oldestMillis).toBeGreaterThan(day - minute)
    await jobs.stop()
  })
})

describe('the doctor looks at letters', () => {
  it('that get out, that do not, and that were given up', () => {
    expect(checkOutbox({ waiting: 3, dead: 0, oldestMillis: minute })).toMatchObject({ outcome: 'good' })
    expect(checkOutbox({ waiting: 3, dead: 0, oldestMillis: 31 * minute })).toMatchObject({ outcome: 'bad' })
    expect(checkOutbox({ waiting: 0, dead: 1, oldestMillis: 0 })).toMatchObject({
      outcome: 'warning',
      next: { en: 'once the mail system works: sapan notices revive' },
    })
  })
})

describe('the doctor looks at money', () => {
  const now = Date.parse('2026-11-23T10:00:00Z')
  const well = {
    payee: 'TH/GOV/RD',
    since: now - day,
    comparedDay: '2026-11-22',
    ...{ openDifferences: 0, failedRefunds: 0, unsentRefunds: 0, oldestUnsentMillis: 0 },
  }

  it.each([
    ['that is compared', {}, 'good'],
    ['that was compared long ago', { comparedDay: '2026-11-19' }, 'warning'],
    ['that differs', { openDifferences: 1 }, 'warning'],
    ['of which a refund failed', { failedRefunds: 1 }, 'warning'],
    ['that the bank did not take', { unsentRefunds: 1, oldestUnsentMillis: 61 * minute }, 'bad'],
  ])('%s', (_, over, outcome) => {
    const check = checkMoney({ ...well, ...over }, now)
    expect(check).toMatchObject({ code: 'money', about: 'RD money', outcome })
    expect(check.next === undefined).toBe(outcome === 'good')
  })

  it('of every agency for which some moved', async () => {
    const database = await testDatabase({ payments: paymentsMigrations })
    onTestFinished(() => database.drop())
    const { pool } = database
    expect(await moneyStates(pool, now)).toEqual([])
    await pool.query(
      `insert into payments.refund (id, payer, reference, amount, to_sealed, state, ordered_at)
       values (gen_random_uuid(), 'TH/GOV/RD', 'x', 100, '', 'ordered', $1)`,
      [new Date(now - day)],
    )
    const { comparedDay: _, ...rest } = well
    expect(await moneyStates(pool, now)).toEqual([{ ...rest, unsentRefunds: 1, oldestUnsentMillis: day }])
  })
})

describe('the doctor looks at the seal of an agency', () => {
  it('that is good, ends soon, has ended, or is not there', () => {
    const outcomes = [40 * day, 29 * day, -1, undefined].map(
      (till) => checkSeal('TH/GOV/RD', till, 0).outcome,
    )
    expect(outcomes).toEqual(['good', 'warning', 'bad', 'bad'])
  })
})
