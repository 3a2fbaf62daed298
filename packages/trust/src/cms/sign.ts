import { createHash, type KeyObject } from 'node:crypto'
import { readCertificateParts } from '../certificates/certificate.ts'
import * as oids from '../der/oids.ts'
import { signatureAlgorithmDer, signatureDer } from '../der/signature.ts'
import { explicit, integer, octets, oid, retagged, sequence, setOf, time } from '../der/write.ts'
import type { Signer } from '../keys/signer.ts'
import { type DigestName, digestOid, keyAlgorithmDer, keyDigest } from '../signing/algorithm.ts'
import { publicKeyOf, type SigningKey } from '../signing/signing-key.ts'
import { signingCertificateAttribute } from './ess.ts'

export interface SignedContent {
  /** The object identifier of what is signed. */
  readonly contentType: string
  readonly content: Uint8Array
  /** Whether the content lies beside the signature, not in it. */
  readonly detached: boolean
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array
  /** Certificates to send along: the signer's and those above it. */
  readonly certificates: readonly Uint8Array[]
  /** The claimed time, in milliseconds, where it is to be signed. */
  readonly signingTime?: number
}

/** Signs as CMS SignedData (RFC 5652 §5) with one signer and signed attributes; gives the ContentInfo in DER. */
export function signSignedData(options: SignedContent & { readonly signer: Signer }): Buffer {
  const { signer, certificate } = options
  checkSigner(certificate, signer)
  const { algorithm } = signer
  const unsigned = prepare(options, {
    digest: algorithm === 'ed25519' ? 'sha512' : 'sha256',
    algorithm: signatureAlgorithmDer(algorithm),
  })
  return unsigned.signed(signatureDer(algorithm, signer.sign(unsigned.attributes)))
}

/** The same with a key of any kind, wherever it lies. Rejects as its `sign` does. */
export async function signSignedDataElsewhere(
  options: SignedContent & { readonly key: Pick<SigningKey, 'algorithm' | 'sign'> },
): Promise<Buffer> {
  const { algorithm } = options.key
  const how = { digest: keyDigest(algorithm), algorithm: keyAlgorithmDer(algorithm) }
  const unsigned = prepare(options, how)
  return unsigned.signed(await options.key.sign(unsigned.attributes))
}

interface Scheme {
  /** With Ed25519, CMS digests with SHA-512 (RFC 8419 §3.1). */
  readonly digest: DigestName
  /** The signature's AlgorithmIdentifier, DER. */
  readonly algorithm: Buffer
}

interface Unsigned {
  /** The bytes that are signed. */
  readonly attributes: Buffer
  signed(signature: Uint8Array): Buffer
}

function prepare(options: SignedContent, { digest, algorithm }: Scheme): Unsigned {
  const { contentType, content, detached, certificates, signingTime } = options
  const { identifier, binding } = identityOf(options.certificate)
  const digestAlgorithm = sequence(oid(digestOid(digest)))
  const attributes = setOf(
    attribute(oids.contentType, oid(contentType)),
    attribute(oids.messageDigest, octets(createHash(digest).update(content).digest())),
    binding,
    ...(signingTime === undefined ? [] : [attribute(oids.signingTime, time(signingTime))]),
  )
  // Signed as a SET, carried as [0] (RFC 5652 §5.4).
  const beforeSignature = [integer(1), identifier, digestAlgorithm, retagged(0xa0, attributes), algorithm]
  const signed = (signature: Uint8Array) => {
    const signerInfo = sequence(...beforeSignature, octets(signature))
    const encapsulated = sequence(oid(contentType), ...(detached ? [] : [explicit(0, octets(content))]))
    const signedData = sequence(
      integer(versionFor(contentType)),
      setOf(digestAlgorithm),
      encapsulated,
      ...(certificates.length === 0 ? [] : [retagged(0xa0, setOf(...certificates))]),
      setOf(signerInfo),
    )
    return sequence(oid(oids.signedData), explicit(0, signedData))
  }
  return { attributes, signed }
}

/** Version 3 for content that is not plain data (RFC 5652 §5.1). */
export function versionFor(contentType: string): bigint {
  return contentType === oids.data ? 1n : 3n
}

/** How a signature names its signer. */
interface Identity {
  /** IssuerAndSerialNumber (RFC 5652 §10.2.4). */
  readonly identifier: Buffer
  readonly binding: Buffer
}

/** By the certificate's bytes, which whoever signs often hands in again: to read a certificate costs more than to sign. */
const identities = new WeakMap<Uint8Array, Identity>()
const publicKeys = new WeakMap<Uint8Array, KeyObject>()

function identityOf(certificateDer: Uint8Array): Identity {
  const known = identities.get(certificateDer)
  if (known) return known
  const { der, issuer, serial } = readCertificateParts(certificateDer)
  const identity = {
    identifier: sequence(issuer.raw, integer(serial)),
    binding: signingCertificateAttribute({ der, issuerDer: issuer.raw, serial }),
  }
  identities.set(certificateDer, identity)
  return identity
}

function checkSigner(certificateDer: Uint8Array, signer: Signer): void {
  if (publicKeys.get(certificateDer) === signer.publicKey) return
  if (!publicKeyOf(certificateDer).equals(signer.publicKey)) {
    throw new TypeError('not the certificate of this signer')
  }
  publicKeys.set(certificateDer, signer.publicKey)
}

function attribute(type: string, value: Buffer): Buffer {
  return sequence(oid(type), setOf(value))
}
