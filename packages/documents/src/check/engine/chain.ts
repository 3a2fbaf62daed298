import * as oids from '../asn1/oids.ts'
import type { Purpose } from '../certificates/anchors.ts'
import { type Certificate, hasPurpose, needsNoRevocation, permits } from '../certificates/certificate.ts'
import { usage } from '../certificates/extensions.ts'
import { commonNameOf } from '../certificates/name.ts'
import { pathFault } from '../certificates/path-rules.ts'
import { findPaths, type Path } from '../certificates/paths.ts'
import { type AlgorithmUse, strongUntil, weakAt } from '../policy/policy.ts'
import { revocationInfos } from '../revocation/collect.ts'
import { fetchIssuers } from '../revocation/missing-issuers.ts'
import { fetchRevocation } from '../revocation/online.ts'
import type { RevocationInfo } from '../revocation/status.ts'
import type { Run } from '../run.ts'
import type { SubIndication } from './indication.ts'
import type { ProofsOfExistence } from './proofs.ts'

/** What keeps a certificate from being valid at the time of validation; with time some are forgiven, some are not. */
export type ChainFault =
  | { readonly kind: 'no-chain'; readonly detail: string }
  | { readonly kind: 'rules'; readonly detail: string }
  | { readonly kind: 'usage'; readonly detail: string }
  | {
      readonly kind: 'revoked'
      readonly certificate: Certificate
      readonly at: number
      readonly isEnd: boolean
    }
  | { readonly kind: 'on-hold'; readonly certificate: Certificate }
  | {
      readonly kind: 'out-of-time'
      readonly certificate: Certificate
      readonly isEnd: boolean
      /** Revocation information says that it was not revoked. */
      readonly isKnownGood: boolean
    }
  | { readonly kind: 'anchor-ended'; readonly until: number }
  | { readonly kind: 'status-unknown'; readonly certificate: Certificate }
  | { readonly kind: 'stale'; readonly certificate: Certificate; readonly freshUntil: number }
  | {
      readonly kind: 'weak'
      readonly what: string
      /** Of the object that is weak. */
      readonly id: string
      readonly until: number
    }

/** A certificate that was validated at the time of the run (EN 319 102-1 §5.2.6). */
export interface ChainResult {
  readonly path: Path | undefined
  readonly faults: readonly ChainFault[]
  /** Per certificate id. */
  readonly infos: ReadonlyMap<string, RevocationInfo>
}

/** The sub-indication of a fault (EN 319 102-1 §5.2.6.4). */
export function subIndicationOf(fault: ChainFault): SubIndication {
  switch (fault.kind) {
    case 'no-chain':
      return 'NO_CERTIFICATE_CHAIN_FOUND'
    case 'rules':
      return 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
    case 'usage':
      return 'CHAIN_CONSTRAINTS_FAILURE'
    case 'revoked':
      return fault.isEnd ? 'REVOKED_NO_POE' : 'REVOKED_CA_NO_POE'
    case 'out-of-time':
      return fault.isKnownGood && fault.isEnd ? 'OUT_OF_BOUNDS_NOT_REVOKED' : 'OUT_OF_BOUNDS_NO_POE'
    case 'anchor-ended':
      return 'OUT_OF_BOUNDS_NO_POE'
    case 'weak':
      return 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
    default:
      return 'TRY_LATER'
  }
}

/** Which of several faults is told first. */
const order: readonly ChainFault['kind'][] = [
  'no-chain',
  'rules',
  'usage',
  'revoked',
  'on-hold',
  'weak',
  'out-of-time',
  'anchor-ended',
  'status-unknown',
  'stale',
]

export function worstFault(faults: readonly ChainFault[]): ChainFault | undefined {
  return order.flatMap((kind) => faults.find((fault) => fault.kind === kind) ?? [])[0]
}

const isFinal = ({ kind }: ChainFault) => kind === 'no-chain' || kind === 'rules' || kind === 'usage'

