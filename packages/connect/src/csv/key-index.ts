const SPAN = 2 ** 21
/** The last row that an index can name. */
export const LAST_ROW = SPAN - 1

/** FNV-1a over a text's UTF-16 units, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Numbers of rows by the hash of a cell: eight bytes a row, so that a million need 8 MB. */
export class KeyIndex {
  #entries = new Float64Array(1024)
  #count = 0

  /** 32 bits of hash and 21 of row are the 53 that a number holds exactly. */
  add(hash: number, row: number): void {
    if (this.#count === this.#entries.length) {
      const larger = new Float64Array(this.#count * 2)
      larger.set(this.#entries)
      this.#entries = larger
    }
    this.#entries[this.#count] = hash * SPAN + row
    this.#count += 1
  }

  close(): void {
    this.#entries = this.#entries.slice(0, this.#count).sort()
  }

  *rows(hash: number): Generator<number> {
    let [low, high] = [0, this.#count]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#entries[middle] ?? 0) < hash * SPAN) low = middle + 1
      else high = middle
    }
    for (; low < this.#count; low += 1) {
      const entry = this.#entries[low] ?? 0
      if (Math.floor(entry / SPAN) !== hash) return
      yield entry % SPAN
    }
  }
}
