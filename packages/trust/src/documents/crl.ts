import { authorityKeyExtension, extension, extensionsDer } from '../certificates/extensions.ts'
import * as oids from '../der/oids.ts'
import { bits, enumerated, explicit, generalizedTime, integer, sequence, time } from '../der/write.ts'
import { keyAlgorithmDer } from '../signing/algorithm.ts'
import type { SigningKey } from '../signing/signing-key.ts'
import { readAuthority } from './authority.ts'

/** Why a certificate was revoked (CRLReason, RFC 5280 §5.3.1). */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const

export type RevocationReason = keyof typeof revocationReasons

/** A certificate that was revoked. */
export interface Revocation {
  readonly serial: bigint
  /** Milliseconds since 1970. */
  readonly at: number
  readonly reason?: RevocationReason
  /** Since when its key was, or may have been, in other hands (RFC 5280 §5.3.2). */
  readonly invalidSince?: number
}

export interface CrlOptions {
  readonly revoked: Iterable<Revocation>
  /** Above the number of every list before. */
  readonly number: number | bigint
  /** Milliseconds since 1970. */
  readonly now: number
  readonly nextUpdate: number
  /** Revocations since then stay on the list after their certificates expired (X.509 §9.5.2.8). */
  readonly expiredSince?: number
}

/** The list of what an authority revoked (CertificateList of version 2, RFC 5280 §5.1), DER. */
export async function createCrl(issuer: SigningKey, options: CrlOptions): Promise<Buffer> {
  const { revoked, number, now, nextUpdate, expiredSince } = options
  const authority = readAuthority(issuer.certificate)
  const algorithm = keyAlgorithmDer(issuer.algorithm)
  const entries = [...revoked].map(entry)
  const body = sequence(
    integer(1),
    algorithm,
    authority.subject.raw,
    time(now),
    time(nextUpdate),
    // An empty list is left out (RFC 5280 §5.1.2.6).
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    explicit(
      0,
      extensionsDer([
        authorityKeyExtension(authority.keyIdentifier),
        extension(oids.crlNumber, integer(number)),
        expiredSince === undefined
          ? undefined
          : extension(oids.expiredCertsOnCrl, generalizedTime(expiredSince)),
      ]),
    ),
  )
  return sequence(body, algorithm, bits(await issuer.sign(body)))
}

function entry({ serial, at, reason = 'unspecified', invalidSince }: Revocation): Buffer {
  const extensions = [
    ...(reason === 'unspecified' ? [] : [extension(oids.reasonCode, enumerated(revocationReasons[reason]))]),
    ...(invalidSince === undefined ? [] : [extension(oids.invalidityDate, generalizedTime(invalidSince))]),
  ]
  const tail = extensions.length === 0 ? [] : [sequence(...extensions)]
  return sequence(integer(serial), time(at), ...tail)
}
