import { type KeyObject, X509Certificate } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { DerSequence, readDer } from '../der/read.ts'
import { trustProblems } from '../problems.ts'
import { fitsAlgorithm, type KeyAlgorithm } from './algorithm.ts'

/**
 * A key that signs documents, wherever it lies: in a file, in a token, or with a signing service. It may be slow and it
 * may fail, since it may be elsewhere.
 */
export interface SigningKey {
  readonly algorithm: KeyAlgorithm
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array
  /** Those above it, nearest first, DER; may be empty. */
  readonly chain: readonly Uint8Array[]
  /**
   * Signs the bytes (not their digest). The signature is as CMS and X.509 carry it: RFC 8017 for RSA, a sequence of r
   * and s for ECDSA (RFC 3279 §2.2.3), 64 bytes for Ed25519.
   */
  sign(data: Uint8Array): Promise<Uint8Array>
  /** Several at once, in order, where that costs less than one after the other. All are signed, or none is given. */
  signMany?(data: readonly Uint8Array[]): Promise<Uint8Array[]>
  /** Ends sessions and connections; the key is not used afterwards. */
  close?(): Promise<void>
}

/** A key that has no certificate yet: with it a request, or a root of its own, is made. */
export interface UncertifiedKey {
  readonly algorithm: KeyAlgorithm
  readonly publicKey: KeyObject
  sign(data: Uint8Array): Promise<Uint8Array>
  close?(): Promise<void>
}

/** The public key of a certificate; throws `signing-certificate-unreadable`. */
export function publicKeyOf(certificate: Uint8Array): KeyObject {
  try {
    return new X509Certificate(certificate).publicKey
  } catch (cause) {
    throw new Problem(trustProblems['signing-certificate-unreadable'], { cause })
  }
}

/**
 * Refuses a key that does not go with its certificate: throws `signing-certificate-unreadable`,
 * `signing-key-unsupported`, or `signing-certificate-mismatch`.
 */
export function checkCertificate(
  certificate: Uint8Array,
  publicKey: KeyObject,
  algorithm: KeyAlgorithm,
): void {
  if (!fitsAlgorithm(publicKey, algorithm)) throw new Problem(trustProblems['signing-key-unsupported'])
  if (!sameKey(publicKeyOf(certificate), publicKey)) {
    throw new Problem(trustProblems['signing-certificate-mismatch'])
  }
}

/** The numbers decide, not what the key says it is for: a certificate may have `rsaEncryption` over a key for PSS. */
function sameKey(one: KeyObject, other: KeyObject): boolean {
  return one.equals(other) || (isRsa(one) && isRsa(other) && keyBits(one).equals(keyBits(other)))
}

const isRsa = (key: KeyObject): boolean => key.asymmetricKeyType?.startsWith('rsa') ?? false

/** The second part of a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
function keyBits(key: KeyObject): Buffer {
  const parts = new DerSequence(readDer(key.export({ type: 'spki', format: 'der' })))
  parts.next()
  return parts.next().bits()
}

/** A key with its certificate. Throws as `checkCertificate` does. */
export function withCertificate(
  key: UncertifiedKey,
  certificate: Uint8Array,
  chain: readonly Uint8Array[] = [],
): SigningKey {
  checkCertificate(certificate, key.publicKey, key.algorithm)
  const { algorithm } = key
  return {
    algorithm,
    certificate,
    chain,
    sign: (data) => key.sign(data),
    ...(key.close ? { close: () => key.close?.() ?? Promise.resolve() } : {}),
  }
}
