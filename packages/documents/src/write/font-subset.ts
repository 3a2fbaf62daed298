import type { FontFile } from '../text/font-file.ts'
import type { GlyphPart } from '../text/typeface.ts'

/**
 * A TrueType font with only the glyphs that are asked for, numbered from 1 in their order: what a CIDFontType2 needs
 * (ISO 32000-1 §9.9: glyf, head, hhea, hmtx, loca, maxp), without hinting. A glyph of several parts becomes a composite
 * glyph, so that one character is one glyph. The same glyph may be asked for twice, for different text.
 */
export function subsetFont(font: FontFile, glyphs: readonly (readonly GlyphPart[])[]): Uint8Array {
  const builder = new SubsetBuilder(font)
  builder.addMissing()
  const numbers = glyphs.map(() => builder.reserve())
  for (const [index, parts] of glyphs.entries()) builder.fill(numbers[index] ?? 0, parts)
  return builder.build()
}

interface Outline {
  data: Uint8Array
  advance: number
  bearing: number
}

const ARGS_ARE_WORDS = 0x0001
const ARGS_ARE_XY = 0x0002
const HAS_SCALE = 0x0008
const MORE_COMPONENTS = 0x0020
const HAS_XY_SCALE = 0x0040
const HAS_TWO_BY_TWO = 0x0080
const HAS_INSTRUCTIONS = 0x0100

class SubsetBuilder {
  readonly #font: FontFile
  readonly #outlines: Outline[] = []
  /** Where a glyph of the whole font came to be, as a component. */
  readonly #components = new Map<number, number>()

  constructor(font: FontFile) {
    this.#font = font
  }

  /** Glyph 0: an empty one, never drawn. */
  addMissing(): void {
    this.#outlines.push({ data: new Uint8Array(0), advance: this.#font.advance(0), bearing: 0 })
  }

  reserve(): number {
    this.#outlines.push({ data: new Uint8Array(0), advance: 0, bearing: 0 })
    return this.#outlines.length - 1
  }

  fill(number: number, parts: readonly GlyphPart[]): void {
    const [only] = parts
    if (parts.length === 1 && only && only.x === 0 && only.y === 0) {
      this.#outlines[number] = this.#copied(only.glyph)
      if (!this.#components.has(only.glyph)) this.#components.set(only.glyph, number)
    } else this.#outlines[number] = this.#composed(parts)
  }

  #component(glyph: number): number {
    const known = this.#components.get(glyph)
    if (known !== undefined) return known
    const number = this.reserve()
    this.#components.set(glyph, number)
    this.#outlines[number] = this.#copied(glyph)
    return number
  }

