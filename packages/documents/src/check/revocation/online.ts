import * as oids from '../asn1/oids.ts'
import { sameBytes } from '../asn1/read.ts'
import { element, oid } from '../asn1/write.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { digestNow } from '../crypto/digest.ts'
import type { Run } from '../run.ts'

/** Fetches what a file lacks. Each gives the bytes of the answer, or undefined; they never reject. */
export interface RevocationFetcher {
  /** POST of an OCSP request (`application/ocsp-request`). */
  ocsp(url: string, request: Uint8Array): Promise<Uint8Array | undefined>
  crl(url: string): Promise<Uint8Array | undefined>
}

const mostAddresses = 2

/** Asks the issuer's services about a certificate and takes in what they answer: OCSP, else the CRL. */
export async function fetchRevocation(
  run: Run,
  certificate: Certificate,
  issuer: Certificate,
): Promise<boolean> {
  const { online } = run
  if (!online || run.wasAsked(certificate.id)) return false
  const { ocspAddresses, crlAddresses } = certificate.extensions
  for (const url of ocspAddresses.filter(isHttp).slice(0, mostAddresses)) {
    const nonce = globalThis.crypto.getRandomValues(new Uint8Array(16))
    const answer = await online.ocsp(url, ocspRequest(certificate, issuer, nonce))
    const read = answer && run.addOcsp(answer)
    // A responder may leave the nonce out (RFC 6960 §4.4.1), but one with another answers somebody else.
    if (read && (!read.nonce || sameBytes(read.nonce, nonce))) return true
    if (read) run.forget(read.id)
  }
  for (const url of crlAddresses.filter(isHttp).slice(0, mostAddresses)) {
    const list = await online.crl(url)
    if (list && run.addCrl(list)) return true
  }
  return false
}

function isHttp(url: string): boolean {
  return /^https?:\/\//i.test(url)
}

/** OCSPRequest for one certificate with a nonce (RFC 6960 §4.1.1, RFC 9654). */
export function ocspRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const identifier = element(
    0x30,
    element(0x30, oid('1.3.14.3.2.26'), element(0x05)),
    element(0x04, digestNow('sha1', issuer.subject.der)),
    element(0x04, digestNow('sha1', issuer.key.keyBytes)),
    element(0x02, certificate.serial),
  )
  const extension = element(0x30, oid(oids.ocspNonce), element(0x04, element(0x04, nonce)))
  const list = element(0x30, element(0x30, identifier))
  return element(0x30, element(0x30, list, element(0xa2, element(0x30, extension))))
}
