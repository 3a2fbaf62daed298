import { der } from '@sapan/trust'
import { signProblem } from '../../problems/sign.ts'
import { displayName, type PathCertificate } from '../certificate/certificate.ts'
import { isSignedWith } from '../certificate/signature-check.ts'
import { checkFreshness } from './freshness.ts'

const { DerError, DerSequence, readDer } = der

const cRLSign = 6
const crlNumber = '2.5.29.20'
const authorityKey = '2.5.29.35'
const issuingPoint = '2.5.29.28'

/**
 * Checks a CRL (RFC 5280 §5, §6.3): complete, by the certificate's issuer itself, fresh at `at`, and without the
 * certificate. Gives until when it may be used. Throws `signer-certificate-revoked`, `revocation-stale` or
 * `revocation-invalid`.
 */
export function checkCrl(
  crl: Uint8Array,
  certificate: PathCertificate,
  issuer: PathCertificate,
  at: number,
): number {
  try {
    return checkList(crl, certificate, issuer, at)
  } catch (cause) {
    if (cause instanceof DerError) throw invalid('อ่าน CRL ไม่ได้', 'The CRL cannot be read', cause)
    throw cause
  }
}

function checkList(
  crl: Uint8Array,
  certificate: PathCertificate,
  issuer: PathCertificate,
  at: number,
): number {
  const outer = new DerSequence(readDer(crl))
  const body = outer.next()
  const algorithm = outer.next()
  const signature = outer.next().bits()
  const { name, thisUpdate, nextUpdate, revoked, extensions } = readBody(body)
  const mayIssue = issuer.usage === undefined || issuer.usage.has(cRLSign)
  const isIssuers = name.equals(issuer.subject) && mayIssue
  if (!isIssuers || !isSignedWith(algorithm, issuer.publicKey, body.raw, signature)) {
    throw invalid('CRL ออกโดยผู้อื่น', 'The CRL is of another issuer')
  }
  refuseParts(extensions, certificate)
  const until = checkFreshness(thisUpdate, nextUpdate, at)
  if (revoked.some((entry) => entry.children(0x30)[0]?.content.equals(certificate.serial))) {
    const who = displayName(certificate)
    throw signProblem('signer-certificate-revoked', who, who)
  }
  return until
}

function readBody(body: der.DerElement) {
  const parts = new DerSequence(body)
  parts.optional(0x02)
  parts.next()
  const name = parts.next().raw
  const thisUpdate = parts.next().time()
  const nextUpdate = (parts.optional(0x17) ?? parts.optional(0x18))?.time()
  const revoked = parts.optional(0x30)?.children(0x30) ?? []
  const extensions = parts.optional(0xa0)?.only().children(0x30) ?? []
  return { name, thisUpdate, nextUpdate, revoked, extensions }
}

/** A list of a part only (deltas, indirect lists, some reasons) would leave something open. */
function refuseParts(extensions: readonly der.DerElement[], certificate: PathCertificate): void {
  for (const each of extensions) {
    const parts = new DerSequence(each)
    const type = parts.next().oid()
    const isCritical = parts.optional(0x01)?.boolean() ?? false
    const value = parts.next().octets()
    if (type === issuingPoint) refuseOtherScope(readDer(value), certificate)
    else if (isCritical && type !== crlNumber && type !== authorityKey) {
      throw invalid('CRL มีเงื่อนไขที่ไม่รู้จัก', 'The CRL has a condition that is not understood')
    }
  }
}

/** IssuingDistributionPoint (RFC 5280 §5.2.5): 1 only end certificates, 2 only authorities; others are refused. */
function refuseOtherScope(point: der.DerElement, { isAuthority }: PathCertificate): void {
  for (const { tag, content } of point.children(0x30)) {
    const isSet = content[0] === 0xff
    const covers = tag === 0xa0 || !isSet || (tag === 0x81 && !isAuthority) || (tag === 0x82 && isAuthority)
    if (!covers) throw invalid('CRL ไม่ครอบคลุมใบรับรองนี้', 'The CRL does not cover this certificate')
  }
}

function invalid(thai: string, english: string, cause?: unknown) {
  return signProblem('revocation-invalid', thai, english, { cause })
}

/** Whether the CRL names that issuer; false when it can't be read. */
export function isListOf(crl: Uint8Array, issuer: Buffer): boolean {
  try {
    return readBody(new DerSequence(readDer(crl)).next()).name.equals(issuer)
  } catch {
    return false
  }
}
