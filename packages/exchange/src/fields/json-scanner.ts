import { isUtf8 } from 'node:buffer'
import { type ExchangeProblemCode, exchangeProblem } from '../problems.ts'

/** Whose JSON is read: it decides by which problem it is refused. */
export type JsonSide = 'request' | 'answer'

/** Deepest nesting of objects and arrays. */
export const deepestNesting = 64

/** From so many keys on, an object's keys are held in a set rather than compared one by one. */
const manyKeys = 12

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
export const openObject = 0x7b
const closeObject = 0x7d
export const openArray = 0x5b
const closeArray = 0x5d

const refusals = {
  answer: { syntax: 'answer-not-json', duplicate: 'answer-duplicate-keys', depth: 'answer-too-deep' },
  request: { syntax: 'request-not-json', duplicate: 'request-not-json', depth: 'request-not-json' },
} as const satisfies Record<JsonSide, Record<string, ExchangeProblemCode>>

/** A body as text; throws where it is not UTF-8. Nothing is replaced, nothing left out, a byte order mark kept. */
export function jsonText(body: string | Uint8Array, side: JsonSide): string {
  if (typeof body === 'string') {
    if (!body.isWellFormed()) throw exchangeProblem(refusals[side].syntax)
    return body
  }
  if (!isUtf8(body)) throw exchangeProblem(refusals[side].syntax)
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
}

/**
 * A strict reader of JSON text (RFC 8259 as narrowed by I-JSON, RFC 7493) that moves over values without building
 * them. Refused are duplicate keys (also when escaped differently), lone surrogates, and nesting beyond 64.
 */
export class JsonScanner {
  readonly text: string
  at = 0
  readonly #side: JsonSide
  /** Keys of the objects that are open, outermost first. */
  readonly #keys: string[] = []
  #depth = 0

  constructor(text: string, side: JsonSide) {
    this.text = text
    this.#side = side
  }

  /** Moves over white space and gives the next character's code; NaN at the end. */
  peek(): number {
    const { text } = this
    let code = text.charCodeAt(this.at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++this.at)
    return code
  }

  /** Nothing but white space may follow. */
  end(): void {
    if (!Number.isNaN(this.peek())) throw this.#syntax()
  }

  /**
   * Moves over an object, calling `member` at each value, which it must move over. `keyStart` is where the key
   * begins in the text; `name` is the decoded key.
   */
  object(member: (name: string, keyStart: number, keyEnd: number) => void): void {
    this.#open()
    const base = this.#keys.length
    let set: Set<string> | null = null
    if (this.peek() !== closeObject) {
      do {
        if (this.peek() !== quote) throw this.#syntax()
        const keyStart = this.at
        const name = this.#key()
        const keyEnd = this.at
        set = this.#declare(name, base, set)
        if (this.peek() !== colon) throw this.#syntax()
        this.at++
        this.peek()
        member(name, keyStart, keyEnd)
      } while (this.#more(closeObject))
    } else this.at++
    this.#keys.length = base
    this.#depth--
  }

  /** Moves over an array, calling `item` at each value, which it must move over. */
  array(item: () => void): void {
    this.#open()
    if (this.peek() !== closeArray) {
      do {
        this.peek()
        item()
      } while (this.#more(closeArray))
    } else this.at++
    this.#depth--
  }

  /** Moves over any value. */
  readonly skip = (): void => {
    switch (this.text.charCodeAt(this.at)) {
      case openObject:
        this.object(this.skip)
        break
      case openArray:
        this.array(this.skip)
        break
      case quote:
        this.#string()
        break
      case 0x74:
        this.#literal('true')
        break
      case 0x66:
        this.#literal('false')
        break
      case 0x6e:
        this.#literal('null')
        break
      default:
        this.#number()
    }
  }

  #open(): void {
    this.at++
    if (++this.#depth > deepestNesting) throw exchangeProblem(refusals[this.#side].depth)
  }

  /** Behind a value: true where a comma says that another follows, false where the container ends. */
  #more(close: number): boolean {
    const code = this.peek()
    this.at++
    if (code === comma) return true
    if (code === close) return false
    throw this.#syntax()
  }

