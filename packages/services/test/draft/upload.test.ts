import { constants, deflateRawSync, deflateSync } from 'node:zlib'
import { createLogger } from '@sapan/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanFileName } from '../../src/draft/upload/file-name.ts'
import { mediaTypeOf } from '../../src/draft/upload/media-type.ts'
import { type FileScanner, scannersInTurn } from '../../src/draft/upload/scanner.ts'
import { scanStructure, structureScanner } from '../../src/draft/upload/structure.ts'
import { takeFile } from '../../src/draft/upload/take-file.ts'
import { scannerOf, watched } from '../../src/draft/upload/watched-scanner.ts'
import { field } from '../form/made.ts'

const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}${'$'}EICAR-STANDARD-ANTIVIRUS-TEST-FILE!${'$'}H+H*`

function pdf(inside = '', head = '%PDF-1.7'): Buffer {
  return Buffer.from(
    `${head}\n1 0 obj\n<</Type/Catalog ${inside}>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    'latin1',
  )
}

function pdfWithStream(dictionary: string, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`%PDF-1.7\n1 0 obj\n<<${dictionary}>>\nstream\n`),
    content,
    Buffer.from('\nendstream\nendobj\n%%EOF\n'),
  ])
}

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  const head = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    head,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync('x')),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function jpeg(width: number, height: number, behind: Uint8Array = Buffer.alloc(0)): Buffer {
  const frame = Buffer.from([
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    1,
    17,
    0,
  ])
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 0xff, 0, 2, 0xff, 0xd0, 3])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), frame, scan, Buffer.from([0xff, 0xd9]), behind])
}

interface Packed {
  readonly name: string
  readonly content: Buffer
  /** What it says to be, where it lies. */
  readonly size?: number
  readonly flags?: number
}

function zip(...entries: readonly Packed[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const { name, content, size = content.length, flags = 0 } of entries) {
    const data = deflateRawSync(content)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(8, 8)
    head.writeUInt16LE(name.length, 26)
    const one = Buffer.alloc(46)
    one.writeUInt32LE(0x02014b50, 0)
    one.writeUInt16LE(flags, 8)
    one.writeUInt16LE(8, 10)
    one.writeUInt32LE(data.length, 20)
    one.writeUInt32LE(size, 24)
    one.writeUInt16LE(name.length, 28)
    one.writeUInt32LE(at, 42)
    local.push(head, Buffer.from(name), data)
    central.push(one, Buffer.from(name))
    at += 30 + name.length + data.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...local, ...central, end])
}

/** What is said in English, or `clean`. */
function verdict(content: Buffer): string {
  const result = scanStructure(content, mediaTypeOf(content) ?? '')
  return result.kind === 'refused' ? result.text.en : result.kind
}

describe('what a file is', () => {
  it.each([
    [pdf(), 'application/pdf'],
    [png(1, 1), 'image/png'],
    [jpeg(1, 1), 'image/jpeg'],
    [zip({ name: 'a.txt', content: Buffer.from('a') }), 'application/zip'],
    [Buffer.from('ชื่อ,อายุ\n'), 'text/plain'],
    [Buffer.from('MZ\x90\0\x03'), undefined],
    [Buffer.from([0xff, 0xfe, 0xfd]), undefined],
    [Buffer.alloc(0), undefined],
    [Buffer.concat([Buffer.from('\n'), pdf()]), 'text/plain'],
  ])('%# its content says, not its name', (content, expected) => {
    expect(mediaTypeOf(content)).toBe(expected)
  })
})

