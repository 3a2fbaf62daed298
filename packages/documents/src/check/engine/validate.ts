import type { Certificate } from '../certificates/certificate.ts'
import { permits } from '../certificates/certificate.ts'
import { usage } from '../certificates/extensions.ts'
import { commonNameOf } from '../certificates/name.ts'
import type { Path } from '../certificates/paths.ts'
import { endsLater } from '../policy/policy.ts'
import { Checks, finding } from '../report/checks.ts'
import type { Finding, SignatureLevel } from '../report/report.ts'
import type { RevocationInfo } from '../revocation/status.ts'
import type { Run } from '../run.ts'
import { type Outcome, passed, stopped } from './indication.ts'
import { type Judged, judge } from './judge.ts'
import { levelOf } from './level.ts'
import { ProofsOfExistence } from './proofs.ts'
import type { SignatureInput, TimestampInput, TimestampKind } from './signature.ts'
import { checkIntegrity, protectedCertificates } from './signer.ts'
import {
  addProofs,
  judgeTimestamp,
  type ReadTimestamp,
  readTimestamp,
  type TimestampResult,
} from './timestamp.ts'

/** What the engine says of one signature. */
export interface SignatureResult {
  readonly input: SignatureInput
  readonly outcome: Outcome
  readonly certificate: Certificate | undefined
  readonly path: Path | undefined
  readonly infos: ReadonlyMap<string, RevocationInfo>
  /** The earliest time at which it is proved to have been there; undefined when only now. */
  readonly bestSignatureTime: number | undefined
  readonly timestamps: readonly TimestampResult[]
  readonly level: SignatureLevel
  readonly checks: Checks
  readonly findings: readonly Finding[]
  /** Of those who signed the signature's value. */
  readonly countersignatures: readonly SignatureResult[]
}

/**
 * Validates a signature (EN 319 102-1 §5.6.3, which contains the validation of signatures with time, §5.5, and basic
 * validation, §5.3): integrity, then time-stamps from the latest to the earliest, each adding to what is proved, then
 * the signer's certificate by all that is proved.
 */
export async function validateSignature(run: Run, input: SignatureInput): Promise<SignatureResult> {
  const checks = new Checks()
  run.add(input.material)
  const integrity = await checkIntegrity(run, input, checks)
  const read: ReadTimestamp[] = []
  for (const one of input.timestamps) read.push(await readTimestamp(run, one))
  const proofs = new ProofsOfExistence(run.at)
  const signatureId = `signature ${input.id} ${run.idOf(input.value)}`
  const protectedOnes = await protectedCertificates(run, input.certificateReferences)
  const covered = [signatureId, ...protectedOnes.map(({ id }) => id)]
  const timestamps = await judgeTimestamps(run, read, covered, proofs)
  const best = proofs.isProved(signatureId) ? proofs.earliest(signatureId) : undefined
  const countersignatures = await validateEach(run, input.countersignatures)
  const base = {
    input,
    certificate: integrity.certificate,
    bestSignatureTime: best,
    timestamps,
    checks,
    countersignatures,
  }
  const level = levelOf(run, input, timestamps)
  const findings = [
    ...findingsOf(run, input, integrity.certificate, timestamps),
    ...countersignatures.map(countersignatureFinding),
  ]
  if (!integrity.certificate || !integrity.outcome.passed) {
    const unjudged = { path: undefined, infos: new Map<string, RevocationInfo>() }
    return { ...base, ...unjudged, outcome: integrity.outcome, level, findings }
  }
  const uses = [
    { scheme: input.scheme, key: integrity.certificate.key },
    ...input.references.map(({ algorithm }) => ({ digest: algorithm })),
  ]
  const subject = { id: signatureId, certificate: integrity.certificate, purpose: 'signature' as const, uses }
  const judged = await judge(run, subject, proofs, checks)
  const outcome = accept(run, input, judged, timestamps, checks)
  return { ...base, outcome, path: judged.path, infos: judged.infos, level, findings }
}

