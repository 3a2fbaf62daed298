import type { KeyObject } from 'node:crypto'
import { type AnyCertificate, parseAnyCertificate } from '../certificates/any-certificate.ts'
import { type Certificate, parseCertificate } from '../certificates/certificate.ts'
import { type DerElement, DerError } from '../der/read.ts'
import { readSignature, readSignatureAlgorithm } from '../der/signature.ts'
import { verifySignature } from '../keys/signer.ts'
import { type DigestName, keyAlgorithmOf, keyDigest, verifyKeySignature } from '../signing/algorithm.ts'

/** Whose signatures are read: which certificates and algorithms they may have. */
export interface SignerKind<C extends AnyCertificate> {
  /** Throws for certificates that are of no use. */
  parse(der: Uint8Array): C
  /** What verifies a signature value with a key. Throws DerError for algorithms that are not used. */
  verifier(
    algorithm: DerElement,
    digest: DigestName,
    signature: Buffer,
  ): (publicKey: KeyObject, bytes: Uint8Array) => boolean
}

/** With Ed25519, CMS digests with SHA-512 (RFC 8419 §3.1). */
const houseDigests = { 'ecdsa-p256-sha256': 'sha256', ed25519: 'sha512' } as const

/** Members of an exchange: P-256 and Ed25519. */
export const houseSigners: SignerKind<Certificate> = {
  parse: parseCertificate,
  verifier: (element, digest, signature) => {
    const algorithm = readSignatureAlgorithm(element)
    checkDigest(digest, houseDigests[algorithm])
    const raw = readSignature(algorithm, signature)
    return (publicKey, bytes) => verifySignature(algorithm, publicKey, bytes, raw)
  },
}

/** Authorities elsewhere: RSA and the larger curves too. */
export const anySigners: SignerKind<AnyCertificate> = {
  parse: parseAnyCertificate,
  verifier: (element, digest, signature) => {
    const algorithm = keyAlgorithmOf(element, digest)
    checkDigest(digest, keyDigest(algorithm))
    return (publicKey, bytes) => verifyKeySignature(algorithm, publicKey, bytes, signature)
  },
}

function checkDigest(found: DigestName, wanted: DigestName): void {
  if (found !== wanted) throw new DerError('the digest does not belong to the signature')
}
