import { Asn1Error } from '../asn1/error.ts'
import * as oids from '../asn1/oids.ts'
import { type Asn1, Asn1Sequence } from '../asn1/read.ts'
import { readDigestAlgorithm } from '../crypto/algorithms.ts'
import type { CertificateReference } from '../engine/signature.ts'
import { type Attribute, onlyValue } from './signed-data.ts'

/** ESS signing-certificate and -v2 (RFC 2634 §5.4, RFC 5035 §3); those of both kinds, v2 first. */
export function certificateReferences(signed: readonly Attribute[]): CertificateReference[] {
  const second = onlyValue(signed, oids.signingCertificateV2)
  const first = onlyValue(signed, oids.signingCertificate)
  return [...(second ? references(second, readV2) : []), ...(first ? references(first, readV1) : [])]
}

function references(value: Asn1, read: (id: Asn1) => CertificateReference): CertificateReference[] {
  const certificates = new Asn1Sequence(value).next(0x30).children()
  if (certificates.length === 0 || certificates.length > 50) throw new Asn1Error('certificate references')
  return certificates.map(read)
}

function readV2(id: Asn1): CertificateReference {
  const parts = new Asn1Sequence(id)
  const named = parts.optional(0x30)
  const digest = parts.next().octets()
  const algorithm = named ? readDigestAlgorithm(named) : 'sha256'
  return { algorithm, digest, ...issuerSerial(parts.optional(0x30)) }
}

function readV1(id: Asn1): CertificateReference {
  const parts = new Asn1Sequence(id)
  return { algorithm: 'sha1', digest: parts.next().octets(), ...issuerSerial(parts.optional(0x30)) }
}

function issuerSerial(element: Asn1 | undefined): { issuer: Uint8Array; serial: Uint8Array } | undefined {
  if (!element) return undefined
  const [names, serial] = element.children()
  const directory = names?.children(0x30).find(({ tag }) => tag === 0xa4)
  return directory && serial ? { issuer: directory.only().raw, serial: serial.integerBytes() } : undefined
}
