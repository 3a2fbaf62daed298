import type { DigestName } from '../crypto/port.ts'
import type { SignedReference } from '../engine/signature.ts'
import { readDigestMethod } from './algorithms.ts'
import { decodeBase64 } from './base64.ts'
import { ElementSequence, simpleText } from './content.ts'
import { XmlError } from './error.ts'
import { dsig, manifestType } from './names.ts'
import type { XmlDocument, XmlElement } from './nodes.ts'
import type { XmlSource } from './source.ts'
import { plainOctets, type Transformed, transform } from './transforms.ts'

/** A ds:Reference that was followed. */
export interface XmlReference {
  readonly element: XmlElement
  readonly id: string | undefined
  readonly uri: string | undefined
  readonly type: string | undefined
  readonly algorithm: DigestName | undefined
  readonly expected: Uint8Array
  /** Where it leads: the document, an element of it, or a file beside; undefined when that is not there. */
  readonly target: XmlDocument | XmlElement | 'file' | undefined
  /** After its transforms. */
  readonly data: Transformed | undefined
}

/** Follows a reference. Throws `XmlError` when it is malformed, ambiguous, or has a transform that is not allowed. */
export function followReference(element: XmlElement, signature: XmlElement, source: XmlSource): XmlReference {
  const parts = new ElementSequence(element)
  const transforms = parts.optional(dsig, 'Transforms')
  const algorithm = readDigestMethod(parts.next(dsig, 'DigestMethod'))
  const expected = decodeBase64(simpleText(parts.next(dsig, 'DigestValue')))
  parts.end()
  const uri = element.attribute('URI')
  const start = dereference(uri, source)
  const list = transforms?.elements() ?? []
  if (list.some((one) => !one.is(dsig, 'Transform'))) throw new XmlError('malformed', 'not a transform')
  return {
    element,
    id: element.attribute('Id'),
    uri,
    type: element.attribute('Type'),
    algorithm,
    expected,
    target: start?.target,
    data: start && transform(start.data, list, signature, source),
  }
}

interface Start {
  readonly target: XmlDocument | XmlElement | 'file'
  readonly data: Transformed
}

const pointer = /^#xpointer\(id\((?:'([^']*)'|"([^"]*)")\)\)$/

/** The start of a reference (XML Signature §4.4.3.1 to §4.4.3.3): without an XPointer, comments are not part of it. */
function dereference(uri: string | undefined, source: XmlSource): Start | undefined {
  if (uri === undefined) return fromFile(source.external(undefined))
  if (uri === '') return nodes(source.document, false)
  if (uri === '#xpointer(/)') return nodes(source.document, true)
  if (!uri.startsWith('#')) return fromFile(source.external(decodePath(uri)))
  const found = pointer.exec(uri)
  const element = source.ids.get(found?.[1] ?? found?.[2] ?? decodePath(uri.slice(1)))
  return element && nodes(element, found !== null)
}

function nodes(apex: XmlDocument | XmlElement, comments: boolean): Start {
  return { target: apex, data: { kind: 'nodes', apex, without: new Set(), comments } }
}

function fromFile(octets: Uint8Array | undefined): Start | undefined {
  return octets && { target: 'file', data: { kind: 'octets', octets } }
}

/** Percent-encoding undone; where it is none, the name is taken as it stands. */
export function decodePath(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch (error) {
    if (error instanceof URIError) return uri
    throw error
  }
}

/** As the engine takes it. */
export function signedReference(reference: XmlReference, source: XmlSource): SignedReference {
  return {
    name: reference.uri ?? '',
    algorithm: reference.algorithm,
    expected: reference.expected,
    content: reference.data && [plainOctets(reference.data, source)],
  }
}

/** The references of a ds:Manifest that is signed: they are held to be signed too (XML Signature §5.1). */
export function manifestReferences(
  reference: XmlReference,
  signature: XmlElement,
  source: XmlSource,
): XmlReference[] {
  const { target } = reference
  if (reference.type !== manifestType || target === undefined || target === 'file') return []
  if (target.kind !== 'element' || !target.is(dsig, 'Manifest')) return []
  const parts = new ElementSequence(target)
  const references = parts.many(dsig, 'Reference')
  parts.end()
  if (references.length > source.budget.limits.references)
    throw new XmlError('unsupported', 'too many references')
  return references.map((one) => followReference(one, signature, source))
}
