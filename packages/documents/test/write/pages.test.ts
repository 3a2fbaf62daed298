import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Block,
  box,
  columns,
  heading,
  keep,
  labelled,
  list,
  pageBreak,
  paragraph,
  renderDocument,
  spacer,
  span,
  table,
} from '../../src/index.ts'
import { extractText, openPdf } from '../../src/pdf/index.ts'
import { documentOf, LONG_THAI } from './sample.ts'

const rows = (count: number) => Array.from({ length: count }, (_, index) => [`แถว ${index + 1}`, 'ค่า'])
const grid = (count: number) =>
  table({ columns: [{ width: 'auto' }, { width: { share: 1 } }], head: [['ชื่อ', 'ค่า']], rows: rows(count) })

const mm = (millimetres: number): number => (millimetres * 72) / 25.4

describe('a table over pages', () => {
  it('repeats its head on each', async () => {
    const { text } = await renderDocument(documentOf([grid(100)]))
    expect(text.length).toBeGreaterThan(2)
    for (const page of text) expect(page.startsWith('ชื่อ\nค่า\nแถว ')).toBe(true)
  })

  it('loses no row and doubles none', async () => {
    const { text } = await renderDocument(documentOf([paragraph(LONG_THAI), grid(100)]))
    const found = text.join('\n').match(/แถว \d+/g)
    expect(found).toEqual(rows(100).map(([name]) => name))
  })

  it('keeps a row together where a page can hold it, and parts it where none can', async () => {
    const tall = Array(12).fill(LONG_THAI).join(' ')
    const whole = await renderDocument(
      documentOf([
        spacer(150),
        table({ columns: [{ width: 'auto' }], rows: [['ก'], [`เริ่ม ${LONG_THAI} จบ`]] }),
      ]),
    )
    expect(whole.text.filter((page) => page.includes('เริ่ม') && page.includes('จบ'))).toHaveLength(1)
    const parted = await renderDocument(
      documentOf([table({ columns: [{ width: 40 }], head: [['หัว']], rows: [[`เริ่ม ${tall} จบ`]] })]),
    )
    expect(parted.pages).toBeGreaterThan(2)
    expect(parted.text.every((page) => page.startsWith('หัว'))).toBe(true)
  })

  it('never leaves its foot alone on a page', async () => {
    for (let count = 20; count < 45; count++) {
      const { text } = await renderDocument(documentOf([{ ...grid(count), foot: [['รวม', '9']] }]))
      expect(text.find((page) => page.includes('รวม'))).toContain(`แถว ${count}\n`)
    }
  })

  it('refuses a row with other than its number of cells', async () => {
    await expect(
      renderDocument(documentOf([table({ columns: [{ width: 'auto' }], rows: [['ก', 'ข']] })])),
    ).rejects.toMatchObject({ code: 'document-description-invalid' })
  })
})

describe('a page ends', () => {
  it('never after a heading', async () => {
    for (let before = 180; before < 250; before += 3) {
      const { text } = await renderDocument(
        documentOf([spacer(before), heading(1, 'หัวข้อ'), paragraph(LONG_THAI)]),
      )
      expect(text.find((page) => page.includes('หัวข้อ'))).toMatch(/หัวข้อ\n.+/)
    }
  })

  it('never after the first line of a paragraph or before its last', async () => {
    for (let before = 180; before < 250; before += 3) {
      const { text } = await renderDocument(documentOf([spacer(before), paragraph(LONG_THAI)]))
      const lines = text.map((page) => (page === '' ? 0 : page.split('\n').length))
      expect(lines).not.toContain(1)
    }
  })

  it('never inside what is to be kept together', async () => {
    for (let before = 180; before < 250; before += 6) {
      const { text } = await renderDocument(
        documentOf([spacer(before), keep([paragraph('หนึ่ง'), paragraph('สอง'), paragraph('สาม')])]),
      )
      expect(text.some((page) => page === 'หนึ่ง\nสอง\nสาม')).toBe(true)
    }
  })

  it('where a page break is, and a page that it leaves is not left empty', async () => {
    const { text } = await renderDocument(documentOf([pageBreak, paragraph('ก'), pageBreak, paragraph('ข')]))
    expect(text).toEqual(['ก', 'ข'])
  })
})

describe('a block taller than a page', () => {
  const tall = Array.from({ length: 60 }, () => paragraph('บรรทัด'))

  it('is refused where it can’t be parted', async () => {
    for (const block of [box(tall), columns([{ blocks: tall }])])
      await expect(renderDocument(documentOf([block]))).rejects.toMatchObject({
        code: 'document-block-too-tall',
      })
  })

  it('is parted where it only should not be', async () => {
    expect((await renderDocument(documentOf([keep(tall)]))).pages).toBeGreaterThan(1)
  })
})

