import { isSpace } from './characters.ts'
import { malformed, PdfError } from './error.ts'
import { decodeWith } from './filters/decode.ts'
import type { Budget } from './limits.ts'
import { isArray, PdfDict, PdfName, type PdfObject, PdfStream } from './objects.ts'
import { ObjectParser } from './parser.ts'
import type { XrefEntry } from './revision.ts'

/** One cross-reference section: a table with its trailer (ISO 32000-2, 7.5.4), or a stream (7.5.8). */
export interface Section {
  readonly offset: number
  /** The position after its trailer, or after its `endobj`. */
  readonly end: number
  readonly kind: 'table' | 'stream' | 'hybrid'
  readonly entries: Map<number, XrefEntry>
  readonly trailer: PdfDict
  readonly previous: number | undefined
}

/** The highest number that an object may have: beyond what any writer makes, low enough to be counted. */
const HIGHEST_NUMBER = 8_388_607

export function readSection(bytes: Uint8Array, offset: number, budget: Budget): Section {
  if (offset >= bytes.length) throw malformed('A cross-reference section lies beyond the end', offset)
  const parser = new ObjectParser(bytes, offset, bytes.length, budget)
  parser.skipSpace()
  if (!parser.accept('xref')) return readStream(parser, offset, budget)
  const entries = readTable(parser, budget)
  const trailer = parser.object()
  if (!(trailer instanceof PdfDict)) throw malformed('A trailer is no dictionary', parser.position)
  const end = parser.position
  const hidden = trailer.get('XRefStm')
  if (hidden !== undefined) addHidden(bytes, entries, position(hidden, bytes), budget)
  const kind = hidden === undefined ? 'table' : 'hybrid'
  return { offset, end, kind, entries, trailer, previous: previousOf(trailer, bytes) }
}

function previousOf(trailer: PdfDict, bytes: Uint8Array): number | undefined {
  const previous = trailer.get('Prev')
  return previous === undefined ? undefined : position(previous, bytes)
}

function position(value: PdfObject, bytes: Uint8Array): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value >= bytes.length) {
    throw malformed('A cross-reference section points beyond the file')
  }
  return value
}

/** In a hybrid file the stream's entries count where the table has none, or calls the number free (7.5.8.4). */
function addHidden(bytes: Uint8Array, entries: Map<number, XrefEntry>, offset: number, budget: Budget): void {
  const parser = new ObjectParser(bytes, offset, bytes.length, budget)
  const { entries: hidden } = readStream(parser, offset, budget)
  for (const [num, entry] of hidden) {
    const known = entries.get(num)
    if (known === undefined || known === 'free') entries.set(num, entry)
  }
}

function readTable(parser: ObjectParser, budget: Budget): Map<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>()
  while (!parser.accept('trailer')) {
    const first = parser.wholeNumber()
    const count = parser.wholeNumber()
    if (first === undefined || count === undefined) {
      throw malformed('A cross-reference table is malformed', parser.position)
    }
    if (count > (parser.end - parser.position) / 18) {
      throw malformed('A cross-reference table claims more entries than it has', parser.position)
    }
    if (first + count > HIGHEST_NUMBER) throw malformed('An object has too high a number', parser.position)
    budget.objects(count)
    parser.skipSpace()
    for (let num = first; num < first + count; num++) add(entries, num, readEntry(parser))
  }
  return entries
}

function add(entries: Map<number, XrefEntry>, num: number, entry: XrefEntry): void {
  if (entries.has(num)) throw malformed('A cross-reference section has an object twice')
  entries.set(num, entry)
}

