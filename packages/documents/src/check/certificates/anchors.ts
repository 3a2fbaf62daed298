import type { Text } from '@sapan/kernel'
import { Asn1Error } from '../asn1/error.ts'
import type { Work } from '../work.ts'
import { type Certificate, readCertificate } from './certificate.ts'

/** What a path may be for. An anchor for `revocation` is a responder that is trusted for everybody's certificates. */
export type Purpose = 'signature' | 'timestamp' | 'revocation'

/** Whom the one who checks trusts. */
export interface TrustAnchors {
  /** DER of authorities trusted for signatures and time-stamps, for as long as nobody takes them out. */
  readonly certificates: readonly Uint8Array[]
  /** Services out of trusted lists, with what they are trusted for and when. */
  readonly services?: readonly TrustedService[]
}

/** A service of a trusted list (TS 119 612), or any anchor that has limits. */
export interface TrustedService {
  /** DER. */
  readonly certificate: Uint8Array
  readonly purposes: readonly Purpose[]
  /** From when until before when it is trusted, milliseconds since 1970. */
  readonly from?: number
  readonly until?: number
  readonly name?: Text
}

export interface Anchor {
  readonly certificate: Certificate
  readonly purposes: ReadonlySet<Purpose>
  readonly from: number
  readonly until: number
}

const usual: ReadonlySet<Purpose> = new Set(['signature', 'timestamp'])

/** Throws TypeError for an anchor that cannot be read: that is a mistake of the one who checks, not of the file. */
export function readAnchors({ certificates, services = [] }: TrustAnchors, work: Work): Anchor[] {
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }
  return [
    ...certificates.map((der) => ({ certificate: readAnchor(der, work), purposes: usual, ...always })),
    ...services.map(({ certificate, purposes, from = always.from, until = always.until }) => ({
      certificate: readAnchor(certificate, work),
      purposes: new Set(purposes),
      from,
      until,
    })),
  ]
}

function readAnchor(der: Uint8Array, work: Work): Certificate {
  try {
    return readCertificate(der, work)
  } catch (cause) {
    if (cause instanceof Asn1Error) throw new TypeError('a trust anchor is no certificate', { cause })
    throw cause
  }
}
