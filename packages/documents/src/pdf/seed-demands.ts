import type { SeedValues } from './seed-values.ts'

/** What seed values speak of in a signature, whether it was made or is about to be. */
export interface DemandedParts {
  readonly filter: string | undefined
  readonly subFilter: string | undefined
  readonly reason: string | undefined
  /** What the catalog's legal dictionary attests of the content (ISO 32000-2, 12.8.7). */
  readonly attestation: string | undefined
  /** The digest of the content: `sha256`. */
  readonly digest: string | undefined
  /** Whether revocation information is a signed attribute of it. */
  readonly hasRevocation: boolean
  readonly isCertification: boolean
  readonly certification: number | null
  /** Whether it permits no change at all afterwards. */
  readonly isLocking: boolean
  readonly isTimestamped: boolean
}

/** Which demand is not met. */
export type UnmetDemand =
  | 'filter'
  | 'sub-filter'
  | 'version'
  | 'reason'
  | 'no-reason'
  | 'attestation'
  | 'digest'
  | 'revocation'
  | 'no-revocation'
  | 'revocation-encoding'
  | 'certification-unreadable'
  | 'certification'
  | 'no-certification'
  | 'certification-level'
  | 'lock'
  | 'no-lock'
  | 'timestamp'

/** What of the seed values is binding (ISO 32000-2, table 237) and the signature does not do. */
export function unmetDemands(seed: SeedValues, parts: DemandedParts): UnmetDemand[] {
  return [
    ...unmetForm(seed, parts),
    ...unmetContent(seed, parts),
    ...unmetCertification(seed, parts),
    ...(seed.needsTimestamp && !parts.isTimestamped ? (['timestamp'] as const) : []),
  ]
}

/** The latest set of entries that is known here: PDF 2.0. */
const newestVersion = 3

/** Encodings that software for signing writes today; the first of them in a list is the one to be used. */
const written = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached', 'ETSI.RFC3161']

/** The encoding that is to be used of those that the field names. */
export function demandedSubFilter({ subFilters }: SeedValues): string | undefined {
  return subFilters?.find((one) => written.includes(one)) ?? subFilters?.[0]
}

function unmetForm(seed: SeedValues, parts: DemandedParts): UnmetDemand[] {
  const { required, filter, subFilters, attestations, version = 0 } = seed
  const unmet: UnmetDemand[] = []
  if (required.has('Filter') && filter !== undefined && filter !== parts.filter) unmet.push('filter')
  if (required.has('SubFilter') && subFilters && demandedSubFilter(seed) !== parts.subFilter)
    unmet.push('sub-filter')
  if (required.has('V') && version > newestVersion) unmet.push('version')
  if (required.has('Reasons')) unmet.push(...unmetReason(permittedReasons(seed), parts.reason))
  if (required.has('LegalAttestation') && attestations?.every((one) => one !== parts.attestation))
    unmet.push('attestation')
  return unmet
}

/** None where no reasons are listed, or a full stop alone: there must be none then (table 237). */
export function permittedReasons({ reasons = [] }: SeedValues): readonly string[] {
  return reasons.length === 1 && reasons[0] === '.' ? [] : reasons
}

function unmetReason(permitted: readonly string[], reason: string | undefined): UnmetDemand[] {
  if (permitted.length === 0) return reason === undefined ? [] : ['no-reason']
  return reason !== undefined && permitted.includes(reason) ? [] : ['reason']
}

function unmetContent({ required, digests, revocation }: SeedValues, parts: DemandedParts): UnmetDemand[] {
  const permitted = digests?.map((one) => one.toLowerCase().replaceAll('-', ''))
  const unmet: UnmetDemand[] = []
  if (required.has('DigestMethod') && permitted && !permitted.includes(parts.digest ?? ''))
    unmet.push('digest')
  if (!required.has('AddRevInfo') || revocation === undefined) return unmet
  // It lies in a signed attribute, of the encodings that have one (table 237, AddRevInfo).
  if (revocation && !parts.subFilter?.startsWith('adbe.pkcs7.')) unmet.push('revocation-encoding')
  else if (revocation !== parts.hasRevocation) unmet.push(revocation ? 'revocation' : 'no-revocation')
  return unmet
}

function unmetCertification(
  { required, certification: demanded, lock }: SeedValues,
  { isCertification, certification, isLocking }: DemandedParts,
): UnmetDemand[] {
  const unmet: UnmetDemand[] = []
  if (demanded === 0 && (isCertification || certification !== null)) unmet.push('no-certification')
  if (demanded !== undefined && demanded < 0) unmet.push('certification-unreadable')
  if (demanded !== undefined && demanded > 0) {
    if (!isCertification) unmet.push('certification')
    if (demanded !== certification) unmet.push('certification-level')
  }
  if (!required.has('LockDocument')) return unmet
  if (lock === 'true' && !isLocking) unmet.push('lock')
  if (lock === 'false' && isLocking) unmet.push('no-lock')
  return unmet
}
