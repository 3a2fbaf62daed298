import { malformed } from './error.ts'
import {
  isArray,
  PdfDict,
  PdfName,
  type PdfObject,
  PdfRef,
  PdfStream,
  PdfString,
  PdfVerbatim,
} from './objects.ts'

const HEX = new Uint8Array(512)
for (let byte = 0; byte < 256; byte++) {
  const digits = byte.toString(16).padStart(2, '0')
  HEX[byte * 2] = digits.charCodeAt(0)
  HEX[byte * 2 + 1] = digits.charCodeAt(1)
}

const MOST_NESTING = 256

/** Bytes that grow. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(room = 1024) {
    this.#bytes = new Uint8Array(room)
  }

  get length(): number {
    return this.#length
  }

  /** Room for `count` more bytes: where in the returned array they begin is `length` as it was. */
  #grow(count: number): Uint8Array {
    const needed = this.#length + count
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    return this.#bytes
  }

  /** Text of one byte a character. */
  text(text: string): void {
    const bytes = this.#grow(text.length)
    for (let i = 0; i < text.length; i++) bytes[this.#length++] = text.charCodeAt(i)
  }

  byte(byte: number): void {
    this.#grow(1)[this.#length++] = byte
  }

  bytes(source: Uint8Array): void {
    this.#grow(source.length).set(source, this.#length)
    this.#length += source.length
  }

  hex(source: Uint8Array): void {
    const bytes = this.#grow(source.length * 2)
    let at = this.#length
    for (let i = 0; i < source.length; i++) {
      const digit = (source[i] ?? 0) * 2
      bytes[at++] = HEX[digit] ?? 0
      bytes[at++] = HEX[digit + 1] ?? 0
    }
    this.#length = at
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length)
  }
}

/** An object as a file has it, without `obj` and `endobj`; a stream with its `Length` set right. */
export function writeObject(object: PdfObject): Uint8Array<ArrayBuffer> {
  const writer = new ByteWriter()
  writeTo(writer, object)
  return writer.finish()
}

export function writeTo(writer: ByteWriter, object: PdfObject, depth = 0): void {
  if (depth > MOST_NESTING) throw malformed('Objects to write are nested too deeply')
  if (object === null || typeof object === 'boolean') writer.text(String(object))
  else if (typeof object === 'number') writer.text(formatNumber(object))
  else if (object instanceof PdfName) writeName(writer, object.value)
  else if (object instanceof PdfString) writeString(writer, object)
  else if (object instanceof PdfRef) writer.text(`${object.num} ${object.gen} R`)
  else if (object instanceof PdfVerbatim) writer.bytes(object.bytes)
  else if (object instanceof PdfDict) writeDict(writer, object, depth)
  else if (object instanceof PdfStream) writeStream(writer, object, depth)
  else if (isArray(object)) {
    writer.text('[')
    object.forEach((item, i) => {
      if (i > 0) writer.text(' ')
      writeTo(writer, item, depth + 1)
    })
    writer.text(']')
  }
}

function writeDict(writer: ByteWriter, dict: PdfDict, depth: number): void {
  writer.text('<<')
  for (const [key, value] of dict.entries) {
    writeName(writer, key)
    writer.text(' ')
    writeTo(writer, value, depth + 1)
  }
  writer.text('>>')
}

function writeStream(writer: ByteWriter, stream: PdfStream, depth: number): void {
  const { raw } = stream
  writeDict(writer, stream.dict.with({ Length: raw.length }), depth)
  writer.text('\nstream\n')
  writer.bytes(raw)
  writer.text('\nendstream')
}

function writeName(writer: ByteWriter, value: string): void {
  if (/^[A-Za-z0-9_.+:-]*$/.test(value)) {
    writer.text(`/${value}`)
    return
  }
  writer.text('/')
  for (let i = 0; i < value.length; i++) {
    const byte = value.charCodeAt(i)
    if (byte > 255) throw malformed('A name to write has a character that is no byte')
    const plain = byte > 32 && byte < 127 && !'()<>[]{}/%#'.includes(value.charAt(i))
    writer.text(plain ? value.charAt(i) : `#${byte.toString(16).padStart(2, '0')}`)
  }
}

function writeString(writer: ByteWriter, string: PdfString): void {
  if (string.hex) {
    writer.text('<')
    writer.hex(string.bytes)
    writer.text('>')
    return
  }
  writer.text('(')
  for (const byte of string.bytes) {
    if (byte === 13) writer.text('\\r')
    else {
      if (byte === 0x28 || byte === 0x29 || byte === 0x5c) writer.byte(0x5c)
      writer.byte(byte)
    }
  }
  writer.text(')')
}

/** The shortest digits that mean this number, never with an exponent, which PDF has not. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw malformed('A number to write is none')
  const text = String(value === 0 ? 0 : value)
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!found) return text
  const [, sign = '', first = '', rest = '', exponent = '0'] = found
  const shift = Number(exponent)
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${first}${rest}`
  return `${sign}${first}${rest.padEnd(shift, '0')}`
}
