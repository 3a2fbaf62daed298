import type { SignatureScheme } from '../crypto/port.ts'
import { readCanonicalMethod, readSignatureMethod } from './algorithms.ts'
import { decodeBase64 } from './base64.ts'
import { canonicalise } from './canonical/canonicalise.ts'
import { ElementSequence, optionalChild, simpleText } from './content.ts'
import { XmlError } from './error.ts'
import { dsig, manifestType, objectType, xades } from './names.ts'
import { isWithin, type XmlElement } from './nodes.ts'
import { followReference, manifestReferences, type XmlReference } from './references.ts'
import type { XmlSource } from './source.ts'

/** A ds:Signature, taken apart (XML Signature §4). */
export interface XmlSignature {
  readonly element: XmlElement
  readonly id: string | undefined
  readonly signedInfo: XmlElement
  readonly signatureValue: XmlElement
  readonly keyInfo: XmlElement | undefined
  readonly objects: readonly XmlElement[]
  readonly qualifyingProperties: XmlElement | undefined
  readonly scheme: SignatureScheme | undefined
  readonly value: Uint8Array
  /** Canonical SignedInfo. */
  readonly signedBytes: Uint8Array
  /** Those of SignedInfo, in order. */
  readonly references: readonly XmlReference[]
  /** Those of signed manifests. */
  readonly listed: readonly XmlReference[]
  /** Certificates of KeyInfo, DER, in order. */
  readonly certificates: readonly Uint8Array[]
}

const mostObjects = 1000

/** Throws `XmlError` for one that is malformed, ambiguous or uses what is not allowed; `TooMuchWork` beyond the limits. */
export function readXmlSignature(element: XmlElement, source: XmlSource): XmlSignature {
  const parts = new ElementSequence(element)
  const signedInfo = parts.next(dsig, 'SignedInfo')
  const signatureValue = parts.next(dsig, 'SignatureValue')
  const keyInfo = parts.optional(dsig, 'KeyInfo')
  const objects = parts.many(dsig, 'Object')
  if (objects.length > mostObjects) throw new XmlError('unsupported', 'too many objects')
  parts.end()
  const { method, scheme, references } = readSignedInfo(signedInfo, source)
  const canonical = readCanonicalMethod(method)
  if (!canonical) throw new XmlError('unsupported', 'the canonical form of SignedInfo')
  const followed = references.map((one) => followReference(one, element, source))
  for (const one of followed) checkType(one, objects)
  return {
    element,
    id: element.attribute('Id'),
    signedInfo,
    signatureValue,
    keyInfo,
    objects,
    qualifyingProperties: qualifyingPropertiesOf(objects),
    scheme,
    value: decodeBase64(simpleText(signatureValue)),
    signedBytes: canonicalise(signedInfo, canonical, source.budget),
    references: followed,
    listed: followed.flatMap((one) => manifestReferences(one, element, source)),
    certificates: keyInfo ? certificatesOf(keyInfo) : [],
  }
}

function readSignedInfo(signedInfo: XmlElement, { budget }: XmlSource) {
  const parts = new ElementSequence(signedInfo)
  const method = parts.next(dsig, 'CanonicalizationMethod')
  const scheme = readSignatureMethod(parts.next(dsig, 'SignatureMethod'))
  const references = parts.many(dsig, 'Reference')
  parts.end()
  if (references.length === 0) throw new XmlError('malformed', 'nothing is signed')
  if (references.length > budget.limits.references) throw new XmlError('unsupported', 'too many references')
  return { method, scheme, references }
}

/** A reference that says of what type its target is must lead there, within the signature (XML Signature §4.5, §5.1). */
function checkType({ type, target }: XmlReference, objects: readonly XmlElement[]): void {
  if (type !== objectType && type !== manifestType) return
  const element = target === undefined || target === 'file' || target.kind === 'document' ? undefined : target
  const isThere =
    element !== undefined &&
    (type === objectType ? objects.includes(element) : objects.some((object) => isWithin(element, object)))
  if (!isThere || (type === manifestType && !element.is(dsig, 'Manifest')))
    throw new XmlError('malformed', 'a reference leads elsewhere than it says')
}

/** XAdES allows one, with all in it (EN 319 132-1 §4.4.2). */
function qualifyingPropertiesOf(objects: readonly XmlElement[]): XmlElement | undefined {
  const [found, ...more] = objects.flatMap((object) => object.all(xades, 'QualifyingProperties'))
  if (more.length > 0) throw new XmlError('malformed', 'QualifyingProperties more than once')
  return found
}

function certificatesOf(keyInfo: XmlElement): Uint8Array[] {
  return keyInfo
    .all(dsig, 'X509Data')
    .flatMap((data) => data.all(dsig, 'X509Certificate'))
    .map((one) => decodeBase64(simpleText(one)))
}

/** The ds:Object in which the qualifying properties are. */
export function isPropertiesObject(object: XmlElement): boolean {
  return optionalChild(object, xades, 'QualifyingProperties') !== undefined
}
