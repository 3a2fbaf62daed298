/** Pieces one after the other; a single one is given as it is. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const [first, ...more] = pieces
  if (first && more.length === 0) return first
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** Whether both have the same bytes. Nothing secret is compared with it: it ends at the first difference. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  if (one.buffer === other.buffer && one.byteOffset === other.byteOffset) return true
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false
  return true
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += digits[byte]
  return text
}
