import { XmlError } from './error.ts'
import { withDescendants, type XmlDocument, type XmlElement } from './nodes.ts'
import { xmlNamespace } from './parse.ts'

/**
 * The elements of a document by their identifiers. Without a document type nothing says which attributes are such, so
 * all that anyone takes for one count: two elements of one identifier are then an ambiguity, never a choice.
 */
export class Identifiers {
  readonly #elements = new Map<string, XmlElement | 'several'>()

  constructor(document: XmlDocument) {
    for (const element of withDescendants(document.root)) {
      for (const { local, namespace, value } of element.attributes) {
        const isOwn = namespace === '' && (local === 'Id' || local === 'ID' || local === 'id')
        if (isOwn || (local === 'id' && namespace === xmlNamespace)) this.#add(value, element)
      }
    }
  }

  #add(id: string, element: XmlElement): void {
    const known = this.#elements.get(id)
    this.#elements.set(id, known === undefined || known === element ? element : 'several')
  }

  /** Undefined where there is none; throws `XmlError` where there are several. */
  get(id: string): XmlElement | undefined {
    const found = this.#elements.get(id)
    if (found === 'several') throw new XmlError('malformed', 'two elements with one identifier')
    return found
  }
}
