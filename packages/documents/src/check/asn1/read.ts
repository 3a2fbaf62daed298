import { joinBytes } from '../../bytes.ts'
import type { Work } from '../work.ts'
import { Asn1Error } from './error.ts'
import { readOid } from './oid.ts'
import { readText } from './text.ts'
import { readTime } from './time.ts'

const deepest = 48

/**
 * One element of BER (X.690) that was read lazily: views into the bytes, children on demand. Indefinite lengths and
 * constructed strings are understood, as CMS allows them (RFC 5652 §4); what must be DER asks `isDer`.
 */
export class Asn1 {
  readonly source: Uint8Array
  readonly tag: number
  readonly start: number
  readonly contentStart: number
  readonly contentEnd: number
  /** After the element, end-of-contents octets included. */
  readonly end: number
  readonly #depth: number
  readonly #work: Work
  #children: Asn1[] | undefined

  constructor(source: Uint8Array, start: number, most: number, depth: number, work: Work) {
    work.spend('elements')
    if (depth > deepest) throw new Asn1Error('nested too deeply')
    const { tag, length, contentStart } = readHeader(source, start, most)
    this.source = source
    this.tag = tag
    this.start = start
    this.contentStart = contentStart
    this.#depth = depth
    this.#work = work
    if (length === undefined) {
      const children = this.#untilEnd(contentStart, most)
      this.contentEnd = children.at(-1)?.end ?? contentStart
      this.end = this.contentEnd + 2
      this.#children = children
    } else {
      this.contentEnd = contentStart + length
      this.end = this.contentEnd
      if (this.end > most) throw new Asn1Error('cut off')
    }
  }

  get content(): Uint8Array {
    return this.source.subarray(this.contentStart, this.contentEnd)
  }

  /** With tag and length. */
  get raw(): Uint8Array {
    return this.source.subarray(this.start, this.end)
  }

  get isConstructed(): boolean {
    return (this.tag & 0x20) !== 0
  }

  #untilEnd(start: number, most: number): Asn1[] {
    const children: Asn1[] = []
    let at = start
    while (!(this.source[at] === 0 && this.source[at + 1] === 0)) {
      const child = new Asn1(this.source, at, most, this.#depth + 1, this.#work)
      children.push(child)
      at = child.end
    }
    if (at + 2 > most) throw new Asn1Error('cut off')
    return children
  }

  /** The elements inside, of an element with this tag. */
  children(tag: number = this.tag): readonly Asn1[] {
    this.expect(tag)
    if (!this.isConstructed) throw new Asn1Error('nothing can be inside')
    this.#children ??= this.#definite()
    return this.#children
  }

  #definite(): Asn1[] {
    const children: Asn1[] = []
    let at = this.contentStart
    while (at < this.contentEnd) {
      const child = new Asn1(this.source, at, this.contentEnd, this.#depth + 1, this.#work)
      children.push(child)
      at = child.end
    }
    return children
  }

  /** The one element inside. */
  only(tag: number = this.tag): Asn1 {
    const [child, ...more] = this.children(tag)
    if (!child || more.length > 0) throw new Asn1Error('one element expected')
    return child
  }

  expect(tag: number): void {
    if (this.tag !== tag) throw new Asn1Error(`tag ${hex(tag)} expected, ${hex(this.tag)} found`)
  }

  oid(): string {
    this.expect(0x06)
    return readOid(this.content)
  }

  /** The bytes of an OCTET STRING, joined when it is in pieces. `tag` where it is IMPLICIT. */
  octets(tag = 0x04): Uint8Array {
    if (this.tag === tag) return this.content
    this.expect(tag | 0x20)
    return joinBytes(this.children().map((piece) => piece.octets()))
  }

  /** The pieces of an OCTET STRING without joining them. */
  pieces(): Uint8Array[] {
    if (this.tag === 0x04) return [this.content]
    return this.children(0x24).flatMap((piece) => piece.pieces())
  }

  boolean(): boolean {
    this.expect(0x01)
    if (this.content.length !== 1) throw new Asn1Error('not a boolean')
    return this.content[0] !== 0
  }

  /** The bytes of an INTEGER, as they are: two's complement. */
  integerBytes(tag = 0x02): Uint8Array {
    this.expect(tag)
    if (this.content.length === 0) throw new Asn1Error('an empty integer')
    return this.content
  }

  /** A number that is small by its meaning: versions, lengths, days. */
  smallInteger(tag = 0x02): number {
    const bytes = this.integerBytes(tag)
    if (bytes.length > 6) throw new Asn1Error('a number too large')
    let value = (bytes[0] ?? 0) >= 0x80 ? -1 : 0
    for (const byte of bytes) value = value * 256 + byte
    return value
  }

