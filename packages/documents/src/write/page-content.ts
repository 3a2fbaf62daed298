import type { ImageItem, Item, PathItem, TextItem } from '../layout/canvas.ts'
import type { Colour } from '../layout/description.ts'
import { placed } from '../layout/exif-orientation.ts'
import { A4 } from '../layout/length.ts'
import type { StructureNode } from '../layout/structure.ts'
import type { ShapedText, Typeface } from '../text/typeface.ts'
import type { DocumentFont } from './document-fonts.ts'
import { channel, name, number } from './syntax.ts'

/** What drawing operators refer to by name. */
export interface PageResources {
  readonly fonts: ReadonlyMap<Typeface, DocumentFont>
  /** The name of a picture in the resources, by its digest. */
  imageName(digest: string): string
}

/** The operators that draw a page's items, each inside the marks of its element or as an artifact (§14.6). */
export function pageContent(items: readonly Item[], page: number, resources: PageResources): string {
  const content = new PageContent(page, resources)
  for (const item of items) content.add(item)
  return content.finish()
}

class PageContent {
  readonly #page: number
  readonly #resources: PageResources
  #out = ''
  #marked: StructureNode | undefined
  #mcid = 0
  #colour = '0 g'
  #font = ''
  #inText = false

  constructor(page: number, resources: PageResources) {
    this.#page = page
    this.#resources = resources
  }

  add(item: Item): void {
    this.#mark(item.node)
    if (item.kind === 'text') this.#text(item)
    else {
      this.#endText()
      if (item.kind === 'path') this.#path(item)
      else this.#image(item)
    }
  }

  #image(item: ImageItem): void {
    const place = [item.x, A4.height - item.y - item.height, item.width, item.height] as const
    const matrix = placed(item.image.orientation ?? 1, place).map(number)
    const image = name(this.#resources.imageName(item.image.digest))
    this.#out += `q ${matrix.join(' ')} cm ${image} Do Q\n`
  }

  finish(): string {
    this.#endMark()
    return this.#out
  }

