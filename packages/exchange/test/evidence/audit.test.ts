import { randomInt, randomUUID } from 'node:crypto'
import { leafHash } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../../kernel/test/database.ts'
import type { AuditReport } from '../../src/evidence/audit/report.ts'
import { CircumstancesCache } from '../../src/evidence/circumstances.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { logEntry, recordDigest } from '../../src/evidence/leaf.ts'
import { keepCircumstances } from '../../src/evidence/store/circumstances.ts'
import { type RecordRow, readRecordRow, recordColumns } from '../../src/evidence/store/records.ts'
import type { StoredRecord } from '../../src/evidence/stored.ts'
import { evidenceDatabase } from '../databases.ts'
import { dopa, TestCountry } from './country.ts'

const tables = [
  'circumstances',
  'record',
  'statement',
  'log',
  'batch',
  'tile',
  'checkpoint',
  'cosignature',
  'stamp',
  'usage',
  'document',
] as const
type Table = (typeof tables)[number]

let database: TestDatabase
const country = new TestCountry()
let evidence: Evidence

/** Two epochs, over 256 entries in the first, several checkpoints, an erasure, bodies and digests only. */
beforeAll(async () => {
  database = await evidenceDatabase()
  evidence = country.evidence(database.pool, [dopa])
  await country.join(evidence, [dopa])
  await recordSome(140)
  await evidence.flush(dopa)
  const { exchanges } = await evidence.list({ limit: 1 })
  await evidence.erase({ exchange: exchanges[0]?.exchange ?? '', law: 'PDPA s. 33' })
  await recordSome(5)
  await evidence.flush(dopa)
  await evidence.recover(dopa, true)
  country.logKeys.set(dopa, await evidence.logKeys(dopa))
  await recordSome(3)
  await evidence.flush(dopa)
}, 60_000)

afterAll(async () => {
  await evidence.stop()
  await database.drop()
})

async function recordSome(count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const { provider } = country.exchange({ body: i % 3 > 0, number: String(3365341504617 + (i % 7)) })
      await evidence.record([provider.request])
      await evidence.record([provider.answer])
    }),
  )
}

async function audit(): Promise<AuditReport> {
  return await evidence.audit(dopa)
}

/** Keeps other circumstances of a record; gives the identifier in hex. */
async function keep(record: StoredRecord): Promise<string> {
  const circumstances = new CircumstancesCache().of(record)
  await keepCircumstances(database.pool, [circumstances])
  return circumstances.id.toString('hex')
}

/** Runs some SQL, looks at what the audit then says, and puts everything back. */
async function after(damage: string, look: (report: AuditReport) => void | Promise<void>): Promise<void> {
  const damaged = tables.filter((table) => damage.includes(`evidence.${table} `))
  for (const table of damaged)
    await database.pool.query(`create table kept_${table} as table evidence.${table}`)
  try {
    await database.pool.query(damage)
    await look(await audit())
  } finally {
    for (const table of damaged) {
      await database.pool.query(
        `truncate evidence.${table}; insert into evidence.${table} select * from kept_${table}; drop table kept_${table}`,
      )
    }
  }
}

