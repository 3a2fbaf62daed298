import { malformed, PdfError } from '../error.ts'
import { Huffman } from './huffman.ts'

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
]
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
]
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

let fixed: { literals: Huffman; distances: Huffman } | undefined

/** The codes that need no description (RFC 1951, 3.2.6). */
function fixedCodes(): { literals: Huffman; distances: Huffman } {
  if (fixed) return fixed
  const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)
  fixed = { literals: new Huffman(lengths), distances: new Huffman(new Uint8Array(30).fill(5)) }
  return fixed
}

/**
 * Unpacks zlib data (RFC 1950), never to more than `most` bytes: neither memory nor time goes beyond what that many
 * need. The checksum at its end isn't looked at: many writers leave it out, and integrity is the signature's.
 */
export function inflate(data: Uint8Array, most: number): Uint8Array {
  const [method = 0, flags = 0] = data
  if ((method & 15) !== 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 !== 0 || flags & 32) {
    throw malformed('A stream is not zlib data')
  }
  return new Inflater(data, most).run()
}

class Inflater {
  readonly #data: Uint8Array
  readonly #most: number
  #out: Uint8Array
  #length = 0
  #at = 2
  #bits = 0
  #have = 0

  constructor(data: Uint8Array, most: number) {
    this.#data = data
    this.#most = most
    this.#out = new Uint8Array(Math.min(most, Math.max(256, data.length * 4)))
  }

  run(): Uint8Array {
    for (;;) {
      const last = this.#take(1)
      const type = this.#take(2)
      if (type === 0) this.#stored()
      else if (type === 1) this.#block(fixedCodes().literals, fixedCodes().distances)
      else if (type === 2) this.#described()
      else throw malformed('A deflated stream has a block of no known type')
      if (last) return this.#out.subarray(0, this.#length)
    }
  }

  #take(count: number): number {
    while (this.#have < count) {
      const byte = this.#data[this.#at++]
      if (byte === undefined) throw malformed('A deflated stream breaks off')
      this.#bits |= byte << this.#have
      this.#have += 8
    }
    const value = this.#bits & ((1 << count) - 1)
    this.#bits >>>= count
    this.#have -= count
    return value
  }

  #symbol(code: Huffman): number {
    while (this.#have < 15) {
      // Past the end there are zeros: a code may need fewer bits than are looked at.
      if (this.#at > this.#data.length + 4) throw malformed('A deflated stream breaks off')
      this.#bits |= (this.#data[this.#at++] ?? 0) << this.#have
      this.#have += 8
    }
    const found = code.fast[this.#bits & 1023] || code.slow(this.#bits & 0x7fff)
    this.#bits >>>= found & 15
    this.#have -= found & 15
    return found >> 4
  }

  #room(count: number): void {
    const needed = this.#length + count
    if (needed > this.#most) throw new PdfError('too-complex', 'A stream unpacks to too many bytes')
    if (needed <= this.#out.length) return
    const larger = new Uint8Array(Math.min(this.#most, Math.max(needed, this.#out.length * 2)))
    larger.set(this.#out.subarray(0, this.#length))
    this.#out = larger
  }

  #stored(): void {
    this.#at -= this.#have >> 3
    this.#bits = 0
    this.#have = 0
    const start = this.#at + 4
    const [a = 0, b = 0, c = 0, d = 0] = this.#data.subarray(this.#at, start)
    const length = a | (b << 8)
    if ((length ^ 0xffff) !== (c | (d << 8)) || start + length > this.#data.length) {
      throw malformed('A deflated stream breaks off')
    }
    this.#room(length)
    this.#out.set(this.#data.subarray(start, start + length), this.#length)
    this.#length += length
    this.#at = start + length
  }

  #described(): void {
    const literals = this.#take(5) + 257
    const distances = this.#take(5) + 1
    const count = this.#take(4) + 4
    const orders = new Uint8Array(19)
    for (let i = 0; i < count; i++) orders[ORDER[i] ?? 0] = this.#take(3)
    const code = new Huffman(orders)
    const lengths = new Uint8Array(literals + distances)
    for (let i = 0; i < lengths.length; ) {
      const symbol = this.#symbol(code)
      if (symbol < 16) {
        lengths[i++] = symbol
        continue
      }
      if (symbol === 16 && i === 0) throw malformed('A deflated stream repeats what it has not')
      const value = symbol === 16 ? (lengths[i - 1] ?? 0) : 0
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7)
      if (i + times > lengths.length) throw malformed('A deflated stream describes too many codes')
      lengths.fill(value, i, i + times)
      i += times
    }
    this.#block(new Huffman(lengths.subarray(0, literals)), new Huffman(lengths.subarray(literals)))
  }

  #block(literals: Huffman, distances: Huffman): void {
    for (;;) {
      const symbol = this.#symbol(literals)
      if (symbol < 256) {
        if (this.#length === this.#out.length) this.#room(1)
        this.#out[this.#length++] = symbol
      } else if (symbol === 256) {
        if (this.#at - (this.#have >> 3) > this.#data.length) throw malformed('A deflated stream breaks off')
        return
      } else this.#copy(symbol - 257, distances)
    }
  }

  #copy(kind: number, distances: Huffman): void {
    const base = LENGTH_BASE[kind]
    if (base === undefined) throw malformed('A deflated stream has a length of no meaning')
    const count = base + this.#take(LENGTH_BITS[kind] ?? 0)
    const far = this.#symbol(distances)
    const start = DISTANCE_BASE[far]
    if (start === undefined) throw malformed('A deflated stream has a distance of no meaning')
    const distance = start + this.#take(DISTANCE_BITS[far] ?? 0)
    if (distance > this.#length) throw malformed('A deflated stream copies from before its start')
    this.#room(count)
    const out = this.#out
    let to = this.#length
    const end = to + count
    if (distance >= count) out.copyWithin(to, to - distance, to - distance + count)
    else for (; to < end; to++) out[to] = out[to - distance] ?? 0
    this.#length = end
  }
}