async function validateEach(run: Run, inputs: readonly SignatureInput[] = []): Promise<SignatureResult[]> {
  const results: SignatureResult[] = []
  for (const one of inputs) results.push(await validateSignature(run, one))
  return results
}

function countersignatureFinding({ outcome, certificate }: SignatureResult): Finding {
  const who = certificate && commonNameOf(certificate.subject)
  return finding(outcome.passed ? 'counter-signature' : 'counter-signature-unsound', who)
}

/** Time-stamps that belong to no signature, each with what the later ones prove. */
export async function validateTimestamps(
  run: Run,
  inputs: readonly TimestampInput[],
): Promise<TimestampResult[]> {
  const read: ReadTimestamp[] = []
  for (const one of inputs) read.push(await readTimestamp(run, one))
  return judgeTimestamps(run, read, [], new ProofsOfExistence(run.at))
}

const ranks: Readonly<Record<TimestampKind, number>> = {
  content: 0,
  signature: 1,
  references: 2,
  archive: 3,
  document: 3,
}

/** Latest first: what a later one proves decides whether an earlier one may still be believed. */
async function judgeTimestamps(
  run: Run,
  read: readonly ReadTimestamp[],
  covered: readonly string[],
  proofs: ProofsOfExistence,
): Promise<TimestampResult[]> {
  const latestFirst = read.toSorted(
    (one, other) =>
      ranks[other.input.kind] - ranks[one.input.kind] || (other.info?.at ?? 0) - (one.info?.at ?? 0),
  )
  const results: TimestampResult[] = []
  for (const one of latestFirst) {
    const result = await judgeTimestamp(run, one, proofs)
    results.push(result)
    if (result.isBelieved) addProofs(run, result, covered, proofs)
  }
  return results.toReversed()
}

/** Signature acceptance (EN 319 102-1 §5.2.8) and what content time-stamps and the order of times decide. */
function accept(
  run: Run,
  input: SignatureInput,
  judged: Judged,
  timestamps: readonly TimestampResult[],
  checks: Checks,
): Outcome {
  const believed = timestamps.filter(({ isBelieved }) => isBelieved)
  const late = lateOutcome(judged, believed)
  if (late) return late
  if (!judged.outcome.passed) return judged.outcome
  if (!checks.add('timestamp-order', isOrdered(believed))) return stopped('TIMESTAMP_ORDER_FAILURE')
  const [flaw] = input.flaws
  if (flaw) return stopped(flaw.why)
  const demands = unmetDemands(input, judged, believed, checks)
  if (demands) return demands
  if (input.needsCertificateReference && input.certificateReferences.length === 0) {
    checks.add('signing-certificate-reference', false)
    return stopped('SIG_CONSTRAINTS_FAILURE')
  }
  if (input.policy && !checks.add('signature-policy', isKnownPolicy(run, input.policy.id), input.policy.id)) {
    return stopped('SIGNATURE_POLICY_NOT_AVAILABLE')
  }
  const [certificate] = judged.path?.certificates ?? []
  if (certificate && !checkClaimedTime(input, certificate, checks)) return stopped('SIG_CONSTRAINTS_FAILURE')
  if (isDelayed(run, input, believed)) return stopped('SIG_CONSTRAINTS_FAILURE')
  // A time-stamp on this signature that is over something else, or was altered, says that somebody tampered.
  // So does one by a certificate that is for other things: no authority made it.
  if (timestamps.some(isForeign)) {
    checks.add('timestamp-valid', false, 'a certificate that is not for time-stamps')
    return stopped('SIG_CONSTRAINTS_FAILURE')
  }
  const isTampered = timestamps.some(({ isIntact, input: { kind } }) => !isIntact && kind !== 'references')
  if (!isTampered) return passed
  checks.add('timestamp-imprint', false)
  return stopped('SIG_CONSTRAINTS_FAILURE')
}

