import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../../src/check/asic/zip/archive.ts'
import { ZipError } from '../../../src/check/asic/zip/error.ts'
import { fixture } from '../containers.ts'
import { type Entry, joined, zip } from './zips.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const plain: Entry = { name: 'a.txt', bytes: bytes('some text, some text, some text') }

/** The code with which it is refused; reading counts too. */
function refusal(file: Uint8Array, limits?: Parameters<typeof openZip>[1]): string | undefined {
  try {
    const archive = openZip(file, limits)
    for (const { name } of archive.entries) archive.read(name)
    return undefined
  } catch (error) {
    if (error instanceof ZipError) return error.code
    throw error
  }
}

describe('a ZIP file is read', () => {
  it.each([
    ['stored', plain],
    ['deflated', { ...plain, deflate: true }],
    ['with its sizes after the data', { ...plain, deflate: true, descriptor: 'marked' }],
    ['with its sizes after the data and no mark', { ...plain, descriptor: 'bare' }],
    [
      'with an extra field that says nothing of size or name',
      { ...plain, extra: Uint8Array.of(0x55, 0x54, 1, 0, 0) },
    ],
    ['from Unix', { ...plain, mode: 0o100644 }],
    ['empty', { name: 'empty', bytes: new Uint8Array() }],
    ['empty and deflated', { name: 'empty', bytes: new Uint8Array(), deflate: true }],
    ['with a Thai name', { ...plain, name: 'เอกสาร/หนังสือ.txt' }],
  ] as const)('%s', (_, entry: Entry) => {
    expect(openZip(zip([entry])).read(entry.name)).toEqual(entry.bytes)
  })

  it('with folders and a comment', () => {
    const archive = openZip(
      zip(
        [
          { name: 'b/', bytes: new Uint8Array() },
          { ...plain, name: 'b/a' },
        ],
        { comment: 'mimetype=x' },
      ),
    )
    expect(archive.entries.map(({ name, isFolder }) => [name, isFolder])).toEqual([
      ['b/', true],
      ['b/a', false],
    ])
    expect(archive.read('b/')).toBeUndefined()
    expect(archive.read('c')).toBeUndefined()
  })
})

