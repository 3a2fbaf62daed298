import { Keyword } from '../keyword.ts'
import type { Budget } from '../limits.ts'
import { isArray, PdfName, type PdfObject, PdfString } from '../objects.ts'
import { ObjectParser } from '../parser.ts'
import { decodeUtf16 } from '../text-string.ts'

interface Span {
  readonly low: number
  readonly high: number
  readonly to: PdfObject
}

/** A CMap (ISO 32000-2, 9.7.5.3, 9.10.3): which bytes make a code, and what a code means. */
export class CMap {
  readonly #codespaces: { readonly bytes: number; readonly low: Uint8Array; readonly high: Uint8Array }[] = []
  readonly #single = new Map<number, PdfObject>()
  readonly #ranges: Span[] = []
  readonly #texts = new Map<number, string | undefined>()
  vertical = false

  static parse(data: Uint8Array, budget: Budget): CMap {
    const map = new CMap()
    const parser = new ObjectParser(data, 0, data.length, budget, { content: true })
    let operands: PdfObject[] = []
    for (let token = parser.token(); token !== undefined; token = parser.token()) {
      if (!(token instanceof Keyword)) {
        operands.push(token)
        continue
      }
      map.#run(token.word, operands)
      operands = []
    }
    map.#ranges.sort((a, b) => a.low - b.low)
    return map
  }

  /** The length of the code that begins here: 1 to 4 bytes. */
  codeLength(bytes: Uint8Array, at: number): number {
    for (const { bytes: count, low, high } of this.#codespaces) {
      let fits = at + count <= bytes.length
      for (let i = 0; i < count && fits; i++) {
        const byte = bytes[at + i] ?? 0
        fits = byte >= (low[i] ?? 0) && byte <= (high[i] ?? 0)
      }
      if (fits) return count
    }
    return this.#codespaces[0]?.bytes ?? 1
  }

  /** What a code means as text, for a ToUnicode CMap. */
  text(code: number): string | undefined {
    if (this.#texts.has(code)) return this.#texts.get(code)
    const text = this.#text(code)
    this.#texts.set(code, text)
    return text
  }

  /** The CID of a code, for an encoding; undefined where there is none. */
  cid(code: number): number | undefined {
    const single = this.#single.get(code)
    if (typeof single === 'number') return single
    const range = this.#range(code)
    return typeof range?.to === 'number' ? range.to + code - range.low : undefined
  }

  #run(word: string, operands: readonly PdfObject[]): void {
    if (word === 'endcodespacerange') this.#addCodespaces(operands)
    else if (word === 'endbfchar' || word === 'endcidchar') this.#addSingle(operands)
    else if (word === 'endbfrange' || word === 'endcidrange') this.#addRanges(operands)
    else if (word === 'def') this.#define(operands)
  }

  #define(operands: readonly PdfObject[]): void {
    const [key, value] = operands.slice(-2)
    if (key instanceof PdfName && key.value === 'WMode') this.vertical = value === 1
  }

  #addCodespaces(operands: readonly PdfObject[]): void {
    for (let i = 0; i + 1 < operands.length; i += 2) {
      const low = operands[i]
      const high = operands[i + 1]
      if (!(low instanceof PdfString && high instanceof PdfString)) continue
      const count = low.bytes.length
      if (count < 1 || count > 4 || high.bytes.length !== count) continue
      this.#codespaces.push({ bytes: count, low: low.bytes, high: high.bytes })
    }
  }

  #addSingle(operands: readonly PdfObject[]): void {
    for (let i = 0; i + 1 < operands.length; i += 2) {
      const code = operands[i]
      if (code instanceof PdfString) this.#single.set(codeOf(code.bytes), operands[i + 1] ?? null)
    }
  }

  #addRanges(operands: readonly PdfObject[]): void {
    for (let i = 0; i + 2 < operands.length; i += 3) {
      const low = operands[i]
      const high = operands[i + 1]
      if (!(low instanceof PdfString && high instanceof PdfString)) continue
      this.#ranges.push({ low: codeOf(low.bytes), high: codeOf(high.bytes), to: operands[i + 2] ?? null })
    }
  }

  #range(code: number): Span | undefined {
    let from = 0
    let to = this.#ranges.length - 1
    while (from <= to) {
      const middle = (from + to) >> 1
      const range = this.#ranges[middle]
      if (range === undefined) return undefined
      if (code < range.low) to = middle - 1
      else if (code > range.high) from = middle + 1
      else return range
    }
    return undefined
  }

  #text(code: number): string | undefined {
    const single = this.#single.get(code)
    if (single instanceof PdfString) return decodeUtf16(single.bytes)
    const range = this.#range(code)
    if (!range) return undefined
    const { to, low } = range
    if (isArray(to)) {
      const item = to[code - low]
      return item instanceof PdfString ? decodeUtf16(item.bytes) : undefined
    }
    return to instanceof PdfString ? counted(to.bytes, code - low) : undefined
  }
}

/** The first text of a range with its last unit counted up. */
function counted(bytes: Uint8Array, steps: number): string {
  const text = decodeUtf16(bytes)
  const last = text.codePointAt(text.length - 1)
  const whole = text.codePointAt(text.length - 2)
  if (last === undefined) return ''
  if (whole !== undefined && whole > 0xffff) {
    return whole + steps <= 0x10ffff ? text.slice(0, -2) + String.fromCodePoint(whole + steps) : ''
  }
  return text.slice(0, -1) + String.fromCharCode(last + steps)
}

export function codeOf(bytes: Uint8Array, at = 0, count = bytes.length): number {
  let code = 0
  for (let i = at; i < at + count; i++) code = code * 256 + (bytes[i] ?? 0)
  return code
}
