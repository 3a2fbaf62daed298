import { digestOfScheme, type PublicKeyInfo, schemeName } from '../crypto/algorithms.ts'
import type { DigestName, SignatureScheme } from '../crypto/port.ts'

/** Until when an algorithm counts as strong: a date (ISO, exclusive), `always`; one that is not listed never does. */
export type Until = string

/** Which algorithms were strong enough when, and what else a signature must be. Data: it can be read from a file. */
export interface AlgorithmPolicy {
  readonly name: string
  /** When it was decided. What it lets end later is warned of, not refused, until somebody decides again. */
  readonly decided: string
  readonly digests: Partial<Record<DigestName, Until>>
  /** Per kind of signature: from this many bits on, until then; ascending. */
  readonly signatures: Partial<Record<SignatureScheme['family'], readonly { bits: number; until: Until }[]>>
  /** Extended key usages of which a signer's certificate must have one, where it has any. */
  readonly signingPurposes: readonly string[]
  /** Certificate policies of which the path must have one; all when absent. */
  readonly certificatePolicies?: readonly string[]
  /** Signature policies that are known; any when absent, as a note in the report. */
  readonly signaturePolicies?: readonly string[]
  /** How old revocation information may be, in milliseconds; as long as it says itself when absent. */
  readonly revocationAge?: number
  /** How long after the claimed time a time-stamp may come, in milliseconds; no limit when absent. */
  readonly timestampDelay?: number
}

export interface AlgorithmUse {
  readonly scheme?: SignatureScheme | undefined
  readonly key?: PublicKeyInfo | undefined
  readonly digest?: DigestName | undefined
}

/** The time at which the weakest part of a use stopped being strong: infinite where it has not, -infinite if never. */
export function strongUntil(policy: AlgorithmPolicy, use: AlgorithmUse): number {
  return Math.min(...limits(policy, use).map(({ until }) => until))
}

/** What has ended by an announcement of the policy that nobody has confirmed since. */
export function endsLater(policy: AlgorithmPolicy, use: AlgorithmUse, at: number): string | undefined {
  return limits(policy, use).find(({ announced }) => announced !== undefined && at >= announced)?.name
}

/** The names of what is too weak at that time. */
export function weakAt(policy: AlgorithmPolicy, use: AlgorithmUse, at: number): string[] {
  return limits(policy, use).flatMap(({ name, until }) => (at >= until ? [name] : []))
}

interface Limit {
  readonly name: string
  readonly until: number
  readonly announced?: number
}

function limits(policy: AlgorithmPolicy, { scheme, key, digest }: AlgorithmUse): Limit[] {
  const found: Limit[] = []
  const digests = new Set([digest, scheme && digestOfScheme(scheme)])
  if (scheme?.family === 'rsa-pss') digests.add(scheme.maskDigest)
  for (const name of digests) if (name) found.push(limit(policy, name.toUpperCase(), policy.digests[name]))
  if (scheme) found.push(...keyLimit(policy, scheme, key))
  return found
}

function keyLimit(policy: AlgorithmPolicy, scheme: SignatureScheme, key: PublicKeyInfo | undefined): Limit[] {
  const bits = key?.bits ?? 0
  const rule = policy.signatures[scheme.family]?.findLast((one) => bits >= one.bits)
  return [limit(policy, `${schemeName(scheme)} ${bits}`, rule?.until)]
}

function limit({ decided }: AlgorithmPolicy, name: string, until: Until | undefined): Limit {
  if (until === undefined) return { name, until: Number.NEGATIVE_INFINITY }
  if (until === 'always') return { name, until: Number.POSITIVE_INFINITY }
  const end = Date.parse(until)
  if (end <= Date.parse(decided)) return { name, until: end }
  return { name, until: Number.POSITIVE_INFINITY, announced: end }
}
