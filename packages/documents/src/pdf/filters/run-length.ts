import { malformed, PdfError } from '../error.ts'

/** RunLengthDecode (ISO 32000-2, 7.4.5). */
export function decodeRunLength(data: Uint8Array, most: number): Uint8Array {
  let length = 0
  const check = (more: number) => {
    length += more
    if (length > most) throw new PdfError('too-complex', 'A stream unpacks to too many bytes')
  }
  const end = walk(data, (_, count) => check(count))
  const out = new Uint8Array(length)
  let to = 0
  walk(data.subarray(0, end), (at, count, repeated) => {
    if (repeated) out.fill(data[at] ?? 0, to, to + count)
    else out.set(data.subarray(at, at + count), to)
    to += count
  })
  return out
}

function walk(data: Uint8Array, run: (at: number, count: number, repeated: boolean) => void): number {
  let at = 0
  while (at < data.length) {
    const code = data[at++] ?? 128
    if (code === 128) break
    const count = code < 128 ? code + 1 : 257 - code
    const taken = code < 128 ? count : 1
    if (at + taken > data.length) throw malformed('A run-length stream breaks off')
    run(at, count, code > 128)
    at += taken
  }
  return at
}
