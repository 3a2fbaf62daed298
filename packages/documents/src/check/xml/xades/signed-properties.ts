import { Asn1Error } from '../../asn1/error.ts'
import { Asn1Sequence, readAsn1 } from '../../asn1/read.ts'
import type { DigestName } from '../../crypto/port.ts'
import type { CertificateReference, SignatureInput } from '../../engine/signature.ts'
import { readDigestMethod } from '../algorithms.ts'
import { decodeBase64 } from '../base64.ts'
import { ElementSequence, optionalChild, requiredAttribute, simpleText } from '../content.ts'
import { XmlError } from '../error.ts'
import type { XmlBudget } from '../limits.ts'
import { dsig, signedPropertiesType, xades } from '../names.ts'
import type { XmlElement } from '../nodes.ts'
import type { XmlReference } from '../references.ts'
import type { XmlSignature } from '../signature.ts'

/** What the signer signed about the signature (EN 319 132-1 §5.2). */
export interface SignedProperties {
  readonly certificateReferences: readonly CertificateReference[]
  readonly policy: SignatureInput['policy']
  readonly claimedAt: number | undefined
  readonly location: string | undefined
  /** xades:AllDataObjectsTimeStamp and xades:IndividualDataObjectsTimeStamp. */
  readonly timestamps: readonly XmlElement[]
}

const nothing: SignedProperties = {
  certificateReferences: [],
  policy: undefined,
  claimedAt: undefined,
  location: undefined,
  timestamps: [],
}

/** The reference of SignedInfo that signs the properties. */
export function propertiesReference({ references }: XmlSignature): XmlReference | undefined {
  return references.find(({ type }) => type === signedPropertiesType)
}

/**
 * The properties, if what is signed are those of this very signature: the one reference of their type must lead to the
 * element in its place, and they must say which signature they qualify. Throws `XmlError` where they do not.
 */
export function readSignedProperties(signature: XmlSignature, budget: XmlBudget): SignedProperties {
  const reference = propertiesReference(signature)
  const { qualifyingProperties, references, id } = signature
  if (!qualifyingProperties) {
    if (reference) throw new XmlError('malformed', 'the signed properties are elsewhere')
    return nothing
  }
  const target = requiredAttribute(qualifyingProperties, 'Target')
  if (id === undefined || target !== `#${id}`)
    throw new XmlError('malformed', 'properties of another signature')
  const properties = optionalChild(qualifyingProperties, xades, 'SignedProperties')
  if (references.filter(({ type }) => type === signedPropertiesType).length > 1)
    throw new XmlError('malformed', 'signed properties twice')
  if (!properties && !reference) return nothing
  if (!properties || reference?.target !== properties)
    throw new XmlError('malformed', 'the properties in the signature are not what is signed')
  return readProperties(properties, signature, budget)
}

function readProperties(
  properties: XmlElement,
  signature: XmlSignature,
  budget: XmlBudget,
): SignedProperties {
  const own = optionalChild(properties, xades, 'SignedSignatureProperties')
  const data = optionalChild(properties, xades, 'SignedDataObjectProperties')
  if (data) checkFormats(data, signature)
  const time = own && optionalChild(own, xades, 'SigningTime')
  const policy = own && optionalChild(own, xades, 'SignaturePolicyIdentifier')
  const all = ['AllDataObjectsTimeStamp', 'IndividualDataObjectsTimeStamp']
  return {
    certificateReferences: own ? certificateReferences(own, budget) : [],
    policy: policy && readPolicy(policy),
    claimedAt: time && readTime(simpleText(time)),
    location: own && readPlace(own),
    timestamps: data?.elements().filter((one) => one.namespace === xades && all.includes(one.local)) ?? [],
  }
}

/** Each xades:DataObjectFormat is of something that is signed (EN 319 132-1 §5.2.4). */
function checkFormats(data: XmlElement, { references }: XmlSignature): void {
  const ids = new Set(references.flatMap(({ id }) => (id === undefined ? [] : [`#${id}`])))
  for (const format of data.all(xades, 'DataObjectFormat')) {
    if (!ids.has(requiredAttribute(format, 'ObjectReference')))
      throw new XmlError('malformed', 'the format of something that is not signed')
  }
}

