import { createPublicKey, hash, type KeyObject } from 'node:crypto'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import { readSignature, readSignatureAlgorithm } from '../der/signature.ts'
import { algorithmOf, type SignatureAlgorithm, verifySignature } from '../keys/signer.ts'
import { type Extensions, readExtensions } from './extensions.ts'
import { readName, type Subject } from './subject.ts'

/** A certificate is no larger than this: ours have about 700 bytes. */
const mostBytes = 16 * 1024

/** SHA-256 over the DER, in lower-case hex: how a certificate is named in Sapan. */
export function fingerprint(der: Uint8Array): string {
  return hash('sha256', der, 'hex')
}

/** A certificate (RFC 5280), read but not trusted. */
export interface Certificate {
  readonly der: Buffer
  readonly fingerprint: string
  readonly serial: bigint
  readonly subject: Subject
  /** Names as they stand, to compare and to quote. */
  readonly subjectDer: Buffer
  readonly issuerDer: Buffer
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: KeyObject
  readonly algorithm: SignatureAlgorithm
  readonly extensions: Extensions
  /** Whether that key signed this certificate. */
  isSignedBy(publicKey: KeyObject): boolean
}

/**
 * Reads a certificate with a P-256 or Ed25519 key. Throws DerError, or a Problem `key-wrong-kind`, for others;
 * `readCertificate` is for callers outside.
 */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const parts = readCertificateParts(bytes)
  const { der, body, serial, issuer, subject, notBefore, notAfter } = parts
  const signatureAlgorithm = readSignatureAlgorithm(parts.signatureAlgorithm)
  const signature = readSignature(signatureAlgorithm, parts.signature)
  const publicKey = readPublicKey(parts.publicKey)
  return {
    der,
    fingerprint: fingerprint(der),
    serial,
    subject: readName(subject),
    subjectDer: subject.raw,
    issuerDer: issuer.raw,
    notBefore,
    notAfter,
    publicKey,
    algorithm: algorithmOf(publicKey),
    extensions: readExtensions(parts.extensions),
    isSignedBy: (key) => verifySignature(signatureAlgorithm, key, body.raw, signature),
  }
}

/** A certificate's parts, of whatever kind its key and its signature are (RFC 5280 §4.1). */
export interface CertificateParts {
  readonly der: Buffer
  readonly body: DerElement
  readonly serial: bigint
  readonly issuer: DerElement
  readonly subject: DerElement
  readonly notBefore: number
  readonly notAfter: number
  /** SubjectPublicKeyInfo. */
  readonly publicKey: DerElement
  readonly extensions: DerElement | undefined
  readonly signatureAlgorithm: DerElement
  readonly signature: Buffer
}

/** Takes a certificate of version 3 apart. Throws DerError. */
export function readCertificateParts(bytes: Uint8Array): CertificateParts {
  if (bytes.length > mostBytes) throw new DerError('too large')
  const der = Buffer.from(bytes)
  const outer = new DerSequence(readDer(der))
  const body = outer.next()
  const signatureAlgorithm = outer.next()
  const signature = outer.next().bits()
  outer.end()
  return { der, body, signatureAlgorithm, signature, ...readBody(body, signatureAlgorithm.raw) }
}

function readBody(body: DerElement, signedWith: Buffer) {
  const parts = new DerSequence(body)
  if (parts.optional(0xa0)?.only().integer() !== 2n) throw new DerError('not version 3')
  const serial = parts.next().integer()
  if (!parts.next().raw.equals(signedWith)) throw new DerError('two signature algorithms')
  const issuer = parts.next()
  const validity = new DerSequence(parts.next())
  const notBefore = validity.next().time()
  const notAfter = validity.next().time()
  validity.end()
  const subject = parts.next()
  const publicKey = parts.next()
  const extensions = parts.optional(0xa3)?.only()
  parts.end()
  return { serial, issuer, notBefore, notAfter, subject, publicKey, extensions }
}

/** Before the 64 bytes of a point of P-256: a named curve, and the point uncompressed (RFC 5480 §2.1.1.1, §2.2). */
const plainP256 = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')

/**
 * A SubjectPublicKeyInfo. A point of P-256 must be in the plain form: compressed, or with its curve written out, the
 * same key would look like another to who tells keys apart by their bytes.
 */
export function readPublicKey(spki: DerElement): KeyObject {
  const key = createKey(spki.raw)
  const isP256 = key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  if (isP256 && !spki.raw.subarray(0, plainP256.length).equals(plainP256)) {
    throw new DerError('a public key in another form than the plain one')
  }
  return key
}

function createKey(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' })
  } catch {
    throw new DerError('a public key')
  }
}
