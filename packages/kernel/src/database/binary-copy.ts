/** `PGCOPY\n\xff\r\n\0`, flags 0, no header extension (PostgreSQL: COPY, "Binary Format"). */
const HEADER = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const TRAILER = -1
const NULL = -1

const OID_BYTEA = 17
const OID_TEXT = 25

const HYPHEN = 0x2d

/** Up to how many characters a text is written without a call out of JavaScript. */
const SHORT = 32

/** What each character is worth as a digit of hex; -1 where it is none. */
const DIGITS = Int8Array.from({ length: 128 }, (_, code) =>
  /[0-9a-f]/i.test(String.fromCharCode(code)) ? Number.parseInt(String.fromCharCode(code), 16) : -1,
)

/** 2000-01-01 in milliseconds since 1970: where PostgreSQL counts from. */
const EPOCH = 946_684_800_000

/**
 * Encodes rows for `COPY … FROM STDIN (FORMAT binary)` into one buffer that grows as needed. Write `row(n)`, then
 * its n fields in the order of the columns; the types must be exactly those of the columns. Every field takes null.
 * Throws RangeError when a value does not fit its type or a row does not have its n fields.
 */
export class BinaryCopy {
  #buffer: Buffer
  #at: number
  #left = 0

  /** `expected` is a guess of the size in bytes. */
  constructor(expected = 16 * 1024) {
    this.#buffer = Buffer.allocUnsafe(Math.max(expected, 64))
    this.#at = HEADER.copy(this.#buffer)
  }

  row(fields: number): this {
    this.#complete()
    if (!Number.isInteger(fields) || fields < 0 || fields > 1664)
      throw new RangeError('a row has 0 to 1664 fields')
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(fields, this.#at)
    this.#left = fields
    return this
  }

  int4(value: number | null): this {
    if (value === null) return this.#null()
    if (!Number.isInteger(value)) throw new RangeError('an int4 is a whole number')
    this.#fixed(4)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
    return this
  }

  /** A number must be a safe integer. */
  int8(value: bigint | number | null): this {
    if (value === null) return this.#null()
    if (typeof value === 'number' && !Number.isSafeInteger(value))
      throw new RangeError('an int8 is a whole number')
    this.#fixed(8)
    if (typeof value === 'bigint') this.#at = this.#buffer.writeBigInt64BE(value, this.#at)
    else this.#int8(value)
    return this
  }

  float8(value: number | null): this {
    if (value === null) return this.#null()
    this.#fixed(8)
    this.#at = this.#buffer.writeDoubleBE(value, this.#at)
    return this
  }

  bool(value: boolean | null): this {
    if (value === null) return this.#null()
    this.#fixed(1)
    this.#buffer[this.#at++] = value ? 1 : 0
    return this
  }

  /** For `text` and `varchar`. PostgreSQL refuses U+0000; a lone surrogate becomes U+FFFD. */
  text(value: string | null): this {
    if (value === null) return this.#null()
    this.#field()
    this.#sizedText(value)
    return this
  }

  bytea(value: Uint8Array | null): this {
    if (value === null) return this.#null()
    this.#field()
    this.#sizedBytes(value)
    return this
  }

  /** For `bytea`, from an even number of hex digits. */
  hex(value: string | null): this {
    if (value === null) return this.#null()
    if (value.length % 2 !== 0) throw new RangeError('not hex')
    this.#fixed(value.length / 2)
    for (let i = 0; i < value.length; i += 2) this.#hexByte(value, i)
    return this
  }

  /** Milliseconds since 1970; fractions are kept to the microsecond up to the year 2285. */
  timestamptz(milliseconds: number | null): this {
    if (milliseconds === null) return this.#null()
    if (!Number.isFinite(milliseconds)) throw new RangeError('not a time')
    const microseconds = Math.round((milliseconds - EPOCH) * 1000)
    if (!Number.isSafeInteger(microseconds))
      return this.int8(BigInt(Math.round(milliseconds - EPOCH)) * 1000n)
    this.#fixed(8)
    this.#int8(microseconds)
    return this
  }

  /** 32 hex digits, with or without hyphens. */
  uuid(value: string | null): this {
    if (value === null) return this.#null()
    this.#fixed(16)
    const end = this.#at + 16
    for (let i = 0; i < value.length; ) {
      if (value.charCodeAt(i) === HYPHEN) i++
      else if (this.#at === end) throw new RangeError('not a UUID')
      else {
        this.#hexByte(value, i)
        i += 2
      }
    }
    if (this.#at !== end) throw new RangeError('not a UUID')
    return this
  }

  textArray(values: readonly string[] | null): this {
    if (values === null) return this.#null()
    const start = this.#array(OID_TEXT, values.length)
    for (const value of values) this.#sizedText(value)
    return this.#close(start)
  }

  byteaArray(values: readonly Uint8Array[] | null): this {
    if (values === null) return this.#null()
    const start = this.#array(OID_BYTEA, values.length)
    for (const value of values) this.#sizedBytes(value)
    return this.#close(start)
  }

  /** The bytes for `copyIn`. Nothing is to be written afterwards. */
  finish(): Buffer {
    this.#complete()
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(TRAILER, this.#at)
    return this.#buffer.subarray(0, this.#at)
  }

  #complete(): void {
    if (this.#left !== 0) throw new RangeError(`${this.#left} fields of the row are missing`)
  }

  #field(): void {
    if (this.#left === 0) throw new RangeError('the row has more fields than it said')
    this.#left--
  }

  #null(): this {
    this.#field()
    this.#reserve(4)
    this.#at = this.#buffer.writeInt32BE(NULL, this.#at)
    return this
  }

  #fixed(size: number): void {
    this.#field()
    this.#reserve(4 + size)
    this.#at = this.#buffer.writeInt32BE(size, this.#at)
  }

  /** A whole number as two halves: BigInt costs more. */
  #int8(value: number): void {
    this.#at = this.#buffer.writeInt32BE(Math.floor(value / 0x1_0000_0000), this.#at)
    this.#at = this.#buffer.writeUInt32BE(value >>> 0, this.#at)
  }

  #sizedText(value: string): void {
    this.#reserve(4 + value.length * 3)
    const size = value.length <= SHORT ? this.#short(value) : this.#buffer.write(value, this.#at + 4)
    this.#buffer.writeInt32BE(size, this.#at)
    this.#at += 4 + size
  }