/**
 * Builds paths for the certificate and validates each at the time of the run until one has no fault; otherwise gives
 * the one with the least.
 */
export async function validateChain(
  run: Run,
  end: Certificate,
  purpose: Purpose,
  proofs: ProofsOfExistence,
): Promise<ChainResult> {
  const paths = await pathsOf(run, end, purpose)
  let best: ChainResult | undefined
  for (const path of paths) {
    const result = await validatePath(run, path, purpose, proofs)
    if (result.faults.length === 0) return result
    if (!best || badness(result) < badness(best)) best = result
  }
  if (best) return best
  const detail = `${commonNameOf(end.subject)} leads to no trust anchor`
  return { path: undefined, faults: [{ kind: 'no-chain', detail }], infos: new Map() }
}

async function pathsOf(run: Run, end: Certificate, purpose: Purpose): Promise<Path[]> {
  const paths = await findPaths(run, end, purpose)
  if (paths.length > 0 || !run.online) return paths
  await fetchIssuers(run, end)
  return findPaths(run, end, purpose)
}

function badness({ faults }: ChainResult): number {
  const worst = worstFault(faults)
  return worst ? order.length - order.indexOf(worst.kind) : 0
}

async function validatePath(
  run: Run,
  path: Path,
  purpose: Purpose,
  proofs: ProofsOfExistence,
): Promise<ChainResult> {
  const infos = new Map<string, RevocationInfo>()
  const fault = structuralFault(run, path, purpose)
  if (fault) return { path, faults: [fault], infos }
  const faults: ChainFault[] = []
  if (run.at >= path.anchor.until) faults.push({ kind: 'anchor-ended', until: path.anchor.until })
  if (run.at < path.anchor.from) faults.push({ kind: 'rules', detail: 'the anchor is not trusted yet' })
  for (const [position, certificate] of path.certificates.slice(0, -1).entries()) {
    const newest = await decidingInfo(run, path, position, proofs)
    if (newest) infos.set(certificate.id, newest)
    faults.push(...statusFaults(run, certificate, position === 0, newest))
    faults.push(...weakFaults(run, path, position, newest))
  }
  return { path, faults, infos }
}

/** What is at hand; where that is not enough, the network is asked, if it may be. */
async function decidingInfo(
  run: Run,
  path: Path,
  position: number,
  proofs: ProofsOfExistence,
): Promise<RevocationInfo | undefined> {
  const [certificate, issuer] = path.certificates.slice(position)
  let info = deciding(await revocationInfos(run, path, position, proofs))
  const isEnough = () => info !== undefined && (info.status === 'revoked' || run.at <= info.freshUntil)
  if (!run.online || !certificate || !issuer || needsNoRevocation(certificate) || isEnough()) return info
  await fetchRevocation(run, certificate, issuer, async () => {
    info = deciding(await revocationInfos(run, path, position, proofs))
    return isEnough()
  })
  return info
}

/** The newest, unless another says that it was revoked: nothing later undoes that. */
function deciding(infos: readonly RevocationInfo[]): RevocationInfo | undefined {
  return infos.find(({ status }) => status === 'revoked') ?? infos[0]
}

/** What no time mends: rules of RFC 5280, and uses for which the certificate is not. */
export function structuralFault(run: Run, path: Path, purpose: Purpose): ChainFault | undefined {
  const [end] = path.certificates
  const rule = pathFault(path, purpose === 'signature' ? run.policy.certificatePolicies : undefined)
  if (rule) return { kind: 'rules', detail: rule }
  const use = end && usageFault(run, end, purpose)
  return use ? { kind: 'usage', detail: use } : undefined
}

function usageFault(run: Run, end: Certificate, purpose: Purpose): string | undefined {
  if (!permits(end, usage.digitalSignature) && !permits(end, usage.nonRepudiation)) {
    return 'its key may not be used for signatures'
  }
  const purposes = end.extensions.extendedKeyUsage
  if (purpose === 'timestamp') return timestampUsageFault(end)
  if (end.extensions.present.has(oids.ocspNoCheck)) return 'a certificate of an OCSP responder'
  if (!purposes || run.policy.signingPurposes.some((one) => purposes.has(one))) return undefined
  return 'its extended key usage is another'
}