describe('the structural check', () => {
  it('lets usual files through', () => {
    for (const file of [
      pdf(),
      png(4000, 3000),
      jpeg(4000, 3000),
      jpeg(9, 9, jpeg(2, 2)),
      jpeg(9, 9, Buffer.alloc(8)),
    ])
      expect(verdict(file)).toBe('clean')
    expect(verdict(zip({ name: 'a.txt', content: Buffer.from('a') }))).toBe('clean')
    expect(verdict(pdfWithStream('/Filter/FlateDecode', deflateSync('any /JavaScript in a picture')))).toBe(
      'clean',
    )
  })

  it.each([
    ['the test virus', Buffer.from(eicar), /virus/],
    ['the test virus in a PDF', pdf(`(${eicar})`), /virus/],
    [
      'the test virus in an archive',
      zip({ name: 'a.txt', content: Buffer.from(eicar) }),
      /programs or macros/,
    ],
    ['JavaScript', pdf('/OpenAction<</S/JavaScript/JS(app.alert)>>'), /scripts/],
    ['JavaScript with an escaped name', pdf('/OpenAction<</S/J#61v#61Script>>'), /scripts/],
    ['a launched program', pdf('/AA<</O<</S/Launch/F(cmd.exe)>>>>'), /scripts/],
    ['an encrypted PDF', pdf('/Encrypt 5 0 R'), /encrypted/],
    ['files inside a PDF', pdf('/Names<</EmbeddedFiles 3 0 R>>'), /other files inside/],
    [
      'JavaScript in an object stream',
      pdfWithStream('/Type/ObjStm/Filter/FlateDecode', deflateSync('1 0 <</S/JavaScript>>')),
      /scripts/,
    ],
    [
      'a PDF that swells',
      pdfWithStream('/Filter/FlateDecode', deflateSync(Buffer.alloc(64 * 1024 * 1024))),
      /too large when it is opened/,
    ],
    ['a PDF without an end', Buffer.from('%PDF-1.7\n1 0 obj'), /not whole/],
    [
      'a PDF that is an archive',
      Buffer.concat([pdf().subarray(0, -6), zip(), Buffer.from('\n%%EOF\n')]),
      /hidden/,
    ],
    ['a picture of too many pixels', png(50_000, 50_000), /50000 × 50000 pixels/],
    ['a picture of a long side', png(30_000, 1), /too large/],
    ['a picture without size', png(0, 10), /not whole/],
    ['a picture that is cut off', png(10, 10).subarray(0, -20), /not whole/],
    ['a picture that is an archive', Buffer.concat([png(1, 1), zip()]), /hidden/],
    ['a picture with a page behind it', jpeg(1, 1, Buffer.from('<script>alert(1)</script>')), /hidden/],
    ['a picture with a PDF behind it', jpeg(1, 1, pdf()), /hidden/],
    [
      'an archive in an archive',
      zip({ name: 'a', content: zip({ name: 'b', content: Buffer.from('b') }) }),
      /archives inside/,
    ],
    ['an archive that swells', zip({ name: 'a', content: Buffer.alloc(20 * 1024 * 1024) }), /too large/],
    [
      'an archive that lies about its size',
      zip({ name: 'a', content: Buffer.alloc(9999), size: 10 }),
      /too large/,
    ],
    ['an archive with a password', zip({ name: 'a', content: Buffer.from('a'), flags: 1 }), /password/],
    ['an archive that climbs out', zip({ name: '../../etc/passwd', content: Buffer.from('a') }), /not whole/],
    ['macros', zip({ name: 'word/vbaProject.bin', content: Buffer.from('a') }), /macros/],
  ])('%s is refused, and why is said', (_what, content, why) => {
    expect(verdict(content)).toMatch(why)
  })

  it('never fails, whatever the bytes', () => {
    const heads = [
      '%PDF-1.7\n',
      '\x89PNG\r\n\x1a\n',
      '\xff\xd8\xff',
      'GIF89a',
      'RIFF\0\0\0\0WEBPVP8X',
      'PK\x03\x04',
      '',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, rest) => {
        const content = Buffer.concat([Buffer.from(head, 'latin1'), rest])
        expect(['clean', 'refused']).toContain(scanStructure(content, mediaTypeOf(content) ?? '').kind)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\me\\บิล.pdf', 'บิล.pdf'],
    ['gpj.\u202Efdp', 'gpj.fdp.pdf'],
    ['a\r\nContent-Type: text/html', 'html'],
    ['', 'file.pdf'],
    ['...', 'file.pdf'],
    ['CON.pdf', 'file.pdf'],
    ['bill.exe', 'bill.exe.pdf'],
    ['<img src=x>.pdf', 'img src=x.pdf'],
  ])('%s becomes %s', (name, expected) => {
    const found = cleanFileName(name, 'application/pdf')
    expect(found.replace(/\.pdf$/, '')).toBe(expected.replace(/\.pdf$/, ''))
    expect(found).toMatch(/\.pdf$/)
  })

  it('is never longer than a page can show', () => {
    expect([...cleanFileName('ก'.repeat(5000), 'image/png')].length).toBeLessThanOrEqual(110)
  })
})

describe('an archive that is another one to other programs', () => {
  const sound = zip({ name: 'a.txt', content: Buffer.from('a') })
  const hidden = zip({ name: 'b.exe', content: Buffer.from('b') })
  const entry = hidden.subarray(0, hidden.indexOf('PK\x01\x02'))
  /** With bytes put in at a place, and the directory's own places moved. */
  const withInside = (at: number, added: Buffer): Buffer => {
    const file = Buffer.concat([sound.subarray(0, at), added, sound.subarray(at)])
    const end = file.lastIndexOf('PK\x05\x06')
    file.writeUInt32LE(sound.readUInt32LE(sound.length - 6) + added.length, end + 16)
    if (at === 0) file.writeUInt32LE(added.length, file.indexOf('PK\x01\x02') + 42)
    return file
  }

  it('is not whole', () => {
    const renamed = Buffer.from(sound)
    renamed.write('a.exe', 30)
    expect(verdict(sound)).toBe('clean')
    for (const file of [renamed, withInside(0, entry), withInside(sound.indexOf('PK\x01\x02'), entry)])
      expect(verdict(file)).toMatch(/not whole/)
  })

  it('may have the sizes behind each entry, as programs write that know them late', () => {
    expect(verdict(withInside(sound.indexOf('PK\x01\x02'), Buffer.alloc(16)))).toBe('clean')
  })
})

describe('scripts in a PDF that are hidden from who looks for them as readers do not', () => {
  const script = '<</S/JavaScript/JS(app.alert(1))>>'
  const objects = deflateSync(`5 0 ${script}`)
  const behind = (hiding: string, end = '') =>
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<</Type/Catalog ${hiding} /OpenAction ${script}>>\n${end}endobj\n%%EOF\n`,
      'latin1',
    )
  it.each([
    ['behind a stream that begins in a comment', behind('% stream\n', '% endstream\n')],
    ['behind a stream that begins in a text', behind('/Title (>>stream\n)', '% endstream\n')],
    [
      'in objects whose type is written with escapes',
      pdfWithStream('/Type/Obj#53tm/N 1/First 4/Filter/FlateDecode', objects),
    ],
    ['in objects whose filter is', pdfWithStream('/Type/ObjStm/N 1/First 4/Filter/Fl#61teDecode', objects)],
    ['in objects without a type', pdfWithStream('/N 1/First 4/Filter/FlateDecode', objects)],
    [
      'in objects whose checksum is wrong',
      pdfWithStream(
        '/N 1/First 4/Filter/FlateDecode',
        Buffer.concat([objects.subarray(0, -4), Buffer.alloc(4)]),
      ),
    ],
    [
      'in objects whose dictionary seems to begin later',
      pdfWithStream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode/A(obj)', objects),
    ],
    [
      'in objects with a comment before them',
      pdfWithStream('/N 1/First 9/Filter/FlateDecode', deflateSync(`%abc\n5 0 ${script}`)),
    ],
    [
      'in objects whose numbers stand apart by what no text has',
      pdfWithStream('/N 1/First 4/Filter/FlateDecode', deflateSync(['', '5', '0', script].join('\0'))),
    ],
    [
      'in a stream whose line ends as few do',
      Buffer.from(
        pdfWithStream('/Type/ObjStm/N 1/First 4/Filter/FlateDecode', objects)
          .toString('latin1')
          .replace('stream\n', 'stream\r'),
        'latin1',
      ),
    ],
    [
      'in objects packed in another way',
      pdfWithStream(
        '/Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode/A(obj)',
        Buffer.from(`${Buffer.from(`5 0 ${script}`).toString('hex')}>`),
      ),
    ],
  ])('%s', (_what, file) => {
    expect(verdict(file)).not.toBe('clean')
  })
})

describe('a PDF that costs more to look at than it has', () => {
  const inOne = 30 * 1024 * 1024

  it('is refused where many streams begin in the same bytes', () => {
    // Each skips the beginning of the next as nine bytes of its own (RFC 1951 §3.2.4), and all break off at the end.
    const beginning = Buffer.concat([
      Buffer.from('stream\n\x78\x9c', 'latin1'),
      Buffer.from([0, 9, 0, 0xf6, 0xff]),
    ])
    const shared = deflateRawSync(Buffer.alloc(inOne), { finishFlush: constants.Z_SYNC_FLUSH })
    const content = [...Array(10).fill(beginning), Buffer.alloc(9), shared, Buffer.from([7, 0xff])]
    expect(verdict(pdfWithStream('', Buffer.concat(content)))).toMatch(/too large/)
  })

  it('is taken where a stream is long and empty', () => {
    const spaces = deflateSync(Buffer.alloc(inOne, ' '))
    expect(verdict(pdfWithStream('/Filter/FlateDecode', spaces))).toBe('clean')
  })
})

describe('a file for a field', () => {
  const photo = field('file', { limits: { max: 500, accepts: ['image/png'] } })
  const context = { scanner: structureScanner(), values: {}, now: 0 }
  const take = (filename: string, bytes: Buffer, scanner?: FileScanner) =>
    takeFile(photo, { filename, bytes }, scanner ? { ...context, scanner } : context)

  it('is taken with what its content says', async () => {
    const bytes = png(2, 2)
    expect(await take('me.gif', bytes)).toMatchObject({
      answer: { name: 'me.gif.png', mediaType: 'image/png', bytes: bytes.length },
    })
  })

  it('is refused by kind, by size, and empty, in words', async () => {
    expect(await take('me.png', pdf())).toMatchObject({
      en: expect.stringMatching(/must be PNG; this one is PDF/),
    })
    expect(await take('me.png', Buffer.from('MZ\0'))).toMatchObject({
      en: expect.stringMatching(/must be PNG\./),
    })
    const large = Buffer.concat([png(2, 2), Buffer.alloc(1000)])
    expect(await take('me.png', large)).toMatchObject({ en: expect.stringMatching(/at most 1 kB/) })
    expect(await take('me.png', Buffer.alloc(0))).toMatchObject({ en: expect.stringMatching(/empty/) })
  })

  it('is not kept while a scanner cannot say', async () => {
    const silent: FileScanner = { scan: async () => ({ kind: 'unavailable' }) }
    const both = scannersInTurn(structureScanner(), silent)
    expect(await take('me.png', png(2, 2), both)).toMatchObject({
      en: expect.stringMatching(/could not be checked/),
    })
  })

  it.each([
    ['fails', async () => Promise.reject(new Error('connect ECONNREFUSED'))],
    ['never answers', () => new Promise<never>(() => {})],
  ])('is not kept while the operator’s scanner %s, which is logged', async (_what, scan) => {
    const lines: string[] = []
    const log = createLogger({
      name: 'test',
      destination: { write: (line: string) => void lines.push(line) },
    })
    expect(await take('me.png', png(2, 2), watched({ scan }, log, 20))).toMatchObject({
      en: expect.stringMatching(/could not be checked/),
    })
    expect(lines.join()).toContain('the scanner of files')
    expect(lines.join()).not.toContain('me.png')
  })

  it('is looked at by its structure before anybody else sees it', async () => {
    const seen: string[] = []
    const scanner: FileScanner = {
      scan: async ({ name }) => {
        seen.push(name)
        return { kind: 'clean' }
      },
    }
    const both = scannerOf({ scanner, ground: { log: createLogger({ name: 'test', level: 'silent' }) } })
    expect(await take('me.pdf', pdf('/OpenAction<</S/JavaScript/JS(app.alert)>>'), both)).toHaveProperty('en')
    expect(await take('me.png', png(2, 2), both)).toHaveProperty('answer')
    expect(seen).toEqual(['me.png'])
  })
})
