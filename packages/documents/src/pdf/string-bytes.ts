import { HEX } from './characters.ts'

const ESCAPES = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
])

/** Undoes the escapes of a literal string, and makes each end of line a line feed (7.3.4.2). */
export function undoEscapes(source: Uint8Array): Uint8Array {
  const out = new Uint8Array(source.length)
  let length = 0
  for (let at = 0; at < source.length; at++) {
    const byte = source[at] ?? 0
    if (byte === 13) {
      if (source[at + 1] === 10) at++
      out[length++] = 10
    } else if (byte !== 0x5c) out[length++] = byte
    else {
      const next = source[++at]
      if (next === undefined) break
      if (next === 13) {
        if (source[at + 1] === 10) at++
      } else if (next >= 48 && next <= 55) {
        let value = next - 48
        for (let more = 0; more < 2; more++) {
          const digit = (source[at + 1] ?? 0) - 48
          if (digit < 0 || digit > 7) break
          value = value * 8 + digit
          at++
        }
        out[length++] = value & 0xff
      } else if (next !== 10) out[length++] = ESCAPES.get(next) ?? next
    }
  }
  return out.subarray(0, length)
}

/** The bytes that so many hexadecimal digits between two places stand for; a last one alone is followed by 0 (7.3.4.3). */
export function hexBytes(source: Uint8Array, from: number, to: number, digits: number): Uint8Array {
  const out = new Uint8Array((digits + 1) >> 1)
  let place = 0
  for (let at = from; at < to; at++) {
    const digit = HEX[source[at] ?? 0] ?? -1
    if (digit < 0) continue
    out[place >> 1] = place & 1 ? (out[place >> 1] ?? 0) | digit : digit << 4
    place++
  }
  return out
}
