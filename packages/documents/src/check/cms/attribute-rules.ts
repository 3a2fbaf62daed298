import { sameBytes } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, orUndefined } from '../asn1/read.ts'
import { type Attribute, onlyValue } from './signed-data.ts'

/**
 * Signed attributes of which there is one at most, with exactly one value (RFC 5652 §11.1 to §11.3, RFC 6211 §2,
 * RFC 5035 §5.4, EN 319 122-1 §5.2). With more, each reader could take another.
 */
const single: ReadonlySet<string> = new Set([
  oids.contentType,
  oids.messageDigest,
  oids.signingTime,
  oids.algorithmProtection,
  oids.signingCertificate,
  oids.signingCertificateV2,
  oids.signaturePolicy,
  oids.contentHints,
  oids.contentIdentifier,
  oids.contentReference,
  oids.signerLocation,
  oids.signerAttributes,
  oids.signerAttributesV2,
  oids.mimeType,
])

/** Attributes that have no place among those that are signed (RFC 5652 §11.4, EN 319 122-1 §5.3). */
const unsignedOnly: ReadonlySet<string> = new Set([oids.counterSignature, oids.signatureTimestamp])

/** What is wrong with the number of signed attributes and of their values. */
export function cardinalityFault(signed: readonly Attribute[]): string | undefined {
  const seen = new Set<string>()
  for (const { oid, values } of signed) {
    if (unsignedOnly.has(oid)) return `attribute ${oid} may not be signed`
    if (!single.has(oid)) continue
    if (seen.has(oid)) return `attribute ${oid} is there twice`
    if (values.length !== 1) return `attribute ${oid} has ${values.length} values`
    seen.add(oid)
  }
  return undefined
}

/** Signed attributes must be DER, whatever lies around them (RFC 5652 §5.3): readers that write them anew sort them. */
export function isDerSet(set: Asn1): boolean {
  const members = set.children()
  return set.isDer() && members.every((one, at) => at === 0 || !isAfter(members[at - 1]?.raw, one.raw))
}

/** The order of a SET OF: as octets, the shorter one filled up with zeroes (X.690 §11.6). */
function isAfter(first: Uint8Array | undefined, second: Uint8Array): boolean {
  const length = Math.max(first?.length ?? 0, second.length)
  for (let at = 0; at < length; at++) {
    const [one, other] = [first?.[at] ?? 0, second[at] ?? 0]
    if (one !== other) return one > other
  }
  return false
}

/** CMSAlgorithmProtection (RFC 6211): the algorithms that were signed must be those by which it is verified. */
export function protectionFault(
  signed: readonly Attribute[],
  digest: Asn1,
  algorithm: Asn1,
): string | undefined {
  if (!signed.some(({ oid }) => oid === oids.algorithmProtection)) return undefined
  const parts = orUndefined(() => onlyValue(signed, oids.algorithmProtection)?.children(0x30))
  const [protectedDigest, protectedAlgorithm, ...more] = parts ?? []
  if (!protectedDigest || protectedAlgorithm?.tag !== 0xa1 || more.length > 0)
    return 'an algorithm protection that cannot be read'
  const isSame = isSameAlgorithm(protectedDigest, digest) && isSameAlgorithm(protectedAlgorithm, algorithm)
  return isSame ? undefined : 'other algorithms than those that were signed'
}

/** By identifier and parameters, where none and NULL are the same. */
function isSameAlgorithm(one: Asn1, other: Asn1): boolean {
  return sameBytes(withoutNull(one), withoutNull(other))
}

function withoutNull(algorithm: Asn1): Uint8Array {
  const [identifier, parameters] = algorithm.children()
  if (!identifier) throw new Asn1Error('an algorithm without identifier')
  return parameters?.tag === 0x05 ? identifier.raw : algorithm.content
}
