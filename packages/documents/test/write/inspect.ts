import {
  decodeStream,
  extractText,
  isArray,
  openPdf,
  PdfDict,
  type PdfFile,
  type PdfObject,
  PdfRef,
} from '../../src/pdf/index.ts'
import { pageContent } from '../../src/pdf/text/extract.ts'

/** An element of the structure tree with the text of its marked content, its own and that of its children in order. */
export interface Element {
  readonly tag: string
  readonly alt: string | undefined
  readonly language: string | undefined
  readonly scope: string | undefined
  /** How many columns a cell takes. */
  readonly columnSpan: number
  readonly text: string
  /** Its own marked content and that of its children, in order: `page/identifier`. */
  readonly marks: readonly string[]
  /** The number of its object, by which the parent tree names it. */
  readonly object: number | undefined
  readonly annotations: readonly string[]
  readonly children: readonly Element[]
}

/** Reads the structure tree of a file. */
export function structureOf(bytes: Uint8Array): Element {
  const file = openPdf(bytes)
  const root = file.dict(file.catalog.get('StructTreeRoot'))
  const kids = root?.get('K')
  const top = isArray(file.resolve(kids)) ? file.array(kids)?.[0] : kids
  return new StructureReader(file).element(file.dict(top) ?? new PdfDict([]), top)
}

class StructureReader {
  readonly #file: PdfFile
  readonly #texts = new Map<string, string>()

  constructor(file: PdfFile) {
    this.#file = file
    for (const page of file.pages())
      for (const { mcid, text } of extractText(file, page).runs)
        if (mcid !== undefined) {
          const key = `${page.ref.num}/${mcid}`
          this.#texts.set(key, (this.#texts.get(key) ?? '') + text)
        }
  }

  element(dict: PdfDict, reference?: PdfObject): Element {
    const file = this.#file
    const kids = file.resolve(dict.get('K'))
    const children: Element[] = []
    const annotations: string[] = []
    const marks: string[] = []
    let text = ''
    for (const kid of isArray(kids) ? kids : kids === null ? [] : [dict.get('K') ?? null]) {
      const found = this.#kid(kid, dict.get('Pg'))
      if ('mark' in found) {
        marks.push(found.mark)
        text += this.#texts.get(found.mark) ?? ''
      } else if ('subtype' in found) annotations.push(found.subtype)
      else {
        children.push(found)
        marks.push(...found.marks)
        text += found.text
      }
    }
    const attributes = (file.array(dict.get('A')) ?? []).map((item) => file.dict(item))
    const scope = attributes.map((item) => file.name(item?.get('Scope'))).find((name) => name !== undefined)
    const tag = file.name(dict.get('S')) ?? ''
    return {
      tag,
      alt: file.text(dict.get('Alt')),
      language: file.text(dict.get('Lang')),
      scope,
      columnSpan: attributes.map((item) => file.number(item?.get('ColSpan'))).find(Number.isInteger) ?? 1,
      text,
      marks,
      object: reference instanceof PdfRef ? reference.num : undefined,
      annotations,
      children,
    }
  }

  #kid(kid: PdfObject, page: PdfObject | undefined): { mark: string } | Element | { subtype: string } {
    const file = this.#file
    const value = file.resolve(kid)
    if (typeof value === 'number') return this.#marked(page, value)
    const dict = file.dict(value) ?? new PdfDict([])
    const type = file.name(dict.get('Type'))
    if (type === 'MCR') return this.#marked(dict.get('Pg') ?? page, file.number(dict.get('MCID')) ?? -1)
    if (type === 'OBJR') return { subtype: file.name(file.dict(dict.get('Obj'))?.get('Subtype')) ?? '' }
    return this.element(dict, kid)
  }

  #marked(page: PdfObject | undefined, mcid: number): { mark: string } {
    return { mark: `${page instanceof PdfRef ? page.num : '?'}/${mcid}` }
  }
}

/** The element itself and all below it, in reading order. */
export const elementsOf = (element: Element): Element[] => [element, ...element.children.flatMap(elementsOf)]

/** What each page marks, in the order in which it is drawn: `page/identifier`. */
export function drawnMarks(bytes: Uint8Array): string[] {
  const file = openPdf(bytes)
  return file.pages().flatMap((page) =>
    Array.from(
      Buffer.from(pageContent(file, page))
        .toString('latin1')
        .matchAll(/\/MCID (\d+)>> BDC/g),
      ([, mcid]) => `${page.ref.num}/${mcid}`,
    ),
  )
}

/** The parent tree (ISO 32000-1 §14.7.4.4): for each key the numbers of the elements that it names. */
export function parentTree(bytes: Uint8Array): Map<number, readonly number[]> {
  const file = openPdf(bytes)
  const root = file.dict(file.catalog.get('StructTreeRoot'))
  const numbers = file.array(file.dict(root?.get('ParentTree'))?.get('Nums')) ?? []
  const found = new Map<number, readonly number[]>()
  const objects = (value: PdfObject | undefined): number[] =>
    value instanceof PdfRef && !isArray(file.resolve(value))
      ? [value.num]
      : (file.array(value) ?? []).flatMap((item) => (item instanceof PdfRef ? [item.num] : []))
  for (let at = 0; at < numbers.length; at += 2)
    found.set(file.number(numbers[at]) ?? -1, objects(numbers[at + 1]))
  return found
}

export interface BookmarkEntry {
  readonly title: string
  readonly depth: number
  readonly page: number
  readonly y: number
}

/** The bookmarks as a reader lists them. */
export function bookmarksOf(bytes: Uint8Array): BookmarkEntry[] {
  const file = openPdf(bytes)
  const pages = file.pages().map(({ ref }) => ref.num)
  const list = (first: PdfObject | undefined, depth: number): BookmarkEntry[] => {
    const found: BookmarkEntry[] = []
    for (let entry = file.dict(first); entry; entry = file.dict(entry.get('Next'))) {
      const [page, , , y] = file.array(entry.get('Dest')) ?? []
      found.push({
        title: file.text(entry.get('Title')) ?? '',
        depth,
        page: page instanceof PdfRef ? pages.indexOf(page.num) : -1,
        y: file.number(y) ?? Number.NaN,
      })
      found.push(...list(entry.get('First'), depth + 1))
    }
    return found
  }
  return list(file.dict(file.catalog.get('Outlines'))?.get('First'), 1)
}

/** The tags of a tree, with how deep each is. */
export const tagsOf = (element: Element): string[] => [element.tag, ...element.children.flatMap(tagsOf)]

export const findAll = (element: Element, tag: string): Element[] => [
  ...(element.tag === tag ? [element] : []),
  ...element.children.flatMap((child) => findAll(child, tag)),
]

/** The operators of each page, as text. */
export function contents(bytes: Uint8Array): string[] {
  const file = openPdf(bytes)
  return file.pages().map((page) => Buffer.from(pageContent(file, page)).toString('latin1'))
}

/** What a page draws outside of any mark: neither an element's nor an artifact's. */
export function unmarked(content: string): string[] {
  const found: string[] = []
  let depth = 0
  for (const line of content.split('\n')) {
    if (/ BDC$/.test(line)) depth++
    else if (line === 'EMC') depth--
    else if (depth === 0 && line !== '') found.push(line)
  }
  return found
}

export { decodeStream, openPdf }
