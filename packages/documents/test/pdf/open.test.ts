import { describe, expect, test } from 'vitest'
import { openPdf, PdfError, PdfRef } from '../../src/pdf/index.ts'
import { appendRevision, buildCompressed, buildPdf, onePage } from './build.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')

function codeOf(
  bytes: Uint8Array,
  read: (file: ReturnType<typeof openPdf>) => unknown = () => undefined,
): string {
  try {
    read(openPdf(bytes))
    return 'opened'
  } catch (error) {
    if (error instanceof PdfError) return error.code
    throw error
  }
}

const edited = (bytes: Uint8Array, from: string, to: string) =>
  latin(Buffer.from(bytes).toString('latin1').replace(from, to))

describe('a file is opened strictly', () => {
  test('with a cross-reference table', () => {
    const file = openPdf(buildPdf(onePage()))
    expect(file.version).toBe('1.7')
    expect(file.pages()).toHaveLength(1)
    expect(file.pages()[0]?.mediaBox).toEqual([0, 0, 595, 842])
    expect(file.objectNumbers()).toEqual([1, 2, 3, 4, 5])
  })

  test('with a cross-reference stream and an object stream', () => {
    const file = openPdf(buildCompressed(onePage()))
    expect(file.revisions[0]?.kind).toBe('stream')
    expect(file.pages()).toHaveLength(1)
    expect(file.objectOffset(1)).toBeUndefined()
    expect(file.objectOffset(4)).toBeGreaterThan(0)
  })

  test('what is no PDF, or breaks off, is said so', () => {
    const bytes = buildPdf(onePage())
    expect(codeOf(latin('PK\u0003\u0004'))).toBe('not-pdf')
    expect(codeOf(new Uint8Array(0))).toBe('not-pdf')
    expect(codeOf(latin(' %PDF-1.7\n'))).toBe('not-pdf')
    expect(codeOf(bytes.subarray(0, 4))).toBe('truncated')
    expect(codeOf(bytes.subarray(0, bytes.length - 10))).toBe('truncated')
    expect(codeOf(bytes.subarray(0, bytes.length / 2))).toBe('truncated')
  })

  test('each revision is a view of its own', () => {
    const first = buildPdf(onePage())
    const second = appendRevision(first, { 5: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>' })
    const file = openPdf(second)
    const font = new PdfRef(5)
    expect(file.revisions.map(({ start, end }) => [start, end])).toEqual([
      [0, first.length],
      [first.length, second.length],
    ])
    expect(file.name(file.dict(font)?.get('BaseFont'))).toBe('Courier')
    const before = file.atRevision(0)
    expect(before.name(before.dict(font)?.get('BaseFont'))).toBe('Helvetica')
    expect([...(file.revisions[1]?.objects.keys() ?? [])]).toEqual([5])
  })

  test('a freed object is gone in later revisions only', () => {
    const file = openPdf(appendRevision(buildPdf(onePage()), { 6: '(x)' }, { free: [5] }))
    expect(file.get(new PdfRef(5))).toBeNull()
    expect(file.atRevision(0).get(new PdfRef(5))).not.toBeNull()
  })

  test('a hybrid file: hidden objects are found', () => {
    const base = Buffer.from(buildCompressed(onePage())).toString('latin1')
    const start = /startxref\n(\d+)/.exec(base)?.[1]
    const body = base.slice(0, base.lastIndexOf('startxref'))
    const table = `xref\n0 2\n0000000000 65535 f \n0000000000 00000 f \ntrailer\n<< /Size 8 /Root 1 0 R /XRefStm ${start} >>\n`
    const file = openPdf(latin(`${body}${table}startxref\n${body.length}\n%%EOF\n`))
    expect(file.revisions[0]?.kind).toBe('hybrid')
    expect(file.pages()).toHaveLength(1)
  })

  test.each([
    ['an object that is elsewhere', '4 0 obj', '9 0 obj'],
    ['a stream whose length is wrong', '/Length 35', '/Length 34'],
    ['a key that stands twice', '/Count 1', '/Count 1 /Count 2'],
    ['a table that claims too much', '0 1\n0000000000 65535', '0 9\n0000000000 65535'],
  ])('%s is refused', (_, from, to) => {
    const bytes = buildPdf({
      ...onePage(),
      4: '<< /Length 35 >>\nstream\n12345678901234567890123456789012345\nendstream',
    })
    expect(codeOf(bytes, (file) => file.pages()[0]?.contents)).toBe('opened')
    const bad = edited(bytes, from, to)
    expect(codeOf(bad, (file) => file.pages()[0]?.contents)).toBe('malformed')
  })

  test('an object stream that a later revision replaces takes nothing with it unseen', () => {
    const first = buildCompressed(onePage())
    const second = appendRevision(first, { 6: '<< /Length 0 >>\nstream\n\nendstream' })
    expect(codeOf(second)).toBe('malformed')
  })

  test('what stands behind the end is counted', () => {
    const bytes = buildPdf(onePage())
    expect(openPdf(Buffer.concat([bytes, latin(' \r\n\0')])).trailing).toBe(0)
    expect(openPdf(Buffer.concat([bytes, latin('9 0 obj')])).trailing).toBe(7)
  })
})
