export type DigestName =
  | 'md5'
  | 'sha1'
  | 'ripemd160'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha512-256'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  /** With 64 bytes of output, as Ed448 has it in CMS (RFC 8419 §2.3). */
  | 'shake256'

/** How a signature was made. ECDSA values are a DER sequence of r and s, or with `raw` both in fixed length. */
export type SignatureScheme =
  | { readonly family: 'rsa-pkcs1'; readonly digest: DigestName }
  | {
      readonly family: 'rsa-pss'
      readonly digest: DigestName
      readonly maskDigest: DigestName
      readonly saltLength: number
    }
  | { readonly family: 'ecdsa'; readonly digest: DigestName; readonly raw?: boolean }
  | { readonly family: 'dsa'; readonly digest: DigestName }
  | { readonly family: 'eddsa'; readonly curve?: 'ed25519' | 'ed448' }

/** All cryptography that the checker needs, so that it runs wherever there is a WebCrypto. */
export interface CheckCrypto {
  digest(name: DigestName, data: Uint8Array): Promise<Uint8Array>
  /**
   * Whether the key (DER of SubjectPublicKeyInfo) made the signature over the data. `unsupported` where the algorithm,
   * curve or key size is not known; never throws for a bad key or a bad signature.
   */
  verify(
    scheme: SignatureScheme,
    spki: Uint8Array,
    data: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean | 'unsupported'>
}
