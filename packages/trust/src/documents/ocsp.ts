import { createHash } from 'node:crypto'
import type { CertificateParts } from '../certificates/certificate.ts'
import { extension, extensionsDer } from '../certificates/extensions.ts'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import {
  bits,
  element,
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  octets,
  oid,
  sequence,
} from '../der/write.ts'
import { keyAlgorithmDer } from '../signing/algorithm.ts'
import type { SigningKey } from '../signing/signing-key.ts'
import { readAuthority } from './authority.ts'
import { type RevocationReason, revocationReasons } from './crl.ts'

/** What the authority says of one of its certificates; `unknown` of one that it never issued. */
export type CertificateStatus =
  | { readonly state: 'good' }
  | { readonly state: 'revoked'; readonly at: number; readonly reason?: RevocationReason }
  | { readonly state: 'unknown' }

export interface OcspOptions {
  /** Signs the answers: with the issuer's own key, or one with a certificate of profile `ocsp` from that issuer. */
  readonly responder: SigningKey
  /** The certificate of the authority that is answered for, DER. */
  readonly issuer: Uint8Array
  status(serial: bigint): CertificateStatus | Promise<CertificateStatus>
  /** Milliseconds since 1970. */
  readonly now: number
  /** Until when an answer may be taken for new; one hour after `now` by default. */
  readonly nextUpdate?: number
}

/** An answer, with what a cache in front may do with it. */
export interface OcspAnswer {
  /** OCSPResponse, DER. */
  readonly body: Buffer
  readonly status: keyof typeof responseStatus
  /** Without a nonce, one answer serves everyone who asks the same until then. */
  readonly cacheableUntil: number | undefined
}

/** OCSPResponseStatus (RFC 6960 §4.2.1). */
const responseStatus = {
  successful: 0,
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  unauthorized: 6,
} as const

/** A request is no larger, and asks about no more certificates. */
const most = { bytes: 16 * 1024, certificates: 32 } as const

const validity = 3_600_000

/**
 * Answers whether certificates are revoked (RFC 6960). Never rejects because of the request: a malformed one, and one
 * about another authority's certificates, has its own status. It rejects as `status` and the responder's key do, and when
 * the responder's certificate has run out.
 */
export async function answerOcsp(request: Uint8Array, options: OcspOptions): Promise<OcspAnswer> {
  let asked: OcspRequest
  try {
    asked = readRequest(request)
  } catch (error) {
    if (error instanceof DerError) return failed('malformedRequest')
    throw error
  }
  const authority = readAuthority(options.issuer)
  if (!asked.certificates.some((each) => isIssuedBy(each, authority))) return failed('unauthorized')
  const { now } = options
  const responder = readResponder(options)
  // Nobody takes an answer whose responder's certificate has run out (RFC 6960 §4.2.2.2).
  const nextUpdate = Math.min(options.nextUpdate ?? now + validity, responder.notAfter)
  const answers = await Promise.all(
    asked.certificates.map(async (each) => {
      const isOurs = isIssuedBy(each, authority)
      const status = isOurs ? await options.status(each.serial) : ({ state: 'unknown' } as const)
      return singleResponse(each, status, now, nextUpdate)
    }),
  )
  const body = await signResponse(options.responder, answers, asked.nonce, now)
  return {
    body: sequence(
      enumerated(responseStatus.successful),
      explicit(0, sequence(oid(oids.ocspBasic), octets(body))),
    ),
    status: 'successful',
    cacheableUntil: asked.nonce ? undefined : nextUpdate,
  }
}

/** Throws Error for a responder whose certificate has run out: who asks is better served by another. */
function readResponder({ responder, now }: OcspOptions): CertificateParts {
  const parts = readAuthority(responder.certificate)
  if (now >= parts.notAfter + 1000) throw new Error("the responder's certificate has run out")
  return parts
}

/** An answer without a statement: `tryLater`, `internalError` and the like. It is not signed (RFC 6960 §2.3). */
export function failed(status: Exclude<keyof typeof responseStatus, 'successful'>): OcspAnswer {
  return { body: sequence(enumerated(responseStatus[status])), status, cacheableUntil: undefined }
}

interface AskedCertificate {
  /** CertID as it stood: the answer repeats it. */
  readonly raw: Buffer
  readonly digest: string
  readonly nameHash: Buffer
  readonly keyHash: Buffer
  readonly serial: bigint
}

interface OcspRequest {
  readonly certificates: readonly AskedCertificate[]
  /** The nonce's extension as it stood. */
  readonly nonce: Buffer | undefined
}

