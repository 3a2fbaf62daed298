import { type Extensions, usage } from '../certificates/extensions.ts'
import * as oids from '../der/oids.ts'

/**
 * Whether a certificate is for time-stamps and nothing else (RFC 3161 §2.3), as `openssl ts` has it too: a signing
 * usage and no other, and the one purpose, critical.
 */
export function isForStamping(extensions: Extensions): boolean {
  const usages = [...extensions.usage]
  const signs = usages.every((each) => each === usage.digitalSignature || each === usage.contentCommitment)
  const { purposes, purposesCritical, authority } = extensions
  return !authority && signs && purposesCritical && purposes.size === 1 && purposes.has(oids.timeStamping)
}
