import { der } from '@sapan/trust'
import { attribute, certificateSet, type PreparedSigner } from './signer.ts'

const { element, explicit, integer, octets, oid, oids, retagged, sequence, setOf, time } = der

/** signature-time-stamp (RFC 3161 appendix A, EN 319 122-1 §5.3). */
export const signatureTimestamp = '1.2.840.113549.1.9.16.2.14'
/** mime-type (EN 319 122-1 §5.2.5.1). */
const mimeType = '0.4.0.1733.2.1'
/** id-ri-ocsp-response (RFC 5940 §2.1). */
const ocspResponseFormat = '1.3.6.1.5.5.7.16.2'

export interface AttributeOptions {
  /**
   * The time of signing, in milliseconds. CAdES baseline wants it (EN 319 122-1 §6.3); PAdES baseline forbids it, since
   * the file says it beside (EN 319 142-1 §6.3).
   */
  readonly signingTime?: number
  readonly mimeType?: string
}

export const dataOid = oid(oids.data)
const contentTypeAttribute = attribute(oids.contentType, dataOid)

/** The signed attributes as they are signed: a SET (RFC 5652 §5.4). */
export function signedAttributes(
  signer: PreparedSigner,
  contentDigest: Uint8Array,
  options: AttributeOptions = {},
): Buffer {
  const { signingTime, mimeType: type } = options
  return setOf(
    contentTypeAttribute,
    attribute(oids.messageDigest, octets(contentDigest)),
    signer.binding,
    ...(signingTime === undefined ? [] : [attribute(oids.signingTime, time(signingTime))]),
    ...(type === undefined ? [] : [attribute(mimeType, der.utf8(type))]),
  )
}

/** What of a signature is not the same each time. */
export interface SignatureParts {
  /** As `signedAttributes` gave them. */
  readonly attributes: Buffer
  readonly signature: Uint8Array
  /** Whole attributes; empty at B-B. */
  readonly unsigned?: readonly Uint8Array[]
  /** Instead of the signer's own certificates: all that a checker needs. */
  readonly certificates?: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
  readonly ocsps?: readonly Uint8Array[]
  /** The content, when it is to lie inside. */
  readonly content?: Uint8Array
}

/** The SignedData of one signer (RFC 5652 §5), as a ContentInfo in DER. */
export function signedData(signer: PreparedSigner, parts: SignatureParts): Buffer {
  const { content, certificates = signer.certificates, ocsps = [], crls = [] } = parts
  const inner = sequence(
    // Version 5 as soon as there is revocation data of another format than a CRL (RFC 5652 §5.1).
    integer(ocsps.length > 0 ? 5 : 1),
    setOf(signer.digestAlgorithm),
    content === undefined ? sequence(dataOid) : sequence(dataOid, explicit(0, octets(content))),
    certificateSet(certificates),
    ...(ocsps.length + crls.length === 0 ? [] : [revocationSet(ocsps, crls)]),
    setOf(signerInfo(signer, parts)),
  )
  return sequence(oid(oids.signedData), explicit(0, inner))
}

/** `[1] IMPLICIT RevocationInfoChoices` (RFC 5652 §10.2.1). */
function revocationSet(ocsps: readonly Uint8Array[], crls: readonly Uint8Array[]): Buffer {
  return retagged(0xa1, setOf(...revocationChoices({ ocsps, crls })))
}

/** Each as a RevocationInfoChoice. */
export function revocationChoices({
  ocsps,
  crls,
}: {
  readonly ocsps: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}): Uint8Array[] {
  return [...crls, ...ocsps.map(otherRevocationInfo)]
}

/** An OCSP response as `[1] IMPLICIT OtherRevocationInfoFormat` (RFC 5940 §2). */
function otherRevocationInfo(ocsp: Uint8Array): Buffer {
  return element(0xa1, oid(ocspResponseFormat), ocsp)
}

function signerInfo(
  signer: PreparedSigner,
  { attributes, signature, unsigned = [] }: SignatureParts,
): Buffer {
  return sequence(
    ...signerFields(signer, attributes, signature),
    ...(unsigned.length === 0 ? [] : [retagged(0xa1, setOf(...unsigned))]),
  )
}

/** The fields of a SignerInfo but the unsigned attributes (RFC 5652 §5.3). */
export function signerFields(signer: PreparedSigner, attributes: Buffer, signature: Uint8Array): Buffer[] {
  return [
    integer(1),
    signer.identifier,
    signer.digestAlgorithm,
    // Signed as a SET, carried as [0] (RFC 5652 §5.4).
    retagged(0xa0, attributes),
    signer.signatureAlgorithm,
    octets(signature),
  ]
}

export function timestampAttribute(token: Uint8Array): Buffer {
  return attribute(signatureTimestamp, token)
}

const sizes = new WeakMap<PreparedSigner, Map<number, number>>()

/**
 * Bytes that a detached signature without signing time has at most, with a time-stamp of at most `tokenBytes` (0: none):
 * one is put together from parts of the largest size.
 */
export function mostSignedDataBytes(signer: PreparedSigner, tokenBytes: number): number {
  const known = sizes.get(signer) ?? new Map<number, number>()
  sizes.set(signer, known)
  let size = known.get(tokenBytes)
  if (size === undefined) {
    const attributes = signedAttributes(signer, new Uint8Array(signer.digestBytes))
    const signature = new Uint8Array(signer.mostSignatureBytes)
    const unsigned = tokenBytes === 0 ? [] : [timestampAttribute(new Uint8Array(tokenBytes))]
    size = signedData(signer, { attributes, signature, unsigned }).length
    known.set(tokenBytes, size)
  }
  return size
}