/** `nnnnnnnnnn ggggg n` with its end of line, which a few writers make one byte long. */
function readEntry(parser: ObjectParser): XrefEntry {
  const { bytes, position: at } = parser
  const offset = digits(bytes, at, 10)
  const gen = digits(bytes, at + 11, 5)
  const type = bytes[at + 17]
  const spaced = bytes[at + 10] === 32 && bytes[at + 16] === 32 && isSpace(bytes[at + 18])
  if (offset < 0 || gen < 0 || !spaced || (type !== 0x6e && type !== 0x66)) {
    throw malformed('An entry of a cross-reference table is malformed', at)
  }
  parser.position = at + 18
  while (parser.position < at + 20 && isSpace(bytes[parser.position])) parser.position++
  return type === 0x6e && offset > 0 ? { gen, offset } : 'free'
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = (bytes[i] ?? 0) - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function readStream(parser: ObjectParser, offset: number, budget: Budget): Section {
  const num = parser.wholeNumber()
  const gen = parser.wholeNumber()
  if (num === undefined || gen === undefined || !parser.accept('obj')) {
    throw malformed('No cross-reference section is where one should be', offset)
  }
  const dict = parser.object()
  if (!(dict instanceof PdfDict)) throw malformed('A cross-reference stream has no dictionary', offset)
  const type = dict.get('Type')
  if (!(type instanceof PdfName) || type.value !== 'XRef') {
    throw malformed('No cross-reference section is where one should be', offset)
  }
  const length = dict.get('Length')
  if (typeof length !== 'number') throw malformed('A cross-reference stream has no direct length', offset)
  const raw = readStreamBytes(parser, length)
  const end = parser.position
  const data = decodeWith(new PdfStream(dict, raw), budget, (object) => object ?? null)
  const entries = readRows(data, dict, budget)
  return { offset, end, kind: 'stream', entries, trailer: dict, previous: previousOf(dict, parser.bytes) }
}

/** From `stream` to `endobj` (7.3.8.1); the bytes between. `length` must be right. */
export function readStreamBytes(parser: ObjectParser, length: number): Uint8Array {
  const { bytes } = parser
  parser.expect('stream')
  let start = parser.position
  if (bytes[start] === 13) start++
  if (bytes[start] !== 10) throw malformed('The word "stream" has no line feed after it', start)
  start++
  const end = start + length
  if (!Number.isInteger(length) || length < 0 || end > parser.end) {
    throw malformed('A stream is longer than the file', start)
  }
  let after = end
  if (bytes[after] === 13) after++
  if (bytes[after] === 10) after++
  parser.position = after
  if (!parser.at('endstream')) throw malformed('A stream does not end where its length says', end)
  parser.expect('endstream')
  parser.expect('endobj')
  return bytes.subarray(start, end)
}

function readRows(data: Uint8Array, dict: PdfDict, budget: Budget): Map<number, XrefEntry> {
  const widths = numbers(dict.get('W'))
  if (widths.length !== 3 || widths.some((width) => width > 8)) {
    throw malformed('A cross-reference stream has impossible widths')
  }
  const [w0 = 0, w1 = 0, w2 = 0] = widths
  const row = w0 + w1 + w2
  const size = dict.get('Size')
  const index = dict.has('Index') ? numbers(dict.get('Index')) : numbers([0, size ?? null])
  if (row === 0 || index.length % 2 !== 0) throw malformed('A cross-reference stream is malformed')
  const entries = new Map<number, XrefEntry>()
  let at = 0
  for (let i = 0; i < index.length; i += 2) {
    const first = index[i] ?? 0
    const count = index[i + 1] ?? 0
    if (at + count * row > data.length) throw malformed('A cross-reference stream claims more than it has')
    if (first + count > HIGHEST_NUMBER) throw malformed('An object has too high a number')
    budget.objects(count)
    for (let num = first; num < first + count; num++, at += row) {
      const type = w0 === 0 ? 1 : integer(data, at, w0)
      const second = integer(data, at + w0, w1)
      add(entries, num, entryOf(type, second, integer(data, at + w0 + w1, w2)))
    }
  }
  return entries
}

function entryOf(type: number, second: number, third: number): XrefEntry {
  if (type === 1) return second === 0 ? 'free' : { gen: third, offset: second }
  // A type of a later standard is to be read as a reference to null (table 18).
  return type === 2 ? { stream: second, index: third } : 'free'
}

function integer(data: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let i = at; i < at + width; i++) value = value * 256 + (data[i] ?? 0)
  if (!Number.isSafeInteger(value)) throw malformed('A cross-reference stream has an impossible number')
  return value
}

function numbers(object: PdfObject | undefined): number[] {
  if (!isArray(object)) throw malformed('A cross-reference stream is malformed')
  return object.map((item) => {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0) {
      throw malformed('A cross-reference stream is malformed')
    }
    return item
  })
}

/** The sections from the newest to the oldest. */
export function readSections(bytes: Uint8Array, startxref: number, budget: Budget): Section[] {
  const sections: Section[] = []
  const seen = new Set<number>()
  for (let at: number | undefined = startxref; at !== undefined; ) {
    if (seen.has(at)) throw malformed('The cross-reference sections form a loop', at)
    seen.add(at)
    if (sections.length >= budget.limits.revisions)
      throw new PdfError('too-complex', 'The file has too many revisions')
    const section = readSection(bytes, at, budget)
    sections.push(section)
    at = section.previous
  }
  return sections
}
