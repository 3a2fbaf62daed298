import { createHash } from 'node:crypto'
import { BoundedCache } from '../text/bounded-cache.ts'
import type { Glyph, ShapedText, Typeface } from '../text/typeface.ts'
import { subsetFont } from './font-subset.ts'
import { type PdfFileWriter, packed, type Reference } from './pdf-file.ts'
import { array, dictionary, hexString, name } from './syntax.ts'

/** The glyphs that one document draws from one typeface, each with its identifier (CID). */
export class DocumentFont {
  readonly typeface: Typeface
  /** The font's name in page resources. */
  readonly resource: string
  readonly #glyphs: readonly Glyph[]
  readonly #codes = new Map<string, string>()

  constructor(typeface: Typeface, resource: string, glyphs: ReadonlyMap<string, Glyph>) {
    this.typeface = typeface
    this.resource = resource
    this.#glyphs = [...glyphs.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
    this.#glyphs.forEach((glyph, index) => {
      this.#codes.set(glyph.key, (index + 1).toString(16).padStart(4, '0'))
    })
  }

  /** The glyph's two-byte code in hexadecimal digits. */
  code(glyph: Glyph): string {
    const code = this.#codes.get(glyph.key)
    if (code === undefined) throw new Error(`the glyph ${glyph.key} was not collected`)
    return code
  }

  /** Writes the font (ISO 32000-1 §9.7): Type0 over CIDFontType2, a subset, with ToUnicode. */
  write(file: Pick<PdfFileWriter, 'add' | 'addStream'>): Reference {
    const { subset, length, tag, unicode } = embedded(this.typeface, this.#glyphs)
    const baseFont = name(`${tag}+${this.typeface.name}`)
    const program = file.addStream({ Filter: '/FlateDecode', Length1: String(length) }, subset)
    const descriptor = file.add(fontDescriptor(this.typeface, baseFont, program))
    const descendant = file.add(
      dictionary({
        Type: '/Font',
        Subtype: '/CIDFontType2',
        BaseFont: baseFont,
        CIDSystemInfo: '<</Registry (Adobe)/Ordering (Identity)/Supplement 0>>',
        FontDescriptor: descriptor,
        CIDToGIDMap: '/Identity',
        DW: '0',
        W: `[1 ${array(this.#glyphs.map(({ width }) => String(width)))}]`,
      }),
    )
    return file.add(
      dictionary({
        Type: '/Font',
        Subtype: '/Type0',
        BaseFont: baseFont,
        Encoding: '/Identity-H',
        DescendantFonts: array([descendant]),
        ToUnicode: file.addStream({ Filter: '/FlateDecode' }, unicode),
      }),
    )
  }
}

/** Gives each typeface of a document its identifiers once all of its text is known. */
export function documentFonts(
  texts: Iterable<readonly [Typeface, readonly ShapedText[]]>,
): Map<Typeface, DocumentFont> {
  const used = new Map<Typeface, Map<string, Glyph>>()
  for (const [typeface, shaped] of texts) {
    const glyphs = used.get(typeface) ?? new Map<string, Glyph>()
    used.set(typeface, glyphs)
    for (const text of shaped) for (const glyph of text.glyphs) glyphs.set(glyph.key, glyph)
  }
  const sorted = [...used].sort(([a], [b]) => (a.name < b.name ? -1 : 1))
  return new Map(
    sorted.map(([typeface, glyphs], index) => [
      typeface,
      new DocumentFont(typeface, `F${index + 1}`, glyphs),
    ]),
  )
}

interface Embedded {
  /** Packed. */
  readonly subset: Uint8Array
  /** Before packing. */
  readonly length: number
  /** Six capital letters that name this subset (§9.6.4). */
  readonly tag: string
  readonly unicode: Uint8Array
}

// Documents of one template often draw the same glyphs: their subset is made and packed once.
const subsets = new BoundedCache<Embedded>(256)

function embedded(typeface: Typeface, glyphs: readonly Glyph[]): Embedded {
  const key = `${typeface.name}\n${glyphs.map((glyph) => glyph.key).join('\n')}`
  const digest = createHash('sha256').update(key).digest()
  const id = digest.toString('base64')
  const known = subsets.get(id)
  if (known) return known
  const bytes = subsetFont(
    typeface.file,
    glyphs.map(({ parts }) => parts),
  )
  const made = {
    subset: packed(bytes),
    length: bytes.length,
    tag: Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join(''),
    unicode: packed(toUnicode(glyphs)),
  }
  subsets.set(id, made)
  return made
}

const SYMBOLIC = 4 // the encoding is its own (Table 123)
const ITALIC = 64

function fontDescriptor({ file }: Typeface, baseFont: string, program: Reference): string {
  const unit = (value: number) => String(Math.round((value * 1000) / file.unitsPerEm))
  return dictionary({
    Type: '/FontDescriptor',
    FontName: baseFont,
    Flags: String(SYMBOLIC | (file.italicAngle !== 0 ? ITALIC : 0)),
    FontBBox: array(file.box.map(unit)),
    ItalicAngle: String(Math.round(file.italicAngle)),
    Ascent: unit(file.ascent),
    Descent: unit(file.descent),
    CapHeight: unit(file.capHeight),
    StemV: String(Math.round(10 + 220 * ((file.weight - 50) / 900))),
    FontFile2: program,
  })
}

/** A CMap from codes to the text that each stands for (§9.10.3), in blocks of at most 100. */
function toUnicode(glyphs: readonly Glyph[]): string {
  const lines = glyphs.map(({ text }, index) => {
    const code = (index + 1).toString(16).padStart(4, '0')
    return `<${code}>${hexString(utf16(text))}`
  })
  const blocks: string[] = []
  for (let start = 0; start < lines.length; start += 100) {
    const block = lines.slice(start, start + 100)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000><ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let index = 0; index < text.length; index++) {
    bytes[index * 2] = text.charCodeAt(index) >> 8
    bytes[index * 2 + 1] = text.charCodeAt(index) & 0xff
  }
  return bytes
}
