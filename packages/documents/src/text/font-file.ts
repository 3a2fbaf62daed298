/**
 * What layout and embedding need of a TrueType font (OpenType 1.9: head, hhea, hmtx, maxp, OS/2, post, loca, glyf).
 * Reads our own font files only; shaping itself is HarfBuzz's.
 */
export class FontFile {
  readonly bytes: Uint8Array
  readonly unitsPerEm: number
  readonly ascent: number
  readonly descent: number
  readonly capHeight: number
  readonly italicAngle: number
  readonly weight: number
  readonly box: readonly [number, number, number, number]
  readonly glyphCount: number
  readonly #view: DataView
  readonly #tables = new Map<string, { offset: number; length: number }>()
  readonly #longOffsets: boolean
  readonly #metricCount: number

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#readDirectory()
    const head = this.#offset('head')
    const view = this.#view
    this.unitsPerEm = view.getUint16(head + 18)
    this.box = [
      view.getInt16(head + 36),
      view.getInt16(head + 38),
      view.getInt16(head + 40),
      view.getInt16(head + 42),
    ]
    this.#longOffsets = view.getInt16(head + 50) === 1
    const hhea = this.#offset('hhea')
    this.ascent = view.getInt16(hhea + 4)
    this.descent = view.getInt16(hhea + 6)
    this.#metricCount = view.getUint16(hhea + 34)
    this.glyphCount = view.getUint16(this.#offset('maxp') + 4)
    const os2 = this.#offset('OS/2')
    this.weight = view.getUint16(os2 + 4)
    this.capHeight = view.getInt16(os2 + 88)
    this.italicAngle = view.getInt32(this.#offset('post') + 4) / 65536
  }

  #readDirectory(): void {
    const count = this.#view.getUint16(4)
    for (let index = 0; index < count; index++) {
      const entry = 12 + index * 16
      const tag = String.fromCharCode(...this.bytes.subarray(entry, entry + 4))
      this.#tables.set(tag, {
        offset: this.#view.getUint32(entry + 8),
        length: this.#view.getUint32(entry + 12),
      })
    }
  }

  #offset(tag: string): number {
    const table = this.#tables.get(tag)
    if (!table) throw new Error(`the font has no table ${tag}`)
    return table.offset
  }

  /** A copy of a table. */
  table(tag: string): Uint8Array {
    const table = this.#tables.get(tag)
    if (!table) throw new Error(`the font has no table ${tag}`)
    return this.bytes.slice(table.offset, table.offset + table.length)
  }

  /** The advance width in font units. */
  advance(glyph: number): number {
    const row = Math.min(glyph, this.#metricCount - 1)
    return this.#view.getUint16(this.#offset('hmtx') + row * 4)
  }

  leftSideBearing(glyph: number): number {
    const hmtx = this.#offset('hmtx')
    return glyph < this.#metricCount
      ? this.#view.getInt16(hmtx + glyph * 4 + 2)
      : this.#view.getInt16(hmtx + this.#metricCount * 4 + (glyph - this.#metricCount) * 2)
  }

  /** The outline as it stands in `glyf`; empty for a glyph that draws nothing. */
  outline(glyph: number): Uint8Array {
    const loca = this.#offset('loca')
    const at = (index: number) =>
      this.#longOffsets ? this.#view.getUint32(loca + index * 4) : this.#view.getUint16(loca + index * 2) * 2
    const glyf = this.#offset('glyf')
    return this.bytes.subarray(glyf + at(glyph), glyf + at(glyph + 1))
  }
}
