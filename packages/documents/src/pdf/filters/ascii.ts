import { isSpace } from '../characters.ts'
import { malformed } from '../error.ts'

/** ASCIIHexDecode (ISO 32000-2, 7.4.2). */
export function decodeAsciiHex(data: Uint8Array): Uint8Array {
  const out = new Uint8Array((data.length >> 1) + 1)
  let digits = 0
  for (const byte of data) {
    if (byte === 0x3e) break
    if (isSpace(byte)) continue
    const digit = Number.parseInt(String.fromCharCode(byte), 16)
    if (Number.isNaN(digit)) throw malformed('A hexadecimal stream has another character')
    const i = digits++ >> 1
    out[i] = ((out[i] ?? 0) << 4) | digit
  }
  if (digits & 1) out[digits >> 1] = (out[digits >> 1] ?? 0) << 4
  return out.subarray(0, (digits + 1) >> 1)
}

/** ASCII85Decode (ISO 32000-2, 7.4.3). */
export function decodeAscii85(data: Uint8Array): Uint8Array {
  // `z` stands for four zeros, the most that a byte can give.
  const out = new Uint8Array(data.length * 4)
  let length = 0
  let value = 0
  let count = 0
  for (const byte of data) {
    if (byte === 0x7e) break
    if (isSpace(byte)) continue
    if (byte === 0x7a && count === 0) {
      length += 4
      continue
    }
    if (byte < 0x21 || byte > 0x75) throw malformed('A base-85 stream has another character')
    value = value * 85 + (byte - 0x21)
    if (++count < 5) continue
    if (value > 0xffffffff) throw malformed('A base-85 stream has an impossible group')
    for (let shift = 24; shift >= 0; shift -= 8) out[length++] = value >>> shift
    value = 0
    count = 0
  }
  if (count === 1) throw malformed('A base-85 stream breaks off')
  if (count > 1) {
    for (let i = count; i < 5; i++) value = value * 85 + 84
    for (let i = 0; i < count - 1; i++) out[length++] = Math.floor(value / 2 ** (24 - 8 * i))
  }
  return out.slice(0, length)
}
