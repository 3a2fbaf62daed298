import type { XmlAttribute, XmlElement } from '../nodes.ts'
import { xmlNamespace } from '../parse.ts'
import { joinReferences } from './base.ts'
import type { CanonicalMethod } from './method.ts'

/**
 * The attributes of an element that comes without its ancestors: `xml:` attributes of theirs still hold for it, so the
 * inclusive forms write them with it (Canonical XML 1.0 §2.4; in 1.1 only lang, space and base).
 */
export function importedAttributes(element: XmlElement, { kind }: CanonicalMethod): readonly XmlAttribute[] {
  if (kind === 'exclusive' || !element.parent) return element.attributes
  const found = new Map<string, XmlAttribute>()
  for (let at: XmlElement | undefined = element.parent; at; at = at.parent) {
    for (const attribute of at.attributes)
      if (attribute.namespace === xmlNamespace && !found.has(attribute.local))
        found.set(attribute.local, attribute)
  }
  if (kind === '1.1') keepInheritable(element, found)
  const own = new Set(
    element.attributes.filter(({ namespace }) => namespace === xmlNamespace).map(({ local }) => local),
  )
  if (kind === '1.1' && found.has('base')) own.delete('base')
  const kept = element.attributes.filter((one) => one.namespace !== xmlNamespace || own.has(one.local))
  return [...kept, ...[...found.values()].filter(({ local }) => !own.has(local))]
}

/** Canonical XML 1.1 §2.4: `xml:id` belongs to one element only, `xml:base` is joined along the way. */
function keepInheritable(element: XmlElement, found: Map<string, XmlAttribute>): void {
  for (const local of [...found.keys()]) if (local !== 'lang' && local !== 'space') found.delete(local)
  const bases: string[] = []
  let isInherited = false
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    const base = at.attribute('base', xmlNamespace)
    if (base === undefined) continue
    bases.unshift(base)
    isInherited ||= at !== element
  }
  if (!isInherited) return
  const value = bases.reduce(joinReferences)
  if (value) found.set('base', { prefix: 'xml', local: 'base', namespace: xmlNamespace, value })
}
