import { HEX, KIND, REGULAR, SPACE } from './characters.ts'
import { malformed, PdfError } from './error.ts'
import { generationAt } from './generation.ts'
import { ARRAY_END, DICT_END, Keyword } from './keyword.ts'
import type { Budget } from './limits.ts'
import { exactNumber } from './number.ts'
import { PdfDict, PdfName, type PdfObject, PdfRef, PdfString } from './objects.ts'
import { hexBytes, undoEscapes } from './string-bytes.ts'

export interface ParserOptions {
  /** Content streams (7.8.2) have no references, and what is no number in them is an unknown operator. */
  readonly content?: boolean
  /** The strings' `start` and `end` are kept: `bytes` is the file itself. */
  readonly positions?: boolean
}

/** Reads objects out of bytes, strictly (ISO 32000-2, 7.2, 7.3). `position` moves on with what is read. */
export class ObjectParser {
  readonly bytes: Uint8Array
  readonly end: number
  position: number
  readonly #budget: Budget
  readonly #content: boolean
  readonly #positions: boolean
  #depth = 0

  constructor(bytes: Uint8Array, position: number, end: number, budget: Budget, options: ParserOptions = {}) {
    this.bytes = bytes
    this.position = position
    this.end = Math.min(end, bytes.length)
    this.#budget = budget
    this.#content = options.content ?? false
    this.#positions = options.positions ?? false
  }

  /** Passes over white space and comments. */
  skipSpace(): void {
    const { bytes, end } = this
    let at = this.position
    while (at < end) {
      const byte = bytes[at] ?? 0
      if (KIND[byte] === SPACE) at++
      else if (byte === 0x25) {
        while (at < end && bytes[at] !== 10 && bytes[at] !== 13) at++
      } else break
    }
    this.position = at
  }

  /** The next object; anything else is malformed. */
  object(): PdfObject {
    const start = this.position
    const token = this.token()
    if (token === undefined) throw malformed('An object is missing', start)
    if (token instanceof Keyword) throw malformed('A word stands where an object should', start)
    return token
  }

  /** The next object or word; undefined at the end. */
  token(): PdfObject | Keyword | undefined {
    this.skipSpace()
    if (this.position >= this.end) return undefined
    this.#budget.work(1)
    const byte = this.bytes[this.position] ?? 0
    switch (byte) {
      case 0x2f:
        return new PdfName(this.#name())
      case 0x28:
        return this.#literal()
      case 0x5b:
        return this.#array()
      case 0x5d:
        this.position++
        return ARRAY_END
      case 0x3c:
        return this.bytes[this.position + 1] === 0x3c ? this.#dict() : this.#hexString()
      case 0x3e:
        if (this.bytes[this.position + 1] !== 0x3e) throw malformed('A > stands alone', this.position)
        this.position += 2
        return DICT_END
      case 0x29:
        throw malformed('A ) stands alone', this.position)
      case 0x7b:
      case 0x7d:
        this.position++
        return new Keyword(String.fromCharCode(byte))
    }
    return this.#word(byte)
  }

  /** Takes this word if it comes next. */
  accept(word: string): boolean {
    this.skipSpace()
    if (!this.at(word)) return false
    const after = this.position + word.length
    if (after < this.end && KIND[this.bytes[after] ?? 0] === REGULAR) return false
    this.position = after
    return true
  }

  at(word: string, position = this.position): boolean {
    if (position + word.length > this.end) return false
    for (let i = 0; i < word.length; i++) if (this.bytes[position + i] !== word.charCodeAt(i)) return false
    return true
  }

  expect(word: string): void {
    if (!this.accept(word)) throw malformed(`"${word}" is missing`, this.position)
  }

  /** A whole number of zero or more, as digits alone; undefined, and nothing read, if there is none. */
  wholeNumber(): number | undefined {
    this.skipSpace()
    let at = this.position
    let value = 0
    while (at < this.end) {
      const digit = (this.bytes[at] ?? 0) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
      at++
    }
    if (at === this.position || !Number.isSafeInteger(value)) return undefined
    if (at < this.end && KIND[this.bytes[at] ?? 0] === REGULAR) return undefined
    this.position = at
    return value
  }

  #enter(): void {
    if (++this.#depth > this.#budget.limits.nesting) {
      throw new PdfError('too-complex', 'Objects are nested too deeply', this.position)
    }
  }

  #array(): PdfObject {
    this.#enter()
    const start = this.position++
    const items: PdfObject[] = []
    for (;;) {
      const item = this.token()
      if (item === ARRAY_END) {
        this.#depth--
        return items
      }
      if (item === undefined) throw malformed('An array has no end', start)
      if (!(item instanceof Keyword)) items.push(item)
      else if (!this.#content) throw malformed('A word stands in an array', this.position)
    }
  }

