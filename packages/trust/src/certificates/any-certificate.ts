import { type DerElement, DerError } from '../der/read.ts'
import { keyAlgorithmOf, verifyKeySignature } from '../signing/algorithm.ts'
import { type Certificate, fingerprint, readCertificateParts, readPublicKey } from './certificate.ts'
import { readExtensions } from './extensions.ts'
import { readName, type Subject } from './subject.ts'

/** A certificate of any authority: RSA and the larger curves too. What members exchange with has the house's keys. */
export type AnyCertificate = Omit<Certificate, 'algorithm'>

/** Reads one. Throws DerError. */
export function parseAnyCertificate(bytes: Uint8Array): AnyCertificate {
  const parts = readCertificateParts(bytes)
  const { der, body, serial, issuer, subject, notBefore, notAfter, signature } = parts
  const algorithm = keyAlgorithmOf(parts.signatureAlgorithm)
  return {
    der,
    fingerprint: fingerprint(der),
    serial,
    subject: readAnyName(subject, serial),
    subjectDer: subject.raw,
    issuerDer: issuer.raw,
    notBefore,
    notAfter,
    publicKey: readPublicKey(parts.publicKey),
    extensions: readExtensions(parts.extensions),
    isSignedBy: (key) => verifyKeySignature(algorithm, key, body.raw, signature),
  }
}

/** Others name their authorities in ways that are not read here: those go by their number. */
function readAnyName(subject: DerElement, serial: bigint): Subject {
  try {
    return readName(subject)
  } catch (error) {
    if (error instanceof DerError) return { commonName: serial.toString(16) }
    throw error
  }
}