  /** Neighbouring items of one element share their marks; all artifacts of one kind do, too. */
  #mark(node: StructureNode): void {
    if (this.#marked && sameMark(this.#marked, node)) return
    this.#endMark()
    this.#marked = node
    if (node.artifact) {
      const type = node.artifact === 'Background' ? 'Layout' : node.artifact
      this.#out += `/Artifact <</Type /${type}>> BDC\n`
      return
    }
    node.place()
    const mcid = this.#mcid++
    node.kids.push({ page: this.#page, mcid })
    this.#out += `/${node.tag} <</MCID ${mcid}>> BDC\n`
  }

  #endMark(): void {
    this.#endText()
    if (this.#marked) this.#out += 'EMC\n'
    this.#marked = undefined
  }

  #endText(): void {
    if (this.#inText) this.#out += 'ET\n'
    this.#inText = false
  }

  #text(item: TextItem): void {
    const font = this.#resources.fonts.get(item.typeface)
    if (!font) throw new Error('a typeface was not collected')
    if (!this.#inText) this.#out += 'BT\n'
    this.#inText = true
    this.#setFill(item.colour)
    const chosen = `/${font.resource} ${number(item.size)} Tf`
    if (chosen !== this.#font) this.#out += `${chosen}\n`
    this.#font = chosen
    this.#out += `1 0 0 1 ${number(item.x)} ${upwards(item.baseline)} Tm\n`
    this.#out += new ShownText(font, item).operators()
  }

  #setFill(colour: Colour | undefined): void {
    const operator = fillOperator(colour)
    if (operator !== this.#colour) this.#out += `${operator}\n`
    this.#colour = operator
  }

  #path({ segments, fill, stroke }: PathItem): void {
    if (fill) this.#setFill(fill)
    const painted = fill ? (stroke ? 'B' : 'f') : 'S'
    const lines = stroke
      ? `${number(stroke.width)} w ${strokeOperator(stroke.colour)} [${(stroke.dash ?? []).map(number).join(' ')}] 0 d\n`
      : ''
    let path = ''
    for (const segment of segments) path += segmentOperator(segment)
    this.#out += `${lines}${path}${painted}\n`
  }
}

const sameMark = (a: StructureNode, b: StructureNode): boolean =>
  a === b || (a.artifact !== undefined && a.artifact === b.artifact)

/** PDF counts from the lower edge of the page. */
const upwards = (y: number): string => number(A4.height - y)

function segmentOperator(segment: PathItem['segments'][number]): string {
  if (segment[0] === 'Z') return 'h\n'
  if (segment[0] === 'C') {
    const [, x1, y1, x2, y2, x3, y3] = segment
    return `${number(x1)} ${upwards(y1)} ${number(x2)} ${upwards(y2)} ${number(x3)} ${upwards(y3)} c\n`
  }
  return `${number(segment[1])} ${upwards(segment[2])} ${segment[0] === 'M' ? 'm' : 'l'}\n`
}

const channels = (colour: Colour): string => colour.map(channel).join(' ')

const isGrey = ([red, green, blue]: Colour): boolean => red === green && green === blue

function fillOperator(colour: Colour | undefined): string {
  if (!colour) return '0 g'
  return isGrey(colour) ? `${channel(colour[0])} g` : `${channels(colour)} rg`
}

const strokeOperator = (colour: Colour): string =>
  isGrey(colour) ? `${channel(colour[0])} G` : `${channels(colour)} RG`

export type TextRun = Pick<TextItem, 'texts' | 'size' | 'spaceStretch' | 'gapStretch'>

/** One run of text as TJ operators (§9.4.3): glyphs, with the moves that shaping and justification ask for. */
export class ShownText {
  readonly #font: DocumentFont
  readonly #item: TextRun
  #out = ''
  #array = ''
  #hex = ''
  /** Thousandths of the size, to the right, before the next glyph. */
  #move = 0
  #rise = 0

  constructor(font: DocumentFont, item: TextRun) {
    this.#font = font
    this.#item = item
  }

  operators(): string {
    for (const text of this.#item.texts) this.#show(text)
    this.#endArray()
    if (this.#rise !== 0) this.#out += '0 Ts\n'
    return this.#out
  }

  #show(text: ShapedText): void {
    const { size, spaceStretch, gapStretch } = this.#item
    const isSpace = text.text.startsWith(' ')
    const gap = (gapStretch * 1000) / size
    const space = (spaceStretch * 1000) / size
    let nextGap = 0
    text.glyphs.forEach((glyph, index) => {
      this.#move += text.moves[index] ?? 0
      if (gap !== 0 && text.gaps[nextGap] === index) {
        this.#move += gap
        nextGap++
      }
      this.#raise(text.rises?.[index] ?? 0)
      this.#glyph(this.#font.code(glyph))
      if (isSpace) this.#move += space
    })
    this.#move += text.moves[text.glyphs.length] ?? 0
  }

  #glyph(code: string): void {
    const move = Math.round(this.#move * 10) / 10
    if (move !== 0) {
      this.#endHex()
      this.#array += number(-move)
      this.#move -= move
    }
    this.#hex += code
  }

  #raise(rise: number): void {
    if (rise === this.#rise) return
    this.#endArray()
    this.#rise = rise
    this.#out += `${number((rise * this.#item.size) / 1000)} Ts\n`
  }

  #endHex(): void {
    if (this.#hex !== '') this.#array += `<${this.#hex}>`
    this.#hex = ''
  }

  #endArray(): void {
    this.#endHex()
    if (this.#array === '') return
    this.#out += /^<[^<]*>$/.test(this.#array) ? `${this.#array} Tj\n` : `[${this.#array}] TJ\n`
    this.#array = ''
  }
}
