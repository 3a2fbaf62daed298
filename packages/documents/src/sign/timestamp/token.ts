import { createHash } from 'node:crypto'
import { type DigestName, der } from '@sapan/trust'
import { signProblem } from '../../problems/sign.ts'
import { digestOids } from '../cades/signer.ts'
import { type PathCertificate, readablePathCertificates } from '../certificate/certificate.ts'
import { digestNameOf, isSignedWith } from '../certificate/signature-check.ts'

const { DerError, DerSequence, oids, readDer, retagged } = der

/** What a TimeStampToken (RFC 3161 §2.4.2) says, of any authority. */
export interface StampToken {
  readonly at: number
  readonly digest: Buffer
  readonly digestOid: string
  readonly nonce: bigint | undefined
  readonly certificates: readonly Buffer[]
  /** Whether the certificate that it names is inside, is for time-stamps, was valid then, and signed it. */
  holds(): boolean
}

/** Reads a token. Throws DerError. */
export function readStampToken(token: Uint8Array): StampToken {
  const { content, certificates, signer } = readSigned(token)
  const info = readInfo(content)
  const bag = certificates.map(({ raw }) => raw)
  return {
    ...info,
    certificates: bag,
    holds: () => isSigned(signer, content, readablePathCertificates(bag), info.at),
  }
}

/** Throws `signing-stamp-invalid`. */
export function tokenCertificates(token: Uint8Array): readonly Buffer[] {
  return orInvalid(() => readStampToken(token)).certificates
}

function readSigned(token: Uint8Array) {
  const outer = new DerSequence(readDer(token))
  if (outer.next().oid() !== oids.signedData) throw new DerError('not SignedData')
  const parts = new DerSequence(outer.next().only(0xa0))
  parts.next()
  parts.next()
  const encapsulated = new DerSequence(parts.next())
  if (encapsulated.next().oid() !== oids.tstInfo) throw new DerError('no time-stamp inside')
  const content = encapsulated.next().only(0xa0).octets()
  const certificates = parts.optional(0xa0)?.children(0xa0) ?? []
  parts.optional(0xa1)
  return { content, certificates, signer: parts.next().only(0x31) }
}

function readInfo(content: Buffer) {
  const parts = new DerSequence(readDer(content))
  if (parts.next().integer() !== 1n) throw new DerError('not version 1')
  parts.next().oid()
  const imprint = new DerSequence(parts.next())
  const digestOid = new DerSequence(imprint.next()).next().oid()
  const digest = imprint.next().octets()
  parts.next()
  const moment = parts.next()
  moment.expect(0x18)
  const at = moment.time()
  parts.optional(0x30)
  parts.optional(0x01)
  const nonce = parts.optional(0x02)?.integer()
  return { at, digest, digestOid, nonce }
}

function isSigned(
  signer: der.DerElement,
  content: Buffer,
  certificates: readonly PathCertificate[],
  at: number,
): boolean {
  const parts = new DerSequence(signer)
  parts.next()
  const identifier = parts.next()
  const digestOid = new DerSequence(parts.next()).next().oid()
  const signed = parts.next()
  const algorithm = parts.next()
  const signature = parts.next().octets()
  const certificate = certificates.find((each) => isNamed(each, identifier))
  const digestName = digestNameOf(digestOid)
  if (!certificate?.purposes.has(timeStamping) || !digestName) return false
  if (at < certificate.notBefore || at >= certificate.notAfter + 1000) return false
  const digest = createHash(digestName).update(content).digest()
  return (
    digestAttribute(signed)?.equals(digest) === true &&
    isSignedWith(algorithm, certificate.publicKey, retagged(0x31, signed.raw), signature, digestOid)
  )
}

const timeStamping = '1.3.6.1.5.5.7.3.8'

/** By issuer and serial number; those by key identifier are rare, and then any certificate for time-stamps may be it. */
function isNamed(certificate: PathCertificate, identifier: der.DerElement): boolean {
  if (identifier.tag !== 0x30) return certificate.purposes.has(timeStamping)
  const parts = new DerSequence(identifier)
  return parts.next().raw.equals(certificate.issuer) && parts.next().content.equals(certificate.serial)
}

function digestAttribute(signed: der.DerElement): Buffer | undefined {
  for (const each of signed.children(0xa0)) {
    const parts = new DerSequence(each)
    if (parts.next().oid() === oids.messageDigest) return parts.next().only(0x31).octets()
  }
  return undefined
}

/**
 * The token out of an authority's response (RFC 3161 §2.4.2). Throws `signing-stamp-refused` with the authority's own
 * words, or `signing-stamp-invalid`.
 */
export function tokenFromResponse(response: Uint8Array): Buffer {
  const { status, reason, token } = orInvalid(() => readResponse(response))
  // 0 is granted, 1 granted with changes.
  if (status > 1n || !token) throw signProblem('signing-stamp-refused', reason, reason)
  return token
}

function readResponse(response: Uint8Array) {
  const parts = new DerSequence(readDer(response))
  const info = new DerSequence(parts.next())
  const status = info.next().integer()
  const texts = status > 1n ? (info.optional(0x30)?.children(0x30) ?? []) : []
  const words = texts.map((text) => printable(text.content.toString('utf8'))).join(' ')
  return {
    status,
    reason: words.slice(0, 300) || `PKIStatus ${status}`,
    token: parts.optional(0x30)?.raw,
  }
}

/** Words of strangers go to people's screens. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
}

export interface ExpectedStamp {
  readonly digest: Uint8Array
  readonly algorithm: DigestName
  /** Undefined when none was sent. */
  readonly nonce?: bigint
  /** The time by our own clock, and how far the stamp's may be from it, in milliseconds. */
  readonly now: number
  readonly tolerance: number
}

/**
 * Checks that a token stamps that digest, now. `thorough`: its signature too, and that it carries its certificate.
 * Throws `signing-stamp-invalid` or `signing-stamp-time-wrong`.
 */
export function checkStamp(token: Uint8Array, expected: ExpectedStamp, thorough: boolean): StampToken {
  const stamp = orInvalid(() => readStampToken(token))
  const { digest, algorithm, nonce, now, tolerance } = expected
  if (stamp.digestOid !== digestOids[algorithm] || !stamp.digest.equals(digest)) {
    throw invalid('เป็นตราประทับของข้อมูลอื่น', 'It stamps other data')
  }
  if (nonce !== undefined && stamp.nonce !== nonce) {
    throw invalid('เป็นคำตอบของคำขออื่น', 'It answers another request')
  }
  if (thorough && !orInvalid(() => stamp.holds())) {
    throw invalid(
      'ลายมือชื่อหรือใบรับรองในตราประทับไม่ถูกต้อง',
      'Its signature does not hold, or its certificate is missing',
    )
  }
  if (Math.abs(stamp.at - now) > tolerance) {
    const said = new Date(stamp.at).toISOString()
    const ours = new Date(now).toISOString()
    throw signProblem('signing-stamp-time-wrong', `${said} / ${ours}`, `${said}, our clock ${ours}`)
  }
  return stamp
}

function orInvalid<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof DerError) throw invalid('อ่านไม่ได้', 'It cannot be read', cause)
    throw cause
  }
}

function invalid(thai: string, english: string, cause?: unknown) {
  return signProblem('signing-stamp-invalid', thai, english, { cause })
}