describe('an audit', () => {
  test('finds whole evidence sound, and counts what it checked', async () => {
    const progress: [number, number][] = []
    const report = await evidence.audit(dopa, { onProgress: (...step) => progress.push(step) })
    expect(report.findings).toEqual([])
    expect(report).toMatchObject({ sound: true, entries: 298, unsequenced: 0, erased: 2, notes: [] })
    expect(report.checkpoints).toBeGreaterThan(2)
    // Each of the three flushes waited for its witness; one that was made between them may be overtaken by the next.
    expect(report.cosignatures).toBeGreaterThanOrEqual(3)
    expect(report.cosignatures).toBeLessThanOrEqual(report.checkpoints)
    expect(progress[0]).toEqual([0, 298])
    expect(progress.at(-1)).toEqual([298, 298])
  })

  test('names an answer that was removed', async () => {
    await after(
      `delete from evidence.record where ctid = (select ctid from evidence.record where kind = 'answer' limit 1)`,
      ({ findings }) => {
        expect(findings[0]).toMatchObject({
          code: 'removed',
          table: 'record',
          kind: 'answer',
          side: 'provider',
          epoch: 1,
        })
        expect(findings[0]?.text.en).toContain(findings[0]?.exchange)
      },
    )
  })

  test.each([
    ['edited', `update evidence.circumstances set law = law || '.'`],
    ['removed', 'delete from evidence.circumstances where true'],
  ])('names circumstances that were %s, and every record of them', async (code, damage) => {
    await after(damage, ({ findings, found }) => {
      expect(findings[0]).toMatchObject({ code, table: 'circumstances' })
      expect(findings.at(-1)).toMatchObject({ code: 'edited', table: 'record' })
      expect(found).toBeGreaterThan(290)
    })
  })

  test('names records that changed places', async () => {
    await after(
      `update evidence.record r set txid = o.txid, ordinal = o.ordinal
       from (select txid, ordinal, lead(exchange) over (order by txid, ordinal) as exchange,
               lead(kind) over (order by txid, ordinal) as kind from evidence.record) o
       where r.exchange = o.exchange and r.kind = o.kind
         and r.exchange = (select exchange from evidence.record order by txid offset 20 limit 1)`,
      ({ findings }) => expect(findings[0]).toMatchObject({ code: 'reordered', table: 'record' }),
    )
  })

  test('names a record that was added past the log', async () => {
    await after(
      `insert into evidence.record select (jsonb_populate_record(r, jsonb_build_object('exchange', gen_random_uuid()))).*
       from evidence.record r limit 1`,
      ({ findings }) =>
        expect(findings.map(({ code, table }) => [code, table])).toContainEqual(['added', 'record']),
    )
  })

  test('is not deceived by one who also mends the digest', async () => {
    const { rows } = await database.pool.query<RecordRow>(
      `select ${recordColumns} from evidence.whole_record r where kind = 'request' order by txid offset 30 limit 1`,
    )
    const row = rows[0]
    if (!row) throw new Error('no record')
    const record = { ...readRecordRow(row), purpose: 'curiosity' }
    const digest = recordDigest(record).toString('hex')
    const circumstances = await keep(record)
    await after(
      `update evidence.record set circumstances = '\\x${circumstances}', digest = '\\x${digest}'
       where exchange = '${row.exchange}' and kind = 'request'`,
      ({ findings, found }) => {
        expect(found).toBe(1)
        expect(findings[0]).toMatchObject({
          code: 'edited',
          table: 'record',
          exchange: row.exchange,
          kind: 'request',
        })
      },
    )
  })

  test('is not deceived by one who mends digest and tile as well', async () => {
    const { rows } = await database.pool.query<RecordRow>(
      `select ${recordColumns} from evidence.whole_record r where kind = 'request' order by txid limit 1`,
    )
    const row = rows[0]
    if (!row) throw new Error('no record')
    const record = { ...readRecordRow(row), purpose: 'curiosity' }
    const digest = recordDigest(record)
    const leaf = leafHash(logEntry(digest, record)).toString('hex')
    const circumstances = await keep(record)
    const view = await evidence.show(row.exchange)
    const index = view.records.find(({ kind }) => kind === 'request')?.log.index ?? 0
    await after(
      `update evidence.record set circumstances = '\\x${circumstances}', digest = '\\x${digest.toString('hex')}'
         where exchange = '${row.exchange}' and kind = 'request';
       update evidence.tile set hashes = overlay(hashes placing '\\x${leaf}'::bytea from ${1 + 32 * (index % 256)})
         where epoch = 1 and level = 0 and index = ${Math.floor(index / 256)}`,
      ({ findings }) => expect(findings.map(({ code }) => code)).toContain('contradiction'),
    )
  })

  test('does not take a log that grows meanwhile for one that was cut short', async () => {
    const other = await evidenceDatabase()
    const own = new TestCountry()
    let grow = async () => {}
    const { latest } = own.witnessClient
    const witness = {
      ...own.witnessClient,
      vkey: own.witness.vkey,
      latest: async (origin: string) => {
        await grow()
        return (await latest?.(origin)) ?? null
      },
    }
    const kept = own.evidence(other.pool, [dopa], { witnesses: () => [witness] })
    const more = async () => {
      await kept.record([own.exchange().provider.request])
      await kept.flush(dopa)
    }
    try {
      await own.join(kept, [dopa])
      await more()
      grow = more
      expect((await kept.audit(dopa)).findings).toEqual([])
    } finally {
      await kept.stop()
      await other.drop()
    }
  })

  test('sees by the witness that the log was cut short, though what is left agrees with itself', async () => {
    const other = await evidenceDatabase()
    const own = new TestCountry()
    const kept = own.evidence(other.pool, [dopa])
    try {
      await own.join(kept, [dopa])
      await kept.record([own.exchange().provider.request])
      await kept.flush(dopa)
      for (const table of tables)
        await other.pool.query(`create table kept_${table} as table evidence.${table}`)
      await kept.record([own.exchange().provider.request])
      await kept.flush(dopa)
      for (const table of tables) {
        await other.pool.query(
          `truncate evidence.${table}; insert into evidence.${table} select * from kept_${table}`,
        )
      }
      const blind = await kept.audit(dopa, { askWitnesses: false })
      expect(blind.sound).toBe(true)
      const report = await kept.audit(dopa)
      expect(report.findings).toHaveLength(1)
      expect(report.findings[0]?.text.en).toMatch(/saw 2 entries, of which 1 is left/)
    } finally {
      await kept.stop()
      await other.drop()
    }
  })

  test('stays whole where records wait for the log, and checks those too', async () => {
    const waiting = country.exchange()
    await evidence.record([waiting.provider.request])
    expect(await audit()).toMatchObject({ sound: true, unsequenced: 1 })
    await after(`update evidence.record set at = at + 1 where exchange = '${waiting.id}'`, ({ findings }) =>
      expect(findings[0]).toMatchObject({ code: 'edited', table: 'record', exchange: waiting.id }),
    )
    await evidence.flush(dopa)
  })

  test('lists a bounded number of findings, and counts them all', async () => {
    await after(`update evidence.record set at = at + 1`, async () => {
      const report = await evidence.audit(dopa, { most: 5 })
      expect(report.findings).toHaveLength(5)
      expect(report.found).toBeGreaterThan(250)
    })
  })
})

