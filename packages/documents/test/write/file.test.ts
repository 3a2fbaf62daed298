import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type Attachment, image, paragraph, renderDocument } from '../../src/index.ts'
import { embeddedFiles } from '../../src/pdf/index.ts'
import { openPdf } from './inspect.ts'
import { documentOf, HARDEST_THAI, LONG_THAI, sha256 } from './sample.ts'

const xml: Attachment = {
  name: 'ข้อมูล.xml',
  mime: 'application/xml',
  relationship: 'Data',
  description: 'ข้อมูลของหนังสือ',
  bytes: new TextEncoder().encode('<?xml version="1.0"?><หนังสือ/>'),
  modified: Date.UTC(2026, 10, 22),
}

describe('the same description', () => {
  it('gives the same bytes, whatever was written before', async () => {
    const description = documentOf([paragraph(HARDEST_THAI), paragraph(LONG_THAI)], { attachments: [xml] })
    const { bytes } = await renderDocument(description)
    await renderDocument(documentOf([paragraph('Others come between: ฟ้า'), paragraph(LONG_THAI.slice(9))]))
    const again = await renderDocument(description)
    expect(sha256(again.bytes)).toBe(sha256(bytes))
  })

  it('gives another file identifier for other content', async () => {
    const identifier = async (text: string) => {
      const { bytes } = await renderDocument(documentOf([paragraph(text)]))
      return Buffer.from(bytes)
        .toString('latin1')
        .match(/\/ID \[<([0-9a-f]{32})> <\1>\]/)?.[1]
    }
    const first = await identifier('ก')
    expect(first).toBeDefined()
    expect(await identifier('ข')).not.toBe(first)
    expect(await identifier('ก')).toBe(first)
  })
})

describe('the file', () => {
  it('is small: a page with its XML takes less than 60 KB', async () => {
    const body = [paragraph(HARDEST_THAI), paragraph(LONG_THAI), paragraph(LONG_THAI)]
    const { bytes } = await renderDocument(documentOf(body, { attachments: [xml] }))
    expect(bytes.length).toBeLessThan(60_000)
  })

  it('says what it is in XMP and in its information alike, whatever characters that has', async () => {
    const { bytes } = await renderDocument(
      documentOf([], {
        title: 'หนังสือ <b>&"',
        author: 'กรม & กอง',
        keywords: ['ก', 'ข'],
        identifier: 'TH/1<2',
        metadata: { template: 'certificate-letter', Number: 'ก&ข' },
      }),
    )
    const file = openPdf(bytes)
    const info = file.dict(file.trailer.get('Info'))
    expect(file.text(info?.get('Title'))).toBe('หนังสือ <b>&"')
    const metadata = file.stream(file.catalog.get('Metadata'))
    const packet = metadata ? Buffer.from(file.decode(metadata)).toString('utf8') : ''
    expect(packet).toContain('<rdf:li xml:lang="x-default">หนังสือ &lt;b&gt;&amp;&quot;</rdf:li>')
    expect(packet).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(packet).toContain('<pdfaid:conformance>A</pdfaid:conformance>')
    expect(packet).toContain('<sapan:Number>ก&amp;ข</sapan:Number>')
    expect(packet).toContain('<pdfaProperty:name>Number</pdfaProperty:name>')
  })

  it('refuses control characters in what it says about itself, and names that XML does not know', async () => {
    for (const more of [
      { title: 'ก\u0000' },
      { author: '\u0007' },
      { metadata: { 'a b': 'x' } },
      { title: ' ' },
    ])
      await expect(renderDocument(documentOf([], more))).rejects.toMatchObject({
        code: 'document-description-invalid',
      })
  })
})

describe('an attachment', () => {
  it('is in the file as it was given, with its name, type, relationship and time', async () => {
    const { bytes } = await renderDocument(
      documentOf([], {
        attachments: [xml, { ...xml, name: 'a.json', mime: 'application/json', relationship: 'Alternative' }],
      }),
    )
    const found = embeddedFiles(openPdf(bytes))
    expect(
      found.map(({ name, mime, relationship, description }) => [name, mime, relationship, description]),
    ).toEqual([
      ['ข้อมูล.xml', 'application/xml', 'Data', 'ข้อมูลของหนังสือ'],
      ['a.json', 'application/json', 'Alternative', 'ข้อมูลของหนังสือ'],
    ])
    expect(found[0]?.bytes).toEqual(xml.bytes)
  })

  it.each([
    ['without bytes', { bytes: new Uint8Array(0) }, 'attachment-empty'],
    ['of 200 MB', { bytes: new Uint8Array(200 * 1024 * 1024) }, 'attachment-too-large'],
    ['with a folder in its name', { name: '../data.xml' }, 'attachment-malformed'],
    ['without a media type', { mime: '' }, 'attachment-malformed'],
    ['without a description', { description: ' ' }, 'attachment-malformed'],
  ])('%s is refused', async (_, change, code) => {
    await expect(
      renderDocument(documentOf([], { attachments: [{ ...xml, ...change }] })),
    ).rejects.toMatchObject({ code })
  })

  it('has a name of its own', async () => {
    await expect(renderDocument(documentOf([], { attachments: [xml, xml] }))).rejects.toMatchObject({
      code: 'attachment-malformed',
    })
  })
})

