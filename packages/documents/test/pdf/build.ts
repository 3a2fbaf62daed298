import { deflateSync } from 'node:zlib'

export interface BuildOptions {
  readonly header?: string
  /** Entries of the trailer beside Size and Root. */
  readonly trailer?: string
  readonly root?: number
}

const latin = (text: string) => Buffer.from(text, 'latin1')

/** A file of these objects (each the text between `obj` and `endobj`), by number, with a cross-reference table. */
export function buildPdf(objects: Readonly<Record<number, string>>, options: BuildOptions = {}): Uint8Array {
  const head = latin(`${options.header ?? '%PDF-1.7'}\n%\u00e2\u00e3\u00cf\u00d3\n`)
  return appendRevision(head, objects, { ...options, first: true })
}

/** The file with one more revision. */
export function appendRevision(
  before: Uint8Array,
  objects: Readonly<Record<number, string>>,
  options: BuildOptions & { readonly first?: boolean; readonly free?: readonly number[] } = {},
): Uint8Array {
  let out = Buffer.from(before).toString('latin1')
  const startOfLast = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(out)?.[1]
  const size = Math.max(...Object.keys(objects).map(Number), Number(/\/Size (\d+)/.exec(out)?.[1] ?? 0)) + 1
  let table = options.first ? 'xref\n0 1\n0000000000 65535 f \n' : 'xref\n'
  for (const num of options.free ?? []) table += `${num} 1\n0000000000 00001 f \n`
  for (const [num, body] of Object.entries(objects)) {
    table += `${num} 1\n${String(out.length).padStart(10, '0')} 00000 n \n`
    out += `${num} 0 obj\n${body}\nendobj\n`
  }
  const previous = options.first ? '' : ` /Prev ${startOfLast}`
  const start = out.length
  out += `${table}trailer\n<< /Size ${size} /Root ${options.root ?? 1} 0 R${previous} ${options.trailer ?? ''} >>\n`
  out += `startxref\n${start}\n%%EOF\n`
  return latin(out)
}

/** The text of a stream object. */
export function streamOf(data: string | Uint8Array, entries = '', deflate = false): string {
  const plain = typeof data === 'string' ? latin(data) : Buffer.from(data)
  const raw = deflate ? deflateSync(plain) : plain
  const filter = deflate ? '/Filter /FlateDecode ' : ''
  return `<< /Length ${raw.length} ${filter}${entries} >>\nstream\n${raw.toString('latin1')}\nendstream`
}

/** A file of one page, with 4 as its content and 5 as its font. */
export function onePage(content = 'BT /F1 12 Tf 72 700 Td (Hello) Tj ET'): Record<number, string> {
  return {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    4: streamOf(content),
    5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  }
}

/** A file with a cross-reference stream, its objects but the streams in an object stream. */
export function buildCompressed(objects: Readonly<Record<number, string>>): Uint8Array {
  let out = '%PDF-1.7\n'
  const packed = Object.entries(objects).filter(([, body]) => !body.includes('\nstream\n'))
  const loose = Object.entries(objects).filter(([, body]) => body.includes('\nstream\n'))
  const container = Math.max(...Object.keys(objects).map(Number)) + 1
  const rows: number[][] = Array.from({ length: container + 2 }, () => [0, 0, 0])
  let head = ''
  let bodies = ''
  packed.forEach(([num, body], i) => {
    head += `${num} ${bodies.length} `
    bodies += `${body} `
    rows[Number(num)] = [2, container, i]
  })
  for (const [num, body] of loose) {
    rows[Number(num)] = [1, out.length, 0]
    out += `${num} 0 obj\n${body}\nendobj\n`
  }
  rows[container] = [1, out.length, 0]
  const entries = `/Type /ObjStm /N ${packed.length} /First ${head.length}`
  out += `${container} 0 obj\n${streamOf(head + bodies, entries, true)}\nendobj\n`
  const start = out.length
  rows[container + 1] = [1, start, 0]
  const data = Buffer.from(
    rows.flatMap(([type = 0, second = 0, third = 0]) => [type, second >> 8, second & 255, third]),
  )
  const dict = `/Type /XRef /Size ${container + 2} /W [1 2 1] /Root 1 0 R`
  out += `${container + 1} 0 obj\n${streamOf(data, dict, true)}\nendobj\nstartxref\n${start}\n%%EOF\n`
  return latin(out)
}
