import * as oids from '../asn1/oids.ts'
import { element, oid } from '../asn1/write.ts'
import { digestNow } from '../crypto/digest.ts'

/** What names a certificate to a responder. */
export interface AskedCertificate {
  /** Content of its INTEGER. */
  readonly serial: Uint8Array
  /** DER of the issuer's name. */
  readonly issuer: Uint8Array
  /** Bits of the issuer's public key, without its algorithm. */
  readonly issuerKey: Uint8Array
}

/**
 * OCSPRequest for one certificate (RFC 6960 §4.1.1). It is named by SHA-1, which every responder understands (RFC 5019
 * §2.1.1): a name, not a proof. With a nonce (RFC 9654) the answer is for this request only; without one it can be kept.
 */
export function ocspRequest({ serial, issuer, issuerKey }: AskedCertificate, nonce?: Uint8Array): Uint8Array {
  const identifier = element(
    0x30,
    element(0x30, oid('1.3.14.3.2.26'), element(0x05)),
    element(0x04, digestNow('sha1', issuer)),
    element(0x04, digestNow('sha1', issuerKey)),
    element(0x02, serial),
  )
  const list = element(0x30, element(0x30, identifier))
  return element(0x30, element(0x30, list, ...(nonce ? [extensionsWith(nonce)] : [])))
}

function extensionsWith(nonce: Uint8Array): Uint8Array {
  const extension = element(0x30, oid(oids.ocspNonce), element(0x04, element(0x04, nonce)))
  return element(0xa2, element(0x30, extension))
}
