import * as oids from '../asn1/oids.ts'
import { type Certificate, serialText } from '../certificates/certificate.ts'
import { commonNameOf } from '../certificates/name.ts'
import { schemeName } from '../crypto/algorithms.ts'
import { indicationOf, type Outcome } from '../engine/indication.ts'
import type { TimestampResult } from '../engine/timestamp.ts'
import type { SignatureResult } from '../engine/validate.ts'
import type { RevocationInfo } from '../revocation/status.ts'
import type { CertificateReport, Finding, SignatureReport, TimestampReport } from './report.ts'

/** What the reader of a format adds about where a signature lies. */
export interface SignaturePlace {
  readonly scope: SignatureReport['scope']
  readonly changesAfter?: SignatureReport['changesAfter']
  readonly covers?: readonly string[]
  readonly revision?: number
  readonly findings?: readonly Finding[]
}

/** A result of the engine as plain JSON. */
export function signatureReport(result: SignatureResult, place: SignaturePlace): SignatureReport {
  const { input, bestSignatureTime, timestamps, level, checks, findings, countersignatures } = result
  const { claimedAt, reason, location } = input
  const { scope, changesAfter = 'none', covers, revision } = place
  const signer = signerReport(result)
  return {
    id: input.id,
    level,
    ...indications(result.outcome),
    ...(signer ? { signer } : {}),
    ...(claimedAt === undefined ? {} : { claimedAt: iso(claimedAt) }),
    ...(bestSignatureTime === undefined ? {} : { bestSignatureTime: iso(bestSignatureTime) }),
    timestamps: timestamps.map(timestampReport),
    scope,
    algorithms: algorithmsOf(result),
    checks: checks.list(),
    changesAfter,
    ...(reason === undefined ? {} : { reason }),
    ...(location === undefined ? {} : { location }),
    ...(covers ? { covers } : {}),
    ...(revision === undefined ? {} : { revision }),
    ...(countersignatures.length === 0
      ? {}
      : { countersignatures: countersignatures.map((one) => signatureReport(one, { scope: 'detached' })) }),
    findings: [...findings, ...(place.findings ?? [])],
  }
}

function indications(outcome: Outcome): Pick<SignatureReport, 'indication' | 'subIndication'> {
  const indication = indicationOf(outcome)
  return outcome.passed ? { indication } : { indication, subIndication: outcome.why }
}

function signerReport({ certificate, path, infos }: SignatureResult): SignatureReport['signer'] {
  if (!certificate) return undefined
  const [, ...above] = path?.certificates ?? []
  const anchor = path?.anchor.certificate
  const report = (one: Certificate) => certificateReport(one, infos.get(one.id), one.id === anchor?.id)
  return { ...report(certificate), chain: above.map(report) }
}

export function certificateReport(
  certificate: Certificate,
  info: RevocationInfo | undefined,
  isTrusted: boolean,
): CertificateReport {
  const { subject, issuer, id, notBefore, notAfter } = certificate
  const [organisation] = subject.values(oids.organizationName)
  const [country] = subject.values(oids.countryName)
  const revokedAt = info && info.status !== 'good' ? info.revokedAt : undefined
  return {
    name: commonNameOf(subject),
    ...(organisation ? { organisation } : {}),
    ...(country ? { country } : {}),
    serial: serialText(certificate),
    fingerprint: id,
    notBefore: iso(notBefore),
    notAfter: iso(notAfter),
    issuer: commonNameOf(issuer),
    ...(isTrusted ? { trusted: true } : {}),
    ...(revokedAt === undefined ? {} : { revoked: iso(revokedAt) }),
  }
}

export function timestampReport({
  input,
  info,
  certificate,
  outcome,
  checks,
}: TimestampResult): TimestampReport {
  return {
    id: input.id,
    kind: input.kind,
    ...(info ? { at: iso(info.at) } : {}),
    ...(certificate ? { authority: commonNameOf(certificate.subject) } : {}),
    ...indications(outcome),
    checks: checks.list(),
  }
}

function algorithmsOf({ input, certificate }: SignatureResult): SignatureReport['algorithms'] {
  const [reference] = input.references
  const { key } = certificate ?? {}
  return {
    ...(input.scheme ? { signature: schemeName(input.scheme) } : {}),
    ...(reference?.algorithm ? { digest: reference.algorithm } : {}),
    ...(key ? { key: key.curve ?? `${key.kind.toUpperCase()} ${key.bits}` } : {}),
  }
}

export function iso(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString()
}