  /** The bytes of a BIT STRING of whole bytes. */
  bits(): Uint8Array {
    this.expect(0x03)
    if (this.content[0] !== 0) throw new Asn1Error('a bit string of whole bytes expected')
    return this.content.subarray(1)
  }

  /** The numbers of the bits that are set. */
  namedBits(tag = 0x03): ReadonlySet<number> {
    this.expect(tag)
    const numbers = new Set<number>()
    const { content } = this
    if (content.length > 9) throw new Asn1Error('too many bits')
    for (let at = 1; at < content.length; at++) {
      for (let bit = 0; bit < 8; bit++)
        if ((content[at] ?? 0) & (0x80 >> bit)) numbers.add((at - 1) * 8 + bit)
    }
    return numbers
  }

  /** UTCTime or GeneralizedTime, as milliseconds since 1970. */
  time(): number {
    return readTime(this.tag, this.content)
  }

  /** Any of ASN.1's strings; other tags give undefined. */
  text(): string | undefined {
    return readText(this.tag, this.content)
  }

  /** A copy of the element under another tag byte: an IMPLICIT SET as the SET that was signed (RFC 5652 §5.4). */
  retagged(tag: number): Uint8Array {
    // Not slice(): Node's Buffer has one that copies nothing.
    const copy = new Uint8Array(this.raw)
    copy[0] = tag
    return copy
  }

  /** Whether the element and all inside have definite, shortest lengths (X.690 §10.1). */
  isDer(): boolean {
    const { source, start, contentStart } = this
    const first = source[start + 1] ?? 0
    const length = this.contentEnd - contentStart
    if (this.end !== this.contentEnd || first === 0x80) return false
    if (contentStart - start !== 2 + (length < 0x80 ? 0 : bytesOf(length))) return false
    return !this.isConstructed || this.children().every((child) => child.isDer())
  }
}

function bytesOf(length: number): number {
  let bytes = 1
  for (let rest = length; rest > 0xff; rest = Math.floor(rest / 256)) bytes++
  return bytes
}

interface Header {
  readonly tag: number
  /** Undefined when indefinite. */
  readonly length: number | undefined
  readonly contentStart: number
}

function readHeader(source: Uint8Array, start: number, most: number): Header {
  const tag = source[start]
  const first = source[start + 1]
  if (tag === undefined || first === undefined || start + 2 > most) throw new Asn1Error('cut off')
  if ((tag & 0x1f) === 0x1f) throw new Asn1Error('a long tag')
  if (first < 0x80) return { tag, length: first, contentStart: start + 2 }
  if (first === 0x80) {
    if ((tag & 0x20) === 0) throw new Asn1Error('an indefinite length of a plain value')
    return { tag, length: undefined, contentStart: start + 2 }
  }
  const count = first & 0x7f
  if (count > 6 || start + 2 + count > most) throw new Asn1Error('a length')
  let length = 0
  for (let at = 0; at < count; at++) length = length * 256 + (source[start + 2 + at] ?? 0)
  return { tag, length, contentStart: start + 2 + count }
}

/** The one element of which the bytes consist. Throws `Asn1Error`, or `TooMuchWork`. */
export function readAsn1(bytes: Uint8Array, work: Work): Asn1 {
  const element = new Asn1(bytes, 0, bytes.length, 0, work)
  if (element.end !== bytes.length) throw new Asn1Error('bytes after the end')
  return element
}

/** The first element, whatever comes after it: padding of a PDF's Contents. */
export function readFirst(bytes: Uint8Array, work: Work): Asn1 {
  return new Asn1(bytes, 0, bytes.length, 0, work)
}

/** What `read` gives, or undefined where it met bytes that are not what the standard says. */
export function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}

/** The elements of a sequence, taken one after the other; optional ones by their tag. */
export class Asn1Sequence {
  readonly #children: readonly Asn1[]
  #at = 0

  constructor(element: Asn1, tag = 0x30) {
    this.#children = element.children(tag)
  }

  next(tag?: number): Asn1 {
    const child = this.#children[this.#at++]
    if (!child) throw new Asn1Error('an element is missing')
    if (tag !== undefined) child.expect(tag)
    return child
  }

  /** The next element when it has one of these tags. */
  optional(...tags: readonly number[]): Asn1 | undefined {
    const next = this.#children[this.#at]
    if (!next || !tags.includes(next.tag)) return undefined
    this.#at++
    return next
  }

  /** All that remain. */
  rest(): readonly Asn1[] {
    const rest = this.#children.slice(this.#at)
    this.#at = this.#children.length
    return rest
  }

  end(): void {
    if (this.#at < this.#children.length) throw new Asn1Error('an element too many')
  }
}

function hex(tag: number): string {
  return tag.toString(16).padStart(2, '0')
}
