import { malformed, PdfError } from '../error.ts'

const CLEAR = 256
const END = 257

/** LZWDecode (ISO 32000-2, 7.4.4), codes of 9 to 12 bits, the highest bit first. */
export function decodeLzw(data: Uint8Array, most: number, early: number): Uint8Array {
  const prefix = new Uint16Array(4097)
  const suffix = new Uint8Array(4097)
  const lengths = new Uint16Array(4097).fill(1, 0, 256)
  for (let i = 0; i < 256; i++) suffix[i] = i
  let out = new Uint8Array(Math.min(most, data.length * 4 + 256))
  let length = 0
  let width = 9
  let next = 258
  let previous = -1
  let bits = 0
  let have = 0
  const write = (code: number) => {
    const count = lengths[code] ?? 0
    if (length + count > most) throw new PdfError('too-complex', 'A stream unpacks to too many bytes')
    if (length + count > out.length) {
      const larger = new Uint8Array(Math.min(most, Math.max(length + count, out.length * 2)))
      larger.set(out)
      out = larger
    }
    let at = length + count
    for (let c = code; at > length; c = prefix[c] ?? 0) out[--at] = suffix[c] ?? 0
    length += count
    return out[length - count] ?? 0
  }
  for (const byte of data) {
    bits = ((bits << 8) | byte) & 0xffffff
    have += 8
    if (have < width) continue
    const code = (bits >>> (have - width)) & ((1 << width) - 1)
    have -= width
    if (code === END) break
    if (code === CLEAR) {
      width = 9
      next = 258
      previous = -1
      continue
    }
    if (code > next || (code === next && previous < 0))
      throw malformed('An LZW stream has a code of no meaning')
    if (previous >= 0 && next < 4096) {
      prefix[next] = previous
      lengths[next] = (lengths[previous] ?? 0) + 1
      if (code === next) {
        let first = previous
        while (first > 255) first = prefix[first] ?? 0
        suffix[next] = first
        write(code)
      } else suffix[next] = write(code)
      next++
    } else if (code >= next) throw malformed('An LZW stream has a code of no meaning')
    else write(code)
    previous = code
    if (next + early >= 1 << width && width < 12) width++
  }
  return out.subarray(0, length)
}
