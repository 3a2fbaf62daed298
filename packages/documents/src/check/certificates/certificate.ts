import { sameBytes, toHex } from '../../bytes.ts'
import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence, readAsn1 } from '../asn1/read.ts'
import { type PublicKeyInfo, readPublicKey, readSignatureAlgorithm } from '../crypto/algorithms.ts'
import { digestNow, fingerprintOf } from '../crypto/digest.ts'
import type { SignatureScheme } from '../crypto/port.ts'
import type { Work } from '../work.ts'
import { type Extensions, readExtensions } from './extensions.ts'
import { type Name, readName } from './name.ts'

/** A certificate (RFC 5280 §4.1), read but not verified. */
export interface Certificate {
  readonly der: Uint8Array
  /** SHA-256 in hex: what it is known by. */
  readonly id: string
  /** The bytes of the INTEGER. */
  readonly serial: Uint8Array
  readonly issuer: Name
  readonly subject: Name
  readonly notBefore: number
  /** The last millisecond of validity; the second that it names is part of it. */
  readonly notAfter: number
  /** DER of SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly key: PublicKeyInfo
  readonly extensions: Extensions
  /** What the issuer signed. */
  readonly signed: Uint8Array
  readonly scheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  /** Issuer and subject are the same name (RFC 5280 §3.2), whoever signed it. */
  readonly isSelfIssued: boolean
  readonly version: number
}

const largestCertificate = 256 * 1024

/** Throws `Asn1Error`. */
export function readCertificate(der: Uint8Array, work: Work): Certificate {
  if (der.length > largestCertificate) throw new Asn1Error('a certificate too large')
  work.spend('objects')
  const read = (bytes: Uint8Array) => readAsn1(bytes, work)
  const outer = new Asn1Sequence(read(der))
  const body = outer.next(0x30)
  const algorithm = outer.next(0x30)
  const signature = outer.next(0x03).bits()
  outer.end()
  return { ...readBody(body, algorithm, read), der, id: fingerprintOf(der), signed: body.raw, signature }
}

function readBody(body: Asn1, algorithm: Asn1, read: (bytes: Uint8Array) => Asn1) {
  const parts = new Asn1Sequence(body)
  const version = (parts.optional(0xa0)?.only().smallInteger() ?? 0) + 1
  const serial = parts.next().integerBytes()
  // RFC 5280 §4.1.1.2: both name the same algorithm; only the inner one is signed.
  if (!sameBytes(parts.next(0x30).raw, algorithm.raw)) throw new Asn1Error('two signature algorithms')
  const issuer = readName(parts.next(0x30))
  const [from, to] = parts.next(0x30).children()
  const subject = readName(parts.next(0x30))
  const spki = parts.next(0x30)
  parts.optional(0x81, 0xa1)
  parts.optional(0x82, 0xa2)
  const extensions = parts.optional(0xa3)?.only()
  parts.end()
  if (!from || !to) throw new Asn1Error('a validity without end')
  if (serial.length > 40) throw new Asn1Error('a serial number too large')
  if (extensions && version !== 3) throw new Asn1Error('extensions of an old certificate')
  return {
    version,
    serial,
    issuer,
    subject,
    notBefore: from.time(),
    notAfter: to.time() + 999,
    spki: spki.raw,
    key: readPublicKey(spki, read),
    extensions: readExtensions(extensions, read),
    scheme: readSignatureAlgorithm(algorithm),
    isSelfIssued: issuer.key === subject.key,
  }
}

export function isAuthority({ extensions, version }: Certificate): boolean {
  return version === 3 && extensions.authority?.isAuthority === true
}

/** Whether keyUsage permits it; a certificate without the extension permits everything (RFC 5280 §4.2.1.3). */
export function permits({ extensions }: Certificate, bit: number): boolean {
  return extensions.keyUsage?.has(bit) ?? true
}

export function hasPurpose({ extensions }: Certificate, purpose: string): boolean {
  return extensions.extendedKeyUsage?.has(purpose) ?? false
}

const keyHashes = new WeakMap<Certificate, Uint8Array>()

/** SHA-1 of the key's bytes, as most key identifiers are made (RFC 5280 §4.2.1.2). */
export function keyHashOf(certificate: Certificate): Uint8Array {
  const hash = keyHashes.get(certificate) ?? digestNow('sha1', certificate.key.keyBytes)
  keyHashes.set(certificate, hash)
  return hash
}

export function keyIdentifierOf(certificate: Certificate): Uint8Array {
  return certificate.extensions.subjectKeyIdentifier ?? keyHashOf(certificate)
}

/** The serial number as people read it: hex without leading zeroes. */
export function serialText({ serial }: Certificate): string {
  return toHex(serial).replace(/^(00)+(?=..)/, '')
}

/** Whether its status may stay unknown: short-lived by assurance, or its issuer says that there is none. */
export function needsNoRevocation({ extensions }: Certificate): boolean {
  return (
    extensions.present.has(oids.validityAssuredShortTerm) ||
    extensions.present.has(oids.noRevocationAvailable)
  )
}