  /** Writes a few characters after where their size belongs: a call out of JavaScript costs more. */
  #short(value: string): number {
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i)
      if (code >= 0x80) return this.#buffer.write(value, this.#at + 4)
      this.#buffer[this.#at + 4 + i] = code
    }
    return value.length
  }

  /** Two digits of hex as a byte; for the same reason. */
  #hexByte(value: string, index: number): void {
    const high = DIGITS[value.charCodeAt(index)] ?? -1
    const low = DIGITS[value.charCodeAt(index + 1)] ?? -1
    if (high < 0 || low < 0) throw new RangeError('not hex')
    this.#buffer[this.#at++] = (high << 4) | low
  }

  #sizedBytes(value: Uint8Array): void {
    this.#reserve(4 + value.length)
    this.#at = this.#buffer.writeInt32BE(value.length, this.#at)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  /** The head of a one-dimensional array without nulls; returns where its size belongs. */
  #array(oid: number, length: number): number {
    this.#field()
    this.#reserve(24)
    const start = this.#at
    this.#at = this.#buffer.writeInt32BE(length === 0 ? 0 : 1, start + 4)
    this.#at = this.#buffer.writeInt32BE(0, this.#at)
    this.#at = this.#buffer.writeInt32BE(oid, this.#at)
    if (length > 0) {
      this.#at = this.#buffer.writeInt32BE(length, this.#at)
      this.#at = this.#buffer.writeInt32BE(1, this.#at)
    }
    return start
  }

  #close(start: number): this {
    this.#buffer.writeInt32BE(this.#at - start - 4, start)
    return this
  }

  #reserve(size: number): void {
    const needed = this.#at + size
    if (needed <= this.#buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }
}
