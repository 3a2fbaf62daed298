const DEEPEST = 32

/**
 * How many bytes the first BER or DER value takes (X.690, 8.1), also where its length is indefinite; undefined where
 * it is broken or there is none.
 */
export function derLength(bytes: Uint8Array, at = 0, depth = 0): number | undefined {
  if (depth > DEEPEST) return undefined
  let position = at + 1
  if (((bytes[at] ?? 0) & 0x1f) === 0x1f) while ((bytes[position++] ?? 0) & 0x80);
  const first = bytes[position++]
  if (first === undefined) return undefined
  if (first === 0x80) return indefinite(bytes, at, position, depth)
  let length = first
  if (first > 0x80) {
    const count = first - 0x80
    if (count > 6) return undefined
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[position++] ?? 0)
  }
  const end = position + length
  return end <= bytes.length ? end - at : undefined
}

function indefinite(bytes: Uint8Array, at: number, from: number, depth: number): number | undefined {
  if (((bytes[at] ?? 0) & 0x20) === 0) return undefined
  let position = from
  while (position + 1 < bytes.length) {
    if (bytes[position] === 0 && bytes[position + 1] === 0) return position + 2 - at
    const length = derLength(bytes, position, depth + 1)
    if (length === undefined) return undefined
    position += length
  }
  return undefined
}
