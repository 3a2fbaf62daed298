import { describe, expect, test } from 'vitest'
import { embeddedFiles, extractText, openPdf } from '../../src/pdf/index.ts'
import { buildPdf, onePage, streamOf } from './build.ts'

const TO_UNICODE = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <0000> <ffff> endcodespacerange
2 beginbfchar <0001> <0E19> <0005> <0E490E33> endbfchar
2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<D83DDE00> <0E01>] endbfrange
endcmap end end`

/** One page whose font F2 is Type0 with Identity-H and the CMap above. */
function composite(content: string, more: Record<number, string> = {}): string {
  const objects = {
    ...onePage(content),
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X 9 0 R >> /Properties << /P 10 0 R >> >> >>',
    6: '<< /Type /Font /Subtype /Type0 /BaseFont /Thai /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>',
    7: '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Thai /DW 500 /W [1 [600 700] 16 18 650] >>',
    8: streamOf(TO_UNICODE, '', true),
    10: '<< /MCID 4 /ActualText <FEFF0E010E33> >>',
    ...more,
  }
  const file = openPdf(buildPdf(objects))
  const [page] = file.pages()
  if (!page) throw new Error('no page')
  return extractText(file, page).text
}

describe('the text of a page', () => {
  test('of composite fonts is what ToUnicode says, and nothing where it says nothing', () => {
    expect(composite('BT /F2 10 Tf <000100050010001100120020002100ff> Tj ET')).toBe(
      'น\u0e49\u0e33ABC\u{1f600}ก\ufffd',
    )
  })

  test('ActualText stands for all that is shown inside it, once', () => {
    expect(
      composite('BT /F2 10 Tf /Span << /ActualText <FEFF0E19> >> BDC <0010> Tj <0011> Tj EMC <0012> Tj ET'),
    ).toBe('นC')
    expect(composite('BT /F2 10 Tf /Span /P BDC /Span << /ActualText (x) >> BDC <0010> Tj EMC EMC ET')).toBe(
      'กำ',
    )
    expect(
      composite('BT /F2 10 Tf <0010> Tj /Span << /ActualText () >> BDC <0011> Tj EMC <0012> Tj ET'),
    ).toBe('AC')
  })

  test('of simple fonts goes by their encoding', () => {
    const font = (encoding: string) => ({
      5: `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica ${encoding} >>`,
    })
    const content = 'BT /F1 12 Tf (a\\223\\200\\351) Tj ET'
    expect(composite(content, font('/Encoding /WinAnsiEncoding'))).toBe('a\u201c\u20acé')
    expect(composite(content, font('/Encoding /MacRomanEncoding'))).toBe('aìÄÈ')
    const differences =
      '/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [97 /fi /uni0E01 128 /Abreve.alt] >>'
    expect(composite(content, font(differences))).toBe('\ufb01\u201c\u0102é')
  })

  test('lines, gaps and columns', () => {
    expect(composite('BT /F1 10 Tf 12 TL 50 700 Td (one) Tj T* (two) Tj ET')).toBe('one\ntwo')
    expect(composite('BT /F1 10 Tf 50 700 Td [(Hel) 20 (lo) -300 (you)] TJ ET')).toBe('Hello you')
    expect(composite('BT /F2 10 Tf 50 700 Td [<0001> -300 <0001>] TJ ET')).toBe('นน')
    expect(composite('BT /F1 10 Tf 12 TL 50 700 Td (a) Tj (b) \' 1 2 (c) " ET')).toBe('a\nb\nc')
  })

  test('inside form XObjects, with their own resources, and past inline images', () => {
    const form = streamOf(
      'BT /F9 8 Tf (in form) Tj ET',
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F9 5 0 R >> >>',
    )
    expect(composite('BI /W 1 /H 1 /BPC 8 ID \u0001 (EI) EI\nq 1 0 0 1 9 9 cm /X Do Q', { 9: form })).toBe(
      'in form',
    )
  })

  test('a form that paints itself ends', () => {
    const form = streamOf(
      '/X Do',
      '/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 9 0 R >> >>',
    )
    expect(() => composite('/X Do', { 9: form })).toThrow(/nested too deeply/)
  })
})

test('embedded files are found by the name tree and by AF, each once', () => {
  const file = openPdf(
    buildPdf({
      ...onePage(),
      1: '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(data.xml) 6 0 R] >> >> /AF [6 0 R 8 0 R] >>',
      6: '<< /Type /Filespec /F (data.xml) /UF (data.xml) /Desc (the data) /AFRelationship /Data /EF << /F 7 0 R >> >>',
      7: streamOf(
        '<a/>',
        "/Type /EmbeddedFile /Subtype /text#2Fxml /Params << /ModDate (D:20260102030405+07'00') >>",
        true,
      ),
      8: '<< /Type /Filespec /F (b.json) /EF << /F 9 0 R >> >>',
      9: streamOf('{}', '/Type /EmbeddedFile'),
    }),
  )
  const found = embeddedFiles(file)
  expect(
    found.map(({ name, mime, relationship, description }) => [name, mime, relationship, description]),
  ).toEqual([
    ['data.xml', 'text/xml', 'Data', 'the data'],
    ['b.json', undefined, undefined, undefined],
  ])
  expect(Buffer.from(found[0]?.bytes ?? []).toString()).toBe('<a/>')
  expect(found[0]?.modified).toBe(Date.UTC(2026, 0, 1, 20, 4, 5))
})
