import { clientAuth, documentSigning, serverAuth, timeStamping } from '../der/oids.ts'
import type { Certificate } from './certificate.ts'
import { endEntityConstraints, extendedKeyUsageExtension, keyUsageExtension, usage } from './extensions.ts'

/** What a certificate is for. One never stands in for another. */
export type CertificateProfile = 'tls' | 'signing' | 'timestamping' | 'directory'

/** The URI that makes a certificate the directory's. */
export const directoryUri = 'sapan:directory'

interface ProfileRules {
  readonly usage: readonly number[]
  readonly purposes: readonly string[]
  /** RFC 3161 §2.3: a time-stamp certificate's purpose is critical and the only one. */
  readonly purposesCritical: boolean
}

const rules: Readonly<Record<CertificateProfile, ProfileRules>> = {
  tls: { usage: [usage.digitalSignature], purposes: [serverAuth, clientAuth], purposesCritical: false },
  signing: {
    usage: [usage.digitalSignature, usage.contentCommitment],
    purposes: [documentSigning],
    purposesCritical: false,
  },
  timestamping: {
    usage: [usage.digitalSignature, usage.contentCommitment],
    purposes: [timeStamping],
    purposesCritical: true,
  },
  directory: { usage: [usage.digitalSignature], purposes: [documentSigning], purposesCritical: false },
}

/** The extensions that make a certificate one of that profile. */
export function profileExtensions(profile: CertificateProfile): Buffer[] {
  const { usage: bits, purposes, purposesCritical } = rules[profile]
  return [
    endEntityConstraints(),
    keyUsageExtension(...bits),
    extendedKeyUsageExtension(purposes, purposesCritical),
  ]
}

/** The URIs with which a certificate of that profile is issued. */
export function profileUris(profile: CertificateProfile, uris: readonly string[]): readonly string[] {
  if (profile !== 'directory' || uris.includes(directoryUri)) return uris
  return [directoryUri, ...uris]
}

/** Whether the certificate was issued for exactly that. */
export function fitsProfile({ extensions }: Certificate, profile: CertificateProfile): boolean {
  const { usage: bits, purposes, purposesCritical } = rules[profile]
  return (
    !extensions.authority &&
    sameMembers(extensions.usage, bits) &&
    sameMembers(extensions.purposes, purposes) &&
    (!purposesCritical || extensions.purposesCritical) &&
    extensions.uris.includes(directoryUri) === (profile === 'directory')
  )
}

function sameMembers<T>(found: ReadonlySet<T>, wanted: readonly T[]): boolean {
  return found.size === wanted.length && wanted.every((each) => found.has(each))
}
