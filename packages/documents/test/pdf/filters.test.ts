import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeStream, name, PdfDict, PdfError, type PdfObject, PdfStream } from '../../src/pdf/index.ts'

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'))

function decode(raw: Uint8Array, filter: PdfObject, parameters?: PdfObject): Uint8Array {
  return decodeStream(new PdfStream(PdfDict.of({ Filter: filter, DecodeParms: parameters }), raw))
}

describe('the filters of streams', () => {
  test('Flate gives back what any level and strategy packed', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(9),
        fc.constantFrom(0, 2, 3, 4),
        (bytes, modulus, level, strategy) => {
          const data = bytes.map((byte) => byte % modulus)
          const packed = new Uint8Array(deflateSync(data, { level, strategy }))
          expect(Buffer.from(decode(packed, name('FlateDecode'))).equals(data)).toBe(true)
        },
      ),
    )
  })

  test('Flate that breaks off, or is none, is malformed', () => {
    const packed = new Uint8Array(deflateSync(Buffer.from('some words, some words')))
    for (let length = 0; length < packed.length - 5; length++) {
      expect(() => decode(packed.subarray(0, length), name('FlateDecode'))).toThrow(PdfError)
    }
  })

  test('LZW, by the example of the standard', () => {
    const data = decode(hex('80 0B 60 50 22 0C 0C 85 01'), name('LZWDecode'))
    expect([...data]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66])
  })

  test('ASCII in base 16 and 85, and run lengths', () => {
    expect([...decode(latin('48 65\n6C6c 6F7>'), name('ASCIIHexDecode'))]).toEqual([...latin('Hellop')])
    expect([...decode(latin('87cURD]i,"Ebo80~>'), name('ASCII85Decode'))]).toEqual([...latin('Hello World!')])
    expect([...decode(latin('z!!~>'), name('ASCII85Decode'))]).toEqual([0, 0, 0, 0, 0])
    expect([...decode(hex('02 61 62 63 FE 64 80 99'), name('RunLengthDecode'))]).toEqual([...latin('abcddd')])
    expect(() => decode(hex('05 61'), name('RunLengthDecode'))).toThrow(PdfError)
  })

  test('several, in order, with predictors', () => {
    const rows = Uint8Array.from([2, 1, 2, 3, 2, 1, 1, 1, 1, 9, 1, 1, 4, 5, 5, 5, 3, 2, 2, 2])
    const packed = new Uint8Array(deflateSync(rows))
    const parameters = PdfDict.of({ Predictor: 15, Columns: 3 })
    const plain = decode(packed, name('FlateDecode'), parameters)
    expect([...plain]).toEqual([1, 2, 3, 2, 3, 4, 9, 10, 11, 14, 19, 24, 9, 16, 22])
    const text = Buffer.from(packed).toString('hex')
    const both = decode(latin(text), [name('ASCIIHexDecode'), name('FlateDecode')], [null, parameters])
    expect(both).toEqual(plain)
  })

  test('those of pictures are not read', () => {
    expect(() => decode(latin(''), name('DCTDecode'))).toThrow(/not read/)
  })
})
