import type { DigestName } from '../crypto/port.ts'
import { readDigestMethod } from '../xml/algorithms.ts'
import { decodeBase64 } from '../xml/base64.ts'
import { ElementSequence, requiredAttribute, simpleText } from '../xml/content.ts'
import { XmlError } from '../xml/error.ts'
import type { XmlBudget } from '../xml/limits.ts'
import { asic, dsig } from '../xml/names.ts'
import type { XmlElement } from '../xml/nodes.ts'
import { parseXml } from '../xml/parse.ts'
import { decodePath } from '../xml/references.ts'

/** An ASiCManifest or ASiCArchiveManifest (EN 319 162-1 annex A.4): what one signature or time-stamp is over. */
export interface Manifest {
  /** Its own name in the container. */
  readonly name: string
  readonly bytes: Uint8Array
  /** The name of the signature or time-stamp. */
  readonly signature: string
  readonly objects: readonly ListedObject[]
}

export interface ListedObject {
  readonly name: string
  readonly mime: string | undefined
  readonly algorithm: DigestName | undefined
  readonly digest: Uint8Array
}

/** Throws `XmlError`, or `TooMuchWork`. */
export function readManifest(name: string, bytes: Uint8Array, budget: XmlBudget): Manifest {
  const { root } = parseXml(bytes, budget)
  if (!root.is(asic, 'ASiCManifest')) throw new XmlError('malformed', 'not a manifest')
  const parts = new ElementSequence(root)
  const signature = entryName(requiredAttribute(parts.next(asic, 'SigReference'), 'URI'))
  const objects = parts.many(asic, 'DataObjectReference').map(readObject)
  const extensions = parts.optional(asic, 'ASiCManifestExtensions')
  parts.end()
  if (extensions) refuseCritical(extensions)
  if (objects.length === 0) throw new XmlError('malformed', 'a manifest of nothing')
  if (new Set(objects.map((one) => one.name)).size < objects.length)
    throw new XmlError('malformed', 'a file listed twice')
  return { name, bytes, signature, objects }
}

function readObject(element: XmlElement): ListedObject {
  const parts = new ElementSequence(element)
  const algorithm = readDigestMethod(parts.next(dsig, 'DigestMethod'))
  const digest = decodeBase64(simpleText(parts.next(dsig, 'DigestValue')))
  const extensions = parts.optional(asic, 'DataObjectReferenceExtensions')
  parts.end()
  if (extensions) refuseCritical(extensions)
  const name = entryName(requiredAttribute(element, 'URI'))
  return { name, mime: element.attribute('MimeType'), algorithm, digest }
}

function refuseCritical(extensions: XmlElement): void {
  for (const one of extensions.elements()) {
    const critical = one.attribute('Critical')
    if (critical === 'true' || critical === '1')
      throw new XmlError('unsupported', 'a critical extension of a manifest')
  }
}

/** The name of an entry by a reference that is relative to the root of the container. */
export function entryName(uri: string): string {
  return decodePath(uri).replace(/^(?:\.\/|\/)/, '')
}
