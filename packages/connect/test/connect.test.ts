import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nationalIdCheckDigit, type Problem } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  connectorServer,
  csvFile,
  describeMapping,
  FileSource,
  lookForPersonal,
  type Mapping,
  openSource,
  proposeMapping,
  readCsvTable,
  readMapping,
} from '../src/index.ts'

const text = `
code: boat
version: v1
text: { th: เรือ, en: Boats }
source: { csv: boats.csv }
atMost: 2
fields:
  - { name: owner, column: เลขประจำตัว, text: { th: เจ้าของ, en: Owner }, term: "person:nationalId", subject: true, search: true }
  - { name: plateNumber, column: ทะเบียน, text: { th: ทะเบียน, en: Plate }, search: true }
  - { name: tons, column: ตัน, text: { th: ตัน, en: Tons }, type: number }
`
const mapping = mappingOf(text)
const nobody = person('110170023070')
const csv = `เลขประจำตัว,ทะเบียน,ตัน,หมายเหตุ\r\n${nobody},"กข ""1"", ก",2.5,ลับ\r\n${nobody},กข 2,,\r\n`

function mappingOf(yaml: string): Mapping {
  const { mapping: read, findings } = readMapping(yaml)
  if (read === undefined) throw new Error(JSON.stringify(findings))
  return read
}

function person(twelve: string): string {
  return `${twelve}${nationalIdCheckDigit(twelve)}`
}

const formatOf = ({ source }: Mapping) => ('csv' in source ? source : {})
const table = (from: string | Buffer, of = mapping) =>
  readCsvTable(Buffer.from(from as string), formatOf(of), of.fields)
const refusal = (from: string | Buffer, of = mapping) =>
  table(from, of).then(
    () => 'taken',
    (problem: Problem) => problem.detail?.en,
  )

describe('a mapping file', () => {
  it.each([
    { why: 'no YAML', yaml: 'code: [', line: 1, says: 'not YAML' },
    { why: 'an alias', yaml: 'code: &a x\nversion: *a\n', line: 2, says: 'References' },
    {
      why: 'a name with SQL in it',
      yaml: text.replace('name: tons', `name: "t; drop"`),
      line: 10,
      says: 'pattern',
    },
    { why: 'an unknown key', yaml: text.replace('atMost: 2', 'atmost: 2'), line: 1, says: 'additional' },
    { why: 'a wrong type', yaml: text.replace('atMost: 2', 'atMost: many'), line: 6, says: 'integer' },
    { why: 'a name twice', yaml: text.replace('name: tons', 'name: owner'), line: 10, says: 'twice' },
    { why: 'no source', yaml: text.replace('csv: boats.csv', ''), line: 5, says: 'name one source' },
    {
      why: 'two sources',
      yaml: text.replace('boats.csv', 'boats.csv, postgresql: boats'),
      line: 5,
      says: 'additional',
    },
    { why: 'no search', yaml: text.replaceAll(', search: true', ''), line: 8, says: 'searched by' },
    {
      why: 'persons without a subject',
      yaml: text.replace('subject: true, ', ''),
      line: 8,
      says: 'personal data',
    },
    { why: 'brackets without end', yaml: '['.repeat(100_000), line: 1, says: 'too deep' },
  ])('is refused with its line: $why', ({ yaml, line, says }) => {
    const { mapping: read, findings } = readMapping(yaml)
    expect(read).toBeUndefined()
    expect(findings.find(({ reason }) => reason.en.includes(says))).toMatchObject({ line })
  })

  it('becomes a description in which each searched field is an operation, with whose data it is', () => {
    const { info, paths } = describeMapping(mapping)
    expect(info).toMatchObject({ 'x-sapan-code': 'boat', 'x-sapan-personal': true })
    expect(Object.keys(paths)).toEqual(['/by-owner/{owner}', '/by-plate-number/{plateNumber}'])
    expect(paths['/by-owner/{owner}']?.get).toMatchObject({
      'x-sapan-subject': [
        { in: 'path', name: 'owner' },
        { in: 'answer', pointer: '/records/*/owner' },
      ],
    })
  })
})