/** OCSPRequest (RFC 6960 §4.1.1). A signature by the asker is not looked at: everyone may ask. */
function readRequest(der: Uint8Array): OcspRequest {
  if (der.length > most.bytes) throw new DerError('too large')
  const outer = new DerSequence(readDer(der))
  const body = new DerSequence(outer.next())
  outer.optional(0xa0)
  outer.end()
  const version = body.optional(0xa0)?.only().integer() ?? 0n
  if (version !== 0n) throw new DerError('not version 1')
  body.optional(0xa1)
  const list = body.next().children(0x30)
  const extensions = body.optional(0xa2)?.only()
  body.end()
  if (list.length === 0 || list.length > most.certificates) throw new DerError('no certificates, or too many')
  return { certificates: list.map(readAsked), nonce: readNonce(extensions) }
}

const digests = new Map([
  [oids.sha1, 'sha1'],
  [oids.sha256, 'sha256'],
  [oids.sha384, 'sha384'],
  [oids.sha512, 'sha512'],
])

function readAsked(request: DerElement): AskedCertificate {
  const parts = new DerSequence(request)
  const identifier = parts.next()
  parts.optional(0xa0)
  parts.end()
  const fields = new DerSequence(identifier)
  const digest = digests.get(new DerSequence(fields.next()).next().oid()) ?? 'unknown'
  const nameHash = fields.next().octets()
  const keyHash = fields.next().octets()
  const serial = fields.next().integer()
  fields.end()
  return { raw: identifier.raw, digest, nameHash, keyHash, serial }
}

/** RFC 9654 §2.1: 1 to 128 bytes. Other extensions are for the responder to ignore; a critical one is not. */
function readNonce(extensions: DerElement | undefined): Buffer | undefined {
  let nonce: Buffer | undefined
  for (const each of extensions?.children(0x30) ?? []) {
    const parts = new DerSequence(each)
    const type = parts.next().oid()
    const isCritical = parts.optional(0x01)?.boolean() ?? false
    const value = parts.next().octets()
    parts.end()
    if (type === oids.ocspNonce) {
      const { length } = readDer(value).octets()
      if (length === 0 || length > 128 || nonce) throw new DerError('a nonce')
      nonce = extension(oids.ocspNonce, value)
    } else if (isCritical) throw new DerError('a critical extension that is not understood')
  }
  return nonce
}

/** Whether the certificate is one of that authority's: the hashes of its name and its key (RFC 6960 §4.1.1). */
function isIssuedBy({ digest, nameHash, keyHash }: AskedCertificate, authority: CertificateParts): boolean {
  if (digest === 'unknown') return false
  const hash = (bytes: Buffer) => createHash(digest).update(bytes).digest()
  return hash(authority.subject.raw).equals(nameHash) && hash(keyBits(authority)).equals(keyHash)
}

function keyBits({ publicKey }: CertificateParts): Buffer {
  const parts = new DerSequence(publicKey)
  parts.next()
  return parts.next().bits()
}

function singleResponse(
  { raw }: AskedCertificate,
  status: CertificateStatus,
  now: number,
  nextUpdate: number,
): Buffer {
  return sequence(raw, statusDer(status), generalizedTime(now), explicit(0, generalizedTime(nextUpdate)))
}

function statusDer(status: CertificateStatus): Buffer {
  const nothing = Buffer.alloc(0)
  if (status.state === 'good') return implicit(0, nothing)
  if (status.state === 'unknown') return implicit(2, nothing)
  const { at, reason = 'unspecified' } = status
  const why = reason === 'unspecified' ? [] : [explicit(0, enumerated(revocationReasons[reason]))]
  return element(0xa1, generalizedTime(at), ...why)
}

/** BasicOCSPResponse (RFC 6960 §4.2.1), with the responder's certificate, named by the SHA-1 of its key. */
async function signResponse(
  responder: SigningKey,
  answers: readonly Buffer[],
  nonce: Buffer | undefined,
  now: number,
): Promise<Buffer> {
  const certificate = readAuthority(responder.certificate)
  const name = createHash('sha1').update(keyBits(certificate)).digest()
  const body = sequence(
    explicit(2, octets(name)),
    generalizedTime(now),
    sequence(...answers),
    ...(nonce ? [explicit(1, extensionsDer([nonce]))] : []),
  )
  return sequence(
    body,
    keyAlgorithmDer(responder.algorithm),
    bits(await responder.sign(body)),
    explicit(0, sequence(responder.certificate)),
  )
}
