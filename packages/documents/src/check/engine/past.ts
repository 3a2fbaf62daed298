import type { Purpose } from '../certificates/anchors.ts'
import { type Certificate, needsNoRevocation } from '../certificates/certificate.ts'
import { findPaths, type Path } from '../certificates/paths.ts'
import { strongUntil } from '../policy/policy.ts'
import { revocationInfos } from '../revocation/collect.ts'
import type { RevocationInfo } from '../revocation/status.ts'
import type { Run } from '../run.ts'
import { stepUses, structuralFault } from './chain.ts'
import type { ProofsOfExistence } from './proofs.ts'

export interface PastPath {
  readonly path: Path
  /** What the certificate signed by then may be believed. */
  readonly controlTime: number
  readonly infos: ReadonlyMap<string, RevocationInfo>
}

/**
 * Past certificate validation (EN 319 102-1 §5.6.2.1): the latest time up to which some path of the certificate can be
 * shown to have been good. Undefined where there is none.
 */
export async function validatePastCertificate(
  run: Run,
  end: Certificate,
  purpose: Purpose,
  proofs: ProofsOfExistence,
): Promise<PastPath | undefined> {
  let best: PastPath | undefined
  for (const path of await findPaths(run, end, purpose)) {
    if (structuralFault(run, path, purpose) || !hasCommonTime(path)) continue
    const slid = await slide(run, path, proofs)
    if (slid && (!best || slid.controlTime > best.controlTime)) best = slid
  }
  return best
}

/** All were valid together at some time (the shell model). */
function hasCommonTime({ certificates }: Path): boolean {
  const below = certificates.slice(0, -1)
  const from = Math.max(...below.map(({ notBefore }) => notBefore))
  return below.every(({ notAfter }) => from <= notAfter)
}

/**
 * Control-time sliding (EN 319 102-1 §5.6.2.2): from now back, certificate by certificate from the anchor down, to the
 * time of a revocation, the end of a certificate or of an algorithm, or the last time at which what is known of
 * revocation was fresh. (The standard slides to the issuance of stale information; that information answers for the
 * time until its next update when a certificate is validated at present, and no less here.)
 */
async function slide(run: Run, path: Path, proofs: ProofsOfExistence): Promise<PastPath | undefined> {
  let control = Math.min(run.at, path.anchor.until - 1)
  const infos = new Map<string, RevocationInfo>()
  for (let position = path.certificates.length - 2; position >= 0; position--) {
    const certificate = path.certificates[position]
    if (!certificate) return undefined
    const all = await revocationInfos(run, path, position, proofs)
    const info = bestInfo(all, proofs, control)
    if (!info && !needsNoRevocation(certificate)) return undefined
    for (const { use } of stepUses(path, position, info)) {
      control = Math.min(control, strongUntil(run.policy, use) - 1)
    }
    const needed = [certificate.id, ...(info ? [info.id] : [])]
    if (needed.some((id) => proofs.earliest(id) > control)) return undefined
    control = Math.min(control, certificate.notAfter, info ? boundOf(info) : control, revokedSince(all))
    if (info) infos.set(certificate.id, info)
  }
  return { path, controlTime: control, infos }
}

/** The newest that is of before the control time, and proved to have been there by then. */
function bestInfo(
  infos: readonly RevocationInfo[],
  proofs: ProofsOfExistence,
  control: number,
): RevocationInfo | undefined {
  return infos.find(({ id, issuedAt }) => issuedAt <= control && proofs.earliest(id) <= control)
}

/** A revocation counts whenever it became known. */
function revokedSince(infos: readonly RevocationInfo[]): number {
  const times = infos.map(({ status, revokedAt }) =>
    status === 'revoked' ? (revokedAt ?? 0) - 1 : Number.POSITIVE_INFINITY,
  )
  return Math.min(Number.POSITIVE_INFINITY, ...times)
}

function boundOf({ status, revokedAt, issuedAt, freshUntil }: RevocationInfo): number {
  if (status === 'revoked') return (revokedAt ?? 0) - 1
  // Suspended: nothing is known from then on.
  return status === 'on-hold' ? Math.min(revokedAt ?? issuedAt, issuedAt) - 1 : freshUntil
}
