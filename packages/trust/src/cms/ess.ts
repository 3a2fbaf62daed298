import { createHash } from 'node:crypto'
import type { Certificate } from '../certificates/certificate.ts'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence } from '../der/read.ts'
import { element, integer, octets, oid, sequence, setOf } from '../der/write.ts'

/**
 * The attribute that binds a signature to its certificate (ESS signing-certificate-v2, RFC 5035 §4): with it, another
 * certificate for the same key cannot take the signature over.
 */
export function signingCertificateAttribute(
  certificate: Pick<Certificate, 'der' | 'issuerDer' | 'serial'>,
): Buffer {
  const digest = createHash('sha256').update(certificate.der).digest()
  const directoryName = element(0xa4, certificate.issuerDer)
  const issuerSerial = sequence(sequence(directoryName), integer(certificate.serial))
  // SHA-256 is the default and so is left out.
  const identifier = sequence(octets(digest), issuerSerial)
  return sequence(oid(oids.signingCertificateV2), setOf(sequence(sequence(identifier))))
}

const digestNames = new Map([
  [oids.sha256, 'sha256'],
  [oids.sha384, 'sha384'],
  [oids.sha512, 'sha512'],
])

/** Whether the attribute's value names that certificate (its first identifier is the signer's). */
export function namesCertificate(value: DerElement, certificate: Pick<Certificate, 'der'>): boolean {
  const [identifiers] = value.children(0x30)
  const [first] = identifiers?.children(0x30) ?? []
  if (!first) throw new DerError('a signing-certificate attribute without a certificate')
  const parts = new DerSequence(first)
  const digestName = digestNames.get(readDigestOid(parts.optional(0x30)))
  if (!digestName) throw new DerError('an unknown digest')
  return createHash(digestName).update(certificate.der).digest().equals(parts.next().octets())
}

function readDigestOid(algorithm: DerElement | undefined): string {
  return algorithm ? new DerSequence(algorithm).next().oid() : oids.sha256
}
