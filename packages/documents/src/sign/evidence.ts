import { createHash } from 'node:crypto'
import type { DigestName } from '@sapan/trust'
import { signProblem } from '../problems/sign.ts'
import type { PreparedSigner } from './cades/signer.ts'
import { distinct, pathFrom, readablePathCertificates } from './certificate/certificate.ts'
import type { Level, RevocationData, RevocationSource, SigningOptions, Timestamper } from './options.ts'
import { sampleToken } from './timestamp/size.ts'
import { checkStamp, tokenCertificates } from './timestamp/token.ts'

/** How far a stamp's time may be from the time of signing that the caller gave. */
const stampTolerance = 10 * 60_000

const order: readonly Level[] = ['B-B', 'B-T', 'B-LT', 'B-LTA']

/** Whether a level has what another one has. */
export function reaches(level: Level, least: Level): boolean {
  return order.indexOf(level) >= order.indexOf(least)
}

/** Throws TypeError when what the level needs was not given. */
export function checkLevel({
  level,
  timestamper,
  revocation,
}: Pick<SigningOptions, 'level' | 'timestamper' | 'revocation'>): void {
  if (reaches(level, 'B-T') && !timestamper) throw new TypeError(`level ${level} needs a time-stamper`)
  if (reaches(level, 'B-LT') && !revocation) throw new TypeError(`level ${level} needs a revocation source`)
}

/** A token that was checked, and the certificates in it. */
export interface Stamp {
  readonly token: Uint8Array
  readonly certificates: readonly Uint8Array[]
}

/** A stamp over those bytes. Rejects with `signing-stamp-…`. */
export async function stamped(
  timestamper: Timestamper,
  bytes: Uint8Array,
  digest: DigestName,
  time: number,
): Promise<Stamp> {
  return stampedDigest(timestamper, createHash(digest).update(bytes).digest(), digest, time)
}

export async function stampedDigest(
  timestamper: Timestamper,
  digest: Uint8Array,
  algorithm: DigestName,
  time: number,
): Promise<Stamp> {
  const token = await timestamper.stamp(digest, algorithm)
  const expected = { digest, algorithm, now: time, tolerance: stampTolerance }
  return { token, certificates: checkStamp(token, expected, false).certificates }
}

/** Everything beside a signature that checking it needs (EN 319 142-1 §6.3 for B-LT). */
export interface Evidence {
  /** All certificates: the signer's, the authorities', those of time-stamps and responders. */
  readonly certificates: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

/** Evidence for several paths together. Rejects as `RevocationSource.collect` does. */
export async function collectEvidence(
  paths: readonly (readonly Uint8Array[])[],
  revocation: RevocationSource,
  time: number,
): Promise<Evidence> {
  const found: RevocationData[] = []
  for (const path of paths) found.push(await revocation.collect(path, time))
  return {
    certificates: distinct([...paths.flat(), ...found.flatMap(({ certificates }) => certificates)]),
    ocsps: distinct(found.flatMap(({ ocsps }) => ocsps)),
    crls: distinct(found.flatMap(({ crls }) => crls)),
  }
}

/** The paths of a signature and of the stamp on it. */
export function pathsOf(signer: PreparedSigner, stamp: Stamp): (readonly Uint8Array[])[] {
  return [signer.certificates, stampPath(stamp)]
}

/**
 * Evidence for the authority that will stamp next, since the store is closed by its stamp. Without it a first stamp of an
 * authority could be checked only by asking around.
 */
export async function evidenceAhead(
  timestamper: Timestamper,
  digest: DigestName,
  revocation: RevocationSource,
  time: number,
): Promise<Evidence> {
  const token = await sampleToken(timestamper, digest)
  return collectEvidence([stampPath({ token, certificates: tokenCertificates(token) })], revocation, time)
}

const timeStamping = '1.3.6.1.5.5.7.3.8'

/** Paths of authorities that stamped lately, by the certificates that their tokens carry. */
const knownPaths = new Map<string, Uint8Array[]>()
const mostPaths = 100

/** The certificates of a stamp from the authority's own upwards. Throws `signing-stamp-invalid` when there are none. */
function stampPath({ certificates }: Stamp): Uint8Array[] {
  const bag = createHash('sha256')
  for (const each of certificates) bag.update(each)
  const key = bag.digest('latin1')
  const known = knownPaths.get(key)
  if (known) return known
  const readable = readablePathCertificates(certificates.map((each) => Buffer.from(each)))
  const own = readable.find(({ purposes }) => purposes.has(timeStamping))
  if (!own) {
    throw signProblem(
      'signing-stamp-invalid',
      'ไม่มีใบรับรองอยู่ข้างใน',
      'It carries no certificate of its authority',
    )
  }
  const path = pathFrom(own, readable).map(({ der }) => der)
  if (knownPaths.size >= mostPaths) knownPaths.clear()
  knownPaths.set(key, path)
  return path
}
