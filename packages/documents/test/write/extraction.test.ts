import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bold,
  cell,
  columns,
  type DocumentDescription,
  heading,
  issueDocument,
  labelled,
  list,
  pageCount,
  pageNumber,
  paragraph,
  renderDocument,
  span,
  table,
} from '../../src/index.ts'
import { extractText, openPdf } from '../../src/pdf/index.ts'
import { refusedCharacters } from '../../src/text/characters.ts'
import { typeface } from '../../src/text/typeface.ts'
import { assertTextKept } from '../../src/write/extraction-check.ts'
import { documentOf, HARDEST_THAI, LONG_THAI } from './sample.ts'

async function extracted(description: DocumentDescription): Promise<string[]> {
  const { bytes } = await renderDocument(description)
  const file = openPdf(bytes)
  return file.pages().map((page) =>
    extractText(file, page)
      .runs.map(({ text }) => text)
      .join(''),
  )
}

// Thai with marks where they belong and where they don't, Latin with its marks, both kinds of digits.
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HARDEST_THAI.split(' '), 'เรื่อง', 'กระทรวง', 'ๆ', 'ฯลฯ', 'พ.ศ.'),
      fc.string({
        unit: fc.constantFrom(...'กขฃคฅฆงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮะัาำิีึืฺุูเแโใไๅๆ็่้๊๋์ํ๎๏๐๙๚๛฿ฯ'),
        minLength: 1,
        maxLength: 12,
      }),
      fc.string({
        unit: fc.constantFrom(...'AZaz09fil&<>()[]{}/\\%#"\'.,;:!?@*+-=_~^`|$éèüñçß–—“”…•°'),
        minLength: 1,
        maxLength: 12,
      }),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .chain((words) => fc.constantFrom(words.join(' '), words.join('')))

describe('the text that is extracted', () => {
  it('is the text that was written, whatever Thai, Latin and digits it is of', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyText,
        fc.constantFrom('justify', 'left', 'center', 'right'),
        async (text, align) => {
          const pages = await extracted(documentOf([paragraph(text, { align })]))
          expect(pages.join('')).toBe(text)
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is that of every character that the fonts have, in every cut', async () => {
    const spans = (['regular', 'bold', 'italic', 'boldItalic'] as const).flatMap((cut) => {
      const all = Array.from({ length: 0x2600 }, (_, code) => String.fromCodePoint(code + 0x20))
      const known = all.filter((character) => refusedCharacters(character, typeface(cut)).length === 0)
      expect(known.length).toBeGreaterThan(400)
      return known.map((character) =>
        span(`ก${character}a`, { bold: cut.startsWith('bold'), italic: /italic/i.test(cut) }),
      )
    })
    const pages = await extracted(documentOf(spans.map((one) => paragraph(one, { spaceAfter: 0 }))))
    expect(pages.join('')).toBe(spans.map(({ text }) => text).join(''))
  })

  it('keeps every SARA AA, also where the first one of a document is inside SARA AM', async () => {
    expect(await extracted(documentOf([paragraph('น้ำตา มา กำ ป่าช้า')]))).toEqual(['น้ำตา มา กำ ป่าช้า'])
  })

  it('is in reading order over all blocks, with the numbers of pages in Thai digits', async () => {
    const { text } = await issueDocument(
      documentOf(
        [
          heading(1, 'น้ำ ฤๅ เปี๊ยะ'),
          labelled('เรื่อง', ['ขอความ', bold('อนุเคราะห์'), span(' ABC', { italic: true })]),
          columns([{ blocks: [paragraph('ซ้าย')] }, { blocks: [paragraph('ขวา')] }]),
          list(['หนึ่ง', 'สอง'], { marker: 'decimal' }),
          table({
            columns: [{ width: 'auto' }, { width: { share: 1 } }],
            head: [['ที่', 'รายการ']],
            rows: [['1', 'ค่าน้ำ']],
            foot: [[cell('รวม', { columnSpan: 2 })]],
          }),
        ],
        { footer: [paragraph(['หน้า ', pageNumber(), '/', pageCount('arabic')])] },
      ),
    )
    expect(text).toEqual([
      `น้ำ ฤๅ เปี๊ยะ\nเรื่อง\nขอความอนุเคราะห์ ABC\nซ้าย\nขวา\n๑.\nหนึ่ง\n๒.\nสอง\nที่\nรายการ\n1\nค่าน้ำ\nรวม\nหน้า ๑/1`,
    ])
  })

  it('is checked before a document is issued, and a file that lost a character is refused', async () => {
    const rendered = await issueDocument(documentOf([paragraph(LONG_THAI)]))
    const changed = { ...rendered, text: [`${rendered.text[0]}า`] }
    expect(() => assertTextKept(changed)).toThrow(expect.objectContaining({ code: 'document-text-lost' }))
    expect(() => assertTextKept({ ...rendered, text: [] })).toThrow(
      expect.objectContaining({ code: 'document-text-lost' }),
    )
  })

  it('has no spaces that justification made', async () => {
    const { bytes } = await renderDocument(documentOf([paragraph(LONG_THAI.replaceAll(' ', ''))]))
    const file = openPdf(bytes)
    const [page] = file.pages()
    expect(page && extractText(file, page).text).not.toContain(' ')
  })
})

describe('characters that no document can carry', () => {
  it.each([
    ['a control character', 'ก\u0007ข', 'U+0007'],
    ['a line feed inside a text', 'ก\nข', 'U+000A'],
    ['an invisible space', 'ก\u200bข', 'U+200B'],
    ['a mark of direction', 'ก\u202eข', 'U+202E'],
    ['Hebrew', 'שלום', 'U+05E9'],
    ['Arabic', 'سلام', 'U+0633'],
    ['an emoji', 'ดีใจ 😀', 'U+1F600 😀'],
    ['half of a pair', 'ก\ud83d', 'U+D83D'],
  ])('%s is refused by its code', async (_, text, code) => {
    await expect(renderDocument(documentOf([paragraph(text)]))).rejects.toMatchObject({
      code: 'document-character-unsupported',
      detail: { en: expect.stringContaining(code) },
    })
  })

  it('a character without a glyph is named, with all others of the document', async () => {
    const body = [paragraph('中文'), table({ columns: [{ width: 'auto' }], rows: [['한']] })]
    await expect(renderDocument(documentOf(body))).rejects.toMatchObject({
      code: 'document-glyph-missing',
      extensions: { characters: ['中', '文', '한'] },
    })
  })

  it('are found in headers, footers and watermarks too', async () => {
    for (const more of [{ header: [paragraph('😀')] }, { footer: [paragraph('😀')] }, { watermark: '😀' }])
      await expect(renderDocument(documentOf([], more))).rejects.toMatchObject({
        code: 'document-character-unsupported',
      })
  })
})
