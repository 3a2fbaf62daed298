import type { Certificate } from '../certificates/certificate.ts'
import type { SignatureScheme } from '../crypto/port.ts'

/** What an accepted CRL or OCSP answer says of one certificate. */
export interface RevocationInfo {
  /** Of the CRL or the answer. */
  readonly id: string
  readonly kind: 'crl' | 'ocsp'
  readonly status: 'good' | 'revoked' | 'on-hold'
  /** When it was revoked, where it was. */
  readonly revokedAt: number | undefined
  /** The time for which it speaks (thisUpdate). */
  readonly issuedAt: number
  /** Until when it is fresh: its own nextUpdate, or what the policy says. */
  readonly freshUntil: number
  readonly scheme: SignatureScheme | undefined
  /** Who signed it: the issuer, or whom the issuer delegated. */
  readonly signer: Certificate
}
