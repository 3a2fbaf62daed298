import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Blob, ClusterLevel, Face, Font, Buffer as ShapingBuffer, shape } from 'harfbuzzjs'
import { BoundedCache } from './bounded-cache.ts'
import { FontFile } from './font-file.ts'

/** Which cut of the family. */
export type Cut = 'regular' | 'bold' | 'italic' | 'boldItalic'

/**
 * A glyph together with the text that it stands for. The same shape for other text is another one: each becomes a
 * character identifier of its own in the PDF, so that extraction always gives back what was written.
 */
export interface Glyph {
  readonly typeface: Typeface
  /** Sorts and names it within its typeface. */
  readonly key: string
  readonly text: string
  /** Units per 1000 of the size. */
  readonly width: number
  /** Several where a letter carries marks: placed together once, so that no reader takes the marks for other letters. */
  readonly parts: readonly GlyphPart[]
}

export interface GlyphPart {
  readonly glyph: number
  readonly x: number
  readonly y: number
}

/** A piece of text as HarfBuzz shaped it. All lengths in units of 1000 to the size. */
export interface ShapedText {
  readonly text: string
  readonly width: number
  readonly glyphs: readonly Glyph[]
  /** How far to move to the right before each glyph, and after the last: kerning and marks. */
  readonly moves: readonly number[]
  /** How far each glyph is raised. Absent where none is. */
  readonly rises?: readonly number[]
  /** Before which glyphs justification may open a gap: where a Thai cluster begins. */
  readonly gaps: readonly number[]
}

/** A font that was read once and is shared by all documents. */
export class Typeface {
  readonly cut: Cut
  readonly name: string
  readonly file: FontFile
  readonly #font: Font
  // One for all: HarfBuzz's own memory would wait for a garbage collection with each.
  readonly #buffer = new ShapingBuffer()
  readonly #covered: ReadonlySet<number>
  readonly #glyphs = new BoundedCache<Glyph>(8_000)
  readonly #shaped = new BoundedCache<ShapedText>(8_000)

  constructor(cut: Cut, name: string, bytes: Uint8Array) {
    this.cut = cut
    this.name = name
    this.file = new FontFile(bytes)
    const face = new Face(new Blob(bytes))
    this.#font = new Font(face)
    this.#covered = new Set(face.collectUnicodes())
    if (this.file.unitsPerEm !== 1000) this.#font.setScale(1000, 1000)
  }

  has(character: string): boolean {
    return this.#covered.has(character.codePointAt(0) ?? 0)
  }

  /** Shapes a word or a space. Characters outside the font come out as glyph 0: ask `has` before. */
  shape(text: string): ShapedText {
    const known = this.#shaped.get(text)
    if (known) return known
    const shaped = this.#shape(text)
    this.#shaped.set(text, shaped)
    return shaped
  }

  /** The outline of a glyph as SVG path data, in units of 1000 to the size, upwards. */
  outline(glyph: number): string {
    return this.#font.glyphToPath(glyph)
  }

  #shape(text: string): ShapedText {
    const buffer = this.#buffer
    buffer.reset()
    buffer.addText(text)
    buffer.guessSegmentProperties()
    buffer.setClusterLevel(ClusterLevel.MONOTONE_GRAPHEMES)
    shape(this.#font, buffer)
    return this.#collect(text, buffer.getGlyphInfosAndPositions() as PositionedGlyph[])
  }

  /** One `Glyph` for each cluster; a cluster of several glyphs is put together into one. */
  #collect(text: string, shaped: readonly PositionedGlyph[]): ShapedText {
    const glyphs: Glyph[] = []
    const moves: number[] = [0]
    const rises: number[] = []
    const gaps: number[] = []
    let width = 0
    for (let start = 0; start < shaped.length; ) {
      let end = start + 1
      const cluster = shaped[start]?.cluster ?? 0
      while (end < shaped.length && shaped[end]?.cluster === cluster) end++
      const slice = text.slice(cluster, shaped[end]?.cluster ?? text.length)
      const part = shaped.slice(start, end)
      const [first] = part
      const single = part.length === 1 && first !== undefined
      const advance = part.reduce((sum, glyph) => sum + glyph.xAdvance, 0)
      const xOffset = single ? first.xOffset : 0
      const glyph = this.#glyph(
        slice,
        single ? [{ glyph: first.codepoint, x: 0, y: 0 }] : parts(part),
        advance,
      )
      if (opensGap(slice)) gaps.push(glyphs.length)
      moves[glyphs.length] = (moves[glyphs.length] ?? 0) + xOffset
      glyphs.push(glyph)
      moves.push(advance - glyph.width - xOffset)
      rises.push(single ? first.yOffset : 0)
      width += advance
      start = end
    }
    const raised = rises.some((rise) => rise !== 0)
    return { text, width, glyphs, moves, gaps, ...(raised && { rises }) }
  }

  #glyph(text: string, glyphParts: readonly GlyphPart[], advance: number): Glyph {
    const key = `${glyphParts.map(({ glyph, x, y }) => `${glyph}:${x}:${y}`).join('+')} ${text}`
    const known = this.#glyphs.get(key)
    if (known) return known
    const [only] = glyphParts
    const width =
      glyphParts.length === 1 && only
        ? Math.round((this.file.advance(only.glyph) * 1000) / this.file.unitsPerEm)
        : advance
    const glyph: Glyph = { typeface: this, key, text, width, parts: glyphParts }
    this.#glyphs.set(key, glyph)
    return glyph
  }
}

interface PositionedGlyph {
  readonly codepoint: number
  readonly cluster: number
  readonly xAdvance: number
  readonly yAdvance: number
  readonly xOffset: number
  readonly yOffset: number
}

function parts(glyphs: readonly PositionedGlyph[]): GlyphPart[] {
  let pen = 0
  return glyphs.map(({ codepoint, xAdvance, xOffset, yOffset }) => {
    const part = { glyph: codepoint, x: pen + xOffset, y: yOffset }
    pen += xAdvance
    return part
  })
}

/** Thai consonants, vowels that stand in the line and digits; never SARA AM, whose circle sits on what is before it. */
const opensGap = (text: string): boolean => /^[ก-ฮฤฦะาเ-ๆฯ๐-๙]/u.test(text)

const CUTS: Readonly<Record<Cut, { file: string; name: string }>> = {
  regular: { file: '400Regular/Sarabun_400Regular.ttf', name: 'Sarabun-Regular' },
  bold: { file: '700Bold/Sarabun_700Bold.ttf', name: 'Sarabun-Bold' },
  italic: { file: '400Regular_Italic/Sarabun_400Regular_Italic.ttf', name: 'Sarabun-Italic' },
  boldItalic: { file: '700Bold_Italic/Sarabun_700Bold_Italic.ttf', name: 'Sarabun-BoldItalic' },
}

const loaded = new Map<Cut, Typeface>()

/** The cut of Sarabun (SIL Open Font Licence 1.1), read when it is first asked for. */
export function typeface(cut: Cut): Typeface {
  const known = loaded.get(cut)
  if (known) return known
  const { file, name } = CUTS[cut]
  const path = fileURLToPath(new URL(file, import.meta.resolve('@expo-google-fonts/sarabun/package.json')))
  const face = new Typeface(cut, name, new Uint8Array(readFileSync(path)))
  loaded.set(cut, face)
  return face
}
