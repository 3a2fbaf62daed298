import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Mapping, openSource, proposeMapping, readMapping, type Source } from '../src/index.ts'
import { XmlReader } from '../src/xml/xml-reader.ts'
import { numberCell, partsOf, sheetRow, textCell, zipOf } from './workbook.ts'

const fields = `
fields:
  - { name: owner, column: เจ้าของ, text: { th: เจ้าของ, en: Owner }, search: true }
  - { name: value, column: ค่า, text: { th: ค่า, en: Value }, search: true }
`
const mappingOf = (source: string): Mapping => {
  const { mapping, findings } = readMapping(
    `code: boat\nversion: v1\ntext: { th: เรือ, en: Boats }\nsource: { ${source} }${fields}`,
  )
  if (mapping === undefined) throw new Error(JSON.stringify(findings))
  return mapping
}
const sheet = mappingOf('xlsx: boats.xlsx, sheet: ทะเบียน, headings: 3')
const title = sheetRow(1, textCell('A1', 'รายงาน'))
const headings = sheetRow(3, ['r="A3" t="s"', '<x:v>0</x:v>'], textCell('B3', 'ค่า'), textCell('C3', 'อื่น'))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sapan-xlsx-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function opened(content: Buffer, mapping = sheet): Promise<Source> {
  await writeFile(join(folder, 'boats.xlsx'), content)
  return await openSource(mapping, { folder })
}

const told = (asked: Promise<unknown>) =>
  asked.then(
    () => 'taken',
    (problem: Problem) => `${problem.code}: ${problem.detail?.en}`,
  )

const workbook = (rows: string, options?: { since1904: boolean }) =>
  zipOf(partsOf(`${title}${headings}${rows}`, options))
const valueIn = async (content: Buffer) => (await (await opened(content)).look()).sample[0]?.value

