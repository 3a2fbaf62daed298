import type { Purpose } from '../certificates/anchors.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { commonNameOf } from '../certificates/name.ts'
import type { Path } from '../certificates/paths.ts'
import { type AlgorithmUse, strongUntil, weakAt } from '../policy/policy.ts'
import type { Checks } from '../report/checks.ts'
import type { RevocationInfo } from '../revocation/status.ts'
import type { Run } from '../run.ts'
import {
  type ChainFault,
  isForgivenAt,
  isHopeless,
  subIndicationOf,
  validateChain,
  worstFault,
} from './chain.ts'
import { type Outcome, passed, stopped } from './indication.ts'
import { validatePastCertificate } from './past.ts'
import type { ProofsOfExistence } from './proofs.ts'

export interface Judged {
  readonly outcome: Outcome
  readonly path: Path | undefined
  readonly infos: ReadonlyMap<string, RevocationInfo>
  readonly faults: readonly ChainFault[]
}

export interface Subject {
  /** Of the signature or time-stamp, among the proofs of existence. */
  readonly id: string
  readonly certificate: Certificate
  readonly purpose: Purpose
  /** Digests and the scheme under the object itself. */
  readonly uses: readonly AlgorithmUse[]
  /** A time at which what is known of revocation must have been fresh, where it need not be now. */
  readonly freshAt?: number
}

/**
 * Whether an object whose integrity holds was made with a certificate that was good: at present, or by the time at
 * which the object is proved to have been there (EN 319 102-1 §5.3, §5.5.4), or by past signature validation
 * (§5.6.2.4).
 */
export async function judge(
  run: Run,
  subject: Subject,
  proofs: ProofsOfExistence,
  checks: Checks,
): Promise<Judged> {
  const { id, certificate, purpose, freshAt } = subject
  const time = proofs.earliest(id)
  const chain = await validateChain(run, certificate, purpose, proofs)
  const own = ownFaults(run, subject)
  const isForgiven = (fault: ChainFault) =>
    isForgivenAt(fault, time, proofs) ||
    (fault.kind === 'stale' && freshAt !== undefined && freshAt <= fault.freshUntil)
  const faults = [...chain.faults, ...own].filter((fault) => !isForgiven(fault))
  const found = { path: chain.path, infos: chain.infos, faults }
  if (time < certificate.notBefore) {
    checks.add('certificate-validity', false, 'it was there before its certificate was')
    return { ...found, outcome: stopped('NOT_YET_VALID') }
  }
  if (faults.length === 0) {
    note(checks, [])
    return { ...found, outcome: passed }
  }
  const past = isHopeless(faults)
    ? undefined
    : await validatePastCertificate(run, certificate, purpose, proofs)
  const ownHold = own.every((fault) => isForgivenAt(fault, time, proofs))
  if (past && ownHold && time <= past.controlTime) {
    note(checks, [])
    checks.add('proof-of-existence', true)
    return { outcome: passed, path: past.path, infos: past.infos, faults: [] }
  }
  note(checks, faults)
  const worst = worstFault(faults)
  return { ...found, outcome: worst ? stopped(subIndicationOf(worst)) : passed }
}

function ownFaults(run: Run, { id, uses }: Subject): ChainFault[] {
  return uses.flatMap((use) => {
    const [what] = weakAt(run.policy, use, run.at)
    return what ? [{ kind: 'weak' as const, what, id, until: strongUntil(run.policy, use) }] : []
  })
}

/** What the faults mean for the checks that people see. */
function note(checks: Checks, faults: readonly ChainFault[]): void {
  const has = (...kinds: ChainFault['kind'][]) => faults.find(({ kind }) => kinds.includes(kind))
  const say = (id: Parameters<Checks['add']>[0], ...kinds: ChainFault['kind'][]) => {
    const fault = has(...kinds)
    checks.add(id, !fault, fault && detailOf(fault))
  }
  say('certificate-chain', 'no-chain')
  if (has('no-chain')) return
  say('certificate-path', 'rules')
  say('certificate-usage', 'usage')
  say('certificate-validity', 'out-of-time', 'anchor-ended')
  say('revocation-known', 'status-unknown', 'stale')
  say('not-revoked', 'revoked', 'on-hold')
  say('algorithms', 'weak')
}

function detailOf(fault: ChainFault): string {
  if ('detail' in fault) return fault.detail
  if (fault.kind === 'weak') return fault.what
  if (fault.kind === 'anchor-ended') return `trusted until ${new Date(fault.until).toISOString()}`
  const name = commonNameOf(fault.certificate.subject)
  if (fault.kind === 'revoked') return `${name}, ${new Date(fault.at).toISOString()}`
  if (fault.kind === 'stale') return `${name}: known until ${new Date(fault.freshUntil).toISOString()}`
  return name
}
