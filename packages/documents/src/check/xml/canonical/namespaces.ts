import { XmlError } from '../error.ts'
import type { XmlBudget } from '../limits.ts'
import type { XmlElement } from '../nodes.ts'
import type { CanonicalMethod } from './method.ts'
import { compareText } from './order.ts'

/** The declarations that the output has so far, by prefix. */
export type Rendered = ReadonlyMap<string, string>

/** The namespace declarations that an element is written with, sorted by prefix. */
export function declarationsOf(
  element: XmlElement,
  above: Rendered,
  method: CanonicalMethod,
  isApex: boolean,
  budget: XmlBudget,
): (readonly [string, string])[] {
  const wanted =
    method.kind === 'exclusive'
      ? exclusively(element, method.inclusivePrefixes ?? [], isApex, budget)
      : inclusively(element, isApex, budget)
  const written: (readonly [string, string])[] = []
  for (const [prefix, uri] of wanted) {
    if (prefix === 'xml' || (above.get(prefix) ?? '') === uri) continue
    refuseRelative(uri)
    written.push([prefix, uri])
  }
  return written.sort(([one], [other]) => compareText(one, other))
}

function inclusively(element: XmlElement, isApex: boolean, budget: XmlBudget): Rendered {
  return isApex ? inScope(element, budget) : element.declarations
}

/** What the element itself uses, and the named prefixes as the inclusive form has them (Exclusive C14N §3). */
function exclusively(
  element: XmlElement,
  inclusivePrefixes: readonly string[],
  isApex: boolean,
  budget: XmlBudget,
): Rendered {
  const wanted = new Map<string, string>()
  if (inclusivePrefixes.length > 0) {
    const inclusive = inclusively(element, isApex, budget)
    for (const prefix of inclusivePrefixes) {
      budget.canonical(1)
      const uri = inclusive.get(prefix)
      if (uri !== undefined) wanted.set(prefix, uri)
    }
  }
  wanted.set(element.prefix, element.namespace)
  for (const { prefix, namespace } of element.attributes) if (prefix) wanted.set(prefix, namespace)
  return wanted
}

/** All namespaces that hold at the element. */
function inScope(element: XmlElement, budget: XmlBudget): Rendered {
  const found = new Map<string, string>()
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    for (const [prefix, uri] of at.declarations) {
      budget.canonical(1)
      if (!found.has(prefix)) found.set(prefix, uri)
    }
  }
  return found
}

/** Canonical XML 1.0 §1.3: there is no canonical form of a document with a relative namespace URI. */
function refuseRelative(uri: string): void {
  if (uri !== '' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri))
    throw new XmlError('unsupported', 'a relative namespace URI')
}
