import { describe, expect, it } from 'vitest'
import {
  bold,
  cell,
  columns,
  type DocumentDescription,
  heading,
  image,
  labelled,
  letterhead,
  link,
  list,
  pageNumber,
  paragraph,
  qr,
  renderDocument,
  rowHeader,
  rule,
  signatureField,
  span,
  table,
} from '../../src/index.ts'
import { signatureFields } from '../../src/pdf/index.ts'
import { bookmarksOf, contents, findAll, openPdf, structureOf, tagsOf, unmarked } from './inspect.ts'
import { documentOf, LONG_THAI } from './sample.ts'

const everything: DocumentDescription = documentOf(
  [
    letterhead({ alt: 'ตราครุฑ', title: 'บันทึกข้อความ' }),
    labelled(bold('เรื่อง'), 'ทดสอบ', { dotted: true }),
    heading(1, 'หมวด ๑'),
    paragraph([
      LONG_THAI,
      ' ดู ',
      link('ที่นี่', 'https://example.go.th/?ก=1'),
      ' และ ',
      span('in English', { language: 'en' }),
    ]),
    heading(2, 'ตาราง'),
    table({
      columns: [{ width: 'auto' }, { width: { share: 1 } }, { width: 30, align: 'right' }],
      head: [['ที่', 'ค่าใช้จ่าย', 'บาท']],
      rows: Array.from({ length: 40 }, (_, index) => [rowHeader(String(index + 1)), 'ค่าธรรมเนียม', '100']),
      foot: [[cell('รวม', { columnSpan: 2 }), '4,000']],
      summary: 'ค่าธรรมเนียมทั้งหมด',
    }),
    list(['ก', 'ข'], { marker: 'thai' }),
    rule(),
    columns([
      { blocks: [qr({ text: 'https://example.go.th/check', alt: 'คิวอาร์โค้ดสำหรับตรวจสอบ' })] },
      {
        blocks: [
          signatureField({
            name: 'registrar',
            label: 'ลายมือชื่อนายทะเบียน',
            width: 60,
            height: 20,
            frame: 'line',
          }),
        ],
      },
    ]),
    image({ source: { path: 'M0 0 H10 V10 Z', viewBox: [0, 0, 10, 10] }, width: 5, alt: '' }),
  ],
  { header: [paragraph(['หน้า ', pageNumber()])], watermark: 'ร่าง' },
)

describe('the structure tree', () => {
  it('has every element in reading order', async () => {
    const { bytes } = await renderDocument(everything)
    const tree = structureOf(bytes)
    expect(tree.tag).toBe('Document')
    expect(tree.children.map(({ tag }) => tag)).toEqual([
      'Figure',
      'H1',
      'P',
      'H1',
      'P',
      'H2',
      'Table',
      'L',
      'Div',
      'Div',
    ])
    const [tableElement] = findAll(tree, 'Table')
    expect(tableElement?.children.map(({ tag }) => tag)).toEqual(['THead', 'TBody', 'TFoot'])
    expect(tagsOf(findAll(tree, 'L')[0] ?? tree)).toEqual(['L', 'LI', 'Lbl', 'LBody', 'LI', 'Lbl', 'LBody'])
  })

  it('holds the text of each element, in the order in which it is read', async () => {
    const { bytes } = await renderDocument(everything)
    const tree = structureOf(bytes)
    const [, second] = tree.children
    expect(second?.text).toBe('บันทึกข้อความ')
    expect(findAll(tree, 'P')[1]?.text).toBe(`${LONG_THAI} ดู ที่นี่ และ in English`)
    const rows = findAll(tree, 'TR')
    expect(rows).toHaveLength(42)
    expect(rows[1]?.children.map(({ text }) => text)).toEqual(['1', 'ค่าธรรมเนียม', '100'])
  })

  it('says what heads a column and what heads a row', async () => {
    const { bytes } = await renderDocument(everything)
    const rows = findAll(structureOf(bytes), 'TR')
    expect(rows[0]?.children.map(({ tag, scope }) => [tag, scope])).toEqual(Array(3).fill(['TH', 'Column']))
    expect(rows[1]?.children.map(({ tag, scope }) => [tag, scope])).toEqual([
      ['TH', 'Row'],
      ['TD', undefined],
      ['TD', undefined],
    ])
  })

  it('has words for every picture, and none for an ornament', async () => {
    const { bytes } = await renderDocument(everything)
    expect(findAll(structureOf(bytes), 'Figure').map(({ alt }) => alt)).toEqual([
      'ตราครุฑ',
      'คิวอาร์โค้ดสำหรับตรวจสอบ',
    ])
  })

  it('names the language of a passage in another one', async () => {
    const { bytes } = await renderDocument(everything)
    expect(findAll(structureOf(bytes), 'Span').map(({ language, text }) => [language, text])).toEqual([
      ['en', 'in English'],
    ])
    expect(openPdf(bytes).text(openPdf(bytes).catalog.get('Lang'))).toBe('th-TH')
  })

  it('holds links and signature fields with their annotations', async () => {
    const { bytes } = await renderDocument(everything)
    const tree = structureOf(bytes)
    expect(findAll(tree, 'Link').map(({ text, annotations }) => [text, annotations])).toEqual([
      ['ที่นี่', ['Link']],
    ])
    expect(findAll(tree, 'Form').map(({ annotations }) => annotations)).toEqual([['Widget']])
  })
})