describe('a sheet of an XLSX file', () => {
  it('is found by its searched columns, from the row of the headings on', async () => {
    const rows =
      sheetRow(4, ['r="A4" t="s"', '<x:v>1</x:v>'], numberCell('B4', '2.5')) +
      sheetRow(6, textCell('B6', 'say "hi",\nthen')) +
      sheetRow(9, numberCell('A9', '7'), ['r="C9" t="e"', '<x:v>#N/A</x:v>'])
    const source = await opened(workbook(rows))
    const [owner, value] = sheet.fields
    if (owner === undefined || value === undefined) throw new Error('no fields')
    expect((await source.look()).rows).toBe(3)
    expect(await source.find(owner, 'กข 1 & 2', 9)).toEqual([{ owner: 'กข 1 & 2', value: '2.5' }])
    expect(await source.find(value, 'say "hi",\nthen', 9)).toEqual([{ value: 'say "hi",\nthen' }])
    expect(await source.find(owner, '7', 9)).toEqual([{ owner: '7' }])
  })

  it.each([
    {
      what: 'a number of a person, without an exponent',
      cell: numberCell('B4', '1.101700230708E12'),
      is: '1101700230708',
    },
    { what: 'zeros that its format shows', cell: numberCell('B4', '110170023070', 1), is: '0110170023070' },
    { what: 'what spreadsheets make of 0.1 + 0.2', cell: numberCell('B4', '0.30000000000000004'), is: '0.3' },
    { what: 'a small number', cell: numberCell('B4', '-1E-7'), is: '-0.0000001' },
    {
      what: 'more digits than spreadsheets keep',
      cell: numberCell('B4', '123456789012345678'),
      is: '123456789012345678',
    },
    { what: 'an amount of money', cell: numberCell('B4', '1200', 4), is: '1200' },
    { what: 'a day, shown in the Buddhist era', cell: numberCell('B4', '43586', 2), is: '2019-05-01' },
    { what: 'a day before March 1900', cell: numberCell('B4', '1', 3), is: '1900-01-01' },
    { what: 'a day and time', cell: numberCell('B4', '43586.34375', 5), is: '2019-05-01T08:15:00' },
    { what: 'a time', cell: numberCell('B4', '0.4375', 6), is: '10:30:00' },
    { what: 'a yes', cell: ['r="B4" t="b"', '<x:v>1</x:v>'] as const, is: 'TRUE' },
    {
      what: 'a formula that was worked out',
      cell: ['r="B4"', '<x:f>1+1</x:f><x:v>2</x:v>'] as const,
      is: '2',
    },
    { what: 'letters that XML cannot hold', cell: textCell('B4', 'a_x000D_b'), is: 'a\rb' },
  ])('answers as text: $what', async ({ cell, is }) => {
    expect(await valueIn(workbook(sheetRow(4, cell)))).toBe(is)
  })

  it('counts days from 1904 where the workbook does', async () => {
    expect(await valueIn(workbook(sheetRow(4, numberCell('B4', '42124', 3)), { since1904: true }))).toBe(
      '2019-05-01',
    )
  })

  it.each([
    {
      why: 'an error',
      row: sheetRow(7, ['r="B7" t="e"', '<x:v>#REF!</x:v>']),
      says: 'row 7: column “ค่า” holds an error',
    },
    {
      why: 'a formula without a value',
      row: sheetRow(7, ['r="B7"', '<x:f>A1</x:f>']),
      says: 'row 7: column “ค่า” holds a formula',
    },
    {
      why: 'a text that is not there',
      row: sheetRow(7, ['r="B7" t="s"', '<x:v>99</x:v>']),
      says: 'row 7: column “ค่า” holds a value',
    },
    {
      why: 'a value beyond the headings',
      row: sheetRow(7, textCell('D7', 'x')),
      says: 'row 7: a value stands beyond',
    },
  ])('is refused with its row: $why', async ({ row, says }) => {
    expect(await told(opened(workbook(row)))).toContain(says)
  })

  it('is refused with its row where a value is not of its type', async () => {
    const numbers = { ...sheet, fields: sheet.fields.map((field) => ({ ...field, type: 'number' as const })) }
    const rows = sheetRow(5, numberCell('B5', '1')) + sheetRow(8, textCell('B8', 'heavy'))
    expect(await told(opened(workbook(rows), numbers))).toContain('row 8: column “ค่า” is not a number')
  })

  it('that is not there is refused with the names of those that are', async () => {
    expect(await told(opened(workbook(''), mappingOf('xlsx: boats.xlsx, sheet: other')))).toContain(
      '“ปก”, “ทะเบียน”',
    )
    expect(await told(opened(workbook(''), mappingOf('xlsx: boats.xlsx')))).toContain(
      'row 1: there are no names',
    )
  })

  const parts = partsOf(`${title}${headings}`)
  const entities = `<!DOCTYPE a [<!ENTITY a "${'x'.repeat(99)}"><!ENTITY b "&a;&a;">]><a>&b;</a>`
  it.each([
    { why: 'no ZIP file', content: Buffer.from('owner,value\n') },
    { why: 'half a file', content: zipOf(parts).subarray(0, 900) },
    { why: 'other bytes than its sum says', content: damaged(zipOf(parts)) },
    { why: 'more inside than it says', content: zipOf(parts, 10) },
    { why: 'more inside than may be', content: zipOf(parts, 2 ** 31) },
    { why: 'entities', content: zipOf({ ...parts, 'xl/sharedStrings.xml': entities }) },
    {
      why: 'XML without end',
      content: zipOf({ ...parts, 'xl/worksheets/sheet2.xml': '<a>'.repeat(100_000) }),
    },
    { why: 'no workbook', content: zipOf({ 'a.txt': 'a' }) },
    {
      why: 'a column that no sheet has',
      content: zipOf(partsOf(sheetRow(3, textCell('ZZZZZZZ3', 'เจ้าของ')))),
    },
    { why: 'a cell without a column', content: zipOf(partsOf(sheetRow(3, textCell('3', 'เจ้าของ')))) },
    {
      why: 'a format that takes hours to read',
      content: zipOf({ ...parts, 'xl/styles.xml': `<a><numFmt formatCode="${'['.repeat(300_000)}"/></a>` }),
    },
  ])('is refused as damaged: $why', async ({ content }) => {
    expect(await told(opened(content))).toContain(
      'connector-source-unusable: the file is damaged, or no XLSX file',
    )
  })

  it.each([
    {
      why: 'one long text in every column',
      rows: sheetRow(3, ...Array.from({ length: 9000 }, () => ['t="s"', '<x:v>0</x:v>'] as const)),
    },
    {
      why: 'many wide rows of one cell',
      rows:
        sheetRow(3, textCell('A3', 'เจ้าของ'), textCell('B3', 'ค่า'), textCell('XFD3', 'อื่น')) +
        sheetRow(4, numberCell('A4', '1')).repeat(17_000),
    },
  ])('that unfolds to more than may be held is refused: $why', async ({ rows }) => {
    const strings = `<a><si><t>${'x'.repeat(2000)}</t></si></a>`
    const content = zipOf({ ...partsOf(rows), 'xl/sharedStrings.xml': strings })
    expect(await told(opened(content))).toContain('the sheet is larger than what is read')
  })

  it('of an older program, or with a password, is told what to do', async () => {
    const older = Buffer.from('d0cf11e0a1b11ae1', 'hex')
    expect(await told(opened(older))).toContain('save it as .xlsx')
  })

  it('is proposed with its sheet and the row of its headings', async () => {
    await opened(workbook(sheetRow(4, textCell('A4', 'a'), textCell('B4', 'b'))))
    const proposed = await proposeMapping('boats.xlsx#ทะเบียน:3', { folder }, [])
    const { mapping } = readMapping(proposed)
    expect(mapping).toMatchObject({
      code: 'boats',
      source: { xlsx: 'boats.xlsx', sheet: 'ทะเบียน', headings: 3 },
    })
    expect(mapping?.fields.map(({ column }) => column)).toEqual(['เจ้าของ', 'ค่า', 'อื่น'])
  })
})

