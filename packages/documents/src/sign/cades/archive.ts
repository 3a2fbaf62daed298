import { createHash } from 'node:crypto'
import { type DigestName, der } from '@sapan/trust'
import { attribute, digestOids } from './signer.ts'

const { DerSequence, octets, oid, readDer, retagged, sequence, setOf } = der

/** ats-hash-index-v3 and archive-time-stamp-v3 (EN 319 122-1 §5.5.2, §5.5.3). */
const hashIndexV3 = '0.4.0.19122.1.5'
export const archiveTimestampV3 = '0.4.0.1733.2.4'

export interface ArchivedParts {
  /** The content's type, DER. */
  readonly contentType: Uint8Array
  /** Digest of the content, by the algorithm of the archive time-stamp. */
  readonly contentDigest: Uint8Array
  /** The fields of the SignerInfo but the unsigned attributes, each as it lies in the file. */
  readonly signer: readonly Uint8Array[]
  /** Whole unsigned attributes. */
  readonly unsigned: readonly Uint8Array[]
  readonly certificates: readonly Uint8Array[]
  /** RevocationInfoChoices, each as it lies in the file. */
  readonly revocations: readonly Uint8Array[]
}

/** What an archive time-stamp stamps, and the index that says what of the signature it covers. */
export function archiveImprint(parts: ArchivedParts, algorithm: DigestName) {
  const hashIndex = hashIndexOf(parts, algorithm)
  const digest = createHash(algorithm)
  for (const each of [parts.contentType, parts.contentDigest, ...parts.signer, hashIndex]) digest.update(each)
  return { hashIndex, digest: digest.digest() }
}

/** ATSHashIndexV3 (§5.5.2): digests of certificates, revocation data and unsigned attributes. */
function hashIndexOf(parts: ArchivedParts, algorithm: DigestName): Buffer {
  const hashed = (bytes: Uint8Array) => octets(createHash(algorithm).update(bytes).digest())
  return sequence(
    sequence(oid(digestOids[algorithm])),
    sequence(...parts.certificates.map(hashed)),
    sequence(...parts.revocations.map(hashed)),
    sequence(...parts.unsigned.flatMap(typeWithValues).map(hashed)),
  )
}

/** attrType and a value, for each value, without what is around them. */
function typeWithValues(attributeDer: Uint8Array): Buffer[] {
  const parts = new DerSequence(readDer(attributeDer))
  const type = parts.next().raw
  return parts
    .next()
    .children(0x31)
    .map(({ raw }) => Buffer.concat([type, raw]))
}

/** The archive time-stamp as an unsigned attribute: the token, with the index put among its own unsigned attributes. */
export function archiveAttribute(token: Uint8Array, hashIndex: Buffer): Buffer {
  return attribute(archiveTimestampV3, withUnsigned(token, attribute(hashIndexV3, hashIndex)))
}

function withUnsigned(token: Uint8Array, added: Buffer): Buffer {
  const outer = new DerSequence(readDer(token))
  const type = outer.next()
  const signed = outer.next().only(0xa0).children(0x30)
  const signers = signed.at(-1)
  if (!signers) throw new der.DerError('no signer')
  const fields = signers.only(0x31).children(0x30)
  const unsigned = fields.at(-1)?.tag === 0xa1 ? fields.pop() : undefined
  const attributes = setOf(...(unsigned?.children(0xa1) ?? []).map(({ raw }) => raw), added)
  const signer = sequence(...fields.map(({ raw }) => raw), retagged(0xa1, attributes))
  const inner = sequence(...signed.slice(0, -1).map(({ raw }) => raw), setOf(signer))
  return sequence(type.raw, der.explicit(0, inner))
}
