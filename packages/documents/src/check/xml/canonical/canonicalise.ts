import { elementCost, type XmlBudget } from '../limits.ts'
import type { XmlAttribute, XmlDocument, XmlElement, XmlInstruction, XmlNode } from '../nodes.ts'
import { importedAttributes } from './inherited.ts'
import type { CanonicalMethod } from './method.ts'
import { declarationsOf, type Rendered } from './namespaces.ts'
import { compareText } from './order.ts'

const utf8 = new TextEncoder()

/**
 * Canonical XML 1.0, 1.1 or exclusive of a document, or of an element with all that is in it, some elements left out.
 * Throws `XmlError` for a relative namespace URI, `TooMuchWork` beyond the limits.
 */
export function canonicalise(
  apex: XmlDocument | XmlElement,
  method: CanonicalMethod,
  budget: XmlBudget,
  without: ReadonlySet<XmlElement> = new Set(),
): Uint8Array {
  const writer = new CanonicalWriter(method, budget, without)
  if (apex.kind === 'document') writer.document(apex)
  else writer.apex(apex)
  return utf8.encode(writer.text())
}

class CanonicalWriter {
  readonly #method: CanonicalMethod
  readonly #budget: XmlBudget
  readonly #without: ReadonlySet<XmlElement>
  readonly #pieces: string[] = []

  constructor(method: CanonicalMethod, budget: XmlBudget, without: ReadonlySet<XmlElement>) {
    this.#method = method
    this.#budget = budget
    this.#without = without
  }

  text(): string {
    return this.#pieces.join('')
  }

  /** Around the element, each comment and instruction has a line of its own (Canonical XML 1.0 §2.3). */
  document({ children, root }: XmlDocument): void {
    let isAfter = false
    for (const child of children) {
      if (child === root) {
        this.apex(root)
        isAfter = true
      } else if (child.kind === 'instruction' || (child.kind === 'comment' && this.#method.comments)) {
        if (isAfter) this.#write('\n')
        this.#node(child, new Map())
        if (!isAfter) this.#write('\n')
      }
    }
  }

  apex(element: XmlElement): void {
    if (!this.#without.has(element)) this.#element(element, new Map(), true)
  }

  #node(node: XmlNode, rendered: Rendered): void {
    if (node.kind === 'text') this.#write(escapeText(node.text))
    else if (node.kind === 'instruction') this.#write(instruction(node))
    else if (node.kind === 'comment') this.#method.comments && this.#write(`<!--${node.text}-->`)
    else if (!this.#without.has(node)) this.#element(node, rendered, false)
  }

  #element(element: XmlElement, above: Rendered, isApex: boolean): void {
    this.#budget.canonical(elementCost)
    const declarations = declarationsOf(element, above, this.#method, isApex, this.#budget)
    const attributes = isApex ? importedAttributes(element, this.#method) : element.attributes
    this.#write(`<${element.name}`)
    for (const [prefix, uri] of declarations)
      this.#write(` xmlns${prefix && `:${prefix}`}="${escapeAttribute(uri)}"`)
    for (const { prefix, local, value } of sorted(attributes))
      this.#write(` ${prefix && `${prefix}:`}${local}="${escapeAttribute(value)}"`)
    this.#write('>')
    const rendered = declarations.length > 0 ? new Map([...above, ...declarations]) : above
    for (const child of element.children) this.#node(child, rendered)
    this.#write(`</${element.name}>`)
  }

  #write(piece: string): void {
    this.#budget.canonical(piece.length)
    this.#pieces.push(piece)
  }
}

/** By namespace, then by local name; those without a namespace first. */
function sorted(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  if (attributes.length < 2) return attributes
  return attributes.toSorted(
    (one, other) => compareText(one.namespace, other.namespace) || compareText(one.local, other.local),
  )
}

function instruction({ target, data }: XmlInstruction): string {
  return data ? `<?${target} ${data}?>` : `<?${target}?>`
}

const inText: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const inAttribute: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => inText[character] ?? character)
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<"\t\n\r]/g, (character) => inAttribute[character] ?? character)
}
