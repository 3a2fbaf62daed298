import { describe, expect, it } from 'vitest'
import { type Attachment, paragraph, renderDocument } from '../../src/index.ts'
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
    ['with a folder of Windows in its name', { name: 'a\\data.xml' }, 'attachment-malformed'],
    ['named by full stops', { name: '..' }, 'attachment-malformed'],
    ['named by a space', { name: ' ' }, 'attachment-malformed'],
    ['whose name ends in a full stop', { name: 'data.' }, 'attachment-malformed'],
    ['whose name is turned around', { name: 'a\u202elmx.exe' }, 'attachment-malformed'],
    ['with half a pair in its name', { name: 'a\ud800.xml' }, 'attachment-malformed'],
    ['without a media type', { mime: '' }, 'attachment-malformed'],
    ['with parameters in its media type', { mime: 'text/xml; charset=utf-8' }, 'attachment-malformed'],
    ['with a control character in its description', { description: 'a\u0000' }, 'attachment-malformed'],
    ['of no time', { modified: Number.NaN }, 'attachment-malformed'],
    ['of the year 12026', { modified: Date.UTC(12026, 0) }, 'attachment-malformed'],
    ['without a description', { description: ' ' }, 'attachment-malformed'],
  ])('%s is refused', async (_, change, code) => {
    await expect(
      renderDocument(documentOf([], { attachments: [{ ...xml, ...change }] })),
    ).rejects.toMatchObject({ code })
  })

  it.each([
    ['the same', 'data.xml', 'data.xml'],
    ['that in other case', 'data.xml', 'Data.XML'],
    ['that composed otherwise', '\u00e9.xml', 'e\u0301.xml'],
  ])('has a name of its own: %s would overwrite another when saved', async (_, one, other) => {
    const attachments = [
      { ...xml, name: one },
      { ...xml, name: other },
    ]
    await expect(renderDocument(documentOf([], { attachments }))).rejects.toMatchObject({
      code: 'attachment-malformed',
    })
  })

  it('of many megabytes is written, and read back by the reader', async () => {
    const bytes = Uint8Array.from({ length: 8 << 20 }, (_, index) => (index * 2_654_435_761) >>> 24)
    const document = await renderDocument(documentOf([], { attachments: [{ ...xml, bytes }] }))
    expect(sha256(embeddedFiles(openPdf(document.bytes))[0]?.bytes ?? bytes.subarray(0, 1))).toBe(
      sha256(bytes),
    )
  })
})
