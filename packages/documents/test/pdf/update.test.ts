import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  IncrementalUpdate,
  name,
  openPdf,
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
  writeObject,
} from '../../src/pdf/index.ts'
import { buildCompressed, buildPdf, onePage } from './build.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
const nameText = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((c) => String.fromCharCode(c)),
  maxLength: 12,
})

const { object } = fc.letrec<{ object: PdfObject; dict: PdfDict }>((tie) => ({
  object: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
    nameText.map((text) => new PdfName(text)),
    fc.tuple(bytes, fc.boolean()).map(([data, hex]) => new PdfString(data, hex)),
    fc.tuple(fc.nat(99999), fc.nat(99)).map(([num, gen]) => new PdfRef(num, gen)),
    fc.array(tie('object'), { maxLength: 5 }),
    tie('dict'),
  ),
  dict: fc
    .array(fc.tuple(nameText, tie('object')), { maxLength: 5 })
    .map((entries) => new PdfDict(new Map(entries))),
}))

/** Objects without their places in a file. */
function plain(object: PdfObject): unknown {
  if (object instanceof PdfString) return { string: [...object.bytes] }
  if (object instanceof PdfDict)
    return { dict: [...object.entries].map(([key, value]) => [key, plain(value)]) }
  if (object instanceof PdfStream) return { stream: [...object.raw] }
  if (object instanceof PdfName) return { name: object.value }
  if (object instanceof PdfRef) return { ref: [object.num, object.gen] }
  return Array.isArray(object) ? object.map(plain) : object
}

describe('an incremental update', () => {
  test('any object comes back as it was written', () => {
    const base = openPdf(buildPdf(onePage()))
    fc.assert(
      fc.property(object, (value) => {
        const update = new IncrementalUpdate(base)
        const ref = update.add(value)
        expect(plain(openPdf(update.finish().bytes).get(ref))).toEqual(plain(value))
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['table', buildPdf(onePage(), { trailer: '/ID [<01> <02>]' })],
    ['stream', buildCompressed(onePage())],
  ])('keeps the kind of cross-references (%s), and every byte before', (kind, before) => {
    let file = openPdf(before)
    for (let round = 1; round <= 3; round++) {
      const update = new IncrementalUpdate(file)
      const added = update.add(PdfDict.of({ Round: round }))
      update.replace(new PdfRef(5), PdfDict.of({ Type: name('Font'), Seen: added }))
      const stream = update.add(new PdfStream(new PdfDict([]), new Uint8Array([round])))
      const { bytes, offsets } = update.finish()
      expect(bytes.subarray(0, file.bytes.length)).toEqual(new Uint8Array(file.bytes))
      const next = openPdf(bytes)
      expect(next.revisions).toHaveLength(round + 1)
      expect(next.revisions.at(-1)?.kind).toBe(kind)
      expect(next.revisions.at(-1)?.start).toBe(file.bytes.length)
      expect(next.number(next.dict(next.dict(new PdfRef(5))?.get('Seen'))?.get('Round'))).toBe(round)
      expect(next.stream(stream)?.raw).toEqual(new Uint8Array([round]))
      expect(next.objectOffset(added)).toBe(offsets.get(added.num))
      file = next
    }
    const [first] = file.array(file.trailer.get('ID')) ?? []
    if (kind === 'table') expect(file.string(first)).toEqual(new Uint8Array([1]))
  })

  test('is the same for the same changes', () => {
    const make = () => {
      const update = new IncrementalUpdate(openPdf(buildPdf(onePage())))
      update.add(new PdfString(new Uint8Array([40, 41, 13, 92])))
      return update.finish().bytes
    }
    expect(make()).toEqual(make())
  })

  test('numbers are written without exponents', () => {
    const text = (value: number) => Buffer.from(writeObject(value)).toString('latin1')
    expect([1e-7, 1.5e21, -0, 0.1, -12.25, 1e21].map(text)).toEqual([
      '0.0000001',
      '1500000000000000000000',
      '0',
      '0.1',
      '-12.25',
      '1000000000000000000000',
    ])
  })
})
