import { KIND, REGULAR, SPACE } from './characters.ts'

/** What makes a reference of the number before it (7.3.10): ` 0 R` from `back` on, and where that ends. */
export function generationAt(
  bytes: Uint8Array,
  back: number,
  end: number,
): { readonly value: number; readonly end: number } | undefined {
  let at = back
  while (at < end && KIND[bytes[at] ?? 0] === SPACE) at++
  const digits = at
  let gen = 0
  while (at < end && at < digits + 5) {
    const digit = (bytes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) break
    gen = gen * 10 + digit
    at++
  }
  if (at === digits || digits === back) return undefined
  const space = at
  while (at < end && KIND[bytes[at] ?? 0] === SPACE) at++
  if (at === space || bytes[at] !== 0x52) return undefined
  if (at + 1 < end && KIND[bytes[at + 1] ?? 0] === REGULAR) return undefined
  return { value: gen, end: at + 1 }
}