/** SigningCertificateV2, and SigningCertificate of earlier editions. */
function certificateReferences(own: XmlElement, budget: XmlBudget): CertificateReference[] {
  const second = optionalChild(own, xades, 'SigningCertificateV2')
  const first = optionalChild(own, xades, 'SigningCertificate')
  const read = (list: XmlElement | undefined) =>
    list?.all(xades, 'Cert').map((one) => readReference(one, budget)) ?? []
  const references = [...read(second), ...read(first)]
  if ((second || first) && references.length === 0)
    throw new XmlError('malformed', 'no certificate referred to')
  if (references.length > 50) throw new XmlError('unsupported', 'too many certificates referred to')
  return references
}

function readReference(cert: XmlElement, budget: XmlBudget): CertificateReference {
  const { algorithm, digest } = readDigest(new ElementSequence(cert).next(xades, 'CertDigest'))
  const second = optionalChild(cert, xades, 'IssuerSerialV2')
  const first = optionalChild(cert, xades, 'IssuerSerial')
  if (second) return { algorithm, digest, ...readIssuerSerial(decodeBase64(simpleText(second)), budget) }
  const serial = first && optionalChild(first, dsig, 'X509SerialNumber')
  // Names in text can be written in many ways: they are not compared, the digest binds.
  return { algorithm, digest, ...(serial ? { serial: readSerial(simpleText(serial)) } : {}) }
}

function readDigest(element: XmlElement): { algorithm: DigestName | undefined; digest: Uint8Array } {
  const parts = new ElementSequence(element)
  const algorithm = readDigestMethod(parts.next(dsig, 'DigestMethod'))
  const digest = decodeBase64(simpleText(parts.next(dsig, 'DigestValue')))
  parts.end()
  return { algorithm, digest }
}

/** IssuerSerial of RFC 5035 §5, in DER. */
function readIssuerSerial(der: Uint8Array, { work }: XmlBudget): { issuer?: Uint8Array; serial: Uint8Array } {
  try {
    const parts = new Asn1Sequence(readAsn1(der, work))
    const name = parts
      .next(0x30)
      .children()
      .find(({ tag }) => tag === 0xa4)
    const serial = parts.next().integerBytes()
    return name ? { issuer: name.only().raw, serial } : { serial }
  } catch (error) {
    if (error instanceof Asn1Error) throw new XmlError('malformed', 'the issuer and serial number')
    throw error
  }
}

/** A decimal number as the content of an INTEGER. */
function readSerial(decimal: string): Uint8Array {
  if (!/^\d{1,60}$/.test(decimal)) throw new XmlError('malformed', 'a serial number')
  const hex = BigInt(decimal).toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  const bytes = Array.from(even.matchAll(/../g), ([pair]) => Number.parseInt(pair, 16))
  return Uint8Array.from((bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes)
}

function readPolicy(identifier: XmlElement): SignatureInput['policy'] {
  if (optionalChild(identifier, xades, 'SignaturePolicyImplied')) return undefined
  const parts = new ElementSequence(new ElementSequence(identifier).next(xades, 'SignaturePolicyId'))
  const named = parts.next(xades, 'SigPolicyId')
  parts.optional(dsig, 'Transforms')
  const hash = parts.next(xades, 'SigPolicyHash')
  const { algorithm, digest } = readDigest(hash)
  const id = simpleText(new ElementSequence(named).next(xades, 'Identifier'))
  return { id, ...(algorithm ? { digest: { algorithm, value: digest } } : {}) }
}

const dateTime = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

/** xs:dateTime with its zone; without one nobody knows which moment is meant. */
export function readTime(text: string): number | undefined {
  const at = dateTime.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

const placeParts = ['StreetAddress', 'City', 'StateOrProvince', 'PostalCode', 'CountryName']

function readPlace(own: XmlElement): string | undefined {
  const place =
    optionalChild(own, xades, 'SignatureProductionPlaceV2') ??
    optionalChild(own, xades, 'SignatureProductionPlace')
  const parts = placeParts.flatMap((part) => {
    const element = place && optionalChild(place, xades, part)
    return element ? [simpleText(element)] : []
  })
  return parts.length > 0 ? parts.join(', ') : undefined
}
