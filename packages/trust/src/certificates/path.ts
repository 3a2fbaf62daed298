import type { KeyObject } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { DerError } from '../der/read.ts'
import type { SignatureAlgorithm } from '../keys/signer.ts'
import { trustProblems } from '../problems.ts'
import type { AnyCertificate } from './any-certificate.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { usage } from './extensions.ts'
import { type CertificateProfile, fitsProfile } from './profile.ts'
import type { Subject } from './subject.ts'

/** Authorities above an end certificate: the issuer and the root, and one to spare. */
const mostAuthorities = 3
const mostIntermediates = 8

export interface PathOptions {
  readonly profile: CertificateProfile
  /** When it must be valid: milliseconds since 1970. */
  readonly at: number
  /** Fingerprints of revoked certificates, the authorities' too. */
  readonly revoked: ReadonlySet<string>
}

/** An end certificate that leads to a trusted root, and is valid, unrevoked and for the purpose. */
export interface VerifiedCertificate {
  readonly fingerprint: string
  readonly subject: Subject
  readonly uris: readonly string[]
  readonly dns: readonly string[]
  readonly ips: readonly string[]
  readonly publicKey: KeyObject
  readonly algorithm: SignatureAlgorithm
  readonly serial: bigint
  readonly notBefore: number
  readonly notAfter: number
  /** From its issuer up to the trusted root, DER. */
  readonly chain: readonly Buffer[]
}

/**
 * Follows a certificate to a trusted root (RFC 5280 §6.1, as far as this PKI uses it) through `intermediates`, in any
 * order, the root among them. Throws `certificate-untrusted`, `certificate-revoked`, `certificate-expired`,
 * `certificate-not-yet-valid` or `certificate-wrong-purpose`, in this order of precedence.
 */
export function verifyPath(
  leafDer: Uint8Array,
  intermediates: readonly Uint8Array[],
  rootFingerprints: readonly string[],
  { profile, at, revoked }: PathOptions,
): VerifiedCertificate {
  const leaf = readCertificate(leafDer)
  const options = { at, revoked, parse: parseCertificate }
  const verified = followPath(leaf, intermediates, rootFingerprints, options)
  if (!fitsProfile(leaf, profile)) throw wrongPurpose(profile)
  return { ...verified, algorithm: leaf.algorithm }
}

/** The same for certificates of any kind, read by `parse`; what they are for is the caller's to see. */
export function followPath<C extends AnyCertificate>(
  leaf: C,
  intermediates: readonly Uint8Array[],
  rootFingerprints: readonly string[],
  { at, revoked, parse }: Omit<PathOptions, 'profile'> & { parse(der: Uint8Array): C },
): Omit<VerifiedCertificate, 'algorithm'> {
  const pool = intermediates.slice(0, mostIntermediates).flatMap((der) => readIfPossible(der, parse))
  const authorities = findPath(leaf, pool, new Set(rootFingerprints))
  if (!authorities) throw new Problem(trustProblems['certificate-untrusted'])
  const path = [leaf, ...authorities]
  refuse('certificate-revoked', path, ({ fingerprint }) => revoked.has(fingerprint))
  // notAfter is the last second of validity (RFC 5280 §4.1.2.5), whole.
  refuse('certificate-expired', path, ({ notAfter }) => at >= notAfter + 1000)
  refuse('certificate-not-yet-valid', path, ({ notBefore }) => at < notBefore)
  const { extensions, publicKey, serial, notBefore, notAfter, subject } = leaf
  const { uris, dns, ips } = extensions
  const names = { subject, uris, dns, ips }
  const chain = authorities.map(({ der }) => der)
  return { fingerprint: leaf.fingerprint, ...names, publicKey, serial, notBefore, notAfter, chain }
}

/** Reads a certificate without trusting it; throws `certificate-untrusted` when it cannot be read. */
export function readCertificate(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der)
  } catch (cause) {
    if (!(cause instanceof DerError) && !(cause instanceof Problem)) throw cause
    throw new Problem(trustProblems['certificate-untrusted'], {
      detail: { th: 'อ่านใบรับรองไม่ได้', en: 'The certificate cannot be read' },
      cause,
    })
  }
}

/** What cannot be read cannot be on the path; it must not stop another from being. */
function readIfPossible<C>(der: Uint8Array, parse: (der: Uint8Array) => C): C[] {
  try {
    return [parse(der)]
  } catch {
    return []
  }
}

/**
 * The authorities above the leaf, nearest first, up to a trusted root; undefined when there is no such path. Goes up
 * level by level and reaches each authority once: strangers can send ones that all certify each other.
 */
function findPath(
  leaf: AnyCertificate,
  pool: readonly AnyCertificate[],
  roots: ReadonlySet<string>,
): AnyCertificate[] | undefined {
  const reached = new Set<AnyCertificate>()
  let ways: { top: AnyCertificate; authorities: AnyCertificate[] }[] = [{ top: leaf, authorities: [] }]
  for (let depth = 0; depth < mostAuthorities; depth++) {
    const higher: typeof ways = []
    for (const { top, authorities } of ways) {
      for (const above of pool) {
        if (reached.has(above) || !mayIssue(above, top, depth)) continue
        reached.add(above)
        const longer = [...authorities, above]
        if (roots.has(above.fingerprint)) return longer
        higher.push({ top: above, authorities: longer })
      }
    }
    ways = higher
  }
  return undefined
}

/** `between`: authorities between `above` and the end certificate. */
function mayIssue(above: AnyCertificate, below: AnyCertificate, between: number): boolean {
  const { authority, usage: bits } = above.extensions
  return (
    authority !== undefined &&
    authority.pathLength >= between &&
    bits.has(usage.keyCertSign) &&
    above.subjectDer.equals(below.issuerDer) &&
    above.fingerprint !== below.fingerprint &&
    below.isSignedBy(above.publicKey)
  )
}

/** Throws the problem about the first certificate of the path that is so. */
function refuse(
  code: 'certificate-revoked' | 'certificate-expired' | 'certificate-not-yet-valid',
  path: readonly AnyCertificate[],
  isSo: (certificate: AnyCertificate) => boolean,
): void {
  const found = path.find(isSo)
  if (!found) return
  const { commonName } = found.subject
  throw new Problem(trustProblems[code], { detail: { th: commonName, en: commonName } })
}

export function wrongPurpose(profile: CertificateProfile): Problem {
  const detail = { th: `ต้องใช้ใบรับรองชนิด ${profile}`, en: `A certificate of profile ${profile} is needed` }
  return new Problem(trustProblems['certificate-wrong-purpose'], { detail })
}
