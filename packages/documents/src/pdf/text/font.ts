import { PdfError } from '../error.ts'
import type { PdfFile } from '../file.ts'
import { isArray, PdfDict, PdfName, type PdfObject } from '../objects.ts'
import { CMap, codeOf } from './cmap.ts'
import { baseEncoding } from './encodings.ts'
import { textOfGlyphName } from './glyph-names.ts'
import { standardWidth } from './standard-widths.ts'

/** One shown glyph: what it means and how far it moves on. */
export interface ShownGlyph {
  readonly text: string
  /** In text space at size 1. */
  readonly width: number
  /** A one-byte code of 32: word spacing applies (ISO 32000-2, 9.3.3). */
  readonly isSpace: boolean
}

export interface Font {
  readonly name: string
  glyphs(bytes: Uint8Array): ShownGlyph[]
}

/** Stands for what the file gives no meaning to. */
const UNKNOWN = '\ufffd'

export function readFont(file: PdfFile, dict: PdfDict): Font {
  const subtype = file.name(dict.get('Subtype'))
  const unicode = readCMap(file, dict.get('ToUnicode'))
  return subtype === 'Type0' ? new CompositeFont(file, dict, unicode) : new SimpleFont(file, dict, unicode)
}

/** A CMap that is a stream; what is damaged is as if it weren't there. */
function readCMap(file: PdfFile, object: PdfObject | undefined): CMap | undefined {
  const stream = file.stream(object)
  if (!stream) return undefined
  try {
    return CMap.parse(file.decode(stream), file.budget)
  } catch (error) {
    if (error instanceof PdfError && error.code !== 'too-complex') return undefined
    throw error
  }
}

class SimpleFont implements Font {
  readonly name: string
  readonly #glyphs: (ShownGlyph | undefined)[] = []
  readonly #texts: readonly string[]
  readonly #widths: readonly (number | undefined)[]
  readonly #unicode: CMap | undefined
  readonly #first: number
  readonly #missing: number | undefined
  readonly #scale: number

  constructor(file: PdfFile, dict: PdfDict, unicode: CMap | undefined) {
    this.name = file.name(dict.get('BaseFont')) ?? file.name(dict.get('Name')) ?? ''
    this.#unicode = unicode
    this.#texts = simpleEncoding(file, dict)
    this.#first = file.number(dict.get('FirstChar')) ?? 0
    this.#widths = (file.array(dict.get('Widths')) ?? []).map((width) => file.number(width))
    const descriptor = file.dict(dict.get('FontDescriptor'))
    this.#missing = file.number(descriptor?.get('MissingWidth')) ?? (descriptor ? 0 : undefined)
    const matrix = file.array(dict.get('FontMatrix'))
    this.#scale = file.name(dict.get('Subtype')) === 'Type3' ? (file.number(matrix?.[0]) ?? 0.001) : 0.001
  }

  glyphs(bytes: Uint8Array): ShownGlyph[] {
    const shown: ShownGlyph[] = []
    for (const code of bytes) {
      const glyph = this.#glyphs[code] ?? this.#glyph(code)
      this.#glyphs[code] = glyph
      shown.push(glyph)
    }
    return shown
  }

  #glyph(code: number): ShownGlyph {
    const width = this.#widths[code - this.#first] ?? this.#missing ?? standardWidth(this.name, code)
    const text = this.#unicode?.text(code) ?? (this.#texts[code] || UNKNOWN)
    return { text, width: width * this.#scale, isSpace: code === 32 }
  }
}

/** What the codes of a simple font mean by its Encoding (9.6.5). */
function simpleEncoding(file: PdfFile, dict: PdfDict): readonly string[] {
  const encoding = file.resolve(dict.get('Encoding'))
  if (encoding instanceof PdfName) return baseEncoding(encoding.value)
  if (!(encoding instanceof PdfDict)) return baseEncoding(undefined)
  const texts = [...baseEncoding(file.name(encoding.get('BaseEncoding')))]
  let code = 0
  for (const item of file.array(encoding.get('Differences')) ?? []) {
    if (typeof item === 'number') code = item
    else if (item instanceof PdfName && code >= 0 && code < 256) {
      texts[code++] = textOfGlyphName(item.value) ?? UNKNOWN
    }
  }
  return texts
}

class CompositeFont implements Font {
  readonly name: string
  readonly #encoding: CMap | undefined
  /** The code itself is UTF-16 by the encoding's name. */
  readonly #utf16: boolean
  readonly #unicode: CMap | undefined
  readonly #widths: ReadonlyMap<number, number>
  readonly #usual: number
  readonly #glyphs = new Map<number, ShownGlyph>()

  constructor(file: PdfFile, dict: PdfDict, unicode: CMap | undefined) {
    this.name = file.name(dict.get('BaseFont')) ?? ''
    this.#unicode = unicode
    this.#encoding = readCMap(file, dict.get('Encoding'))
    this.#utf16 = /UCS2|UTF16/.test(file.name(dict.get('Encoding')) ?? '')
    const descendant = file.dict(file.array(dict.get('DescendantFonts'))?.[0])
    this.#usual = file.number(descendant?.get('DW')) ?? 1000
    this.#widths = cidWidths(file, descendant?.get('W'))
  }

  glyphs(bytes: Uint8Array): ShownGlyph[] {
    const shown: ShownGlyph[] = []
    for (let at = 0; at < bytes.length; ) {
      const count = this.#encoding ? this.#encoding.codeLength(bytes, at) : 2
      const code = codeOf(bytes, at, count)
      at += count
      // Codes of other lengths are other codes: they are kept apart.
      const key = code * 5 + count
      let glyph = this.#glyphs.get(key)
      if (!glyph) {
        glyph = this.#glyph(code, count)
        this.#glyphs.set(key, glyph)
      }
      shown.push(glyph)
    }
    return shown
  }

  #glyph(code: number, count: number): ShownGlyph {
    const cid = this.#encoding ? (this.#encoding.cid(code) ?? 0) : code
    const own = this.#utf16 ? String.fromCharCode(code) : UNKNOWN
    const text = this.#unicode?.text(code) ?? own
    const width = (this.#widths.get(cid) ?? this.#usual) / 1000
    return { text, width, isSpace: count === 1 && code === 32 }
  }
}

/** The W array (9.7.4.3): `c [w…]` and `first last w`. */
function cidWidths(file: PdfFile, object: PdfObject | undefined): Map<number, number> {
  const widths = new Map<number, number>()
  const items = file.array(object) ?? []
  for (let i = 0; i < items.length; ) {
    const first = file.number(items[i])
    const second = file.resolve(items[i + 1])
    if (first === undefined) break
    if (isArray(second)) {
      second.forEach((width, at) => {
        widths.set(first + at, file.number(width) ?? 0)
      })
      i += 2
      continue
    }
    const width = file.number(items[i + 2]) ?? 0
    if (typeof second !== 'number' || second - first > 0xffff) break
    file.budget.work(Math.max(0, second - first))
    for (let cid = first; cid <= second; cid++) widths.set(cid, width)
    i += 3
  }
  return widths
}
