const QUOTE = 0x22
const LF = 0x0a
const CR = 0x0d

/** Goes through the rows of a CSV text (RFC 4180) by its bytes: the separators are ASCII in every encoding that is taken. */
export class RowReader {
  readonly #bytes: Buffer
  readonly #separator: number
  /** Where the row's cells begin and end, in pairs; quotes included. */
  readonly cells: number[] = []
  next: number
  /** Why the row cannot be read. */
  fault: 'open-quote' | 'stray-quote' | undefined

  constructor(bytes: Buffer, separator: string, from: number) {
    this.#bytes = bytes
    this.#separator = separator.charCodeAt(0)
    this.next = from
  }

  /** Reads the row at `next`; false at the end, or at a fault. */
  read(): boolean {
    this.cells.length = 0
    if (this.next >= this.#bytes.length) return false
    let at = this.next
    for (;;) {
      const start = at
      at = this.#bytes[at] === QUOTE ? this.#afterQuoted(at) : this.#afterPlain(at)
      if (this.fault !== undefined) return false
      this.cells.push(start, at)
      if (this.#bytes[at] !== this.#separator) break
      at += 1
    }
    if (this.#bytes[at] === CR) at += 1
    if (this.#bytes[at] === LF) at += 1
    this.next = at
    return true
  }

  #afterPlain(from: number): number {
    let at = from
    for (; at < this.#bytes.length; at += 1) {
      const byte = this.#bytes[at]
      if (byte === this.#separator || byte === LF || byte === CR) break
    }
    return at
  }

  #afterQuoted(from: number): number {
    let at = from + 1
    for (;;) {
      at = this.#bytes.indexOf(QUOTE, at)
      if (at === -1) {
        this.fault = 'open-quote'
        return this.#bytes.length
      }
      at += 1
      if (this.#bytes[at] !== QUOTE) break
      at += 1
    }
    const ends = [undefined, this.#separator, CR, LF].includes(this.#bytes[at])
    if (!ends) this.fault = 'stray-quote'
    return at
  }
}
