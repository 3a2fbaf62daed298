import { createHash } from 'node:crypto'
import { appendToTiles, leafHash } from '@sapan/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import { CircumstancesCache } from '../../src/evidence/circumstances.ts'
import { readEntry } from '../../src/evidence/entry.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { logEntry, recordDigest } from '../../src/evidence/leaf.ts'
import { keepCircumstances } from '../../src/evidence/store/circumstances.ts'
import { readExchange } from '../../src/evidence/store/exchanges.ts'
import { saveTiles } from '../../src/evidence/store/tiles.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry, type TestExchange } from './country.ts'

let database: TestDatabase
let country: TestCountry
let evidence: Evidence
let exchanges: TestExchange[]

beforeEach(async () => {
  database = await evidenceDatabase()
  country = new TestCountry()
  evidence = country.evidence(database.pool, [dopa])
  await country.join(evidence, [dopa])
  exchanges = []
  for (let i = 0; i < 3; i++) {
    const exchange = country.exchange({ number: String(i) })
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    expect((await evidence.flush(dopa)).pending).toEqual([])
    exchanges.push(exchange)
  }
})

afterEach(async () => {
  await evidence.stop()
  await database.drop()
})

const sql = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows

async function audit(askWitnesses: boolean) {
  const { sound, findings, notes } = await evidence.audit(dopa, { askWitnesses })
  return { sound, first: findings[0], findings, notes }
}

/** Changes a column of a record, and makes digest and tree anew, as one can without any key. */
async function rewrite(exchange: string, purpose: string): Promise<void> {
  const records = await readExchange(database.pool, [dopa], exchange)
  for (const record of records) {
    const digest = recordDigest({ ...record, purpose })
    const circumstances = new CircumstancesCache().of({ ...record, purpose })
    await keepCircumstances(database.pool, [circumstances])
    await sql(
      'update evidence.record set circumstances = $1, digest = $2 where exchange = $3 and kind = $4',
      [circumstances.id, digest, exchange, record.kind],
    )
  }
  const leaves: Buffer[] = []
  for (const { entries } of await sql('select entries from evidence.batch order by first')) {
    for (let at = 0; at < entries.length; at += 30) {
      const entry = readEntry(entries, at)
      if (entry.of !== 'record') throw new Error('only records here')
      const [row] = await sql(
        'select digest from evidence.record where exchange = $1 and side = $2 and kind = $3',
        [entry.exchange, entry.side, entry.kind],
      )
      leaves.push(leafHash(logEntry(row.digest, entry)))
    }
  }
  await sql('delete from evidence.tile')
  await saveTiles(database.pool, dopa, 1, await appendToTiles(0, leaves, async () => []))
}