  #dict(): PdfDict {
    this.#enter()
    const start = this.position
    this.position += 2
    const entries = new Map<string, PdfObject>()
    for (;;) {
      const key = this.token()
      if (key === DICT_END) {
        this.#depth--
        return new PdfDict(entries)
      }
      if (key === undefined) throw malformed('A dictionary has no end', start)
      if (!(key instanceof PdfName)) throw malformed('A key of a dictionary is no name', this.position)
      const value = this.token()
      if (value === undefined || value instanceof Keyword) {
        throw malformed('A dictionary has a key without a value', this.position)
      }
      // Readers differ in which of two they take: that is how one file shows two faces.
      if (entries.has(key.value)) throw malformed('A dictionary has a key twice', this.position)
      entries.set(key.value, value)
    }
  }

  #name(): string {
    const { bytes, end } = this
    let at = ++this.position
    let value = ''
    while (at < end) {
      const byte = bytes[at] ?? 0
      if (KIND[byte] !== REGULAR) break
      if (byte === 0x23) {
        const high = HEX[bytes[at + 1] ?? 0] ?? -1
        const low = HEX[bytes[at + 2] ?? 0] ?? -1
        if (high < 0 || low < 0 || at + 2 >= end) {
          if (!this.#content) throw malformed('A name has a # without two hexadecimal digits', at)
          value += '#'
          at++
          continue
        }
        value += String.fromCharCode(high * 16 + low)
        at += 3
      } else {
        value += String.fromCharCode(byte)
        at++
      }
    }
    this.position = at
    return value
  }

  #string(bytes: Uint8Array, hex: boolean, start: number): PdfString {
    return this.#positions ? new PdfString(bytes, hex, start, this.position) : new PdfString(bytes, hex)
  }

  #hexString(): PdfString {
    const start = this.position
    const { bytes } = this
    let digits = 0
    let close = start + 1
    for (; close < this.end; close++) {
      const byte = bytes[close] ?? 0
      if (byte === 0x3e) break
      if ((HEX[byte] ?? -1) >= 0) digits++
      else if (KIND[byte] !== SPACE) throw malformed('A hexadecimal string has another character', close)
    }
    if (close >= this.end) throw malformed('A string has no end', start)
    this.position = close + 1
    return this.#string(hexBytes(bytes, start + 1, close, digits), true, start)
  }

  #literal(): PdfString {
    const start = this.position
    const { bytes, end } = this
    let depth = 1
    let plain = true
    let at = start + 1
    for (; at < end; at++) {
      const byte = bytes[at]
      if (byte === 0x5c) {
        plain = false
        at++
      } else if (byte === 0x28) depth++
      else if (byte === 0x29) {
        if (--depth === 0) break
      } else if (byte === 13) plain = false
    }
    if (depth > 0 || at >= end) throw malformed('A string has no end', start)
    this.position = at + 1
    const inner = bytes.subarray(start + 1, at)
    return this.#string(plain ? inner : undoEscapes(inner), false, start)
  }

  #word(first: number): PdfObject | Keyword {
    const start = this.position
    const { bytes, end } = this
    let at = start
    while (at < end && KIND[bytes[at] ?? 0] === REGULAR) at++
    this.position = at
    if ((first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46) {
      const number = this.#number(start, at)
      if (number !== undefined) return number
      if (!this.#content) throw malformed('A number is malformed', start)
    }
    let word = ''
    for (let i = start; i < at && i < start + 64; i++) word += String.fromCharCode(bytes[i] ?? 0)
    if (word === 'true') return true
    if (word === 'false') return false
    if (word === 'null') return null
    return new Keyword(word)
  }

  #number(start: number, end: number): PdfObject | undefined {
    const { bytes } = this
    let at = start
    let negative = false
    let sign = false
    if (bytes[at] === 43 || bytes[at] === 45) {
      sign = true
      negative = bytes[at++] === 45
    }
    let digits = 0
    let value = 0
    let scale = 0
    for (; at < end; at++) {
      const byte = bytes[at] ?? 0
      if (byte === 46 && scale === 0) scale = 1
      else if (byte >= 48 && byte <= 57) {
        digits++
        value = value * 10 + (byte - 48)
        if (scale > 0) scale *= 10
      } else return undefined
    }
    if (digits === 0) return undefined
    if (digits > 15) return exactNumber(bytes, start, end)
    // Both are whole and exact, so that one division rounds once.
    if (scale > 1) return negative && value !== 0 ? -value / scale : value / scale
    if (scale === 0 && !sign && !this.#content && digits < 9) return this.#reference(value)
    return negative && value !== 0 ? -value : value
  }

  /** `12 0 R`, if that is what follows the 12; the number otherwise. */
  #reference(num: number): PdfObject {
    const { position } = this
    const gen = generationAt(this.bytes, position, this.end)
    if (gen === undefined) return num
    this.position = gen.end
    return new PdfRef(num, gen.value)
  }
}
