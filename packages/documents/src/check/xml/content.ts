import { XmlError } from './error.ts'
import type { XmlElement } from './nodes.ts'

/** The children of an element, taken one after the other by their names, as a schema's sequence has them. */
export class ElementSequence {
  readonly #children: readonly XmlElement[]
  readonly #parent: XmlElement
  #at = 0

  constructor(parent: XmlElement) {
    this.#parent = parent
    this.#children = parent.elements()
  }

  next(namespace: string, local: string): XmlElement {
    const child = this.optional(namespace, local)
    if (!child) throw new XmlError('malformed', `${this.#parent.local} without ${local}`)
    return child
  }

  optional(namespace: string, local: string): XmlElement | undefined {
    const child = this.#children[this.#at]
    if (!child?.is(namespace, local)) return undefined
    this.#at++
    return child
  }

  /** All that follow with that name. */
  many(namespace: string, local: string): XmlElement[] {
    const found: XmlElement[] = []
    for (let one = this.optional(namespace, local); one; one = this.optional(namespace, local))
      found.push(one)
    return found
  }

  end(): void {
    const child = this.#children[this.#at]
    if (child) throw new XmlError('malformed', `${child.local} in ${this.#parent.local}`)
  }
}

/** The one child of that name; undefined where there is none, an error where there are more. */
export function optionalChild(parent: XmlElement, namespace: string, local: string): XmlElement | undefined {
  const [child, ...more] = parent.all(namespace, local)
  if (more.length > 0) throw new XmlError('malformed', `${local} more than once`)
  return child
}

/** The text of an element that has nothing else, without white space around it. */
export function simpleText(element: XmlElement): string {
  if (element.children.some(({ kind }) => kind === 'element'))
    throw new XmlError('malformed', `an element in ${element.local}`)
  return element.text.trim()
}

export function requiredAttribute(element: XmlElement, local: string): string {
  const value = element.attribute(local)
  if (value === undefined) throw new XmlError('malformed', `${element.local} without ${local}`)
  return value
}