  #copied(glyph: number): Outline {
    const source = this.#font.outline(glyph)
    const advance = this.#font.advance(glyph)
    const bearing = this.#font.leftSideBearing(glyph)
    if (source.length === 0) return { data: source, advance, bearing }
    const contours = new DataView(source.buffer, source.byteOffset).getInt16(0)
    const data = contours >= 0 ? withoutInstructions(source, contours) : this.#renumbered(source)
    return { data, advance, bearing }
  }

  /** A composite glyph of the font itself, with its components' new numbers. */
  #renumbered(source: Uint8Array): Uint8Array {
    const data = source.slice()
    const view = new DataView(data.buffer)
    let at = 10
    for (let more = true; more; ) {
      const flags = view.getUint16(at)
      view.setUint16(at, flags & ~HAS_INSTRUCTIONS)
      view.setUint16(at + 2, this.#component(view.getUint16(at + 2)))
      at += 4 + (flags & ARGS_ARE_WORDS ? 4 : 2)
      at += flags & HAS_SCALE ? 2 : flags & HAS_XY_SCALE ? 4 : flags & HAS_TWO_BY_TWO ? 8 : 0
      more = (flags & MORE_COMPONENTS) !== 0
    }
    return data.subarray(0, at)
  }

  #composed(parts: readonly GlyphPart[]): Outline {
    const unit = this.#font.unitsPerEm / 1000
    const drawn = parts.filter(({ glyph }) => this.#font.outline(glyph).length > 0)
    const advance = parts.reduce((sum, { glyph }) => sum + this.#font.advance(glyph), 0)
    if (drawn.length === 0) return { data: new Uint8Array(0), advance, bearing: 0 }
    const data = new Uint8Array(10 + 8 * drawn.length)
    const view = new DataView(data.buffer)
    const box = this.#boxOf(drawn)
    view.setInt16(0, -1)
    for (const [index, value] of box.entries()) view.setInt16(2 + index * 2, value)
    drawn.forEach(({ glyph, x, y }, index) => {
      const at = 10 + index * 8
      const more = index < drawn.length - 1 ? MORE_COMPONENTS : 0
      view.setUint16(at, ARGS_ARE_WORDS | ARGS_ARE_XY | more)
      view.setUint16(at + 2, this.#component(glyph))
      view.setInt16(at + 4, Math.round(x * unit))
      view.setInt16(at + 6, Math.round(y * unit))
    })
    return { data, advance, bearing: box[0] }
  }

  #boxOf(parts: readonly GlyphPart[]): [number, number, number, number] {
    const unit = this.#font.unitsPerEm / 1000
    const boxes = parts.map(({ glyph, x, y }) => {
      const outline = this.#font.outline(glyph)
      const view = new DataView(outline.buffer, outline.byteOffset)
      const [dx, dy] = [Math.round(x * unit), Math.round(y * unit)]
      return [
        view.getInt16(2) + dx,
        view.getInt16(4) + dy,
        view.getInt16(6) + dx,
        view.getInt16(8) + dy,
      ] as const
    })
    return [
      Math.min(...boxes.map((box) => box[0])),
      Math.min(...boxes.map((box) => box[1])),
      Math.max(...boxes.map((box) => box[2])),
      Math.max(...boxes.map((box) => box[3])),
    ]
  }

  build(): Uint8Array {
    const count = this.#outlines.length
    const { glyf, loca } = this.#outlineTables()
    const hmtx = new Uint8Array(count * 4)
    const metrics = new DataView(hmtx.buffer)
    this.#outlines.forEach(({ advance, bearing }, index) => {
      metrics.setUint16(index * 4, advance)
      metrics.setInt16(index * 4 + 2, bearing)
    })
    const head = this.#font.table('head')
    const headView = new DataView(head.buffer)
    headView.setUint32(8, 0)
    headView.setInt16(50, 1)
    const hhea = this.#font.table('hhea')
    new DataView(hhea.buffer).setUint16(34, count)
    return sfnt({ glyf, head, hhea, hmtx, loca, maxp: this.#maxp(count) })
  }

  #outlineTables(): { glyf: Uint8Array; loca: Uint8Array } {
    const loca = new Uint8Array((this.#outlines.length + 1) * 4)
    const offsets = new DataView(loca.buffer)
    let length = 0
    this.#outlines.forEach(({ data }, index) => {
      offsets.setUint32(index * 4, length)
      length += (data.length + 3) & ~3
    })
    offsets.setUint32(this.#outlines.length * 4, length)
    const glyf = new Uint8Array(length)
    this.#outlines.forEach(({ data }, index) => {
      glyf.set(data, offsets.getUint32(index * 4))
    })
    return { glyf, loca }
  }

  /** Our composites may hold composites of the font: one level deeper, with as many points together. */
  #maxp(count: number): Uint8Array {
    const maxp = this.#font.table('maxp')
    const view = new DataView(maxp.buffer)
    view.setUint16(4, count)
    view.setUint16(10, view.getUint16(10) + view.getUint16(6) * 2)
    view.setUint16(12, view.getUint16(12) + view.getUint16(8) * 2)
    view.setUint16(26, 0)
    view.setUint16(28, Math.max(view.getUint16(28), 4))
    view.setUint16(30, view.getUint16(30) + 1)
    return maxp
  }
}

/** The hinting of a simple glyph is left out: viewers of today hint by themselves, and it is a third of a font. */
function withoutInstructions(source: Uint8Array, contours: number): Uint8Array {
  const at = 10 + contours * 2
  const length = new DataView(source.buffer, source.byteOffset).getUint16(at)
  if (length === 0) return source
  const data = new Uint8Array(source.length - length)
  data.set(source.subarray(0, at))
  data.set(source.subarray(at + 2 + length), at + 2)
  return data
}

/** Tables into a font file (OpenType 1.9, organisation of a font), with their checksums. */
function sfnt(tables: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.entries(tables).sort(([a], [b]) => (a < b ? -1 : 1))
  const start = 12 + entries.length * 16
  const length = entries.reduce((sum, [, data]) => sum + ((data.length + 3) & ~3), start)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  const power = Math.floor(Math.log2(entries.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, entries.length)
  view.setUint16(6, 2 ** power * 16)
  view.setUint16(8, power)
  view.setUint16(10, (entries.length - 2 ** power) * 16)
  let offset = start
  entries.forEach(([tag, data], index) => {
    const at = 12 + index * 16
    for (let letter = 0; letter < 4; letter++) bytes[at + letter] = tag.charCodeAt(letter)
    bytes.set(data, offset)
    view.setUint32(at + 4, checksum(view, offset, (data.length + 3) & ~3))
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, data.length)
    offset += (data.length + 3) & ~3
  })
  const head = entries.findIndex(([tag]) => tag === 'head')
  view.setUint32(view.getUint32(12 + head * 16 + 8) + 8, (0xb1b0afba - checksum(view, 0, length)) >>> 0)
  return bytes
}

function checksum(view: DataView, offset: number, length: number): number {
  let sum = 0
  for (let at = offset; at < offset + length; at += 4) sum = (sum + view.getUint32(at)) >>> 0
  return sum
}
