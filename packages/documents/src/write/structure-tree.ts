import type { Kid, StructureNode } from '../layout/structure.ts'
import type { PdfFileWriter, Reference } from './pdf-file.ts'
import { array, dictionary, textString } from './syntax.ts'

/** Where annotations and pages are in the file. */
export interface StructureTargets {
  readonly pages: readonly Reference[]
  annotation(annotation: object): { readonly reference: Reference; readonly key: number }
}

/**
 * Writes the structure tree (ISO 32000-1 §14.7) and its parent tree: what element each piece of each page, and each
 * annotation, belongs to. Keys of pages are their indexes; those of annotations follow.
 */
export function writeStructureTree(
  file: PdfFileWriter,
  document: StructureNode,
  targets: StructureTargets,
): Reference {
  const tree = new TreeWriter(file, targets)
  const root = file.reserve()
  const top = tree.element(document, root)
  const { numbers, next } = tree.parentTree()
  const parents = file.add(dictionary({ Nums: array(numbers) }))
  return file.add(
    dictionary({
      Type: '/StructTreeRoot',
      K: array([top]),
      ParentTree: parents,
      ParentTreeNextKey: String(next),
    }),
    root,
  )
}

/** A part of the page that only takes room, or a paragraph without text, would be announced for nothing. */
function isRead(kid: Kid): boolean {
  if (!('tag' in kid) || (kid.tag !== 'Div' && kid.tag !== 'P')) return true
  return kid.kids.some(isRead)
}

class TreeWriter {
  readonly #file: PdfFileWriter
  readonly #targets: StructureTargets
  readonly #marks: Reference[][]
  readonly #annotations = new Map<number, Reference>()

  constructor(file: PdfFileWriter, targets: StructureTargets) {
    this.#file = file
    this.#targets = targets
    this.#marks = targets.pages.map(() => [])
  }

  element(node: StructureNode, parent: Reference): Reference {
    const own = this.#file.reserve()
    const page = node.kids.find((kid) => 'mcid' in kid)?.page
    const kids = node.kids.filter(isRead).map((kid) => this.#kid(kid, own, page))
    const { alt, language, attributes } = node.properties
    return this.#file.add(
      dictionary({
        Type: '/StructElem',
        S: `/${node.tag}`,
        P: parent,
        Pg: page === undefined ? undefined : this.#targets.pages[page],
        K: kids.length === 1 ? kids[0] : kids.length > 0 ? array(kids) : undefined,
        Alt: alt ? textString(alt) : undefined,
        Lang: language ? textString(language) : undefined,
        A: attributes ? array(Object.entries(attributes).map(attributeDictionary)) : undefined,
      }),
      own,
    )
  }

  #kid(kid: Kid, own: Reference, page: number | undefined): string {
    if ('tag' in kid) return this.element(kid, own)
    if ('annotation' in kid) {
      const { reference, key } = this.#targets.annotation(kid.annotation)
      this.#annotations.set(key, own)
      return dictionary({ Type: '/OBJR', Obj: reference, Pg: this.#targets.pages[kid.page] })
    }
    const marks = this.#marks[kid.page]
    if (marks) marks[kid.mcid] = own
    if (kid.page === page) return String(kid.mcid)
    return dictionary({ Type: '/MCR', Pg: this.#targets.pages[kid.page], MCID: String(kid.mcid) })
  }

  parentTree(): { numbers: string[]; next: number } {
    const numbers = this.#marks.flatMap((marks, page) => [String(page), array(marks)])
    const annotations = [...this.#annotations].sort(([a], [b]) => a - b)
    for (const [key, reference] of annotations) numbers.push(String(key), reference)
    return { numbers, next: this.#marks.length + annotations.length }
  }
}

const attributeDictionary = ([owner, values]: [string, Readonly<Record<string, string>>]): string =>
  // The one attribute that is a text; the others are names and numbers (ISO 32000-1 §14.8.5.7).
  dictionary({
    O: `/${owner}`,
    ...values,
    ...(values.Summary === undefined ? {} : { Summary: textString(values.Summary) }),
  })
