import { malformed } from '../error.ts'

/** Codes up to this long are looked up at once; longer ones bit by bit. */
const FAST = 10

/** A canonical Huffman code of deflate (RFC 1951, 3.2.2), read from its lowest bit. */
export class Huffman {
  /** `symbol << 4 | length` by the next ten bits; 0 where the code is longer. */
  readonly fast = new Uint16Array(1 << FAST)
  readonly #counts = new Uint16Array(16)
  readonly #symbols: Uint16Array

  constructor(lengths: Uint8Array) {
    const counts = this.#counts
    for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
    counts[0] = 0
    let room = 1
    const offsets = new Uint16Array(17)
    const codes = new Uint16Array(17)
    for (let length = 1; length < 16; length++) {
      room = room * 2 - (counts[length] ?? 0)
      if (room < 0) throw malformed('A deflated stream has an impossible code')
      offsets[length + 1] = (offsets[length] ?? 0) + (counts[length] ?? 0)
      codes[length + 1] = ((codes[length] ?? 0) + (counts[length] ?? 0)) << 1
    }
    this.#symbols = new Uint16Array(lengths.length)
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      const length = lengths[symbol] ?? 0
      if (length === 0) continue
      const place = offsets[length] ?? 0
      offsets[length] = place + 1
      this.#symbols[place] = symbol
      const code = codes[length] ?? 0
      codes[length] = code + 1
      if (length <= FAST) this.#fill(code, length, symbol)
    }
  }

  #fill(code: number, length: number, symbol: number): void {
    let reversed = 0
    for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit)
    for (let at = reversed; at < 1 << FAST; at += 1 << length) this.fast[at] = (symbol << 4) | length
  }

  /** `symbol << 4 | length` of the code that these fifteen bits begin with, whatever its length. */
  slow(bits: number): number {
    let code = 0
    let first = 0
    let index = 0
    for (let length = 1; length < 16; length++) {
      code |= (bits >> (length - 1)) & 1
      const count = this.#counts[length] ?? 0
      if (code - count < first) return ((this.#symbols[index + code - first] ?? 0) << 4) | length
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    throw malformed('A deflated stream has a code that means nothing')
  }
}
