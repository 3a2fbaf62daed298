import { DerError } from './read.ts'
import { element } from './write.ts'

/** Strings that BER may cut into pieces: BIT STRING is left out, its pieces being another matter. */
const strings = new Set([0x04, 0x0c, 0x13, 0x16])

const deepest = 32

/**
 * BER as DER (X.690 §8, §10.1, §10.2): lengths that are open or too long are written out, strings in pieces joined. For
 * files that other programs wrote, where nothing hangs on their exact bytes. Throws DerError.
 */
export function derFromBer(bytes: Uint8Array): Buffer {
  const buffer = Buffer.from(bytes)
  const { der, end } = convert(buffer, 0, deepest)
  if (end !== buffer.length) throw new DerError('bytes after the end')
  return der
}

interface Converted {
  readonly der: Buffer
  readonly end: number
}

function convert(bytes: Buffer, at: number, depth: number): Converted {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw new DerError('cut off')
  if ((tag & 0x1f) === 0x1f || depth === 0) throw new DerError('a long tag, or too deep')
  const isConstructed = (tag & 0x20) !== 0
  if (first === 0x80) {
    if (!isConstructed) throw new DerError('an open length')
    return wrap(tag, children(bytes, at + 2, undefined, depth - 1))
  }
  const { start, end } = definite(bytes, at, first)
  if (!isConstructed) return { der: element(tag, bytes.subarray(start, end)), end }
  return wrap(tag, children(bytes, start, end, depth - 1))
}

function definite(bytes: Buffer, at: number, first: number): { start: number; end: number } {
  const count = first < 0x80 ? 0 : first & 0x7f
  if (count > 4 || at + 2 + count > bytes.length) throw new DerError('a length')
  const length = count === 0 ? first : bytes.readUIntBE(at + 2, count)
  const start = at + 2 + count
  if (start + length > bytes.length) throw new DerError('cut off')
  return { start, end: start + length }
}

/** Up to `end`, or where that is open up to the two zero bytes that close it. */
function children(bytes: Buffer, start: number, end: number | undefined, depth: number) {
  const parts: Buffer[] = []
  let at = start
  for (;;) {
    if (end === undefined ? bytes[at] === 0 && bytes[at + 1] === 0 : at >= end) break
    const child = convert(bytes, at, depth)
    parts.push(child.der)
    at = child.end
  }
  if (end !== undefined && at !== end) throw new DerError('a length')
  return { parts, end: end ?? at + 2 }
}

function wrap(tag: number, { parts, end }: { parts: Buffer[]; end: number }): Converted {
  const plain = tag & ~0x20
  // Context tag 0 over pieces of an OCTET STRING: the encrypted content of CMS (RFC 5652 §6.1).
  const isPieces = parts.length > 0 && parts.every((part) => part[0] === 0x04)
  const isOpenContent = tag === 0xa0 && isPieces && parts.length > 1
  if (!strings.has(plain) && !isOpenContent) return { der: element(tag, ...parts), end }
  return { der: element(plain, ...parts.map(content)), end }
}

/** The content of an element in DER. */
function content(der: Buffer): Buffer {
  const first = der[1] ?? 0
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
}