/** RFC 3161 §2.3: critical, and nothing else. */
function timestampUsageFault(end: Certificate): string | undefined {
  const { extendedKeyUsage, critical } = end.extensions
  const isOnly = extendedKeyUsage?.size === 1 && hasPurpose(end, oids.timeStamping)
  // RFC 5280 §4.2.1.12: of keyUsage, only these agree with that purpose.
  const signing: readonly number[] = [usage.digitalSignature, usage.nonRepudiation]
  if ([...(end.extensions.keyUsage ?? [])].some((bit) => !signing.includes(bit)))
    return 'a key that is not for time-stamps alone'
  return isOnly && critical.has(oids.extendedKeyUsage) ? undefined : 'not for time-stamps alone'
}

function statusFaults(
  run: Run,
  certificate: Certificate,
  isEnd: boolean,
  newest: RevocationInfo | undefined,
): ChainFault[] {
  const faults: ChainFault[] = []
  if (run.at < certificate.notBefore || run.at > certificate.notAfter) {
    faults.push({ kind: 'out-of-time', certificate, isEnd, isKnownGood: newest?.status === 'good' })
  }
  if (!newest) {
    if (!needsNoRevocation(certificate)) faults.push({ kind: 'status-unknown', certificate })
    return faults
  }
  if (newest.status === 'revoked' && (newest.revokedAt ?? 0) <= run.at) {
    faults.push({ kind: 'revoked', certificate, at: newest.revokedAt ?? 0, isEnd })
  } else if (newest.status === 'on-hold') faults.push({ kind: 'on-hold', certificate })
  else if (run.at > newest.freshUntil) {
    faults.push({ kind: 'stale', certificate, freshUntil: newest.freshUntil })
  }
  return faults
}

/** The signatures that hold a step of the path: of the certificate, and of what says that it is in force. */
export function stepUses(
  { certificates }: Path,
  position: number,
  info: RevocationInfo | undefined,
): { id: string; use: AlgorithmUse }[] {
  const certificate = certificates[position]
  const issuer = certificates[position + 1]
  if (!certificate || !issuer) return []
  return [
    { id: certificate.id, use: { scheme: certificate.scheme, key: issuer.key } },
    ...(info ? [{ id: info.id, use: { scheme: info.scheme, key: info.signer.key } }] : []),
    ...(info && info.signer !== issuer
      ? [{ id: info.signer.id, use: { scheme: info.signer.scheme, key: issuer.key } }]
      : []),
  ]
}

function weakFaults(run: Run, path: Path, position: number, info: RevocationInfo | undefined): ChainFault[] {
  return stepUses(path, position, info).flatMap(({ id, use }) => {
    const [what] = weakAt(run.policy, use, run.at)
    return what ? [{ kind: 'weak' as const, what, id, until: strongUntil(run.policy, use) }] : []
  })
}

/**
 * Whether a fault at the time of validation did not matter yet at the time by which the signature is proved to have
 * been there (EN 319 102-1 §5.5.4 step 4).
 */
export function isForgivenAt(fault: ChainFault, time: number, proofs: ProofsOfExistence): boolean {
  switch (fault.kind) {
    case 'revoked':
      return fault.at > time
    case 'out-of-time':
      // An authority's end puts what it said about others in doubt; that needs proofs (§5.6.2.1).
      return fault.isEnd && time >= fault.certificate.notBefore && time <= fault.certificate.notAfter
    case 'anchor-ended':
      return time < fault.until
    case 'stale':
      return time <= fault.freshUntil
    case 'weak':
      return proofs.earliest(fault.id) < fault.until
    default:
      return false
  }
}

export function isHopeless(faults: readonly ChainFault[]): boolean {
  return faults.some(isFinal)
}