describe('an operator without keys', () => {
  test('who rewrites a row with its tree contradicts what was sealed and what was signed', async () => {
    const exchange = exchanges[1]?.id ?? ''
    await rewrite(exchange, 'curiosity')
    const { sound, first, findings } = await audit(false)
    expect(sound).toBe(false)
    expect(first).toMatchObject({ code: 'edited', table: 'record', exchange })
    expect(findings).toContainEqual(expect.objectContaining({ code: 'contradiction', table: 'checkpoint' }))
  })

  test('who rewrites a row with its tree and removes every signature is found out by what is missing', async () => {
    await rewrite(exchanges[1]?.id ?? '', 'curiosity')
    for (const table of ['checkpoint', 'cosignature', 'stamp']) await sql(`delete from evidence.${table}`)
    expect((await audit(true)).sound).toBe(false)
    const { sound, first } = await audit(false)
    expect(sound).toBe(false)
    expect(first).toMatchObject({ code: 'removed', table: 'checkpoint' })
  })

  test.each(['cosignature', 'stamp'])('who removes the newest row of %s is found out', async (table) => {
    await sql(`delete from evidence.${table} where size = (select max(size) from evidence.${table})`)
    expect((await audit(false)).first).toMatchObject({ code: 'removed', table })
  })

  test('who removes a grant or a directory that a record names is found out', async () => {
    const grant = createHash('sha256').update(country.grant).digest('hex')
    await sql(`delete from evidence.document where key = $1`, [grant])
    expect((await audit(false)).first).toMatchObject({ code: 'removed', table: 'document' })
    await evidence.keepGrant(country.grant)
    expect((await audit(false)).sound).toBe(true)
    await sql(`delete from evidence.document where kind = 'directory' and key = $1`, [
      String(exchanges[0]?.provider.request.directoryVersion),
    ])
    expect((await audit(false)).first).toMatchObject({ code: 'removed', table: 'document' })
  })

  test('who puts back an older state with all its marks is found out by the witness alone', async () => {
    const [head] = await sql('select * from evidence.log')
    const size = Number(head.size)
    const exchange = country.exchange()
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    expect((await evidence.flush(dopa)).pending).toEqual([])
    await sql('delete from evidence.record where exchange = $1', [exchange.id])
    await sql('delete from evidence.usage where exchange = $1', [exchange.id])
    await sql('delete from evidence.batch where first >= $1', [size])
    for (const table of ['checkpoint', 'cosignature', 'stamp'])
      await sql(`delete from evidence.${table} where size > $1`, [size])
    await sql('update evidence.tile set hashes = substr(hashes, 1, $1) where level = 0', [size * 32])
    const columns = Object.keys(head)
    await sql('delete from evidence.log')
    await sql(
      `insert into evidence.log (${columns.join()}) values (${columns.map((_, i) => `$${i + 1}`).join()})`,
      Object.values(head),
    )
    expect((await audit(true)).first).toMatchObject({ code: 'removed', table: 'batch', index: size })
    const alone = await audit(false)
    expect(alone.sound).toBe(true)
    expect(alone.notes.map(({ en }) => en).join(' ')).toMatch(/cut short/)
  })

  test('who hides a record from the log behind a number of the future is found out', async () => {
    const exchange = country.exchange()
    await evidence.record([exchange.provider.request, exchange.provider.answer])
    await sql('update evidence.record set txid = txid + 1000 where exchange = $1', [exchange.id])
    expect((await audit(false)).first).toMatchObject({ code: 'reordered', exchange: exchange.id })
  })

  test('who edits a record that waits for the log, with its digest, is found out at its row', async () => {
    const { id, provider } = country.exchange()
    await evidence.record([provider.request, provider.answer])
    for (const record of await readExchange(database.pool, [dopa], id)) {
      const subjects = Buffer.alloc(0)
      await sql('update evidence.record set subjects = $1, digest = $2 where exchange = $3 and kind = $4', [
        subjects,
        recordDigest({ ...record, subjects }),
        id,
        record.kind,
      ])
    }
    const edited = { code: 'edited', table: 'record', exchange: id }
    expect((await audit(false)).first).toMatchObject(edited)
    await evidence.flush(dopa)
    expect((await audit(false)).first).toMatchObject(edited)
  })

  test('who makes an exchange up is found out at its row', async () => {
    const [row] = await sql('select * from evidence.record limit 1')
    const columns = Object.keys(row).filter((name) => name !== 'txid')
    const id = country.exchange().id
    await sql(
      `insert into evidence.record (${columns.join()}) select ${columns
        .map((name) => (name === 'exchange' ? `'${id}'::uuid` : name))
        .join()} from evidence.record limit 1`,
    )
    const [made] = await readExchange(database.pool, [dopa], id)
    if (!made) throw new Error('not there')
    await sql('update evidence.record set digest = $1 where exchange = $2', [recordDigest(made), id])
    await evidence.flush(dopa)
    expect((await audit(false)).first).toMatchObject({ code: 'edited', table: 'record', exchange: id })
    await sql('update evidence.record set content = null where exchange = $1', [id])
    expect((await audit(false)).first).toMatchObject({ code: 'removed', table: 'record', exchange: id })
  })
})
