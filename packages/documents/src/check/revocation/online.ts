import { sameBytes } from '../../bytes.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { Run } from '../run.ts'
import { type AskedCertificate, ocspRequest } from './ocsp-request.ts'

/** Fetches what a file lacks, for one check. Each gives the bytes of the answer, or undefined; they never reject. */
export interface RevocationFetcher {
  /** POST of an OCSP request (`application/ocsp-request`). */
  ocsp(url: string, request: Uint8Array): Promise<Uint8Array | undefined>
  crl(url: string): Promise<Uint8Array | undefined>
  /** Certificates of an issuer (RFC 5280 §4.2.2.1): one in DER, or CMS that has nothing but certificates. */
  issuer?(url: string): Promise<Uint8Array | undefined>
  /** What was not to be had so far, and why, in a few English words for specialists. */
  readonly failures?: readonly string[]
}

const mostAddresses = 2

/**
 * Asks the issuer's services about a certificate and takes in what they answer, OCSP first, until `isEnough`. A service
 * that answers nothing of use does not keep the next one from being asked.
 */
export async function fetchRevocation(
  run: Run,
  certificate: Certificate,
  issuer: Certificate,
  isEnough: () => Promise<boolean>,
): Promise<void> {
  if (!run.online || run.wasAsked(certificate.id)) return
  const { ocspAddresses, crlAddresses } = certificate.extensions
  for (const url of usable(ocspAddresses)) {
    const answer = await askResponder(run, url, certificate, issuer)
    if (answer === 'taken-in' && (await isEnough())) return
    if (answer !== 'none') run.useless.add(hostOf(url))
  }
  for (const url of usable(crlAddresses)) {
    const list = await run.online.crl(url)
    if (list && run.fetched(() => run.addCrl(list)) && (await isEnough())) return
    if (list) run.useless.add(hostOf(url))
  }
  run.isUnanswered = true
}

async function askResponder(
  run: Run,
  url: string,
  certificate: Certificate,
  issuer: Certificate,
): Promise<'none' | 'useless' | 'taken-in'> {
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(16))
  const answer = await run.online?.ocsp(url, ocspRequest(idOf(certificate, issuer), nonce))
  if (!answer) return 'none'
  const read = run.fetched(() => run.addOcsp(answer))
  if (!read) return 'useless'
  // A responder may leave the nonce out (RFC 6960 §4.4.1), but one with another answers somebody else.
  if (!read.nonce || sameBytes(read.nonce, nonce)) return 'taken-in'
  run.forget(read.id)
  return 'useless'
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url
}

/** Those of a certificate's addresses that are asked. */
export function usable(addresses: readonly string[]): string[] {
  return addresses.filter((url) => /^https?:\/\//i.test(url)).slice(0, mostAddresses)
}

const idOf = ({ serial }: Certificate, { subject, key }: Certificate): AskedCertificate => ({
  serial,
  issuer: subject.der,
  issuerKey: key.keyBytes,
})