/** A PNG of 4 by 4 pixels whose rows are given as bytes, without filters. */
function png(
  colourType: number,
  bits: number,
  row: readonly number[],
  chunks: [string, number[]][] = [],
  interlaced = 0,
): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
  }
  const header = Buffer.from([0, 0, 0, 4, 0, 0, 0, 4, bits, colourType, 0, 0, interlaced])
  const data = Buffer.concat(
    interlaced ? [Buffer.from(row)] : Array.from({ length: 4 }, () => Buffer.from([0, ...row])),
  )
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    ...chunks.map(([type, bytes]) => chunk(type, Buffer.from(bytes))),
    chunk('IDAT', deflateSync(data)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

describe('a picture', () => {
  const draw = (bytes: Uint8Array) =>
    renderDocument(documentOf([image({ source: { bytes }, width: 20, alt: 'รูป' })]))

  it.each([
    ['grey', png(0, 8, [0, 80, 160, 255])],
    ['grey of two bits', png(0, 2, [0b00011011])],
    ['RGB', png(2, 8, Array(12).fill(128))],
    ['RGB of 16 bits', png(2, 16, Array(24).fill(128))],
    ['a palette', png(3, 2, [0b00011011], [['PLTE', Array(12).fill(9)]])],
    [
      'a palette with transparency',
      png(
        3,
        2,
        [0b00011011],
        [
          ['PLTE', Array(12).fill(9)],
          ['tRNS', [0, 128]],
        ],
      ),
    ],
    ['RGB with alpha', png(6, 8, Array(16).fill(100))],
    ['grey with alpha of 16 bits', png(4, 16, Array(16).fill(100))],
    // The seven passes have 55 bytes: 1, 0, 0, 1, 2, 2 × 2 and 2 × 4 pixels, a filter byte for each row.
    ['interlaced RGB', png(2, 8, Array(55).fill(0), [], 1)],
  ])('of %s is drawn', async (_, bytes) => {
    const file = openPdf((await draw(bytes)).bytes)
    const [page] = file.pages()
    const pictures = file.dict(page?.resources.get('XObject'))
    const picture = file.stream(pictures?.get('I1'))
    expect(file.number(picture?.dict.get('Width'))).toBe(4)
    expect(picture && file.decode(picture).length).toBeGreaterThan(0)
  })

  it.each([
    ['grey', 1, 0xc0, 'DeviceGray'],
    ['RGB', 3, 0xc0, 'DeviceRGB'],
    ['RGB, progressive', 3, 0xc2, 'DeviceRGB'],
  ])('that is a JPEG in %s goes into the file as it is', async (_, components, frame, space) => {
    const bytes = Uint8Array.from([
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
      ...[0xff, frame, 0, 20, 8, 0, 4, 0, 6, components, ...Array(20).fill(0)],
    ])
    const file = openPdf((await draw(bytes)).bytes)
    const picture = file.stream(file.dict(file.pages()[0]?.resources.get('XObject'))?.get('I1'))
    expect(picture?.raw).toEqual(bytes)
    expect(file.name(picture?.dict.get('ColorSpace'))).toBe(space)
    expect([picture?.dict.get('Width'), picture?.dict.get('Height')]).toEqual([6, 4])
  })

  it('is in the file once, however often it is drawn', async () => {
    const one = image({ source: { bytes: png(2, 8, Array(12).fill(1)) }, width: 20, alt: 'รูป' })
    const { bytes } = await renderDocument(documentOf([one, one, one]))
    expect(
      Buffer.from(bytes)
        .toString('latin1')
        .match(/\/Subtype \/Image/g),
    ).toHaveLength(1)
  })

  it.each([
    ['neither PNG nor JPEG', new TextEncoder().encode('GIF89a')],
    ['a PNG cut short', png(6, 8, Array(16).fill(100)).subarray(0, 45)],
    [
      'a JPEG in CMYK',
      Uint8Array.from([0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 4, 0, 4, 4, ...Array(20).fill(0)]),
    ],
    ['a PNG of 4 GB', png(2, 8, []).map((byte, index) => (index >= 16 && index < 24 ? 0x7f : byte))],
  ])('that is %s is refused', async (_, bytes) => {
    await expect(draw(bytes)).rejects.toMatchObject({ code: 'document-image-unreadable' })
  })
})
