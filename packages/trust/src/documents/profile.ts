import {
  endEntityConstraints,
  extendedKeyUsageExtension,
  extension,
  keyUsageExtension,
  usage,
} from '../certificates/extensions.ts'
import * as oids from '../der/oids.ts'
import { nothing, oid, sequence } from '../der/write.ts'

/** What a document authority issues certificates for. */
export type DocumentProfile = 'document' | 'timestamping' | 'ocsp'

/**
 * The extensions of that profile: signing documents (RFC 9336; contentCommitment alone, ETSI EN 319 412-2 §4.3.2 type
 * A), time-stamping (RFC 3161 §2.3: critical and alone), answering for an authority (RFC 6960 §4.2.2.2).
 */
export function documentProfile(profile: DocumentProfile, policies: readonly string[]): Buffer[] {
  return [endEntityConstraints(), ...rules[profile], ...policyExtension(policies)]
}

const rules: Readonly<Record<DocumentProfile, readonly Buffer[]>> = {
  document: [
    keyUsageExtension(usage.contentCommitment),
    extendedKeyUsageExtension([oids.documentSigning], false),
  ],
  timestamping: [
    keyUsageExtension(usage.digitalSignature, usage.contentCommitment),
    extendedKeyUsageExtension([oids.timeStamping], true),
  ],
  ocsp: [
    keyUsageExtension(usage.digitalSignature),
    extendedKeyUsageExtension([oids.ocspSigning], false),
    extension(oids.ocspNoCheck, nothing()),
  ],
}

function policyExtension(policies: readonly string[]): Buffer[] {
  if (policies.length === 0) return []
  const each = policies.map((policy) => sequence(oid(policy)))
  return [extension(oids.certificatePolicies, sequence(...each))]
}