describe('a single byte, flipped anywhere', () => {
  test.each(tables)(
    'in the table %s is found, and the table and row are named',
    async (table) => {
      const { rows: columns } = await database.pool.query<{ column_name: string; data_type: string }>(
        `select column_name, data_type from information_schema.columns
       where table_schema = 'evidence' and table_name = $1 order by ordinal_position`,
        [table],
      )
      const rounds = Number(process.env.SAPAN_FLIPS ?? 1)
      for (const { column_name: column, data_type: type } of columns) {
        for (let round = 0; round < rounds; round++) await flipAndLook(table, column, type)
      }
    },
    180_000,
  )
})

async function flipAndLook(table: Table, column: string, type: string): Promise<void> {
  const { rows } = await database.pool.query<{ ctid: string; value: unknown; row: Record<string, unknown> }>(
    `select ctid::text, "${column}" as value, to_jsonb(t) as row from evidence.${table} t
     where ${table === 'record' ? 'true' : `"${column}" is not null`} order by random() limit 1`,
  )
  const found = rows[0]
  if (!found) return
  const flipped = flip(found.value, type)
  const cast = type === 'bytea' ? '' : `::${type}`
  let moved: string | undefined
  try {
    const changed = await database.pool.query<{ ctid: string }>(
      `update evidence.${table} set "${column}" = $1${cast} where ctid = $2::tid returning ctid::text`,
      [flipped, found.ctid],
    )
    moved = changed.rows[0]?.ctid
  } catch (error) {
    // Another row has that key.
    if (error instanceof Error && 'code' in error && error.code === '23505') return
    throw error
  }
  try {
    const { sound, findings } = await audit()
    const case_ = {
      table,
      column,
      value: String(found.value).slice(0, 80),
      flipped: String(flipped).slice(0, 80),
    }
    expect({ ...case_, sound, tables: findings.map((finding) => finding.table) }).toMatchObject({
      ...case_,
      sound: false,
      tables: expect.arrayContaining([table]),
    })
    if (table === 'record') {
      const { exchange, kind } = found.row
      const named = findings.map((finding) => `${finding.exchange} ${finding.kind} ${finding.index !== null}`)
      expect(named).toContain(`${String(exchange)} ${String(kind)} true`)
    }
  } finally {
    await database.pool.query(`update evidence.${table} set "${column}" = $1${cast} where ctid = $2::tid`, [
      found.value,
      moved,
    ])
  }
}

/** One byte of a value changed, as far as its type has room for it. */
function flip(value: unknown, type: string): unknown {
  if (value === null && type === 'uuid') return randomUUID()
  if (value === null) return type === 'bytea' ? Buffer.of(randomInt(256)) : type === 'text' ? 'x' : 1
  if (value instanceof Buffer) return flipByte(value)
  if (typeof value === 'boolean') return !value
  if (type === 'uuid') {
    const at = randomInt(36)
    const digit = String(value)[at]
    return digit === '-' ? flip(value, type) : replaceAt(String(value), at, digit === '0' ? '1' : '0')
  }
  if (type === 'text') return flipText(String(value))
  const bits = type === 'bigint' ? 64 : 32
  const changed = BigInt(String(value)) ^ (BigInt(1 + randomInt(255)) << BigInt(8 * randomInt(bits / 8)))
  return BigInt.asIntN(bits, changed).toString()
}

function flipByte(bytes: Buffer): Buffer {
  if (bytes.length === 0) return Buffer.of(randomInt(256))
  const flipped = Buffer.from(bytes)
  const at = randomInt(bytes.length)
  flipped[at] = (flipped[at] ?? 0) ^ (1 + randomInt(255))
  return flipped
}

/** A changed byte that leaves UTF-8 without U+0000: PostgreSQL would refuse to read anything else. */
function flipText(text: string): string {
  if (text === '') return 'x'
  for (;;) {
    try {
      const flipped = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
        flipByte(Buffer.from(text)),
      )
      if (!flipped.includes('\0')) return flipped
    } catch {
      // Not UTF-8: another byte.
    }
  }
}

function replaceAt(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1)
}