function damaged(bytes: Buffer): Buffer {
  const at = bytes.indexOf('sheet2.xml') + 40
  bytes.writeUInt8((bytes[at] ?? 0) ^ 0xff, at)
  return bytes
}

describe('a folder of files', () => {
  const mapping = mappingOf('folder: boats')
  const put = (name: string, content: string | Buffer) => writeFile(join(folder, 'boats', name), content)
  const csv = (owner: string) => `เจ้าของ,ค่า\n${owner},1\n`
  beforeEach(() => mkdir(join(folder, 'boats')))

  it('is one table: CSV and XLSX side by side, columns in any order, without what programs leave there', async () => {
    await put('a.csv', csv('ก'))
    await put('b.csv', 'ค่า,เจ้าของ\n1,ข\n')
    const rows =
      sheetRow(1, textCell('A1', 'เจ้าของ'), textCell('B1', 'ค่า')) +
      sheetRow(2, textCell('A2', 'ค'), numberCell('B2', '1'))
    await put(
      'c.xlsx',
      zipOf({ ...partsOf(''), 'xl/worksheets/sheet1.xml': `<x:a xmlns:x="x">${rows}</x:a>` }),
    )
    for (const name of ['~$c.xlsx', '.d.csv', 'readme.txt', 'e.csv.tmp']) await put(name, 'no data')
    const source = await openSource(mapping, { folder })
    const [, value] = mapping.fields
    if (value === undefined) throw new Error('no field')
    expect(await source.find(value, '1', 9)).toMatchObject([{ owner: 'ก' }, { owner: 'ข' }, { owner: 'ค' }])
    expect(await source.find(value, '1', 2)).toHaveLength(2)
    expect((await source.look()).rows).toBe(3)
  })

  it('takes in new files, and those that went; what does not fit is told with its name, and the old stays', async () => {
    const faults: string[] = []
    await put('a.csv', csv('ก'))
    const source = await openSource(mapping, {
      folder,
      onFault: ({ detail }) => faults.push(detail?.en ?? ''),
    })
    const rows = async () => (await source.refresh().then(() => source.look())).rows
    await put('b.csv', csv('ข'))
    expect(await rows()).toBe(2)
    await put('c.csv', 'เจ้าของ,ค่า\nragged\n')
    expect(await rows()).toBe(2)
    await put('c.csv', 'เจ้าของ,ค่า,more\n')
    expect(await rows()).toBe(2)
    await rename(join(folder, 'boats', 'c.csv'), join(folder, 'c.csv'))
    await rm(join(folder, 'boats', 'a.csv'))
    expect(await rows()).toBe(1)
    await rm(join(folder, 'boats', 'b.csv'))
    expect(await rows()).toBe(1)
    expect(faults).toEqual([
      'c.csv: line 2: 1 cells, there must be 2',
      'c.csv: its columns are not those of a.csv',
      expect.stringContaining('there are no files'),
    ])
  })

  it('is proposed by its first file', async () => {
    await put('a.csv', 'a;b\n1;2\n')
    expect(readMapping(await proposeMapping('boats/', { folder }, [])).mapping).toMatchObject({
      code: 'boats',
      source: { folder: 'boats/', separator: ';' },
    })
  })
})

describe('XML', () => {
  const events = (xml: string) => {
    const reader = new XmlReader(Buffer.from(xml))
    const seen: string[] = []
    for (let kind = reader.next(); kind !== undefined; kind = reader.next())
      seen.push(kind === 'text' ? reader.text : `${kind} ${reader.name}`)
    return seen
  }

  it('is read past comments and instructions, with references resolved and sections as text', () => {
    expect(
      events('\ufeff<?xml version="1.0"?><!-- < --><a b=">"><c/>1&#x0E01;&lt;<![CDATA[<&]]></a>\n'),
    ).toEqual(['start a', 'start c', 'end c', '1ก<', '<&', 'end a'])
  })

  it.each([
    '',
    'text',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>text',
    '<a b="1',
    '<a>&nbsp;</a>',
    '<a>&</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<!DOCTYPE a><a/>',
    '<a><!-- </a>',
    '<1/>',
    '< a/>',
    '</a>',
  ])('that is not well-formed is refused: %s', (xml) => {
    expect(() => events(xml)).toThrow(expect.objectContaining({ name: 'XmlFault' }))
  })

  it.each(['<a b="1" b="2"/>', '<a b=1/>', '<a b/>', '<a b="<"/>', '<a b="1"c="2"/>'])(
    'refuses an attribute: %s',
    (xml) => {
      const reader = new XmlReader(Buffer.from(xml))
      expect(() => reader.next() && reader.attributes()).toThrow()
    },
  )
})