  #declare(name: string, base: number, known: Set<string> | null): Set<string> | null {
    const keys = this.#keys
    if (known) {
      if (known.has(name)) throw exchangeProblem(refusals[this.#side].duplicate)
      known.add(name)
      return known
    }
    for (let n = base; n < keys.length; n++) {
      if (keys[n] === name) throw exchangeProblem(refusals[this.#side].duplicate)
    }
    keys.push(name)
    return keys.length - base < manyKeys ? null : new Set(keys.slice(base))
  }

  #key(): string {
    const start = this.at
    const escaped = this.#string()
    return escaped ? unescaped(this.text.slice(start, this.at)) : this.text.slice(start + 1, this.at - 1)
  }

  /** Moves over a string; true where it has escapes. */
  #string(): boolean {
    const { text } = this
    let at = this.at + 1
    let escaped = false
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === quote) break
      if (code === backslash) {
        escaped = true
        at = this.#escape(at)
      } else if (code >= 0x20) at++
      else throw this.#syntax() // A control character, or the end of the text (NaN).
    }
    this.at = at + 1
    return escaped
  }

  /** The index behind an escape; a high surrogate takes its low one with it. */
  #escape(at: number): number {
    const code = this.text.charCodeAt(at + 1)
    if (code === 0x75) {
      const unit = this.#unit(at + 2)
      if (unit < 0xd800 || unit > 0xdfff) return at + 6
      if (
        unit > 0xdbff ||
        this.text.charCodeAt(at + 6) !== backslash ||
        this.text.charCodeAt(at + 7) !== 0x75
      ) {
        throw this.#syntax()
      }
      const low = this.#unit(at + 8)
      if (low < 0xdc00 || low > 0xdfff) throw this.#syntax()
      return at + 12
    }
    // " / \ b f n r t
    if (code === 0x22 || code === 0x2f || code === 0x5c || code === 0x62 || code === 0x66) return at + 2
    if (code === 0x6e || code === 0x72 || code === 0x74) return at + 2
    throw this.#syntax()
  }

  #unit(at: number): number {
    let unit = 0
    for (let n = at; n < at + 4; n++) {
      const code = this.text.charCodeAt(n)
      const letter = code | 0x20
      if (code >= 0x30 && code <= 0x39) unit = unit * 16 + code - 0x30
      else if (letter >= 0x61 && letter <= 0x66) unit = unit * 16 + letter - 0x57
      else throw this.#syntax()
    }
    return unit
  }

  #literal(word: string): void {
    if (!this.text.startsWith(word, this.at)) throw this.#syntax()
    this.at += word.length
  }

  #number(): void {
    const { text } = this
    if (text.charCodeAt(this.at) === 0x2d) this.at++
    if (text.charCodeAt(this.at) === 0x30) this.at++
    else this.#digits()
    if (text.charCodeAt(this.at) === 0x2e) {
      this.at++
      this.#digits()
    }
    if ((text.charCodeAt(this.at) | 0x20) !== 0x65) return
    this.at++
    const sign = text.charCodeAt(this.at)
    if (sign === 0x2b || sign === 0x2d) this.at++
    this.#digits()
  }

  /** At least one digit. */
  #digits(): void {
    const start = this.at
    let code = this.text.charCodeAt(this.at)
    while (code >= 0x30 && code <= 0x39) code = this.text.charCodeAt(++this.at)
    if (this.at === start) throw this.#syntax()
  }

  #syntax() {
    return exchangeProblem(refusals[this.#side].syntax)
  }
}

/** A quoted string that was already moved over, decoded. */
function unescaped(quoted: string): string {
  return String(JSON.parse(quoted))
}