describe('headers and footers', () => {
  it('stand on every page, other ones on the first', async () => {
    const { text } = await renderDocument(
      documentOf([paragraph('ก'), pageBreak, paragraph('ข')], {
        header: [paragraph('หัว')],
        firstHeader: [],
        footer: [paragraph('ท้าย')],
        firstFooter: [paragraph('ท้ายหน้าแรก')],
      }),
    )
    expect(text).toEqual(['ก\nท้ายหน้าแรก', 'หัว\nข\nท้าย'])
  })

  it('push the body away where they are higher than the margin', async () => {
    const high = Array.from({ length: 12 }, () => paragraph('หัวกระดาษ'))
    const file = openPdf((await renderDocument(documentOf([paragraph('เนื้อหา')], { header: high }))).bytes)
    const [page] = file.pages()
    const runs = page ? extractText(file, page).runs : []
    const header = runs.filter(({ text }) => text === 'หัวกระดาษ').map(({ y }) => y)
    expect(runs.find(({ text }) => text === 'เนื้อหา')?.y).toBeLessThan(Math.min(...header) - 10)
  })
})

const words = fc.array(
  fc.constantFrom(
    'กรมการปกครอง',
    'น้ำ',
    'ที่',
    'หนังสือรับรอง',
    'Sapan',
    '12,345.67',
    '(มหาชน)',
    'supercalifragilisticexpialidocioussupercalifragilisticexpialidocioussupercalifragilisticexpialidocious',
  ),
  {
    minLength: 1,
    maxLength: 80,
  },
)
const text = fc.tuple(words, fc.constantFrom('', ' ')).map(([list, between]) => list.join(between))
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc
    .tuple(text, fc.constantFrom('justify', 'left', 'right', 'center'), fc.integer({ min: 0, max: 40 }))
    .map(([content, align, indent]) => paragraph(content, { align, indent })),
  text.map((content) => heading(2, content)),
  text.map((content) => labelled('เรื่อง', content)),
  fc.array(text, { minLength: 1, maxLength: 4 }).map((items) => list(items)),
  fc
    .array(fc.tuple(text, text), { minLength: 1, maxLength: 6 })
    .map((cells) => table({ columns: [{ width: 'auto' }, { width: 'auto' }], rows: cells })),
)

describe('all text', () => {
  it('stands inside the margins, whatever the document', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBlock, { maxLength: 12 }), fc.constantFrom(1, 2), async (body, count) => {
        const { bytes } = await renderDocument(documentOf(body, { page: { columns: count } }))
        const file = openPdf(bytes)
        for (const page of file.pages())
          for (const run of extractText(file, page).runs) {
            const spaces = run.text.length - run.text.trimEnd().length
            expect(run.x).toBeGreaterThan(mm(30) - 0.5)
            if (spaces === 0) expect(run.endX).toBeLessThan(595.28 - mm(20) + 0.5)
            expect(run.y).toBeGreaterThan(mm(20))
            expect(run.y).toBeLessThan(841.89 - mm(25))
          }
      }),
      { numRuns: 60 },
    )
  })
})

describe('what is wider than its place', () => {
  const widest = async (body: Block[]) => {
    const { bytes, text } = await renderDocument(documentOf(body))
    const file = openPdf(bytes)
    // A space at the end of a line hangs into the margin, where nobody sees it.
    const seen = file
      .pages()
      .flatMap((page) => extractText(file, page).runs.filter((run) => !run.text.endsWith(' ')))
    const ends = seen.map(({ endX }) => endX)
    return { right: Math.max(...ends), text: text.join('\n').replaceAll('\n', '') }
  }
  const right = 595.28 - mm(20) + 0.5

  it('is parted although it should stay together', async () => {
    const name = 'นางสาวพิมพ์ชนกกานต์ธิดารัตน์ วงศ์ประเสริฐสุขสมบูรณ์พูนผล ณ อยุธยาศรีสัชนาลัย ผู้จัดการทั่วไปฝ่ายบริหาร'
    for (const align of ['left', 'justify'] as const) {
      const found = await widest([paragraph(span(`${name} ${name}`, { nowrap: true }), { align })])
      expect(found.right).toBeLessThan(right)
      expect(found.text).toBe(`${name} ${name}`)
    }
  })

  it('keeps a long label whole, above what it labels', async () => {
    const label = LONG_THAI
    const found = await widest([labelled(label, 'สั้น')])
    expect(found.right).toBeLessThan(right)
    expect(found.text).toBe(`${label}สั้น`)
  })

  it('keeps the whole number of an item, however large', async () => {
    const found = await widest([list(['ก', 'ข'], { marker: 'decimal', start: 123_456_789 })])
    expect(found.text).toBe('๑๒๓๔๕๖๗๘๙.ก๑๒๓๔๕๖๗๙๐.ข')
  })

  it('makes columns narrower that together are too wide', async () => {
    const found = await widest([
      columns([
        { width: 120, blocks: [paragraph(LONG_THAI)] },
        { width: 120, blocks: [paragraph(LONG_THAI)] },
      ]),
    ])
    expect(found.right).toBeLessThan(right)
  })
})
