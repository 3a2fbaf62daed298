import { createHash } from 'node:crypto'
import {
  type DigestName,
  der,
  digestLength,
  keyAlgorithmDer,
  keyDigest,
  type SigningKey,
  verifyKeySignature,
} from '@sapan/trust'
import { signProblem } from '../../problems/sign.ts'
import {
  displayName,
  distinct,
  type PathCertificate,
  readPathCertificate,
} from '../certificate/certificate.ts'

const { integerFromBytes, element, octets, oid, oids, retagged, sequence, setOf } = der

/** Who signs, without the means to. */
export type SignerIdentity = Pick<SigningKey, 'algorithm' | 'certificate' | 'chain'>

/** All of a signature that is the same each time that a key signs. */
export interface PreparedSigner {
  readonly key: SignerIdentity
  readonly certificate: PathCertificate
  /** The signer's certificate and those above it, without duplicates. */
  readonly certificates: readonly Uint8Array[]
  readonly digest: DigestName
  readonly digestBytes: number
  readonly digestAlgorithm: Buffer
  readonly signatureAlgorithm: Buffer
  /** IssuerAndSerialNumber (RFC 5652 §10.2.4). */
  readonly identifier: Buffer
  /** ESS signing-certificate-v2 (RFC 5035 §3), as an attribute. */
  readonly binding: Buffer
  /** Bytes that a signature value has at most. */
  readonly mostSignatureBytes: number
  /** Whether a signature of this key was once verified with its certificate. */
  proven: boolean
}

const prepared = new WeakMap<SignerIdentity, PreparedSigner>()

/** The parts that are the same for every signature of the key. Throws `signer-certificate-unusable`. */
export function prepareSigner(key: SignerIdentity): PreparedSigner {
  const known = prepared.get(key)
  if (known) return known
  const certificate = readOwn(key.certificate)
  const digest = keyDigest(key.algorithm)
  const digestAlgorithm = sequence(oid(digestOids[digest]))
  const signer: PreparedSigner = {
    key,
    certificate,
    certificates: distinct([key.certificate, ...key.chain]),
    digest,
    digestBytes: digestLength(digest),
    digestAlgorithm,
    signatureAlgorithm: keyAlgorithmDer(key.algorithm),
    identifier: sequence(certificate.issuer, integerFromBytes(certificate.serial)),
    binding: bindingOf(certificate, digest, digestAlgorithm),
    mostSignatureBytes: mostSignatureBytes(certificate),
    proven: false,
  }
  prepared.set(key, signer)
  return signer
}

export const digestOids: Readonly<Record<DigestName, string>> = {
  sha256: oids.sha256,
  sha384: oids.sha384,
  sha512: oids.sha512,
}

function readOwn(bytes: Uint8Array): PathCertificate {
  try {
    return readPathCertificate(bytes)
  } catch (cause) {
    throw signProblem('signer-certificate-unusable', 'อ่านใบรับรองไม่ได้', 'It cannot be read', { cause })
  }
}

/** The attribute that binds a signature to its certificate. SHA-256 is its default and so is left out. */
function bindingOf(certificate: PathCertificate, digest: DigestName, algorithm: Buffer): Buffer {
  const hash = createHash(digest).update(certificate.der).digest()
  const names = sequence(element(0xa4, certificate.issuer))
  const issuerSerial = sequence(names, integerFromBytes(certificate.serial))
  const parts = [octets(hash), issuerSerial]
  const identifier = sequence(...(digest === 'sha256' ? [] : [algorithm]), ...parts)
  return attribute(oids.signingCertificateV2, sequence(sequence(identifier)))
}

/** An attribute with one value (RFC 5652 §5.3). */
export function attribute(type: string, value: Uint8Array): Buffer {
  return sequence(oid(type), setOf(value))
}

/** Bytes of an ECDSA signature as a sequence of two integers, by curve: each has one byte more when its top bit is set. */
const ecdsaBytes: ReadonlyMap<string, number> = new Map([
  ['prime256v1', 72],
  ['secp384r1', 104],
  ['secp521r1', 139],
])

function mostSignatureBytes({ publicKey }: PathCertificate): number {
  const { modulusLength = 0, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {}
  if (modulusLength > 0) return Math.ceil(modulusLength / 8)
  return ecdsaBytes.get(namedCurve) ?? 144
}

/** Bits of keyUsage (RFC 5280 §4.2.1.3). */
const digitalSignature = 0
const contentCommitment = 1
/** Purposes with which documents are signed: RFC 9336, Adobe's, Microsoft's, e-mail, any. */
const signingPurposes = [
  '1.3.6.1.5.5.7.3.36',
  '1.2.840.113583.1.1.5',
  '1.3.6.1.4.1.311.10.3.12',
  '1.3.6.1.5.5.7.3.4',
  '2.5.29.37.0',
]

/**
 * Refuses to sign with a certificate that no checker would take: throws `signer-certificate-expired`,
 * `signer-certificate-not-yet-valid` or `signer-certificate-unusable`.
 */
export function checkSigner({ certificate }: PreparedSigner, time: number): void {
  const { notBefore, notAfter, usage, purposes, isAuthority } = certificate
  // notAfter is the last second of validity (RFC 5280 §4.1.2.5), whole.
  if (time >= notAfter + 1000) throw about('signer-certificate-expired', certificate)
  if (time < notBefore) throw about('signer-certificate-not-yet-valid', certificate)
  const maySign = usage === undefined || usage.has(digitalSignature) || usage.has(contentCommitment)
  const isForDocuments = purposes.size === 0 || signingPurposes.some((purpose) => purposes.has(purpose))
  if (!maySign || !isForDocuments || isAuthority) throw about('signer-certificate-unusable', certificate)
}

function about(code: Parameters<typeof signProblem>[0], certificate: PathCertificate) {
  const name = displayName(certificate)
  return signProblem(code, name, name)
}

/**
 * The signature value that a key gave. The first of a key is verified with its certificate: throws
 * `signer-key-mismatch` when they don't fit.
 */
export function checkedSignature(
  signer: PreparedSigner,
  bytes: Uint8Array,
  signature: Uint8Array,
): Uint8Array {
  if (signer.proven) return signature
  const { algorithm } = signer.key
  const { publicKey } = signer.certificate
  const isOurs =
    signature.length <= signer.mostSignatureBytes &&
    verifyKeySignature(algorithm, publicKey, bytes, signature)
  if (!isOurs) throw about('signer-key-mismatch', signer.certificate)
  signer.proven = true
  return signature
}

/** `[0] IMPLICIT CertificateSet` (RFC 5652 §10.2.3). */
export function certificateSet(certificates: readonly Uint8Array[]): Buffer {
  return retagged(0xa0, setOf(...certificates))
}
