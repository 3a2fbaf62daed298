import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { image, renderDocument } from '../../src/index.ts'
import { contents, openPdf } from './inspect.ts'
import { documentOf } from './sample.ts'

/** A PNG of 4 by 4 pixels whose rows are given as bytes, without filters. */
function png(
  colourType: number,
  bits: number,
  row: readonly number[],
  chunks: [string, number[]][] = [],
  interlaced = 0,
): Uint8Array {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const content = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(content))
    return Buffer.concat([length, content, sum])
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

/** A JPEG of 6 by 4 pixels with the marks that one has, and nothing to see. */
function jpeg(components: number, frame = 0xc0, bits = 8): Uint8Array {
  const of = (make: (n: number) => number[]) =>
    Array.from({ length: components }, (_, n) => make(n + 1)).flat()
  return Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2],
    ...[0xff, frame, 0, 8 + 3 * components, bits, 0, 4, 0, 6, components, ...of((n) => [n, 0x11, 0])],
    ...[0xff, 0xda, 0, 6 + 2 * components, components, ...of((n) => [n, 0]), 0, 63, 0],
    ...[1, 2, 3, 0xff, 0xd9],
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
    const bytes = jpeg(components, frame)
    const file = openPdf((await draw(bytes)).bytes)
    const picture = file.stream(file.dict(file.pages()[0]?.resources.get('XObject'))?.get('I1'))
    expect(picture?.raw).toEqual(bytes)
    expect(file.name(picture?.dict.get('ColorSpace'))).toBe(space)
    expect([picture?.dict.get('Width'), picture?.dict.get('Height')]).toEqual([6, 4])
  })

  it.each([
    [1, [56.69, 0, 0, 37.8]],
    [2, [-56.69, 0, 0, 37.8]],
    [3, [-56.69, 0, 0, -37.8]],
    [4, [56.69, 0, 0, -37.8]],
    [5, [0, -85.04, -56.69, 0]],
    [6, [0, -85.04, 56.69, 0]],
    [7, [0, 85.04, 56.69, 0]],
    [8, [0, 85.04, -56.69, 0]],
    [9, [56.69, 0, 0, 37.8]],
  ])('that a camera took held in way %d stands upright', async (orientation, matrix) => {
    for (const little of [true, false]) {
      const exif = Buffer.alloc(32)
      exif.write('Exif\0\0', 'latin1')
      exif.write(little ? 'II' : 'MM', 6, 'latin1')
      const two = (value: number, at: number) =>
        little ? exif.writeUInt16LE(value, at) : exif.writeUInt16BE(value, at)
      const four = (value: number, at: number) =>
        little ? exif.writeUInt32LE(value, at) : exif.writeUInt32BE(value, at)
      two(42, 8)
      four(8, 10)
      two(1, 14)
      two(0x0112, 16)
      two(3, 18)
      four(1, 20)
      two(orientation, 24)
      const plain = jpeg(3)
      const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif]
      const { bytes } = await draw(
        Uint8Array.from([...plain.subarray(0, 2), ...segment, ...plain.subarray(2)]),
      )
      const drawn = contents(bytes)[0]
        ?.match(/q ([-\d. ]+) cm \/I1 Do/)?.[1]
        ?.split(' ')
        .map(Number)
      expect(drawn?.slice(0, 4)).toEqual(matrix)
    }
  })

  it('with a broken word about its camera is drawn as it is', async () => {
    const plain = jpeg(3)
    for (const word of [
      'Exif\0\0',
      'Exif\0\0MM\0*\xff\xff\xff\xff',
      'Exif\0\0II*\0\x08\0\0\0\xff\xff',
      'http://ns.adobe.com',
    ]) {
      const segment = [0xff, 0xe1, 0, word.length + 2, ...Buffer.from(word, 'latin1')]
      const { bytes } = await draw(
        Uint8Array.from([...plain.subarray(0, 2), ...segment, ...plain.subarray(2)]),
      )
      expect(contents(bytes)[0]).toMatch(/q 56.69 0 0 37.8 /)
    }
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

  const rgb = png(2, 8, Array(12).fill(128))
  const changed = (at: number, byte: number) => rgb.map((before, index) => (index === at ? byte : before))
  it.each([
    ['neither PNG nor JPEG', new TextEncoder().encode('GIF89a')],
    ['a PNG cut short', png(6, 8, Array(16).fill(100)).subarray(0, 45)],
    ['a PNG without its end', rgb.subarray(0, -12)],
    ['a PNG with a byte changed', changed(rgb.length - 20, 0x55)],
    ['a PNG with rows missing', png(2, 8, Array(5).fill(128))],
    ['a PNG of three bits', png(2, 3, Array(12).fill(128))],
    ['a PNG of a palette that it does not have', png(3, 8, [0, 1, 2, 3])],
    ['a PNG of a palette that is too long', png(3, 2, [0], [['PLTE', Array(15).fill(9)]])],
    ['a JPEG in CMYK', jpeg(4)],
    ['a JPEG of twelve bits', jpeg(3, 0xc1, 12)],
    ['a JPEG without loss', jpeg(3, 0xc3)],
    ['a JPEG with arithmetic coding', jpeg(3, 0xc9)],
    ['a JPEG cut short', jpeg(3).subarray(0, -3)],
    ['a JPEG cut in its head', jpeg(3).subarray(0, 12)],
    ['a PNG of 4 GB', rgb.map((byte, index) => (index >= 16 && index < 24 ? 0x7f : byte))],
  ])('that is %s is refused', async (_, bytes) => {
    await expect(draw(bytes)).rejects.toMatchObject({ code: 'document-image-unreadable' })
  })
})
