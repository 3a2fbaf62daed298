import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence } from '../asn1/read.ts'
import { element } from '../asn1/write.ts'
import { readDigestAlgorithm, readSignatureAlgorithm } from '../crypto/algorithms.ts'
import type { DigestName, SignatureScheme } from '../crypto/port.ts'
import type { CertificateHint, ValidationMaterial } from '../engine/signature.ts'
import { isDerSet, protectionFault } from './attribute-rules.ts'

/** CMS SignedData (RFC 5652 §5), read but not verified. */
export interface SignedData {
  readonly contentType: string
  /** DER of the OBJECT IDENTIFIER of the content. */
  readonly contentTypeDer: Uint8Array
  /** Undefined when detached. In pieces where it was written so. */
  readonly content: readonly Uint8Array[] | undefined
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
  /** The members of `crls` as they are, CRLs and other revocation information. */
  readonly revocationChoices: readonly Uint8Array[]
  readonly signers: readonly SignerInfo[]
}

export interface SignerInfo {
  readonly element: Asn1
  readonly hint: CertificateHint
  readonly digestAlgorithm: DigestName | undefined
  readonly signed: readonly Attribute[] | undefined
  /** What the signature value is over when there are signed attributes: their DER as a SET. */
  readonly signedBytes: Uint8Array | undefined
  readonly scheme: SignatureScheme | undefined
  /** Whether the signed attributes are in the one form in which they may be. */
  readonly isSignedDer: boolean
  /** Why the algorithms do not go together. */
  readonly mismatch: string | undefined
  readonly value: Uint8Array
  readonly unsigned: readonly Attribute[]
  /** version to signature, each as it is: what an archive time-stamp covers (EN 319 122-1 §5.5.3). */
  readonly parts: readonly Uint8Array[]
}

export interface Attribute {
  readonly oid: string
  /** DER of the attribute. */
  readonly raw: Uint8Array
  readonly typeDer: Uint8Array
  readonly values: readonly Asn1[]
}

const mostAttributes = 200
const mostSigners = 100

/** A ContentInfo with SignedData. Throws `Asn1Error`. */
export function readSignedData(contentInfo: Asn1): SignedData {
  const outer = new Asn1Sequence(contentInfo)
  if (outer.next().oid() !== oids.signedData) throw new Asn1Error('no signed data')
  const parts = new Asn1Sequence(outer.next(0xa0).only())
  outer.end()
  parts.next(0x02)
  parts.next(0x31)
  const encapsulated = parts.next(0x30).children()
  const certificates = parts.optional(0xa0)?.children() ?? []
  const choices = parts.optional(0xa1)?.children() ?? []
  const signers = parts.next(0x31).children()
  parts.end()
  if (signers.length > mostSigners) throw new Asn1Error('too many signers')
  const [type, content] = encapsulated
  if (!type || encapsulated.length > 2) throw new Asn1Error('encapsulated content')
  return {
    contentType: type.oid(),
    contentTypeDer: type.raw,
    content: content?.only(0xa0).pieces(),
    // Other kinds of certificates (attribute certificates, [0]…[3]) are of no use here.
    certificates: certificates.filter(({ tag }) => tag === 0x30).map(({ raw }) => raw),
    crls: choices.filter(({ tag }) => tag === 0x30).map(({ raw }) => raw),
    ocsps: choices.flatMap(ocspOf),
    revocationChoices: choices.map(({ raw }) => raw),
    signers: signers.map(readSignerInfo),
  }
}

/** OtherRevocationInfoFormat with an OCSPResponse (RFC 5940). */
function ocspOf(choice: Asn1): Uint8Array[] {
  if (choice.tag !== 0xa1) return []
  const [format, info] = choice.children()
  return format?.tag === 0x06 && format.oid() === oids.ocspResponseInfo && info ? [info.raw] : []
}

/** Throws `Asn1Error`. */
export function readSignerInfo(info: Asn1): SignerInfo {
  const all = new Asn1Sequence(info)
  const version = all.next(0x02)
  const identifier = all.next()
  const digest = all.next(0x30)
  const signed = all.optional(0xa0)
  const algorithm = all.next(0x30)
  const value = all.next()
  const unsigned = all.optional(0xa1)
  all.end()
  const digestAlgorithm = readDigestAlgorithm(digest)
  const scheme = readSignatureAlgorithm(algorithm, digestAlgorithm)
  const signedAttributes = signed && readAttributes(signed)
  return {
    element: info,
    hint: readHint(identifier),
    digestAlgorithm,
    signed: signedAttributes,
    signedBytes: signed && signedSet(signed),
    scheme,
    isSignedDer: !signed || isDerSet(signed),
    mismatch:
      mismatchOf(scheme, digestAlgorithm) ?? protectionFault(signedAttributes ?? [], digest, algorithm),
    value: value.octets(),
    unsigned: unsigned ? readAttributes(unsigned) : [],
    parts: [version, identifier, digest, ...(signed ? [signed] : []), algorithm, value].map(({ raw }) => raw),
  }
}

/** The digest that the signer names must be the one under the signature, or one could be taken for the other. */
function mismatchOf(scheme: SignatureScheme | undefined, digest: DigestName | undefined): string | undefined {
  const inside = scheme && (scheme.family === 'eddsa' ? edwardsDigest(scheme.curve) : scheme.digest)
  if (!inside || !digest || inside === digest) return undefined
  return `digest algorithm ${digest}, but the signature asks for ${inside}`
}

/** RFC 8419 §3.1. */
const edwardsDigest = (curve: 'ed25519' | 'ed448' | undefined): DigestName =>
  curve === 'ed448' ? 'shake256' : 'sha512'

function readHint(identifier: Asn1): CertificateHint {
  if (identifier.tag === 0x80) return { kind: 'key-identifier', keyIdentifier: identifier.content }
  const [issuer, serial] = identifier.children(0x30)
  if (!issuer || !serial) throw new Asn1Error('a signer identifier')
  return { kind: 'issuer-serial', issuer: issuer.raw, serial: serial.integerBytes() }
}

export function readAttributes(set: Asn1): Attribute[] {
  const members = set.children()
  if (members.length > mostAttributes) throw new Asn1Error('too many attributes')
  return members.map((member) => {
    const parts = new Asn1Sequence(member)
    const type = parts.next()
    const values = parts.next(0x31).children()
    parts.end()
    return { oid: type.oid(), raw: member.raw, typeDer: type.raw, values }
  })
}

/** Carried as [0], signed as a SET (RFC 5652 §5.4); where it came in BER its outer length is made definite. */
function signedSet(signed: Asn1): Uint8Array {
  return signed.end === signed.contentEnd ? signed.retagged(0x31) : element(0x31, signed.content)
}

/** The one value of an attribute that is there once with one value. Undefined when absent; throws when not so. */
export function onlyValue(attributes: readonly Attribute[], oid: string): Asn1 | undefined {
  const [first, ...more] = attributes.filter((attribute) => attribute.oid === oid)
  if (!first) return undefined
  const [value, ...others] = first.values
  if (!value || more.length > 0 || others.length > 0)
    throw new Asn1Error('an attribute with more than one value')
  return value
}

/** Values of all attributes of that kind. */
export function allValues(attributes: readonly Attribute[], oid: string): Asn1[] {
  return attributes.filter((attribute) => attribute.oid === oid).flatMap(({ values }) => values)
}

export function materialOf({ certificates, crls, ocsps }: SignedData): ValidationMaterial {
  return { certificates, crls, ocsps }
}
