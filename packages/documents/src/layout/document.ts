import { documentProblem } from '../problems.ts'
import { characterName, type RefusedCharacter, refusedCharacters } from '../text/characters.ts'
import { typeface } from '../text/typeface.ts'
import { layoutBlocks } from './blocks/layout-blocks.ts'
import { type Bookmark, Canvas, type DrawnPage } from './canvas.ts'
import { type LayoutContext, RefusedCharacters } from './context.ts'
import type { Block, DocumentDescription, Sides } from './description.ts'
import { A4, points } from './length.ts'
import { type Frame, paginate } from './paginate.ts'
import { drawStack, type Strip, stackHeight } from './strip.ts'
import { artifactNode, StructureNode } from './structure.ts'
import { drawWatermark } from './watermark.ts'

/** A document whose every piece has its place. */
export interface LaidOutDocument {
  readonly pages: readonly DrawnPage[]
  readonly structure: StructureNode
  readonly bookmarks: readonly Bookmark[]
}

/** Millimetres between the edge of the paper and header or footer, and between these and the body. */
const EDGE = 10
const CLEARANCE = 4

/** Points that margins, header and footer must leave. */
const LEAST_ROOM = 30

export const DEFAULT_MARGINS: Sides = { top: 25, right: 20, bottom: 20, left: 30 }

/** Lays out header, footer and body, and draws them on pages that are not written yet. */
export function layoutDocument(description: DocumentDescription): LaidOutDocument {
  const layout = new DocumentLayout(description)
  const structure = new StructureNode('Document')
  const placements = layout.placeBody(structure)
  layout.assertWritable()
  const count = Math.max(1, ...placements.map(({ frame }) => frame.page + 1))
  const canvas = new Canvas(count)
  for (let page = 0; page < count; page++) {
    canvas.page = page
    if (description.watermark) drawWatermark(canvas, description.watermark)
    layout.drawHeader(canvas)
  }
  for (const { strip, frame, top, repeated, first, last } of placements) {
    canvas.page = frame.page
    const draw = () => strip.draw(canvas, frame.x, top)
    if (repeated) canvas.asArtifact(draw)
    else draw()
    if (first) strip.topEdge?.(canvas, frame.x, top)
    if (last) strip.bottomEdge?.(canvas, frame.x, top + strip.height)
  }
  for (let page = 0; page < count; page++) {
    canvas.page = page
    layout.drawFooter(canvas)
  }
  return { pages: canvas.pages, structure, bookmarks: canvas.bookmarks }
}

interface Edges {
  readonly header: readonly Block[]
  readonly footer: readonly Block[]
  /** Points from the top of the paper to where the body begins and ends. */
  readonly top: number
  readonly bottom: number
}

class DocumentLayout {
  readonly #description: DocumentDescription
  readonly #margins: Sides
  readonly #context: LayoutContext
  readonly #first: Edges
  readonly #other: Edges

  constructor(description: DocumentDescription) {
    this.#description = description
    this.#margins = { ...DEFAULT_MARGINS, ...description.page?.margins }
    const context: LayoutContext = {
      language: description.language,
      textSize: description.page?.textSize ?? 12,
      lineHeight: description.page?.lineHeight ?? 1.5,
      frameHeight: A4.height - points(this.#margins.top + this.#margins.bottom),
      refused: new RefusedCharacters(),
    }
    const header = description.header ?? []
    const footer = description.footer ?? []
    this.#other = this.#edges(header, footer, context)
    this.#first =
      description.firstHeader || description.firstFooter
        ? this.#edges(description.firstHeader ?? header, description.firstFooter ?? footer, context)
        : this.#other
    const room = (edges: Edges) => edges.bottom - edges.top
    const frameHeight = Math.min(room(this.#first), room(this.#other))
    if (frameHeight < LEAST_ROOM || this.#width < LEAST_ROOM) throw noRoom()
    this.#context = { ...context, frameHeight }
  }

  get #width(): number {
    return A4.width - points(this.#margins.left + this.#margins.right)
  }

  #edges(header: readonly Block[], footer: readonly Block[], context: LayoutContext): Edges {
    const above = layoutBlocks(header, this.#width, artifactNode('Pagination'), context)
    const below = layoutBlocks(footer, this.#width, artifactNode('Pagination'), context)
    const top = above.length > 0 ? points(EDGE + CLEARANCE) + stackHeight(above) : 0
    const bottom = below.length > 0 ? points(EDGE + CLEARANCE) + stackHeight(below) : 0
    return {
      header,
      footer,
      top: Math.max(points(this.#margins.top), top),
      bottom: A4.height - Math.max(points(this.#margins.bottom), bottom),
    }
  }

  placeBody(structure: StructureNode) {
    const count = this.#description.page?.columns ?? 1
    const gap = points(this.#description.page?.columnGap ?? 8)
    const width = (this.#width - gap * (count - 1)) / count
    const strips = layoutBlocks(this.#description.body, width, structure, this.#context)
    return paginate(strips, (index): Frame => {
      const page = Math.floor(index / count)
      const edges = page === 0 ? this.#first : this.#other
      const x = points(this.#margins.left) + (index % count) * (width + gap)
      return { page, x, top: edges.top, height: edges.bottom - edges.top }
    })
  }

  drawHeader(canvas: Canvas): void {
    const { header } = canvas.page === 0 ? this.#first : this.#other
    drawStack(this.#numbered(header, canvas), canvas, points(this.#margins.left), points(EDGE))
  }

  drawFooter(canvas: Canvas): void {
    const { footer } = canvas.page === 0 ? this.#first : this.#other
    const strips = this.#numbered(footer, canvas)
    const top = A4.height - points(EDGE) - stackHeight(strips)
    drawStack(strips, canvas, points(this.#margins.left), top)
  }

  #numbered(blocks: readonly Block[], canvas: Canvas): Strip[] {
    const context = { ...this.#context, page: canvas.page + 1, pages: canvas.pageCount }
    return layoutBlocks(blocks, this.#width, artifactNode('Pagination'), context)
  }

  /** Throws a Problem that names all characters which can't be written. */
  assertWritable(): void {
    this.#context.refused.add(refusedCharacters(this.#description.watermark ?? '', typeface('bold')))
    const refused = this.#context.refused.all
    const missing = refused.filter(({ reason }) => reason === 'missing')
    const unsupported = refused.filter(({ reason }) => reason !== 'missing')
    if (unsupported.length > 0) throw documentProblem('document-character-unsupported', naming(unsupported))
    if (missing.length > 0) throw documentProblem('document-glyph-missing', naming(missing))
  }
}

const noRoom = () =>
  documentProblem('document-place-too-narrow', {
    detail: {
      en: 'Margins, header and footer leave no room on the page.',
      th: 'ขอบกระดาษ หัวกระดาษ และท้ายกระดาษกินที่จนหมดหน้า',
    },
  })

const MOST_NAMED = 20

function naming(characters: readonly RefusedCharacter[]) {
  const names = characters.slice(0, MOST_NAMED).map(characterName)
  const more = characters.length > MOST_NAMED ? ' …' : ''
  return {
    detail: {
      en: `The characters are ${names.join(', ')}${more}.`,
      th: `อักขระเหล่านั้นคือ ${names.join(', ')}${more}`,
    },
    extensions: { characters: characters.map(({ character }) => character) },
  }
}