describe('a ZIP file is refused', () => {
  const second: Entry = { name: 'b.txt', bytes: bytes('b') }
  it.each([
    ['nothing', new Uint8Array(), 'not-zip'],
    ['no ZIP', bytes('x'.repeat(100)), 'not-zip'],
    ['two entries of one name', zip([plain, plain]), 'duplicate-name'],
    ['names that differ by case', zip([plain, { ...plain, name: 'A.TXT' }]), 'duplicate-name'],
    [
      'names that differ by the form of letters',
      zip([
        { ...plain, name: 'é' },
        { ...plain, name: 'e\u0301' },
      ]),
      'duplicate-name',
    ],
    ['a file that is a folder too', zip([plain, { ...plain, name: 'a.txt/b' }]), 'duplicate-name'],
    ['bytes before', zip([plain], { before: bytes('#!') }), 'layout'],
    ['bytes after', zip([plain], { after: bytes('x') }), 'layout'],
    ['bytes between', zip([{ ...plain, after: bytes('hidden') }, second]), 'layout'],
    [
      'bytes between the last entry and the directory',
      zip([plain, { ...second, after: bytes('hidden') }]),
      'layout',
    ],
    ['a directory that counts less than there is', zip([plain, second], { count: 1 }), 'layout'],
    ['a directory that counts more', zip([plain], { count: 2 }), 'malformed'],
    ['another name at the data', zip([{ ...plain, otherName: 'b.txt' }]), 'malformed'],
    ['an encrypted entry', zip([{ ...plain, flags: 0x0801 }]), 'encrypted'],
    ['a strongly encrypted entry', zip([{ ...plain, flags: 0x0841 }]), 'encrypted'],
    ['patched data', zip([{ ...plain, flags: 0x0820 }]), 'unsupported'],
    ['another method', zip([{ ...plain, method: 12 }]), 'unsupported'],
    ['an AES extra field', zip([{ ...plain, extra: Uint8Array.of(1, 0x99, 0, 0) }]), 'unsupported'],
    [
      'a second name in an extra field',
      zip([{ ...plain, extra: Uint8Array.of(0x75, 0x70, 0, 0) }]),
      'unsupported',
    ],
    ['ZIP64 sizes', zip([{ ...plain, extra: Uint8Array.of(1, 0, 0, 0) }]), 'unsupported'],
    ['a broken extra field', zip([{ ...plain, extra: Uint8Array.of(1) }]), 'malformed'],
    ['a symbolic link', zip([{ ...plain, mode: 0o120777 }]), 'unsupported'],
    ['a wrong checksum', zip([{ ...plain, crc: 1 }]), 'checksum'],
    ['a size that is too small', zip([{ ...plain, deflate: true, unpacked: 3 }]), 'checksum'],
    ['a size that is too large', zip([{ ...plain, deflate: true, unpacked: 99 }]), 'checksum'],
    ['a stored entry with two sizes', zip([{ ...plain, unpacked: 3 }]), 'malformed'],
    ['a wrong data descriptor', zip([{ ...plain, descriptor: 'wrong' }]), 'malformed'],
    ['a folder with content', zip([{ ...plain, name: 'a/' }]), 'malformed'],
    ['data that is not deflated', zip([{ ...plain, method: 8 }]), 'checksum'],
  ] as const)('%s', (_, file, code) => {
    expect(refusal(file)).toBe(code)
  })

  it.each([
    '../a',
    '/a',
    'a/../b',
    './a',
    'a//b',
    'C:/a',
    'a\\b',
    'a\0b',
    'a\nb',
    'a/ b',
    'a.',
    'exe\u202Etxt.a',
    ' a',
    '',
  ])('the name %j', (name) => {
    expect(refusal(zip([{ ...plain, name }]))).toBe('unsafe-name')
  })

  it('entries that overlap', () => {
    const file = zip([plain, second])
    // The second record of the directory points at the first entry.
    const view = new DataView(file.buffer)
    const directory = view.getUint32(file.length - 6, true)
    const other = directory + 46 + 5
    view.setUint32(other + 42, 0, true)
    expect(refusal(file)).toBe('layout')
  })

  it('a file within a file, each with its own end', () => {
    const inner = zip([second])
    expect(refusal(zip([plain], { after: inner }))).toBe('layout')
    const comment = new TextDecoder('latin1').decode(zip([]))
    expect(refusal(zip([plain], { comment }))).toBe('layout')
  })

  it('a bomb, before and while it unpacks', () => {
    const bomb = zipSync({ bomb: [new Uint8Array(20 * 2 ** 20), { level: 9 }] })
    expect(refusal(bomb, { unpacked: 2 ** 20 })).toBe('too-large')
    const lying = zip([{ name: 'bomb', bytes: new Uint8Array(20 * 2 ** 20), deflate: true, unpacked: 1000 }])
    expect(refusal(lying)).toBe('checksum')
    const many = Array.from({ length: 2001 }, (_, at) => ({ name: `${at}`, bytes: new Uint8Array() }))
    expect(refusal(zip(many))).toBe('too-large')
  })

  it('wherever it is cut off', () => {
    const file = fixture('cades-two.asice')
    for (let end = 0; end < file.length; end += 7) expect(refusal(file.subarray(0, end))).toBeDefined()
  })
})

it('no changed byte of a container unpacks to other bytes', () => {
  const file = joined(fixture('xades-b.asics'))
  const contents = (archive: ReturnType<typeof openZip>) =>
    archive.entries.map(({ name }) => [name, archive.read(name)])
  const original = contents(openZip(file))
  fc.assert(
    fc.property(fc.integer({ min: 0, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = file.slice()
      changed[at] = (changed[at] ?? 0) ^ by
      try {
        // What may differ are names, which the signature is over, and times, which mean nothing.
        for (const [index, [, bytes]] of contents(openZip(changed)).entries())
          expect(bytes).toEqual(original[index]?.[1])
      } catch (error) {
        if (!(error instanceof ZipError)) throw error
      }
    }),
    { numRuns: 500 },
  )
})
