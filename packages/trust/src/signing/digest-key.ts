import { createPublicKey, type KeyObject } from 'node:crypto'
import { defaultKeyAlgorithm, fitsAlgorithm, type KeyAlgorithm, keyAlgorithms } from './algorithm.ts'
import { type PemKeyOptions, type Pkcs12KeyOptions, privateKeyFrom } from './file-key.ts'
import { signDigest } from './prehashed.ts'
import { checkCertificate } from './signing-key.ts'

/**
 * A key that signs digests: what a signing service keeps for others. It never sees what is signed; who hands in a digest
 * has made it. No Ed25519: that signs no digests.
 */
export interface DigestKey {
  readonly publicKey: KeyObject
  /** DER. */
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
  /** With which it signs. */
  readonly algorithms: readonly KeyAlgorithm[]
  /** Signatures as CMS carries them, in order; all or none. `saltLength` of PSS: as many bytes as the digest by default. */
  signDigests(
    algorithm: KeyAlgorithm,
    digests: readonly Uint8Array[],
    saltLength?: number,
  ): Promise<Uint8Array[]>
  close?(): Promise<void>
}

/** The algorithms with which that key can sign digests. */
export function digestAlgorithms(publicKey: KeyObject): readonly KeyAlgorithm[] {
  return keyAlgorithms.filter((each) => each !== 'ed25519' && fitsAlgorithm(publicKey, each))
}

/** A key from a file's content, for a signing service. Throws as `fileKey` does. */
export function fileDigestKey(
  options: Omit<PemKeyOptions, 'algorithm'> | Omit<Pkcs12KeyOptions, 'algorithm'>,
): DigestKey {
  const { key, certificate, chain } = privateKeyFrom(options)
  const publicKey = createPublicKey(key)
  checkCertificate(certificate, publicKey, defaultKeyAlgorithm(publicKey))
  return {
    publicKey,
    certificate,
    chain,
    algorithms: digestAlgorithms(publicKey),
    signDigests: async (algorithm, digests, saltLength) =>
      digests.map((digest) => signDigest(algorithm, key, digest, saltLength)),
  }
}