function isForeign({ isIntact, outcome, input }: TimestampResult): boolean {
  const isUse = !outcome.passed && outcome.why === 'CHAIN_CONSTRAINTS_FAILURE'
  return isIntact && isUse && input.kind !== 'references'
}

function unmetDemands(
  { constraints }: SignatureInput,
  { path }: Judged,
  believed: readonly TimestampResult[],
  checks: Checks,
): Outcome | undefined {
  if (!constraints) return undefined
  const isTimestamped = believed.some(({ input: { proves } }) => proves.signature)
  const unmet = constraints({ path: path?.certificates ?? [], isTimestamped })
  for (const { check, detail } of unmet) checks.add(check, false, detail)
  const [first] = unmet
  if (first) return stopped(first.why)
  checks.add('seed-values', true)
  return undefined
}

function isKnownPolicy({ policy }: Run, id: string): boolean {
  return policy.signaturePolicies?.includes(id) ?? true
}

/** The content was time-stamped after the certificate had ended: so the signature is later still (§5.3.4, step 4). */
function lateOutcome({ faults }: Judged, believed: readonly TimestampResult[]): Outcome | undefined {
  const times = believed.flatMap(({ input, info }) => (input.kind === 'content' && info ? [info.at] : []))
  if (times.length === 0) return undefined
  const from = Math.max(...times)
  if (faults.some((fault) => fault.kind === 'revoked' && fault.isEnd && from > fault.at))
    return stopped('REVOKED')
  const isExpired = faults.some(
    (fault) => fault.kind === 'out-of-time' && fault.isEnd && from > fault.certificate.notAfter,
  )
  return isExpired ? stopped('EXPIRED') : undefined
}

/** A time-stamp over more is not earlier than one over less (§5.5.4, step 4 d). */
function isOrdered(believed: readonly TimestampResult[]): boolean {
  return believed.every(({ info: early, input: one }) =>
    believed.every(({ info: late, input: other }) => {
      if (!early || !late || ranks[one.kind] >= ranks[other.kind]) return true
      return early.at - early.accuracy <= late.at + late.accuracy
    }),
  )
}

function checkClaimedTime({ claimedAt }: SignatureInput, certificate: Certificate, checks: Checks): boolean {
  if (claimedAt === undefined) return true
  return checks.add('claimed-time', claimedAt >= certificate.notBefore && claimedAt <= certificate.notAfter)
}

function isDelayed(
  { policy }: Run,
  { claimedAt }: SignatureInput,
  believed: readonly TimestampResult[],
): boolean {
  const delay = policy.timestampDelay
  if (delay === undefined || claimedAt === undefined) return false
  const times = believed.flatMap(({ input, info }) => (input.kind === 'signature' && info ? [info.at] : []))
  return times.length === 0 || Math.min(...times) > claimedAt + delay
}

function findingsOf(
  run: Run,
  input: SignatureInput,
  certificate: Certificate | undefined,
  timestamps: readonly TimestampResult[],
): Finding[] {
  const findings: Finding[] = []
  const ends = endsLater(run.policy, { scheme: input.scheme, key: certificate?.key }, run.at)
  if (ends) findings.push(finding('algorithm-ends-soon', ends))
  if (certificate && !permits(certificate, usage.nonRepudiation))
    findings.push(finding('key-usage-signing-only'))
  if (input.certificateReferences.length === 0) findings.push(finding('certificate-not-bound'))
  if (input.policy && !run.policy.signaturePolicies) {
    findings.push(finding('signature-policy-unknown', input.policy.id))
  }
  for (const { code, detail } of input.remarks ?? []) findings.push(finding(code, detail))
  if (timestamps.length === 0) findings.push(finding('timestamp-missing'))
  for (const { isBelieved, outcome, input: one } of timestamps) {
    if (isBelieved || outcome.passed) continue
    const isFuture = outcome.why === 'TIMESTAMP_ORDER_FAILURE'
    findings.push(finding(isFuture ? 'timestamp-future' : 'timestamp-ignored', one.id))
  }
  return findings
}
