import { Work } from '../../../src/check/work.ts'
import { canonicalise } from '../../../src/check/xml/canonical/canonicalise.ts'
import type { CanonicalMethod } from '../../../src/check/xml/canonical/method.ts'
import { XmlBudget, type XmlLimits } from '../../../src/check/xml/limits.ts'
import { withDescendants, type XmlDocument, type XmlElement } from '../../../src/check/xml/nodes.ts'
import { parseXml } from '../../../src/check/xml/parse.ts'

export const budget = (limits?: Partial<XmlLimits>): XmlBudget => new XmlBudget(new Work(), limits)

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export const read = (text: string, limits?: Partial<XmlLimits>): XmlDocument =>
  parseXml(bytesOf(text), budget(limits))

export function found(document: XmlDocument, local: string): XmlElement {
  for (const element of withDescendants(document.root)) if (element.local === local) return element
  throw new Error(`no ${local}`)
}

export const canonical = (
  apex: XmlDocument | XmlElement,
  method: Partial<CanonicalMethod> = {},
  without?: ReadonlySet<XmlElement>,
): string => textOf(canonicalise(apex, { kind: '1.0', comments: false, ...method }, budget(), without))
