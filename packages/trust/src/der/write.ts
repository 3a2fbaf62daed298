import { isIPv4, isIPv6 } from 'node:net'

/**
 * Writes DER (X.690): as much of it as certificates, CMS and time-stamps need. Each function gives one whole element.
 */

/** An element with that tag byte around the parts. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 0
  for (const part of parts) length += part.length
  const header = headerBytes(length)
  const bytes = Buffer.allocUnsafe(header + length)
  bytes[0] = tag
  writeLength(bytes, length, header - 2)
  let at = header
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Bytes of tag and length before a content of that length. */
function headerBytes(length: number): number {
  let bytes = 2
  if (length >= 0x80) for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes++
  return bytes
}

/** `count`: bytes of the long form after its first, 0 for the short form. */
function writeLength(bytes: Buffer, length: number, count: number): void {
  if (count === 0) bytes[1] = length
  else {
    bytes[1] = 0x80 | count
    bytes.writeUIntBE(length, 2, count)
  }
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => element(0x30, ...parts)

/** SET OF: DER sorts its members by their bytes (X.690 §11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Buffer =>
  element(0x31, ...parts.toSorted(Buffer.compare))

export const boolean = (value: boolean): Buffer => element(0x01, Buffer.of(value ? 0xff : 0))

/** An integer of 0 or more. */
export function integer(value: number | bigint): Buffer {
  const hex = BigInt(value).toString(16)
  return integerFromBytes(Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex'))
}

/** An integer of 0 or more from its big-endian bytes, of which leading zeroes don't count. */
export function integerFromBytes(bytes: Uint8Array): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const rest = bytes.subarray(start)
  const padded = (rest[0] ?? 0x80) >= 0x80
  return element(0x02, padded ? Buffer.of(0) : Buffer.alloc(0), rest)
}

/** A BIT STRING of whole bytes. */
export const bits = (bytes: Uint8Array): Buffer => element(0x03, Buffer.of(0), bytes)

/** A BIT STRING in which the numbered bits are set, without trailing zero bits (X.690 §11.2.2). */
export function namedBits(...numbers: readonly number[]): Buffer {
  const highest = Math.max(...numbers)
  const bytes = Buffer.alloc(Math.floor(highest / 8) + 1)
  for (const number of numbers) bytes[number >> 3] = (bytes[number >> 3] ?? 0) | (0x80 >> (number & 7))
  return element(0x03, Buffer.of(7 - (highest % 8)), bytes)
}

export const octets = (bytes: Uint8Array): Buffer => element(0x04, bytes)

export const nothing = (): Buffer => element(0x05)

/** Identifiers that were written, so that each is put together once. They come from code and settings: few. */
const written = new Map<string, Buffer>()
const mostWritten = 1000

/** An object identifier from its dotted form. The same bytes each time: not to be changed. */
export function oid(dotted: string): Buffer {
  const known = written.get(dotted)
  if (known) return known
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const bytes = element(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
  if (written.size < mostWritten) written.set(dotted, bytes)
  return bytes
}

function base128(arc: number): number[] {
  const bytes = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(0x80 | (rest % 128))
  }
  return bytes
}

export const utf8 = (text: string): Buffer => element(0x0c, Buffer.from(text))

/** Two letters of a country and the like. */
export const printable = (text: string): Buffer => element(0x13, Buffer.from(text, 'latin1'))

/** A time in milliseconds as certificates write it (RFC 5280 §4.1.2.5): UTCTime before 2050; whole seconds. */
export function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')
  const isShort = digits >= '1950' && digits < '2050'
  return isShort
    ? element(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : element(0x18, Buffer.from(`${digits}Z`))
}

/** A time in milliseconds as GeneralizedTime, in whole seconds (RFC 5280 §4.1.2.5.2, RFC 6960 §4.2.2.1). */
export function generalizedTime(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+Z$/g, '')
  return element(0x18, Buffer.from(`${digits}Z`))
}

/** A number of an ENUMERATED type, below 128. */
export const enumerated = (value: number): Buffer => element(0x0a, Buffer.of(value))

/** A time in milliseconds as time-stamps write it (RFC 3161 §2.4.2): fractions without trailing zeroes. */
export function preciseTime(at: number): Buffer {
  const [whole = '', fraction = ''] = new Date(at)
    .toISOString()
    .replaceAll(/[-:TZ]/g, '')
    .split('.')
  const significant = fraction.replace(/0+$/, '')
  return element(0x18, Buffer.from(significant === '' ? `${whole}Z` : `${whole}.${significant}Z`))
}

/** `[number] EXPLICIT`. */
export const explicit = (number: number, inner: Uint8Array): Buffer => element(0xa0 | number, inner)

/** `[number] IMPLICIT` over a primitive type. */
export const implicit = (number: number, content: Uint8Array): Buffer => element(0x80 | number, content)

/** The element under another tag: `[number] IMPLICIT` over what was written as a SET or SEQUENCE. */
export function retagged(tag: number, inner: Buffer): Buffer {
  const copy = Buffer.from(inner)
  copy[0] = tag
  return copy
}

/** The bytes of an IP address: 4 or 16. Throws TypeError for other text. */
export function addressBytes(ip: string): Buffer {
  if (isIPv4(ip)) return Buffer.from(ip.split('.').map(Number))
  if (!isIPv6(ip) || ip.includes('%')) throw new TypeError('not an IP address')
  const plain = ip.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((part) => part.toString(16)).join(':'),
  )
  const [head = '', tail] = plain.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const zeroes = Array.from({ length: 8 - before.length - after.length }, () => '0')
  const hex = [...before, ...zeroes, ...after].map((group) => group.padStart(4, '0')).join('')
  return Buffer.from(hex, 'hex')
}
