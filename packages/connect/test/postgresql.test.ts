import { nationalIdCheckDigit, type Problem } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../kernel/test/database.ts'
import { type Mapping, openSource, proposeMapping, readMapping, type Source } from '../src/index.ts'

const owner = `110170023070${nationalIdCheckDigit('110170023070')}`
const yaml = `
code: boat
version: v1
text: { th: เรือ, en: Boats }
source: { postgresql: harbour.boats }
fields:
  - { name: owner, column: เลขประจำตัว, text: { th: เจ้าของ, en: Owner }, term: "person:nationalId", subject: true, search: true }
  - { name: plateNumber, column: "plate \\"x", text: { th: ทะเบียน, en: Plate }, search: true }
  - { name: seats, column: seats, text: { th: ที่นั่ง, en: Seats }, type: integer, search: true }
  - { name: tons, column: tons, text: { th: ตัน, en: Tons }, type: number }
`

let database: TestDatabase
let address: string

beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(`
    create schema harbour;
    create table harbour.boats ("เลขประจำตัว" char(13) primary key, "plate ""x" text, seats int, tons numeric, secret text);
    insert into harbour.boats values ('${owner}', 'กข 1', 4, 2.50, 'x'), ('2', 'กข 1', null, null, 'x');
    create table harbour.touched (at text);
    create function harbour.touch() returns text language sql as
      $$ insert into harbour.touched values ('written') returning at $$;
    create view harbour.writing as select *, harbour.touch() as touched from harbour.boats;
    create function harbour.fail(code text) returns text language plpgsql as
      $$ begin raise exception using errcode = code; end $$;
    create view harbour.broken as select b.*, harbour.fail('22012') as failing from harbour.boats b;
    create view harbour.long as select b.*, repeat('ก', 65537) as failing from harbour.boats b;
    create view harbour.slow as select b.*, harbour.fail('57014') as failing from harbour.boats b;
  `)
  address = database.url
})
afterAll(() => database.drop())

function mappingOf(change: (text: string) => string = (text) => text): Mapping {
  const { mapping, findings } = readMapping(change(yaml))
  if (mapping === undefined) throw new Error(JSON.stringify(findings))
  return mapping
}

async function using<Result>(mapping: Mapping, use: (source: Source) => Promise<Result>): Promise<Result> {
  const source = await openSource(mapping, { folder: '.', address })
  return await use(source).finally(() => source.close())
}

function find(name: string, value: string, mapping = mappingOf()) {
  const field = mapping.fields.find((one) => one.name === name)
  if (field === undefined) throw new Error(name)
  return using(mapping, (source) => source.find(field, value, 10))
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    ({ code, detail }: Problem) => ({ code, says: detail?.en }),
  )

describe('a table of PostgreSQL', () => {
  it('is found by its searched columns, and answers only what is mapped', async () => {
    expect(await find('owner', owner)).toEqual([{ owner, plateNumber: 'กข 1', seats: 4, tons: 2.5 }])
    expect(await find('plateNumber', 'กข 1')).toHaveLength(2)
    expect(await find('seats', '4')).toHaveLength(1)
  })

  it.each([
    { name: 'owner', value: `' or '1'='1` },
    { name: 'plateNumber', value: `x'; drop table harbour.boats; --` },
    { name: 'plateNumber', value: '$1' },
    { name: 'plateNumber', value: 'a\0b' },
    { name: 'seats', value: '4 or 1=1' },
    { name: 'seats', value: '99999999999999' },
  ])('has no row for $value in $name', async ({ name, value }) => {
    expect(await find(name, value)).toEqual([])
  })

  it('says which searched columns have no index, how its columns are called, and that it could be written', async () => {
    const look = await using(mappingOf(), (source) => source.look())
    expect(look.unindexed).toEqual(['plateNumber', 'seats'])
    expect(look.columns).toContain('secret')
    expect(JSON.stringify(look.sample)).not.toContain('secret')
    expect(look.writable).toBe(true)
  })

  it('is proposed as a mapping', async () => {
    const read = readMapping(await proposeMapping('postgresql:harbour.boats', { folder: '.', address }, []))
    expect(read.mapping).toMatchObject({ code: 'boats', source: { postgresql: 'harbour.boats' } })
    expect(read.mapping?.fields.map(({ name, type }) => `${name} ${type}`)).toContain('seats integer')
  })

  it('is not written, also not by a view that would', async () => {
    const writing = mappingOf((text) =>
      text
        .replace('harbour.boats', 'harbour.writing')
        .replace('column: tons', 'column: touched')
        .replace(', type: number', ''),
    )
    expect(await refusal(find('owner', owner, writing))).toMatchObject({ code: 'connector-source-unusable' })
    const { rowCount } = await database.pool.query('select from harbour.touched')
    expect(rowCount).toBe(0)
  })

  it.each([
    { view: 'harbour.broken', code: 'connector-source-unusable' },
    { view: 'harbour.slow', code: 'connector-source-slow' },
    { view: 'harbour.long', code: 'connector-source-unusable' },
  ])('that fails is a problem, not an empty answer: $view', async ({ view, code }) => {
    const failing = mappingOf((text) =>
      text
        .replace('harbour.boats', view)
        .replace('column: tons', 'column: failing')
        .replace(', type: number', ''),
    )
    expect(await refusal(find('owner', owner, failing))).toMatchObject({ code })
  })

  it.each([
    { why: 'no such table', from: 'harbour.boats', to: 'harbour.ships', says: 'no table harbour.ships' },
    { why: 'SQL for a table', from: 'harbour.boats', to: '"harbour.boats; drop table x"', says: 'no table' },
    { why: 'SQL for a column', from: 'column: seats', to: 'column: "seats, secret"', says: 'no column' },
    { why: 'another type', from: 'column: seats', to: 'column: secret', says: 'is not a whole number' },
  ])('is refused: $why', async ({ from, to, says }) => {
    const mapping = mappingOf((text) => text.replace(from, to))
    const { code, says: said } = (await refusal(using(mapping, (source) => source.look()))) ?? {}
    expect(code).toBe('connector-source-unusable')
    expect(said).toContain(says)
  })

  it('that is not there now is a problem that says so, without its address', async () => {
    const gone = openSource(mappingOf(), { folder: '.', address: 'postgres://me:hidden@127.0.0.1:1/x' })
    const problem = await gone.catch((error: Problem) => error)
    expect(problem).toMatchObject({ code: 'connector-source-down' })
    expect(String(problem)).not.toContain('hidden')
  })

  it.each([undefined, 'mysql://me@host/x', 'boats'])('has an address of its kind, not %s', async (other) => {
    const opened = openSource(mappingOf(), { folder: '.', ...(other ? { address: other } : {}) })
    expect(await refusal(opened)).toMatchObject({ code: 'connector-address-invalid' })
  })
})
