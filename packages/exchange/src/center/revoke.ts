import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { findCertificate, markRevoked } from './store/certificates.ts'

/** RFC 5280 §5.3.1, those that apply here. */
export const revocationReasons = [
  'unspecified',
  'key-compromise',
  'affiliation-changed',
  'superseded',
  'cessation-of-operation',
] as const

export type RevocationReason = (typeof revocationReasons)[number]

/**
 * Revokes a certificate of a gateway or member: the directory says so at once. Revoking again changes nothing.
 * Throws Problem `certificate-unknown`, or `certificate-in-use` for one that the center itself uses now.
 */
export function revoke(
  ground: CenterGround,
  actor: string,
  fingerprint: string,
  reason: RevocationReason,
): Promise<void> {
  return change(ground, async ({ client, now, audit }) => {
    const certificate = await findCertificate(client, fingerprint)
    if (!certificate) throw exchangeProblem('certificate-unknown')
    if (certificate.revokedAt !== null) return
    if (ground.authority.uses(certificate.der)) throw exchangeProblem('certificate-in-use')
    await markRevoked(client, fingerprint, reason, now)
    const { use, holder } = certificate
    await audit({
      actor,
      action: 'certificate.revoke',
      subject: fingerprint,
      details: { use, holder, reason },
    })
  })
}
