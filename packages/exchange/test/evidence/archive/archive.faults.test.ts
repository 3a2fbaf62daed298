import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Sealer } from '@sapan/trust'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../../kernel/test/database.ts'
import type { ArchiveStore } from '../../../src/evidence/archive/archive-store.ts'
import { FolderArchiveStore } from '../../../src/evidence/archive/folder-store.ts'
import { S3ArchiveStore } from '../../../src/evidence/archive/s3/s3-store.ts'
import { segmentName } from '../../../src/evidence/archive/segment-name.ts'
import type { Evidence } from '../../../src/evidence/evidence.ts'
import { evidenceDatabase } from '../../databases.ts'
import { dopa, sha256, TestCountry } from '../country.ts'
import type { OneRound, RoundDone } from './one-round.ts'
import { keys, S3Server } from './s3-server.ts'

const day = 86_400_000
const afterDays = 30
const why = { by: 'operator', reason: 'a complaint of the person' }
const program = fileURLToPath(new URL('one-round.ts', import.meta.url))

/** A place for an archive, with what lies in it. */
interface Place {
  readonly at: string
  readonly store: ArchiveStore
  names(): Promise<string[]>
  remove(): Promise<void>
}

async function folder(): Promise<Place> {
  const at = await mkdtemp(join(tmpdir(), 'sapan-archive-'))
  return {
    at,
    store: new FolderArchiveStore(at),
    names: async () => (await readdir(at, { recursive: true })).filter((name) => !/^\d{4}-\d{2}$/.test(name)),
    remove: () => rm(at, { recursive: true }),
  }
}

async function s3(): Promise<Place> {
  const server = new S3Server()
  const at = await server.start()
  const settings = {
    endpoint: at,
    region: 'th-1',
    bucket: 'evidence',
    prefix: '',
    addressing: 'path' as const,
  }
  return {
    at,
    store: new S3ArchiveStore({ settings, credentials: async () => keys, clock: Date.now }),
    names: async () => [...server.objects.keys()].map((path) => path.replace('/evidence/', '')),
    remove: () => server.stop(),
  }
}

let database: TestDatabase
beforeEach(async () => {
  database = await evidenceDatabase()
})
afterEach(() => database.drop())

test.each([
  ['in a folder', folder],
  ['in an S3 store', s3],
])(
  'an archive %s loses nothing and keeps nothing for ever that nobody needs, at whichever moment of a round its gateway is killed',
  async (_, placeOf) => {
    const place = await placeOf()
    const sealingKey = randomBytes(32)
    const country = new TestCountry()
    const evidence = country.evidence(database.pool, [dopa], {
      sealer: new Sealer(new Map([[1, sealingKey]]), 1),
      archive: { store: place.store, afterDays },
      settings: { flushWithin: 20_000 },
    })
    try {
      await country.join(evidence, [dopa])
      const round = { databaseUrl: database.url, place: place.at, sealingKey: sealingKey.toString('hex') }
      const { old, erased, kills } = await killAtEachMoment(country, evidence, round)
      const quiet = { ...round, moment: 0, now: country.clock() + afterDays * day }
      expect((await endOf(quiet)).code).toBe(0)
      await expectAll(evidence, old, erased)
      await expectNothingLeft(place)
      console.log(`killed ${kills} times, with ${old.length} exchanges`)
      expect(kills).toBeGreaterThan(30)
    } finally {
      await evidence.stop()
      await place.remove()
    }
  },
)

test('a round takes little memory, however much there is to archive', async () => {
  const place = await s3()
  const sealingKey = randomBytes(32)
  const country = new TestCountry()
  const evidence = country.evidence(database.pool, [dopa], {
    sealer: new Sealer(new Map([[1, sealingKey]]), 1),
  })
  try {
    await country.join(evidence, [dopa])
    const body = randomBytes(200_000)
    for (let i = 0; i < 1_500; i++) {
      const { request } = country.exchange().provider
      await evidence.record([{ ...request, body, bodyDigest: sha256(body), bodyBytes: body.length }])
    }
    const now = country.clock() + (afterDays + 2) * day
    const round = { databaseUrl: database.url, place: place.at, sealingKey: sealingKey.toString('hex'), now }
    const { code, done } = await endOf({ ...round, moment: 0 })
    expect(code).toBe(0)
    expect((await place.names()).length).toBeGreaterThan(15)
    console.log(`grew by ${done.grew >> 20} MiB for 286 MiB`)
    expect(done.grew).toBeLessThan(280 * 2 ** 20)
  } finally {
    await evidence.stop()
    await place.remove()
  }
})

/** Each round has something to do, and others are recorded, opened and erased meanwhile, until a round ends before its moment. */
async function killAtEachMoment(
  country: TestCountry,
  evidence: Evidence,
  round: Pick<OneRound, 'databaseUrl' | 'place' | 'sealingKey'>,
) {
  const old: string[] = []
  const erased = new Set<string>()
  for (let moment = 1; ; moment++) {
    for (let i = 0; i < 3; i++) old.push(await recordOne(country, evidence))
    await evidence.flush(dopa)
    country.advance(2 * day)
    await country.join(evidence, [dopa])
    const ended = endOf({ ...round, moment, now: country.clock() + afterDays * day })
    const [toErase = '', toOpen = ''] = old.slice(-2)
    await evidence.erase({ exchange: toErase, law: 'PDPA s. 33' })
    erased.add(toErase)
    await evidence.open({ exchange: toOpen, ...why })
    old.push(await recordOne(country, evidence))
    const { code, done } = await ended
    if (code === 0 && done.moments < moment) return { old, erased, kills: moment - 1 }
    expect([code, moment]).toEqual(['SIGKILL', moment])
  }
}

async function recordOne(country: TestCountry, evidence: Evidence): Promise<string> {
  const { id, provider } = country.exchange()
  await evidence.record([provider.request, provider.answer])
  return id
}

function endOf(told: OneRound): Promise<{ code: number | string | null; done: RoundDone }> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify(told)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => {
    said += part
  })
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code: signal ?? code, done: JSON.parse(said || '{}') })),
  )
}

async function expectAll(evidence: Evidence, old: readonly string[], erased: ReadonlySet<string>) {
  for (const exchange of old) {
    if (erased.has(exchange))
      expect(await evidence.show(exchange)).toMatchObject({ records: [{ body: 'erased' }, {}] })
    else expect(JSON.stringify(await evidence.open({ exchange, ...why }))).toContain('เชียงใหม่')
  }
  await evidence.flush(dopa)
  expect(await evidence.audit(dopa, { askWitnesses: false })).toMatchObject({ sound: true, findings: [] })
}

async function expectNothingLeft(place: Place) {
  const { rows } = await database.pool.query<{ id: string; state: string }>(
    'select id, state from evidence.segment',
  )
  expect(rows.filter(({ state }) => state !== 'kept')).toEqual([])
  expect((await place.names()).sort()).toEqual(rows.map(({ id }) => segmentName(id)).sort())
}
