import { malformed, PdfError } from './error.ts'
import type { PdfFile } from './file.ts'
import { PdfDict, type PdfObject, PdfRef, PdfStream } from './objects.ts'

export type Rectangle = readonly [number, number, number, number]

export interface PdfPage {
  /** 0-based. */
  readonly index: number
  readonly ref: PdfRef
  readonly dict: PdfDict
  readonly resources: PdfDict
  readonly mediaBox: Rectangle
  readonly cropBox: Rectangle
  /** 0, 90, 180 or 270, clockwise. */
  readonly rotate: number
  readonly contents: readonly PdfStream[]
}

/** What pages take over from the nodes above them (ISO 32000-2, table 31). */
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate']

const A4: Rectangle = [0, 0, 595.28, 841.89]

/** The pages in order. A page, or a node, that stands in the tree twice is malformed. */
export function readPages(file: PdfFile): PdfPage[] {
  const pages: PdfPage[] = []
  const seen = new Set<number>()
  const visit = (object: PdfObject, above: PdfDict, depth: number): void => {
    file.budget.work(1)
    if (depth > file.budget.limits.nesting) throw new PdfError('too-complex', 'The page tree is too deep')
    if (!(object instanceof PdfRef)) throw malformed('A page is no indirect object')
    if (seen.has(object.num)) throw malformed('A page stands in the page tree twice')
    seen.add(object.num)
    const node = file.dict(object)
    if (!node) throw malformed('The page tree has a node that is no dictionary')
    const own = inherit(node, above)
    const kids = file.array(node.get('Kids'))
    if (file.name(node.get('Type')) === 'Page' || !kids)
      pages.push(page(file, object, node, own, pages.length))
    else for (const kid of kids) visit(kid, own, depth + 1)
  }
  const root = file.catalog.get('Pages')
  if (root === undefined) throw malformed('The file has no pages')
  visit(root, new PdfDict([]), 0)
  return pages
}

function inherit(node: PdfDict, above: PdfDict): PdfDict {
  const entries = new Map<string, PdfObject>()
  for (const key of INHERITED) {
    const value = node.get(key) ?? above.get(key)
    if (value !== undefined) entries.set(key, value)
  }
  return new PdfDict(entries)
}

function page(file: PdfFile, ref: PdfRef, dict: PdfDict, inherited: PdfDict, index: number): PdfPage {
  const mediaBox = rectangle(file, inherited.get('MediaBox')) ?? A4
  const rotate = file.number(inherited.get('Rotate')) ?? 0
  return {
    index,
    ref,
    dict,
    resources: file.dict(inherited.get('Resources')) ?? new PdfDict([]),
    mediaBox,
    cropBox: rectangle(file, inherited.get('CropBox')) ?? mediaBox,
    rotate: (((Math.round(rotate / 90) * 90) % 360) + 360) % 360,
    get contents() {
      return contents(file, dict)
    },
  }
}

function contents(file: PdfFile, dict: PdfDict): PdfStream[] {
  const object = file.resolve(dict.get('Contents'))
  if (object instanceof PdfStream) return [object]
  return (file.array(object) ?? []).flatMap((item) => file.stream(item) ?? [])
}

/** A rectangle with its lower left corner first (7.9.5); undefined where it is none. */
export function rectangle(file: PdfFile, object: PdfObject | undefined): Rectangle | undefined {
  const [x0, y0, x1, y1, more] = (file.array(object) ?? []).map((item) => file.number(item))
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined || more !== undefined) {
    return undefined
  }
  return [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)]
}
