import { createHash } from 'node:crypto'
import { type DigestName, der } from '@sapan/trust'
import { signProblem } from '../../problems/sign.ts'
import { distinct, type PathCertificate } from '../certificate/certificate.ts'
import { collectEvidence, type Evidence, evidenceAhead, stamped, stampedDigest } from '../evidence.ts'
import type { RevocationSource, Timestamper } from '../options.ts'
import { readStampToken } from '../timestamp/token.ts'
import { archiveAttribute, archiveImprint, archiveTimestampV3 } from './archive.ts'
import { type CmsParts, readCmsParts, unsignedValues, writeCmsParts } from './cms-parts.ts'
import { readSignaturePaths } from './read.ts'
import { revocationChoices, timestampAttribute } from './signed-data.ts'

export interface CadesRenewalOptions {
  readonly timestamper: Timestamper
  readonly revocation: RevocationSource
  /** When it is renewed, in milliseconds since 1970. */
  readonly time: number
}

const digest: DigestName = 'sha256'

/**
 * Renews a CAdES signature for the years to come (EN 319 122-1 §5.5.3, §6.3 on B-LTA): the evidence for its last
 * time-stamp goes in, then a further archive time-stamp covers all of it. A signature of a lower level becomes B-LTA in
 * this way. `content`: what is signed. Rejects with `container-unrenewable`, `signing-stamp-…` or `revocation-…`.
 */
export async function renewCades(
  cms: Uint8Array,
  content: Uint8Array,
  options: CadesRenewalOptions,
): Promise<Buffer> {
  const parts = orUnrenewable(() => readCmsParts(cms))
  const paths = orUnrenewable(() => pathsToProve(cms, parts, options.time))
  const evidence = await evidenceFor(paths, options)
  const withEvidence = withMore(await withSignatureStamp(parts, options), evidence)
  const contentDigest = createHash(digest).update(content).digest()
  const imprint = archiveImprint({ ...withEvidence, contentDigest }, digest)
  const { token } = await stampedDigest(options.timestamper, imprint.digest, digest, options.time)
  const stamp = archiveAttribute(token, imprint.hashIndex)
  return writeCmsParts({ ...withEvidence, unsigned: [...withEvidence.unsigned, stamp] })
}

/** Evidence for what is there, and for the time-stamps that are to come. */
export async function evidenceFor(
  paths: readonly (readonly Uint8Array[])[],
  { timestamper, revocation, time }: CadesRenewalOptions,
): Promise<Evidence[]> {
  const found = await collectEvidence(paths, revocation, time)
  return [found, await evidenceAhead(timestamper, digest, revocation, time)]
}

/** What is there already stays; what is new comes behind. */
export function withMore(parts: CmsParts, evidence: readonly Evidence[]): CmsParts {
  const added = evidence.flatMap(revocationChoices)
  const certificates = evidence.flatMap((each) => each.certificates)
  return {
    ...parts,
    certificates: distinct([...parts.certificates, ...certificates]).map((each) => Buffer.from(each)),
    revocations: distinct([...parts.revocations, ...added]).map((each) => Buffer.from(each)),
  }
}

/** B-LTA has a time-stamp over the signature as well (§6.3). */
async function withSignatureStamp(parts: CmsParts, options: CadesRenewalOptions): Promise<CmsParts> {
  const { unsigned, signature } = parts
  if (unsignedValues(parts, signatureTimestamp).length > 0) return parts
  const { token } = await stamped(options.timestamper, signature, digest, options.time)
  return { ...parts, unsigned: [...unsigned, timestampAttribute(token)] }
}

const signatureTimestamp = '1.2.840.113549.1.9.16.2.14'

/**
 * Whose evidence is to be had now: before the first archive time-stamp that of the signer and of the stamps on the
 * signature, later that of the newest archive time-stamp only. Of what has expired nothing can be found out any more.
 */
function pathsToProve(cms: Uint8Array, parts: CmsParts, time: number): (readonly Uint8Array[])[] {
  const archived = unsignedValues(parts, archiveTimestampV3)
  const { signer, tokens } = readSignaturePaths(cms)
  if (archived.length === 0) {
    const paths = [signer, ...tokens.map((token) => pathOfToken(token, parts))]
    const isProved = parts.revocations.length > 0
    return raw(paths.filter(([first]) => !isProved || (first !== undefined && time <= first.notAfter)))
  }
  const newest = archived.toSorted((a, b) => readStampToken(b).at - readStampToken(a).at)[0]
  return raw(newest ? [pathOfToken(newest, parts)] : [])
}

export function pathOfToken(token: Uint8Array, { certificates }: CmsParts): readonly PathCertificate[] {
  return readSignaturePaths(token, certificates).signer
}

function raw(paths: readonly (readonly PathCertificate[])[]): Buffer[][] {
  return paths.map((path) => path.map((each) => each.der))
}

/** Turns what the reader of DER throws into a problem. */
export function orUnrenewable<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof der.DerError)) throw cause
    throw signProblem(
      'container-unrenewable',
      'อ่านลายมือชื่อในซองไม่ได้ หรือมีผู้ลงนามหลายคนในไฟล์เดียว',
      'A signature in it cannot be read, or has several signers in one file',
      { cause },
    )
  }
}