describe('what is drawn', () => {
  it('is an element’s or an artifact’s, all of it', async () => {
    const { bytes } = await renderDocument(everything)
    for (const content of contents(bytes)) expect(unmarked(content)).toEqual([])
  })

  it('is an artifact where it is repeated: headers, and the head of a table on later pages', async () => {
    const { bytes, text } = await renderDocument(everything)
    expect(text[1]).toContain('ค่าใช้จ่าย')
    const tree = structureOf(bytes)
    expect(tree.text.match(/ค่าใช้จ่าย/g)).toHaveLength(1)
    expect(tree.text).not.toContain('หน้า')
  })
})

describe('a signature field', () => {
  it('is found by its name, empty, where it was said to be', async () => {
    const { bytes, fields } = await renderDocument(everything)
    const [field] = signatureFields(openPdf(bytes))
    expect(field).toMatchObject({ name: 'registrar', value: undefined })
    expect(fields).toHaveLength(1)
    expect(fields[0]?.page).toBe(2)
    const [left, bottom, right, top] = fields[0]?.rect ?? [0, 0, 0, 0]
    expect(right - left).toBeCloseTo((60 * 72) / 25.4)
    expect(top - bottom).toBeCloseTo((20 * 72) / 25.4)
  })

  it('has a name of its own', async () => {
    const field = signatureField({ name: 'dean', label: 'คณบดี', width: 60, height: 20 })
    await expect(renderDocument(documentOf([field, field]))).rejects.toMatchObject({
      code: 'document-description-invalid',
    })
    await expect(renderDocument(documentOf([{ ...field, name: 'a.b' }]))).rejects.toMatchObject({
      code: 'document-description-invalid',
    })
  })
})

describe('a header', () => {
  it('has no signature field', async () => {
    const field = signatureField({ name: 'dean', label: 'คณบดี', width: 60, height: 20 })
    await expect(renderDocument(documentOf([], { header: [field] }))).rejects.toMatchObject({
      code: 'document-description-invalid',
    })
  })
})

describe('bookmarks', () => {
  it('are the headings, by their levels', async () => {
    const { bytes } = await renderDocument(everything)
    expect(bookmarksOf(bytes).map(({ title, depth }) => [title, depth])).toEqual([
      ['บันทึกข้อความ', 1],
      ['หมวด ๑', 1],
      ['ตาราง', 2],
    ])
    const file = openPdf(bytes)
    expect(file.number(file.dict(file.catalog.get('Outlines'))?.get('Count'))).toBe(3)
  })
})
