import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BinaryCopy, copyIn, type PoolClient } from '../src/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

interface Row {
  readonly int4: number | null
  readonly int8: bigint | number | null
  readonly float8: number | null
  readonly bool: boolean | null
  readonly text: string | null
  readonly bytea: Buffer | null
  readonly timestamptz: number | null
  readonly uuid: string | null
  readonly textArray: string[] | null
  readonly byteaArray: Buffer[] | null
}

const TABLE = `create table row (
  ordinal int primary key, int4 int4, int8 int8, float8 float8, bool bool, text text, bytea bytea,
  timestamptz timestamptz, uuid uuid, text_array text[], bytea_array bytea[])`
const COPY = 'copy row from stdin (format binary)'

// PostgreSQL stores no U+0000, and UTF-8 has no lone surrogates.
const text = fc.string({ unit: 'binary', maxLength: 300 }).map((s) => s.replaceAll('\0', '').toWellFormed())
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const row: fc.Arbitrary<Row> = fc.record({
  int4: nullable(fc.integer()),
  int8: nullable(fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.maxSafeInteger())),
  float8: nullable(fc.double()),
  bool: nullable(fc.boolean()),
  text: nullable(text),
  bytea: nullable(bytes),
  timestamptz: nullable(fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 0) })),
  uuid: nullable(fc.uuid()),
  textArray: nullable(fc.array(text, { maxLength: 8 })),
  byteaArray: nullable(fc.array(bytes, { maxLength: 8 })),
})

function encode(rows: readonly Row[]): Buffer {
  const copy = new BinaryCopy(64)
  for (const [i, r] of rows.entries()) {
    copy.row(11).int4(i).int4(r.int4).int8(r.int8).float8(r.float8).bool(r.bool).text(r.text).bytea(r.bytea)
    copy.timestamptz(r.timestamptz).uuid(r.uuid).textArray(r.textArray).byteaArray(r.byteaArray)
  }
  return copy.finish()
}

describe('rows written as binary COPY', () => {
  let database: TestDatabase
  let client: PoolClient

  beforeAll(async () => {
    database = await testDatabase()
    await database.pool.query(TABLE)
    client = await database.pool.connect()
  })
  afterAll(async () => {
    client.release()
    await database.drop()
  })

  it('come back from PostgreSQL as they were, whatever their values', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        await client.query('truncate row')
        await copyIn(client, COPY, encode(rows))
        expect(await readBack(client)).toEqual(rows.map(expected))
      }),
      { numRuns: 60 },
    )
  })

  it('may be larger than one frame of the protocol', async () => {
    await client.query('truncate row')
    const large = Buffer.alloc(9 * 1024 * 1024, 7)
    const empty = {
      int4: null,
      int8: null,
      float8: null,
      bool: null,
      text: null,
      timestamptz: null,
      uuid: null,
    }
    await copyIn(client, COPY, encode([{ ...empty, bytea: large, textArray: null, byteaArray: [large] }]))
    const { rows } = await client.query(
      'select length(bytea) as one, length(bytea_array[1]) as other from row',
    )
    expect(rows).toEqual([{ one: large.length, other: large.length }])
  })

  it('are all refused when one is, and the connection works on', async () => {
    await client.query('truncate row')
    const twice = new BinaryCopy()
    for (let i = 0; i < 2; i++) {
      twice.row(11).int4(1)
      for (let field = 0; field < 10; field++) twice.text(null)
    }
    await expect(copyIn(client, COPY, twice.finish())).rejects.toMatchObject({ code: '23505' })
    expect(await readBack(client)).toEqual([])
  })

  it('are not taken for anything else when the statement is refused', async () => {
    const statement = 'copy no_such_table from stdin (format binary)'
    await expect(copyIn(client, statement, encode([]))).rejects.toMatchObject({ code: '42P01' })
    await expect(client.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] })
  })

  it('belong to the transaction around them', async () => {
    await client.query('truncate row')
    await client.query('begin')
    const one = new BinaryCopy().row(11).int4(1)
    for (let field = 0; field < 10; field++) one.text(null)
    await copyIn(client, COPY, one.finish())
    await client.query('rollback')
    expect(await readBack(client)).toEqual([])
  })

  it('reject when the connection is lost', async () => {
    const other = await database.pool.connect()
    const { rows } = await other.query<{ pid: number }>('select pg_backend_pid() as pid')
    await client.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await expect(copyIn(other, COPY, encode([]))).rejects.toThrow()
    other.release(true)
  })
})

describe('a row', () => {
  it('takes bytes as hex too', () => {
    const bytes = Buffer.from('00ff10', 'hex')
    const asHex = new BinaryCopy().row(2).hex('00FF10').hex('').finish()
    expect(asHex).toEqual(new BinaryCopy().row(2).bytea(bytes).bytea(Buffer.of()).finish())
    expect(new BinaryCopy().row(1).hex(null).finish()).toEqual(new BinaryCopy().row(1).bytea(null).finish())
  })

  it('has the number of fields that it says', () => {
    expect(() => new BinaryCopy().row(1).finish()).toThrow(RangeError)
    expect(() => new BinaryCopy().row(2).int4(1).row(2)).toThrow(RangeError)
    expect(() => new BinaryCopy().row(1).int4(1).int4(2)).toThrow(RangeError)
    expect(() => new BinaryCopy().row(-1)).toThrow(RangeError)
  })

  it('takes no value that does not fit its type', () => {
    const field = () => new BinaryCopy().row(1)
    expect(() => field().int4(2 ** 31)).toThrow(RangeError)
    expect(() => field().int4(0.5)).toThrow(RangeError)
    expect(() => field().int8(2 ** 53)).toThrow(RangeError)
    expect(() => field().int8(2n ** 63n)).toThrow(RangeError)
    expect(() => field().timestamptz(Number.NaN)).toThrow(RangeError)
    expect(() => field().uuid('not-a-uuid')).toThrow(RangeError)
    expect(() => field().uuid('g'.repeat(32))).toThrow(RangeError)
    expect(() => field().hex('abc')).toThrow(RangeError)
    expect(() => field().hex('ag')).toThrow(RangeError)
  })
})

/** As text wherever the driver's own reading would lose something. */
async function readBack(client: PoolClient): Promise<unknown[]> {
  const { rows } = await client.query(
    `select int4, int8::text, float8, bool, text, bytea, uuid, text_array as "textArray",
       bytea_array as "byteaArray", (extract(epoch from timestamptz) * 1000)::int8::text as timestamptz
     from row order by ordinal`,
  )
  return rows
}

function expected(row: Row): unknown {
  return { ...row, int8: row.int8?.toString() ?? null, timestamptz: row.timestamptz?.toString() ?? null }
}
