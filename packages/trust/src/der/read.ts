/**
 * Reads DER (X.690), strictly: definite and shortest lengths, one-byte tags, nothing left over. Throws `DerError`,
 * which callers turn into their own problem.
 */
export class DerError extends Error {
  override readonly name = 'DerError'
}

/** One element. `content` and `raw` are views into what was read. */
export class DerElement {
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly raw: Buffer

  constructor(tag: number, content: Buffer, raw: Buffer) {
    this.tag = tag
    this.content = content
    this.raw = raw
  }

  /** The elements inside, of an element with this tag. */
  children(tag: number = this.tag): DerElement[] {
    this.expect(tag)
    const children: DerElement[] = []
    let at = 0
    while (at < this.content.length) {
      const child = readElement(this.content.subarray(at))
      children.push(child)
      at += child.raw.length
    }
    return children
  }

  /** The one element inside `[number] EXPLICIT` and the like. */
  only(tag: number = this.tag): DerElement {
    const [child, ...more] = this.children(tag)
    if (!child || more.length > 0) throw new DerError('one element expected')
    return child
  }

  expect(tag: number): void {
    if (this.tag !== tag) throw new DerError(`tag ${hex(tag)} expected, ${hex(this.tag)} found`)
  }

  oid(): string {
    this.expect(0x06)
    return readOid(this.content)
  }

  octets(): Buffer {
    this.expect(0x04)
    return this.content
  }

  boolean(): boolean {
    this.expect(0x01)
    const [value, ...more] = this.content
    if ((value !== 0 && value !== 0xff) || more.length > 0) throw new DerError('not a DER boolean')
    return value === 0xff
  }

  integer(): bigint {
    this.expect(0x02)
    const { content } = this
    const [first, second = 0] = content
    if (first === undefined) throw new DerError('an empty integer')
    if (content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      throw new DerError('an integer with more bytes than it needs')
    }
    const unsigned = BigInt(`0x${content.toString('hex')}`)
    return first >= 0x80 ? unsigned - (1n << BigInt(content.length * 8)) : unsigned
  }

  /** A BIT STRING of whole bytes. */
  bits(): Buffer {
    this.expect(0x03)
    if (this.content[0] !== 0) throw new DerError('a bit string of whole bytes expected')
    return this.content.subarray(1)
  }

  /** The numbers of the bits that are set. */
  namedBits(): Set<number> {
    this.expect(0x03)
    const numbers = new Set<number>()
    this.content.subarray(1).forEach((byte, at) => {
      for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) numbers.add(at * 8 + bit)
    })
    return numbers
  }

  /** UTF8String, PrintableString or IA5String. */
  text(): string {
    if (this.tag === 0x0c) return decodeUtf8(this.content)
    if (this.tag === 0x13 || this.tag === 0x16) return ascii(this.content)
    throw new DerError('text expected')
  }

  /** UTCTime or GeneralizedTime, in UTC, as milliseconds since 1970. */
  time(): number {
    const text = ascii(this.content)
    const found = (this.tag === 0x17 ? utcTime : generalizedTime).exec(text)
    if (!found || (this.tag !== 0x17 && this.tag !== 0x18)) throw new DerError('a time expected')
    const [, year = '', rest = '', fraction = ''] = found
    const [month, day, hour, minute, second] = rest.match(/../g) ?? []
    const iso = `${fullYear(year)}-${month}-${day}T${hour}:${minute}:${second}`
    const at = Date.parse(`${iso}.${fraction.slice(1, 4).padEnd(3, '0')}Z`)
    // Date takes 31 February for March.
    if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(iso)) throw new DerError('no such time')
    return at
  }
}

const utcTime = /^(\d{2})(\d{10})Z$/
const generalizedTime = /^(\d{4})(\d{10})(\.\d*[1-9])?Z$/

/** RFC 5280 §4.1.2.5.1: two digits from 50 on are of the last century. */
function fullYear(year: string): string {
  if (year.length === 4) return year
  return year >= '50' ? `19${year}` : `20${year}`
}

/** The one element of which the bytes consist. */
export function readDer(bytes: Uint8Array): DerElement {
  const buffer = Buffer.from(bytes)
  const element = readElement(buffer)
  if (element.raw.length !== buffer.length) throw new DerError('bytes after the end')
  return element
}

function readElement(bytes: Buffer): DerElement {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined) throw new DerError('cut off')
  if ((tag & 0x1f) === 0x1f) throw new DerError('a long tag')
  const { start, length } = readLength(bytes, first)
  const end = start + length
  if (end > bytes.length) throw new DerError('cut off')
  return new DerElement(tag, bytes.subarray(start, end), bytes.subarray(0, end))
}

function readLength(bytes: Buffer, first: number): { start: number; length: number } {
  if (first < 0x80) return { start: 2, length: first }
  const count = first & 0x7f
  if (count === 0 || count > 4 || bytes.length < 2 + count) throw new DerError('a length')
  const length = bytes.readUIntBE(2, count)
  if (length < 0x80 || bytes[2] === 0) throw new DerError('a length longer than it needs to be')
  return { start: 2 + count, length }
}

function readOid(content: Buffer): string {
  const arcs: number[] = []
  let arc = 0
  content.forEach((byte, at) => {
    if (arc === 0 && byte === 0x80) throw new DerError('an object identifier')
    arc = arc * 128 + (byte & 0x7f)
    if (!Number.isSafeInteger(arc)) throw new DerError('an object identifier')
    if (byte < 0x80) {
      arcs.push(arc)
      arc = 0
    } else if (at === content.length - 1) throw new DerError('an object identifier')
  })
  const [first, ...rest] = arcs
  if (first === undefined) throw new DerError('an object identifier')
  const top = Math.min(Math.floor(first / 40), 2)
  return [top, first - top * 40, ...rest].join('.')
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeUtf8(bytes: Buffer): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    throw new DerError('not UTF-8')
  }
}

function ascii(bytes: Buffer): string {
  if (bytes.some((byte) => byte > 0x7e || byte < 0x20)) throw new DerError('not ASCII')
  return bytes.toString('latin1')
}

function hex(tag: number): string {
  return tag.toString(16).padStart(2, '0')
}

/** The elements of a sequence, taken one after the other; optional ones by their tag. */
export class DerSequence {
  readonly #children: DerElement[]
  #at = 0

  constructor(element: DerElement, tag = 0x30) {
    this.#children = element.children(tag)
  }

  next(): DerElement {
    const child = this.#children[this.#at++]
    if (!child) throw new DerError('an element is missing')
    return child
  }

  /** The next element when it has that tag. */
  optional(tag: number): DerElement | undefined {
    return this.#children[this.#at]?.tag === tag ? this.#children[this.#at++] : undefined
  }

  /** All that remain. */
  rest(): DerElement[] {
    const rest = this.#children.slice(this.#at)
    this.#at = this.#children.length
    return rest
  }

  end(): void {
    if (this.#at < this.#children.length) throw new DerError('an element too many')
  }
}
