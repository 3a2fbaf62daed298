import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesOf } from '../../src/changes/index.ts'
import {
  embeddedFiles,
  extractText,
  openPdf,
  PdfError,
  PdfRef,
  signatureFields,
} from '../../src/pdf/index.ts'
import { edit, SIGNED } from '../changes/signed.ts'
import { appendRevision, buildCompressed, buildPdf, onePage, streamOf } from './build.ts'

/** Reads all that can be read. The answer is the code of the PdfError that it ended in, or `read`. */
function readAll(bytes: Uint8Array, limits = {}): string {
  try {
    const file = openPdf(bytes, {
      limits: { work: 2_000_000, decodedBytes: 32 << 20, streamBytes: 16 << 20, ...limits },
    })
    for (let index = file.revisions.length - 1; index >= 0; index--) {
      const view = file.atRevision(index)
      for (const num of view.objectNumbers()) view.get(new PdfRef(num))
      for (const page of view.pages()) extractText(view, page)
      signatureFields(view)
      if (index > 0) changesOf(file, index)
      embeddedFiles(view)
    }
    return 'read'
  } catch (error) {
    if (error instanceof PdfError) return error.code
    throw error
  }
}

const samples = () => {
  const plain = buildPdf(onePage())
  const form = appendRevision(SIGNED, { ...edit(12, '(Somchai)', '(x)'), 60: '<< /A [1 0 R 99 0 R] >>' })
  return [
    plain,
    form,
    buildCompressed(onePage()),
    appendRevision(plain, { 5: '<< /Type /Font >>', 6: '[1 0 R (x) <00>]' }),
  ]
}

describe('whatever the bytes, reading ends in a file or in a PdfError', () => {
  test.each(samples().map((bytes, i) => [i, bytes] as const))('sample %i, cut anywhere', (_, bytes) => {
    expect(readAll(bytes)).toBe('read')
    for (let length = 0; length < bytes.length - 8; length += bytes.length > 2000 ? 7 : 1) {
      const cut = Buffer.from(bytes.subarray(0, length)).toString('latin1')
      // A revision that is whole with the beginning of another: opened, with the rest counted as trailing.
      const whole = cut.includes('%%EOF')
      expect(whole ? ['read', 'truncated'] : ['truncated', 'malformed', 'not-pdf']).toContain(
        readAll(bytes.subarray(0, length)),
      )
    }
  })

  test.each(samples().map((bytes, i) => [i, bytes] as const))('sample %i, bytes changed', (_, bytes) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (edits) => {
          const changed = bytes.slice()
          for (const [at, byte] of edits) changed[at] = byte
          readAll(changed)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('what is made to exhaust is too complex, or malformed, soon', () => {
  const withContent = (content: string) => buildPdf({ ...onePage(), 4: content })

  test('a deflate bomb', () => {
    const bomb = deflateSync(Buffer.alloc(64 << 20))
    expect(readAll(withContent(streamOf(bomb, '/Filter /FlateDecode')))).toBe('too-complex')
    const twice = deflateSync(bomb)
    expect(readAll(withContent(streamOf(twice, '/Filter [/FlateDecode /FlateDecode]')))).toBe('too-complex')
  })

  test('megabytes of nesting', () => {
    expect(readAll(withContent(streamOf('['.repeat(4_000_000))))).toBe('too-complex')
    expect(readAll(buildPdf({ ...onePage(), 6: '<</A'.repeat(1_000_000) }))).toBe('too-complex')
    expect(readAll(buildPdf({ ...onePage(), 6: '('.repeat(1_000_000) }))).toBe('malformed')
  })

  test('a cross-reference section that leads to itself, or to no section', () => {
    const bytes = Buffer.from(buildPdf(onePage())).toString('latin1')
    const start = /startxref\n(\d+)/.exec(bytes)?.[1]
    const loop = bytes.replace('/Root', `/Prev ${start} /Root`)
    expect(readAll(Buffer.from(loop, 'latin1'))).toBe('malformed')
    expect(readAll(Buffer.from(bytes.replace('/Root', '/Prev 12 /Root'), 'latin1'))).toBe('malformed')
    expect(readAll(Buffer.from(bytes.replace('/Root', '/Prev 99999999 /Root'), 'latin1'))).toBe('malformed')
  })

  test('too many revisions', () => {
    let bytes = buildPdf(onePage())
    for (let i = 0; i < 6; i++) bytes = appendRevision(bytes, { 6: `${i}` })
    expect(readAll(bytes, { revisions: 5 })).toBe('too-complex')
    expect(readAll(bytes, { revisions: 7 })).toBe('read')
  })

  test('a million entries of a table of nothing', () => {
    const entry = '0000000000 00000 f \n'
    const table = `xref\n0 1200000\n${entry.repeat(1_200_000)}trailer\n<< /Size 1200000 /Root 1 0 R >>\nstartxref\n9\n%%EOF`
    expect(readAll(Buffer.from(`%PDF-1.7\n${table}`, 'latin1'))).toBe('too-complex')
    const claimed = 'xref\n0 8000000\ntrailer\n<< /Size 8000000 /Root 1 0 R >>\nstartxref\n9\n%%EOF'
    expect(readAll(Buffer.from(`%PDF-1.7\n${claimed}`, 'latin1'))).toBe('malformed')
  })

  test('objects that need themselves', () => {
    expect(readAll(buildPdf({ ...onePage(), 4: '<< /Length 4 0 R >>\nstream\nx\nendstream' }))).toBe(
      'malformed',
    )
    expect(readAll(buildPdf({ ...onePage(), 2: '<< /Type /Pages /Kids [2 0 R] >>' }))).toBe('malformed')
    expect(readAll(buildPdf({ ...onePage(), 1: '7 0 R', 7: '1 0 R' }))).toBe('malformed')
  })

  test('pages that are all one page', () => {
    const kids = '3 0 R '.repeat(100_000)
    expect(readAll(buildPdf({ ...onePage(), 2: `<< /Type /Pages /Kids [${kids}] >>` }))).toBe('malformed')
  })

  test('forms that multiply', () => {
    const forms: Record<number, string> = {}
    for (let level = 10; level < 24; level++) {
      const resources = `/Resources << /XObject << /X ${level + 1} 0 R >> >>`
      forms[level] = streamOf(
        '/X Do '.repeat(20),
        `/Type /XObject /Subtype /Form /BBox [0 0 1 1] ${resources}`,
      )
    }
    const page = '<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 10 0 R >> >> >>'
    expect(readAll(buildPdf({ ...onePage('/X Do'), ...forms, 3: page }))).toBe('too-complex')
  })
})
