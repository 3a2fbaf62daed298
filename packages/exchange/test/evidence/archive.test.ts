import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { ArchiveStore } from '../../src/evidence/archive/archive-store.ts'
import { FolderArchiveStore } from '../../src/evidence/archive/folder-store.ts'
import { segmentName } from '../../src/evidence/archive/segment-name.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { forgetRestored, markRestored } from '../../src/evidence/store/restored.ts'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { movedTables } from '../../src/gateway/moving/tables.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

const day = 86_400_000
const province = 'เชียงใหม่'
const why = { by: 'operator', reason: 'a complaint of the person' }

let database: TestDatabase
let country: TestCountry
let folder: string
let evidence: Evidence

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  folder = await mkdtemp(join(tmpdir(), 'sapan-archive-'))
  evidence = withArchive(new FolderArchiveStore(folder))
  await country.join(evidence, [dopa])
})
afterEach(async () => {
  await evidence.stop()
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

function withArchive(store: ArchiveStore | undefined): Evidence {
  return country.evidence(database.pool, [dopa], {
    archive: store && { store, afterDays: 30 },
    settings: { flushWithin: 2_000 },
  })
}

/** Exchanges that are so many days old, the oldest first, in the log; their numbers. */
async function kept(...daysAgo: number[]): Promise<string[]> {
  const ids: string[] = []
  for (const [i, days] of daysAgo.entries()) {
    const { id, provider } = country.exchange()
    await evidence.record([provider.request, provider.answer])
    await evidence.flush(dopa)
    country.advance((days - (daysAgo[i + 1] ?? 0)) * day)
    ids.push(id)
  }
  await country.join(evidence, [dopa])
  return ids
}

/** Where the contents of an exchange lie, and how many bytes of them are in the database. */
async function places(exchange: string): Promise<{ segment: string | null; bytes: number }[]> {
  const { rows } = await database.pool.query(
    'select segment, octet_length(content) as bytes from evidence.record where exchange = $1 order by kind',
    [exchange],
  )
  return rows
}

async function files(): Promise<string[]> {
  const all = await readdir(folder, { recursive: true })
  return all.filter((name) => name.includes('/')).map((name) => join(folder, name))
}

async function onlyFile(): Promise<string> {
  const [file = '', ...others] = await files()
  expect(others).toEqual([])
  return file
}

describe('what was said long ago', () => {
  test('goes to the archive, what is young stays, and everything is told as before', async () => {
    const [old = '', young = ''] = await kept(40, 5)
    const { records: recordsBefore, ...before } = await evidence.show(old)
    await evidence.archive()
    expect(await places(young)).toMatchObject([{ segment: null }, { segment: null }])
    for (const { segment, bytes } of await places(old)) {
      expect(segment).not.toBeNull()
      expect(bytes).toBeLessThan(120)
    }
    const { records, ...rest } = await evidence.show(old)
    expect(rest).toEqual(before)
    expect(records).toEqual(recordsBefore.map((record) => ({ ...record, archived: true })))
    expect(JSON.stringify(await evidence.open({ exchange: old, ...why }))).toContain(province)
    const { file } = await evidence.export(old)
    expect(Buffer.from(file).includes(province)).toBe(true)
    expect(verifyExport(file, { roots: country.roots })).toMatchObject({ valid: true })
    expect(await evidence.audit(dopa)).toMatchObject({ sound: true, findings: [] })
    const usage = await evidence.findUsage({ subjects: [country.subject('3365341504617')] })
    expect(usage.accesses).toMatchObject([{ exchange: young }, { exchange: old, openings: [{}] }])
  })

  test('cannot be read in the archive without the database, and only its owner may open the file', async () => {
    await kept(40)
    await evidence.archive()
    const file = await onlyFile()
    const bytes = await readFile(file)
    expect(bytes.includes(province) || bytes.includes('3365341504617')).toBe(false)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  test('is put there once: a round without anything new writes nothing', async () => {
    const [old = ''] = await kept(40)
    await evidence.archive()
    const first = await places(old)
    await evidence.archive()
    expect(await places(old)).toEqual(first)
    await onlyFile()
    expect(await evidence.archived()).toMatchObject({ place: folder, segments: 1, records: 2, behind: 0 })
  })

  test('waits until a day has come together, so that files do not get small', async () => {
    await kept(30.5)
    await evidence.archive()
    expect(await files()).toEqual([])
    country.advance(day)
    await evidence.archive()
    await onlyFile()
  })

  test('is erased there too: without its key nobody reads it, and a file that nobody needs goes after five weeks', async () => {
    const [old = ''] = await kept(40)
    await evidence.archive()
    await evidence.erase({ exchange: old, law: 'PDPA s. 33' })
    expect(await places(old)).toEqual([
      { segment: null, bytes: null },
      { segment: null, bytes: null },
    ])
    await evidence.flush(dopa)
    expect(await evidence.audit(dopa)).toMatchObject({ sound: true, erased: 2 })
    await evidence.archive()
    await onlyFile()
    country.advance(36 * day)
    await evidence.archive()
    expect(await files()).toEqual([])
    expect(await evidence.archived()).toMatchObject({ segments: 0 })
  })
})

describe('an archive that is away', () => {
  test('keeps nothing back but what was said: proofs, lists and the log are told without it', async () => {
    const [old = ''] = await kept(40)
    await evidence.archive()
    await rename(folder, `${folder}-away`)
    await expect(evidence.open({ exchange: old, ...why })).rejects.toMatchObject({
      code: 'archive-unreachable',
    })
    const { records, openings } = await evidence.show(old)
    expect([records[0]?.body, openings]).toEqual(['full', []])
    const { file } = await evidence.exportSealed(old)
    expect(verifyExport(file, { roots: country.roots })).toMatchObject({ valid: true })
    const usage = await evidence.findUsage({ subjects: [country.subject('3365341504617')] })
    expect(usage.accesses).toMatchObject([{ exchange: old }])
    const audit = await evidence.audit(dopa)
    expect(audit).toMatchObject({ sound: true, findings: [] })
    expect(audit.notes.map(({ en }) => en)).toContain(
      'The archive could not be reached: 2 messages in it were not looked at.',
    )
    await rename(`${folder}-away`, folder)
    expect(await evidence.open({ exchange: old, ...why })).toMatchObject({ exchange: old })
  })

  test('loses nothing: a round that fails leaves everything in the database, and the next one does it', async () => {
    const [old = ''] = await kept(40)
    await rename(folder, `${folder}-away`)
    await expect(evidence.archive()).rejects.toMatchObject({ code: 'archive-unreachable' })
    expect(await places(old)).toMatchObject([{ segment: null }, { segment: null }])
    await rename(`${folder}-away`, folder)
    await evidence.archive()
    expect((await places(old))[0]?.segment).not.toBeNull()
    await onlyFile()
  })

  test('is known before it is needed: a round without anything to archive tries it out, and leaves nothing', async () => {
    await kept(5)
    await evidence.archive()
    expect(await readdir(folder)).toEqual([])
    await rename(folder, `${folder}-away`)
    await expect(evidence.archive()).rejects.toMatchObject({ code: 'archive-unreachable' })
    await rename(`${folder}-away`, folder)
  })

  test('is named where the configuration names none any more', async () => {
    const [old = ''] = await kept(40)
    await evidence.archive()
    await evidence.stop()
    evidence = withArchive(undefined)
    await evidence.prepare()
    await expect(evidence.open({ exchange: old, ...why })).rejects.toMatchObject({
      code: 'archive-unreachable',
    })
    expect(await evidence.archived()).toMatchObject({ place: null, records: 2 })
  })
})

describe('an archive that lies', () => {
  /** Takes what it is given, and changes it. */
  const altering = (change: (bytes: Buffer<ArrayBuffer>) => Buffer<ArrayBuffer>): ArchiveStore => {
    const store = new FolderArchiveStore(folder)
    return {
      place: folder,
      put: (name, bytes) => store.put(name, change(Buffer.from(bytes))),
      read: (name, from, length) => store.read(name, from, length),
      remove: (name) => store.remove(name),
    }
  }

  test.each([
    ['cuts', (bytes: Buffer<ArrayBuffer>) => bytes.subarray(1)],
    ['alters', (bytes: Buffer<ArrayBuffer>) => bytes.fill(0, 5, 6)],
  ])('is caught when it %s what it is given: the database lets go of nothing', async (_, change) => {
    const [old = ''] = await kept(40)
    await evidence.stop()
    evidence = withArchive(altering(change))
    await evidence.prepare()
    await expect(evidence.archive()).rejects.toMatchObject({ code: 'archive-lost' })
    expect(await places(old)).toMatchObject([{ segment: null }, { segment: null }])
    await evidence.stop()
    evidence = withArchive(new FolderArchiveStore(folder))
    await evidence.archive()
    await onlyFile()
    expect(await evidence.audit(dopa, { askWitnesses: false })).toMatchObject({ sound: true })
  })

  test.each([
    ['removed', (file: string) => rm(file)],
    ['altered', async (file: string) => writeFile(file, (await readFile(file)).fill(1, 20, 21))],
    ['cut short', async (file: string) => writeFile(file, (await readFile(file)).subarray(0, 30))],
  ])(
    'is caught when a file was %s: an audit names what is lost, and proofs are still given',
    async (_, harm) => {
      const [old = ''] = await kept(40)
      await evidence.archive()
      await harm(await onlyFile())
      await expect(evidence.open({ exchange: old, ...why })).rejects.toMatchObject({ code: 'archive-lost' })
      const { sound, findings } = await evidence.audit(dopa)
      expect(sound).toBe(false)
      expect(findings).toContainEqual(
        expect.objectContaining({ code: 'lost', table: 'record', exchange: old }),
      )
      const { file } = await evidence.exportSealed(old)
      expect(verifyExport(file, { roots: country.roots })).toMatchObject({ valid: true })
    },
  )
})

test('a row that names another segment, or none, is found to be edited', async () => {
  const [old = ''] = await kept(40)
  await evidence.archive()
  await database.pool.query('update evidence.record set segment = null where exchange = $1', [old])
  expect(await evidence.audit(dopa)).toMatchObject({ sound: false, found: 2 })
  await database.pool.query('update evidence.record set segment = gen_random_uuid() where exchange = $1', [
    old,
  ])
  expect(await evidence.audit(dopa)).toMatchObject({ sound: false, found: 2 })
})

test('what a gateway began to write and did not finish is cleared away by the next round', async () => {
  const [old = ''] = await kept(40)
  const store = new FolderArchiveStore(folder)
  await evidence.stop()
  const put: ArchiveStore['put'] = async (name, bytes) => {
    await store.put(name, bytes)
    throw new Error('killed')
  }
  evidence = withArchive({ ...store, put, read: store.read, remove: store.remove })
  await evidence.prepare()
  await expect(evidence.archive()).rejects.toThrow('killed')
  const left = await onlyFile()
  await evidence.stop()
  evidence = withArchive(store)
  await evidence.archive()
  expect(await onlyFile()).not.toBe(left)
  expect((await places(old))[0]?.segment).not.toBeNull()
})

test('a member that moves takes it along, out of the archive', async () => {
  const [old = ''] = await kept(40)
  const table = movedTables.find(({ name }) => name === 'evidence.record')
  const rowOf = async () => {
    const { rows } = await database.pool.query(
      `select to_jsonb(r) as row from evidence.record r where exchange = $1 and kind = 'answer'`,
      [old],
    )
    return await table?.open?.(country.sealer, rows[0].row, evidence.contentsInOrder())
  }
  const before = await rowOf()
  await evidence.archive()
  expect(await rowOf()).toEqual(before)
  expect(before).toMatchObject({ segment: null, content: expect.stringContaining('\\x') })
})

test('a copy of the database that came out of a backup leaves the archive alone until its log is recovered', async () => {
  const [older = ''] = await kept(40)
  await evidence.archive()
  const shared = await onlyFile()
  const left = uuidv7(country.clock())
  await database.pool.query(
    `insert into evidence.segment (id, state, bytes, digest, made_at) values ($1, 'writing', 1, '', 0)`,
    [left],
  )
  await new FolderArchiveStore(folder).put(segmentName(left), Buffer.from('of the gateway that goes on'))
  await markRestored(database.pool, new Date(country.clock()))
  country.advance(2 * day)
  await evidence.archive()
  expect((await files()).sort()).toEqual([shared, join(folder, segmentName(left))].sort())
  expect(await evidence.open({ exchange: older, ...why })).toMatchObject({ exchange: older })
  expect(await evidence.archived()).toMatchObject({ restored: [dopa] })
  await forgetRestored(database.pool, dopa)
  expect(await evidence.archived()).toMatchObject({ restored: [] })
  await evidence.archive()
  await onlyFile()
})

test('of two gateways over one database one archives, and both read', async () => {
  const [old = ''] = await kept(42, 41, 40)
  const other = withArchive(new FolderArchiveStore(folder))
  await other.prepare()
  await Promise.all([evidence.archive(), other.archive()])
  await onlyFile()
  expect(await other.open({ exchange: old, ...why })).toMatchObject({ exchange: old })
  await other.stop()
})
