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
  readonly text: string
  readonly annotations: readonly string[]
  readonly children: readonly Element[]
}

/** Reads the structure tree of a file. */
export function structureOf(bytes: Uint8Array): Element {
  const file = openPdf(bytes)
  const root = file.dict(file.catalog.get('StructTreeRoot'))
  const kids = root?.get('K')
  const top = isArray(file.resolve(kids)) ? file.array(kids)?.[0] : kids
  return new StructureReader(file).element(file.dict(top) ?? new PdfDict([]))
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

  element(dict: PdfDict): Element {
    const file = this.#file
    const kids = file.resolve(dict.get('K'))
    const children: Element[] = []
    const annotations: string[] = []
    let text = ''
    for (const kid of isArray(kids) ? kids : kids === null ? [] : [dict.get('K') ?? null]) {
      const found = this.#kid(kid, dict.get('Pg'))
      if (typeof found === 'string') text += found
      else if ('subtype' in found) annotations.push(found.subtype)
      else {
        children.push(found)
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
      text,
      annotations,
      children,
    }
  }

  #kid(kid: PdfObject, page: PdfObject | undefined): string | Element | { subtype: string } {
    const file = this.#file
    const value = file.resolve(kid)
    if (typeof value === 'number') return this.#marked(page, value)
    const dict = file.dict(value) ?? new PdfDict([])
    const type = file.name(dict.get('Type'))
    if (type === 'MCR') return this.#marked(dict.get('Pg') ?? page, file.number(dict.get('MCID')) ?? -1)
    if (type === 'OBJR') return { subtype: file.name(file.dict(dict.get('Obj'))?.get('Subtype')) ?? '' }
    return this.element(dict)
  }

  #marked(page: PdfObject | undefined, mcid: number): string {
    return page instanceof PdfRef ? (this.#texts.get(`${page.num}/${mcid}`) ?? '') : ''
  }
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