describe('a CSV file', () => {
  it('is found by its searched columns, and answers only what is mapped', async () => {
    const { find, rows } = await table(csv)
    expect(rows).toBe(2)
    expect(find('owner', nobody, 9)).toEqual([
      { owner: nobody, plateNumber: 'กข "1", ก', tons: 2.5 },
      { owner: nobody, plateNumber: 'กข 2' },
    ])
    expect(find('plateNumber', 'กข 2', 9)).toHaveLength(1)
    expect(find('tons', '2.5', 9)).toEqual([])
  })

  it('is read with its byte order mark, and in windows-874 where the mapping says so', async () => {
    expect((await table(`\ufeff${csv}`)).rows).toBe(2)
    const thai = mappingOf(text.replace('boats.csv', 'boats.csv, encoding: windows-874'))
    expect((await table(inWindows874(csv), thai)).find('plateNumber', 'กข 2', 1)).toHaveLength(1)
    expect(await refusal(inWindows874(csv))).toContain('encoding: windows-874')
  })

  it('with a byte that windows-874 does not have is refused with its line', async () => {
    const thai = mappingOf(text.replace('boats.csv', 'boats.csv, encoding: windows-874'))
    const bytes = Buffer.concat([inWindows874(csv), Buffer.from([0xdb])])
    expect(await refusal(bytes, thai)).toBe('line 4: a byte that is not of windows-874')
  })

  it('is searched by what a number is, however many zeros it was written with', async () => {
    const byTons = mappingOf(text.replace('type: number', 'type: number, search: true'))
    const { find } = await table(csv.replace('2.5', '2.50'), byTons)
    expect(find('tons', '2.5', 9)).toHaveLength(1)
  })

  it.each([
    { why: 'a ragged row', from: `${csv}a,b\n`, says: 'line 4: 2 cells, there must be 4' },
    { why: 'an open quote', from: `${csv}"a,b,1,d\n`, says: 'line 4: a quotation mark' },
    { why: 'a stray quote', from: `${csv}"a"b,c,1,d\n`, says: 'line 4: a quotation mark' },
    { why: 'a wrong type', from: `${csv}a,b,heavy,d\n`, says: 'line 4: column “ตัน” is not a number' },
    { why: 'a missing column', from: 'a,b\n', says: 'there is no column “เลขประจำตัว”' },
    { why: 'a column twice', from: csv.replace('หมายเหตุ', 'ตัน'), says: 'stands twice' },
    { why: 'nothing', from: '', says: 'empty' },
  ])('is refused with its line: $why', async ({ from, says }) => {
    expect(await refusal(from)).toContain(says)
  })

  it('with numbers of persons that are not mapped as such is noticed', async () => {
    const bare = mappingOf(text.replace('term: "person:nationalId", subject: true, ', ''))
    expect(lookForPersonal(bare, (await table(csv, bare)).first(9), [])).toEqual({
      unmarked: ['owner'],
      likely: [],
    })
    expect(lookForPersonal(mapping, (await table(csv)).first(9), [])).toEqual({ unmarked: [], likely: [] })
  })

  it('with a column that is called as a term about persons is noticed', async () => {
    const rows = (await table(csv)).first(9)
    const terms = [{ id: 'person:weight', name: { th: 'น้ำหนัก', en: 'Weight' }, also: ['ตัน'] }]
    const { likely } = lookForPersonal(mapping, rows, terms)
    expect(likely).toEqual([{ name: 'tons', term: 'person:weight' }])
  })
})

