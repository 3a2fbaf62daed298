import { createHash } from 'node:crypto'
import { der } from '@sapan/trust'
import { signProblem } from '../../problems/sign.ts'
import {
  displayName,
  isIssuedBy,
  type PathCertificate,
  readablePathCertificates,
} from '../certificate/certificate.ts'
import { isSignedWith } from '../certificate/signature-check.ts'
import { checkFreshness } from './freshness.ts'

const { DerError, DerSequence, readDer } = der

const sha1 = '1.3.14.3.2.26'
const basicResponse = '1.3.6.1.5.5.7.48.1.1'
const ocspSigning = '1.3.6.1.5.5.7.3.9'

/** A response that says "good". */
export interface GoodAnswer {
  /** Until when it may be used again, in milliseconds. */
  readonly until: number
  /** The responder's own certificate, when it isn't the issuer. */
  readonly responder: PathCertificate | undefined
}

/**
 * Checks a response (RFC 6960 §3.2): for that certificate, by the issuer or one that it delegated to, fresh at `at`,
 * and good. Throws `signer-certificate-revoked`, `revocation-unknown`, `-unavailable`, `-stale` or `-invalid`.
 */
export function checkOcsp(
  response: Uint8Array,
  certificate: PathCertificate,
  issuer: PathCertificate,
  at: number,
): GoodAnswer {
  try {
    return checkResponse(response, certificate, issuer, at)
  } catch (cause) {
    if (cause instanceof DerError)
      throw invalid('อ่านคำตอบ OCSP ไม่ได้', 'The OCSP answer cannot be read', cause)
    throw cause
  }
}

function checkResponse(
  response: Uint8Array,
  certificate: PathCertificate,
  issuer: PathCertificate,
  at: number,
): GoodAnswer {
  const { body, data, algorithm, signature, certificates } = readResponse(response)
  const responder = findResponder(body, certificates, issuer)
  if (!responder || !isSignedWith(algorithm, responder.publicKey, data.raw, signature)) {
    throw invalid('คำตอบ OCSP ลงนามโดยผู้อื่น', 'The OCSP answer is not signed by who may answer')
  }
  if (responder !== issuer && (at < responder.notBefore || at >= responder.notAfter + 1000)) {
    throw invalid('ใบรับรองของผู้ตอบ OCSP หมดอายุ', "The OCSP responder's certificate is not valid")
  }
  const single = findSingle(body.responses, certificate, issuer)
  if (!single) throw invalid('คำตอบ OCSP เป็นของใบรับรองอื่น', 'The OCSP answer is about another certificate')
  const until = checkFreshness(single.thisUpdate, single.nextUpdate, at)
  const name = displayName(certificate)
  if (single.status === 0xa1) throw signProblem('signer-certificate-revoked', name, name)
  if (single.status !== 0x80) throw signProblem('revocation-unknown', name, name)
  return { until, responder: responder === issuer ? undefined : responder }
}

function readResponse(response: Uint8Array) {
  const outer = new DerSequence(readDer(response))
  const statusElement = outer.next()
  statusElement.expect(0x0a)
  const status = statusElement.content[0] ?? 0
  // 1 malformedRequest, 2 internalError, 3 tryLater, 5 sigRequired, 6 unauthorized (RFC 6960 §4.2.1).
  if (status !== 0) {
    throw signProblem('revocation-unavailable', `OCSP ตอบสถานะ ${status}`, `OCSP answered status ${status}`)
  }
  const typed = new DerSequence(outer.next().only(0xa0))
  if (typed.next().oid() !== basicResponse) throw new DerError('not a basic response')
  const parts = new DerSequence(readDer(typed.next().octets()))
  const data = parts.next()
  const algorithm = parts.next()
  const signature = parts.next().bits()
  const bag = parts.optional(0xa0)?.only().children(0x30) ?? []
  const certificates = readablePathCertificates(bag.slice(0, 8).map(({ raw }) => raw))
  return { data, body: readData(data), algorithm, signature, certificates }
}

/** ResponseData: who answers, and the answers. */
function readData(data: der.DerElement) {
  const parts = new DerSequence(data)
  parts.optional(0xa0)
  const responderName = parts.optional(0xa1)?.only().raw
  const responderKey = parts.optional(0xa2)?.only().octets()
  parts.next().time()
  return { responderName, responderKey, responses: parts.next().children(0x30).map(readSingle) }
}

function readSingle(element: der.DerElement) {
  const parts = new DerSequence(element)
  const identifier = new DerSequence(parts.next())
  const algorithm = new DerSequence(identifier.next()).next().oid()
  const names = identifier.next().octets()
  const keys = identifier.next().octets()
  const serial = identifier.next().content
  const status = parts.next().tag
  const thisUpdate = parts.next().time()
  const nextUpdate = parts.optional(0xa0)?.only().time()
  return { algorithm, names, keys, serial, status, thisUpdate, nextUpdate }
}

const certificateIdDigests: ReadonlyMap<string, string> = new Map([
  [sha1, 'sha1'],
  [der.oids.sha256, 'sha256'],
  [der.oids.sha384, 'sha384'],
  [der.oids.sha512, 'sha512'],
])

function findSingle(
  singles: readonly ReturnType<typeof readSingle>[],
  certificate: PathCertificate,
  issuer: PathCertificate,
) {
  return singles.find(({ algorithm, names, keys, serial }) => {
    const digest = certificateIdDigests.get(algorithm)
    if (digest === undefined || !serial.equals(certificate.serial)) return false
    const hash = (bytes: Buffer) => createHash(digest).update(bytes).digest()
    return hash(issuer.subject).equals(names) && hash(issuer.keyBits).equals(keys)
  })
}

/** The issuer itself, or one with a certificate from it for just that (RFC 6960 §4.2.2.2). */
function findResponder(
  { responderName, responderKey }: { responderName?: Buffer | undefined; responderKey?: Buffer | undefined },
  certificates: readonly PathCertificate[],
  issuer: PathCertificate,
): PathCertificate | undefined {
  const isNamed = (each: PathCertificate) =>
    responderName?.equals(each.subject) ??
    responderKey?.equals(createHash('sha1').update(each.keyBits).digest()) ??
    false
  if (isNamed(issuer)) return issuer
  return certificates.find(
    (each) => isNamed(each) && each.purposes.has(ocspSigning) && isIssuedBy(each, issuer),
  )
}

function invalid(thai: string, english: string, cause?: unknown) {
  return signProblem('revocation-invalid', thai, english, { cause })
}
