import { constants, inflateRawSync } from 'node:zlib'

/** Why a PDF is not taken. */
export type PdfHazard = 'encrypted' | 'active' | 'attachment' | 'broken' | 'bomb'

const most = {
  perStream: 32 * 1024 * 1024,
  /** Bytes that are read and made of all streams: many can begin in the same bytes. */
  together: 128 * 1024 * 1024,
  streams: 20_000,
} as const

const active = new Set([
  'JavaScript',
  'JS',
  'Launch',
  'RichMedia',
  'XFA',
  'Movie',
  'Sound',
  'Rendition',
  'SubmitForm',
  'ImportData',
  'GoToE',
])
const attached = new Set(['EmbeddedFile', 'EmbeddedFiles', 'Filespec'])

/** Filters in which no writer packs objects, and in which names cannot be read here. */
const odd = new Set([
  'ASCIIHexDecode',
  'AHx',
  'ASCII85Decode',
  'A85',
  'LZWDecode',
  'LZW',
  'RunLengthDecode',
  'RL',
])

/**
 * What of a PDF (ISO 32000-2) could harm who opens it: actions, attachments, encryption; names are read with their
 * escapes (§7.3.5) and in object streams (§7.5.7), too. Whatever a dictionary, comment or text says of where streams are
 * and what they hold, a reader may not heed it: so all is looked at that a reader could take for objects. Undefined where
 * there is nothing. Pure.
 */
export function pdfHazard(content: Uint8Array): PdfHazard | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const text = bytes.toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(text) || !/%%EOF\s*$/.test(text.slice(-64))) return 'broken'
  const plain = outsideStreams(text)
  if (plain.includes('\0unclosed')) return 'broken'
  return hazardOfNames(plain) ?? hazardInBytes(text) ?? hazardOfStreams(bytes, text)
}

function* namesIn(text: string): Iterable<string> {
  for (const [, raw = ''] of text.matchAll(/\/([^\s\0/<>[\]()%{}]+)/g))
    yield raw.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

function hazardOfNames(text: string): PdfHazard | undefined {
  for (const name of namesIn(text)) {
    if (name === 'Encrypt') return 'encrypted'
    if (active.has(name)) return 'active'
    if (attached.has(name)) return 'attachment'
  }
  return undefined
}

/** In all bytes, also where a stream seems to be. Two letters stand in a picture by chance, and never alone in a script. */
function hazardInBytes(text: string): PdfHazard | undefined {
  for (const name of namesIn(text)) {
    if (name.length > 2 && active.has(name)) return 'active'
    if (attached.has(name)) return 'attachment'
  }
  return undefined
}

const streamPattern = /stream\r?\n/g

/** The dictionaries and other objects: what lies in streams are pictures and fonts, in which any letters may stand. */
function outsideStreams(text: string): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of streamsOf(text)) {
    parts.push(text.slice(at, start))
    if (end < 0) return '\0unclosed'
    at = end
  }
  return [...parts, text.slice(at)].join(' ')
}

function* streamsOf(text: string): Iterable<{ readonly start: number; readonly end: number }> {
  streamPattern.lastIndex = 0
  for (let match = streamPattern.exec(text); match !== null; match = streamPattern.exec(text)) {
    if (text.slice(match.index - 3, match.index) === 'end') continue
    const start = match.index + match[0].length
    const end = text.indexOf('endstream', start)
    yield { start, end }
    if (end < 0) return
    streamPattern.lastIndex = end + 'endstream'.length
  }
}

/** Wherever a reader could begin to read a stream: readers skip to the end of the line. */
const beginning = /(?<!end)stream[^\r\n]{0,64}(?:\r\n|\r|\n)/g

/** What objects are packed in begins with their numbers and places, after comments at most. */
function isPacked(inside: string): boolean {
  // Step by step: one expression for all of it would run out of stack on a long row of spaces.
  const skipped = /[\s\0]+|%[^\r\n]*[\r\n]/y
  let at = 0
  while (skipped.test(inside)) at = skipped.lastIndex
  const numbers = /\d+[\s\0]+\d+[\s\0]/y
  numbers.lastIndex = at
  return numbers.test(inside)
}

/** What is deflated is opened: objects are looked at, and nothing may be a bomb. */
function hazardOfStreams(bytes: Buffer, text: string): PdfHazard | undefined {
  let together = 0
  let count = 0
  let before = 0
  for (const match of text.matchAll(beginning)) {
    if (++count > most.streams) return 'bomb'
    const start = match.index + match[0].length
    const names = new Set(namesIn(text.slice(before, start)))
    before = start
    const isObjects = names.has('ObjStm') || (names.has('N') && names.has('First'))
    if (isObjects && [...names].some((name) => odd.has(name))) return 'broken'
    if (names.has('ObjStm') && names.has('Predictor')) return 'broken'
    const { content, cost } = inflated(bytes.subarray(start))
    together += cost
    if (together > most.together) return 'bomb'
    if (content === undefined && names.has('ObjStm') && names.has('Filter')) return 'broken'
    if (content === undefined) continue
    const inside = content.toString('latin1')
    const found = names.has('ObjStm') || isPacked(inside) ? hazardOfNames(inside) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

interface Inflated {
  /** Undefined where there is nothing deflated (RFC 1950 §2.2), or it breaks off. */
  readonly content?: Buffer
  /** Bytes that were read and made for it; endless for a bomb. */
  readonly cost: number
}

/** Read as leniently as readers do: what follows the data, its checksum, and that its end is missing, are no matter. */
function inflated(bytes: Buffer): Inflated {
  const [method = 0, flags = 0] = bytes
  const isDeflated = (method & 15) === 8 && (method * 256 + flags) % 31 === 0
  if (!isDeflated || inflatedTo(firstLook.made, bytes.subarray(2, firstLook.read)) === 'wrong')
    return { cost: 0 }
  const whole = inflatedTo(most.perStream, bytes.subarray(2))
  if (whole === 'too much') return { cost: Number.POSITIVE_INFINITY }
  // How much was made of it before it broke off, nobody says.
  return whole === 'wrong' ? { cost: most.perStream } : whole
}

/** By so many bytes what is not deflated shows itself. */
const firstLook = { read: 4096, made: 16 * 1024 } as const

function inflatedTo(made: number, bytes: Buffer): Required<Inflated> | 'too much' | 'wrong' {
  try {
    const options = { maxOutputLength: made, finishFlush: constants.Z_SYNC_FLUSH, info: true }
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as {
      readonly buffer: Buffer
      readonly engine: { readonly bytesWritten: number }
    }
    return { content: buffer, cost: buffer.length + engine.bytesWritten }
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return isTooLarge ? 'too much' : 'wrong'
  }
}