describe('a proposed mapping', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sapan-connect-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const terms = [{ id: 'person:givenName', name: { th: 'ชื่อตัว', en: 'Given name' }, also: ['ชื่อ'] }]
  async function proposed(content: string | Buffer): Promise<Mapping> {
    await writeFile(join(folder, 'My Boats.csv'), content)
    return mappingOf(await proposeMapping('My Boats.csv', { folder }, terms))
  }

  it('has every column as a field, with terms by content and by name, and is whole', async () => {
    const { code, source, fields } = await proposed(
      `NID,ชื่อ,SHIP_TYPE,tons,seats,รหัส\n${nobody},ก,a,1.5,4,01\n${nobody},ข,a,2,10,02\n`,
    )
    expect({ code, source }).toEqual({ code: 'my-boats', source: { csv: 'My Boats.csv' } })
    expect(fields.map(({ text: _, column: __, ...rest }) => rest)).toEqual([
      { name: 'nid', term: 'person:nationalId', subject: true, search: true },
      { name: 'givenName', term: 'person:givenName' },
      { name: 'shipType' },
      { name: 'tons', type: 'number' },
      { name: 'seats', type: 'integer' },
      { name: 'column6' },
    ])
  })

  it('sees separator and encoding, and searches by what stands once', async () => {
    const { source, fields } = await proposed(inWindows874('ชนิด;ทะเบียน\nก;1\nก;2\n'))
    expect(source).toMatchObject({ encoding: 'windows-874', separator: ';' })
    expect(fields.map(({ search }) => search)).toEqual([undefined, true])
  })
})

describe('a running connector', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sapan-connect-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('serves the old content until the new fits', async () => {
    const path = join(folder, 'boats.csv')
    const told: Problem[] = []
    await writeFile(path, csv)
    const content = csvFile(path, formatOf(mapping), mapping.fields)
    const file = await FileSource.open(content, (problem) => told.push(problem))
    const rows = async () => (await file.look()).rows
    await replace(path, `${csv}ragged\n`)
    await file.refresh()
    await file.refresh()
    expect(await rows()).toBe(2)
    expect(told.map(({ code }) => code)).toEqual(['connector-source-unusable'])
    await replace(path, `${csv}x,y,1,z\n`)
    await file.refresh()
    expect(await rows()).toBe(3)
    await rm(path)
    await file.refresh()
    await file.refresh()
    expect(told).toHaveLength(2)
    expect(await rows()).toBe(3)
  })

  it('answers what is described, and refuses all else as a problem', async () => {
    await writeFile(join(folder, 'boats.csv'), `${csv}${'a,many,1,\n'.repeat(3)}`)
    const server = connectorServer({
      mapping,
      source: await openSource(mapping, { folder }),
      onError: () => {},
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const ask = async (path: string, init?: RequestInit) => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
      const answer = await fetch(url, init)
      return { status: answer.status, body: await answer.json() }
    }
    const injected = encodeURIComponent(`' OR '1'='1`)
    expect((await ask(`/by-owner/${nobody}`)).body.records).toHaveLength(2)
    expect(await ask(`/by-owner/${injected}`)).toEqual({ status: 200, body: { records: [] } })
    expect((await ask('/by-plate-number/many')).body.code).toBe('connector-too-many-rows')
    expect((await ask('/by-plate-number/%E0%B8')).body.code).toBe('connector-request-invalid')
    expect((await ask(`/by-plate-number/${'a'.repeat(201)}`)).status).toBe(400)
    for (const path of ['/', '/by-tons/1', '/by-owner/a/b', '/by-owner/a?b=c', '/__proto__/a'])
      expect((await ask(path)).body.code).toBe('connector-request-unknown')
    expect((await ask(`/by-owner/${nobody}`, { method: 'DELETE' })).status).toBe(404)
    server.close()
  })
})

async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
}

/** Thai letters lie in windows-874 as in Unicode, from A1 on. */
function inWindows874(utf8: string): Buffer {
  return Buffer.from(
    [...utf8].map((letter) => {
      const point = letter.charCodeAt(0)
      return point >= 0xe01 ? point - 0xe01 + 0xa1 : point
    }),
  )
}
