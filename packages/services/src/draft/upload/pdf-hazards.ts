import { inflateSync } from 'node:zlib'

/** Why a PDF is not taken. */
export type PdfHazard = 'encrypted' | 'active' | 'attachment' | 'broken' | 'bomb'

const most = { perStream: 32 * 1024 * 1024, together: 128 * 1024 * 1024, streams: 20_000 } as const

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

/**
 * What of a PDF (ISO 32000-2) could harm who opens it: actions, attachments, encryption; names are read with their
 * escapes (§7.3.5) and in object streams (§7.5.7), too. Undefined where there is nothing. Pure.
 */
export function pdfHazard(content: Uint8Array): PdfHazard | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const text = bytes.toString('latin1')
  if (!/^%PDF-[12]\.\d/.test(text) || !/%%EOF\s*$/.test(text.slice(-64))) return 'broken'
  const plain = outsideStreams(text)
  if (plain.includes('\0unclosed')) return 'broken'
  const own = hazardOfNames(plain)
  if (own !== undefined) return own
  return hazardOfStreams(bytes, text)
}

function hazardOfNames(text: string): PdfHazard | undefined {
  for (const [, raw = ''] of text.matchAll(/\/([^\s/<>[\]()%{}]+)/g)) {
    const name = raw.replace(/#([0-9a-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
    if (name === 'Encrypt') return 'encrypted'
    if (active.has(name)) return 'active'
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

/** Object streams are opened; every other that is deflated must only not be a bomb. */
function hazardOfStreams(bytes: Buffer, text: string): PdfHazard | undefined {
  let together = 0
  let count = 0
  for (const { start, end } of streamsOf(text)) {
    if (++count > most.streams) return 'bomb'
    const head = text.slice(Math.max(0, text.lastIndexOf('obj', start)), start)
    const names = [...head.matchAll(/\/([^\s/<>[\]()%{}]+)/g)].map(([, name]) => name)
    const isObjects = names.includes('ObjStm')
    if (!names.includes('FlateDecode') && !names.includes('Fl')) {
      if (isObjects && names.includes('Filter')) return 'broken'
      if (isObjects && hazardOfNames(text.slice(start, end))) return hazardOfNames(text.slice(start, end))
      continue
    }
    const opened = inflated(bytes.subarray(start, end))
    if (opened === 'bomb') return 'bomb'
    if (opened === undefined) {
      if (isObjects) return 'broken'
      continue
    }
    together += opened.length
    if (together > most.together) return 'bomb'
    const found = isObjects ? hazardOfNames(opened.toString('latin1')) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function inflated(bytes: Buffer): Buffer | 'bomb' | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: most.perStream })
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return isTooLarge ? 'bomb' : undefined
  }
}
