import { extension } from '../certificates/extensions.ts'
import * as oids from '../der/oids.ts'
import { element, implicit, oid, sequence } from '../der/write.ts'

/** Where the world finds whether a certificate was revoked, and who issued it. */
export interface RevocationAddresses {
  /** Of OCSP responders (RFC 5280 §4.2.2.1). */
  readonly ocsp?: readonly string[]
  /** Of CRLs (RFC 5280 §4.2.1.13). */
  readonly crl?: readonly string[]
  /** Of the issuer's certificate in DER. */
  readonly issuers?: readonly string[]
}

export function revocationExtensions({ ocsp = [], crl = [], issuers = [] }: RevocationAddresses): Buffer[] {
  const access = [
    ...ocsp.map((url) => sequence(oid(oids.accessOcsp), address(url))),
    ...issuers.map((url) => sequence(oid(oids.accessIssuers), address(url))),
  ]
  const points = crl.map((url) => sequence(element(0xa0, element(0xa0, address(url)))))
  return [
    ...(access.length === 0 ? [] : [extension(oids.authorityInfoAccess, sequence(...access))]),
    ...(points.length === 0 ? [] : [extension(oids.crlDistributionPoints, sequence(...points))]),
  ]
}

/** A GeneralName. Throws TypeError for what is no HTTP address: readers of PDF files follow nothing else. */
function address(url: string): Buffer {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(url))
    throw new TypeError('an address begins with http:// or https://')
  return implicit(6, Buffer.from(url, 'latin1'))
}
