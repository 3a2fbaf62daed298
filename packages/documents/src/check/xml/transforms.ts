import { readCanonicalMethod } from './algorithms.ts'
import { decodeBase64 } from './base64.ts'
import { canonicalise } from './canonical/canonicalise.ts'
import { type CanonicalMethod, plainCanonical } from './canonical/method.ts'
import { requiredAttribute, simpleText } from './content.ts'
import { XmlError } from './error.ts'
import { elementCost } from './limits.ts'
import { dsig } from './names.ts'
import { isWithin, withDescendants, type XmlDocument, type XmlElement } from './nodes.ts'
import { parseXml } from './parse.ts'
import type { XmlSource } from './source.ts'

/** What a reference leads to, between its transforms: bytes, or a part of a document. */
export type Transformed =
  | { readonly kind: 'octets'; readonly octets: Uint8Array }
  | {
      readonly kind: 'nodes'
      readonly apex: XmlDocument | XmlElement
      readonly without: ReadonlySet<XmlElement>
      readonly comments: boolean
    }

const mostTransforms = 8
const xpath = 'http://www.w3.org/TR/1999/REC-xpath-19991116'
const filter = 'http://www.w3.org/2002/06/xmldsig-filter2'

/**
 * Applies the transforms of a reference (XML Signature §4.4.3.2). Only those that leave what is signed in plain sight
 * are known: canonical forms, base64, and leaving signatures out. XSLT and XPath at large can make anything of anything.
 */
export function transform(
  start: Transformed,
  transforms: readonly XmlElement[],
  signature: XmlElement,
  source: XmlSource,
): Transformed {
  if (transforms.length > mostTransforms) throw new XmlError('unsupported', 'too many transforms')
  return transforms.reduce((data, one) => apply(data, one, signature, source), start)
}

function apply(data: Transformed, one: XmlElement, signature: XmlElement, source: XmlSource): Transformed {
  const name = requiredAttribute(one, 'Algorithm')
  const method = readCanonicalMethod(one)
  if (method) return { kind: 'octets', octets: octetsOf(asNodes(data, source), method, source) }
  if (name === `${dsig}base64`) return { kind: 'octets', octets: decodeBase64(textOf(data)) }
  if (name === `${dsig}enveloped-signature`) return without(data, signature, [signature])
  if (name === xpath && isAllSignatures(one, 'XPath', xpath))
    return withoutSignatures(data, signature, source)
  if (name === filter && isAllSignatures(one, 'XPath', filter))
    return withoutSignatures(data, signature, source)
  throw new XmlError('unsupported', `the transform ${name.slice(0, 100)}`)
}

/** The bytes at the end of the transforms; a part of a document becomes canonical XML. */
export function octetsOf(data: Transformed, method: CanonicalMethod, { budget }: XmlSource): Uint8Array {
  if (data.kind === 'octets') return data.octets
  const comments = method.comments && data.comments
  return canonicalise(data.apex, { ...method, comments }, budget, data.without)
}

export const plainOctets = (data: Transformed, source: XmlSource): Uint8Array =>
  octetsOf(data, plainCanonical, source)

function asNodes(data: Transformed, { budget }: XmlSource): Transformed {
  if (data.kind === 'nodes') return data
  return { kind: 'nodes', apex: parseXml(data.octets, budget), without: new Set(), comments: true }
}

function textOf(data: Transformed): string {
  if (data.kind === 'octets') return new TextDecoder('latin1').decode(data.octets)
  // Anything but an object of a signature has names and attributes that would then be unsigned.
  const isObject = data.apex.kind === 'element' && data.apex.is(dsig, 'Object')
  if (data.apex.kind !== 'element' || !isObject) throw new XmlError('unsupported', 'base64 of an element')
  return simpleText(data.apex)
}

function without(data: Transformed, signature: XmlElement, left: readonly XmlElement[]): Transformed {
  if (data.kind !== 'nodes') throw new XmlError('unsupported', 'a signature left out of bytes')
  const top = data.apex.kind === 'document' ? data.apex.root : data.apex
  // Without itself, a signature that is the whole document would be over nothing.
  if (!isWithin(signature, top) || signature === top)
    throw new XmlError('malformed', 'not enveloping the signature')
  return { ...data, without: new Set([...data.without, ...left]) }
}

function withoutSignatures(data: Transformed, signature: XmlElement, { budget }: XmlSource): Transformed {
  if (data.kind !== 'nodes') throw new XmlError('unsupported', 'signatures left out of bytes')
  const top = data.apex.kind === 'document' ? data.apex.root : data.apex
  const all: XmlElement[] = []
  for (const element of withDescendants(top)) {
    budget.canonical(elementCost / 10)
    if (element.is(dsig, 'Signature')) all.push(element)
  }
  return without(data, signature, all)
}

const allSignatures: Readonly<Record<string, RegExp>> = {
  [xpath]: /^not\(ancestor-or-self::([\w.-]+):Signature\)$/,
  [filter]: /^\/descendant::([\w.-]+):Signature$/,
}

/** Whether the expression is the one that leaves all signatures out; no other is understood. */
function isAllSignatures(one: XmlElement, local: string, algorithm: string): boolean {
  const [expression, ...more] = one.elements()
  const namespace = algorithm === filter ? filter : dsig
  if (!expression?.is(namespace, local) || more.length > 0) return false
  if (algorithm === filter && expression.attribute('Filter') !== 'subtract') return false
  const prefix = allSignatures[algorithm]?.exec(simpleText(expression).replaceAll(/[ \t\n]/g, ''))?.[1]
  return prefix !== undefined && namespaceAt(expression, prefix) === dsig
}

function namespaceAt(element: XmlElement, prefix: string): string | undefined {
  for (let at: XmlElement | undefined = element; at; at = at.parent) {
    const uri = at.declarations.get(prefix)
    if (uri !== undefined) return uri
  }
  return undefined
}
