import { documentProblem } from '../problems.ts'
import type { ShapedText, Typeface } from '../text/typeface.ts'
import type { Colour } from './description.ts'
import type { PageImage } from './page-image.ts'
import { artifactNode, type StructureNode } from './structure.ts'

/** What is drawn on a page, in drawing order. Points from the upper left corner. */
export type Item = TextItem | PathItem | ImageItem

export interface TextItem {
  readonly kind: 'text'
  readonly node: StructureNode
  readonly x: number
  readonly baseline: number
  readonly typeface: Typeface
  readonly size: number
  readonly colour: Colour | undefined
  readonly texts: readonly ShapedText[]
  /** Points added to each space, and between Thai clusters. */
  readonly spaceStretch: number
  readonly gapStretch: number
}

export interface PathItem {
  readonly kind: 'path'
  readonly node: StructureNode
  readonly segments: readonly PathSegment[]
  readonly fill?: Colour
  readonly stroke?: { readonly colour: Colour; readonly width: number; readonly dash?: readonly number[] }
}

export type PathSegment =
  | readonly ['M' | 'L', x: number, y: number]
  | readonly ['C', x1: number, y1: number, x2: number, y2: number, x: number, y: number]
  | readonly ['Z']

export interface ImageItem {
  readonly kind: 'image'
  readonly node: StructureNode
  readonly image: PageImage
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Left, top, right, bottom in points from the upper left corner. */
export type Rectangle = readonly [left: number, top: number, right: number, bottom: number]

export interface LinkArea {
  readonly kind: 'link'
  readonly node: StructureNode
  readonly address: string
  readonly text: string
  readonly rect: Rectangle
}

export interface FieldArea {
  readonly kind: 'field'
  readonly node: StructureNode
  readonly name: string
  readonly label: string
  readonly rect: Rectangle
}

export interface Bookmark {
  readonly level: number
  readonly title: string
  readonly page: number
  readonly y: number
  readonly node: StructureNode
}

export interface DrawnPage {
  readonly items: Item[]
  readonly areas: (LinkArea | FieldArea)[]
  /** The text of each line, in drawing order. */
  readonly lines: string[]
}

/** What the blocks draw on. */
export class Canvas {
  readonly pages: DrawnPage[] = []
  readonly bookmarks: Bookmark[] = []
  /** How many pages there will be, once that is known. */
  readonly pageCount: number
  #artifact: StructureNode | undefined

  constructor(pageCount: number) {
    this.pageCount = pageCount
    for (let page = 0; page < pageCount; page++) this.pages.push({ items: [], areas: [], lines: [] })
  }

  /** From 0. */
  page = 0

  get #current(): DrawnPage {
    const page = this.pages[this.page]
    if (!page) throw new Error(`there is no page ${this.page}`)
    return page
  }

  /** Draws as decoration, whatever element it would be: repeated heads. */
  asArtifact(draw: () => void): void {
    const before = this.#artifact
    this.#artifact = artifactNode('Pagination')
    draw()
    this.#artifact = before
  }

  draw(item: Item): void {
    this.#current.items.push(this.#artifact ? { ...item, node: this.#artifact } : item)
  }

  /** Links in decoration are only drawn. A signature there would sign nothing that counts. */
  area(area: LinkArea | FieldArea): void {
    if (area.kind === 'field' && (this.#artifact || area.node.artifact))
      throw documentProblem('document-description-invalid', {
        detail: {
          en: `The signature field “${area.name}” is in a header or footer.`,
          th: `ช่องลายมือชื่อ “${area.name}” อยู่ในหัวหรือท้ายกระดาษ`,
        },
      })
    if (!this.#artifact && !area.node.artifact) this.#current.areas.push(area)
  }

  line(text: string): void {
    this.#current.lines.push(text)
  }

  bookmark(level: number, title: string, y: number, node: StructureNode): void {
    if (!this.#artifact) this.bookmarks.push({ level, title, page: this.page, y, node })
  }
}
