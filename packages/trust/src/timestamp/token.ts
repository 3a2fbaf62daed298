import { Problem } from '@sapan/kernel'
import type { AnyCertificate } from '../certificates/any-certificate.ts'
import { followPath, type VerifiedCertificate, wrongPurpose } from '../certificates/path.ts'
import { verifySigner } from '../cms/detached.ts'
import { readSignedData, type SignedData } from '../cms/signed-data.ts'
import { anySigners } from '../cms/signer-kind.ts'
import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import { trustProblems } from '../problems.ts'
import { isForStamping } from './purpose.ts'
import { readImprint, readTimestampRequest } from './request.ts'

/** What a time-stamp says. Not to be believed before `verifyTimestamp`. */
export interface Timestamp {
  /** When the authority saw the digest, in milliseconds since 1970. */
  readonly at: number
  /** How far that may be off, in milliseconds; undefined when it does not say. */
  readonly accuracy: number | undefined
  readonly digest: Buffer
  /** Object identifier of the digest's hash function. */
  readonly digestAlgorithm: string
  readonly policy: string
  readonly serial: bigint
  readonly nonce: bigint | undefined
  /** Certificates that it carries, DER. */
  readonly certificates: readonly Buffer[]
}

/** Reads a time-stamp token (RFC 3161 §2.4.2), DER; verifies nothing. Throws `timestamp-malformed`. */
export function readTimestamp(token: Uint8Array): Timestamp {
  return readToken(token).timestamp
}

export interface TimestampVerification {
  /** When the authority's certificate must have been valid; the stamp's own time by default. */
  readonly at?: number
  readonly revoked?: ReadonlySet<string>
  /** Certificates beside those in the token, DER. */
  readonly intermediates?: readonly Uint8Array[]
}

/** A time-stamp that holds, and who made it. */
export interface VerifiedTimestamp extends Timestamp {
  readonly signer: Omit<VerifiedCertificate, 'algorithm'>
}

/**
 * Verifies that an authority under one of `roots` (SHA-256 fingerprints), with a key of any kind, stamped that SHA-256
 * digest. Throws
 * `timestamp-malformed`, `timestamp-invalid`, or what `verifyPath` throws on the authority's certificate.
 */
export function verifyTimestamp(
  token: Uint8Array,
  digest: Uint8Array,
  roots: readonly string[],
  { at, revoked = new Set(), intermediates = [] }: TimestampVerification = {},
): VerifiedTimestamp {
  const { signed, content, timestamp } = readToken(token)
  if (timestamp.digestAlgorithm !== oids.sha256 || !timestamp.digest.equals(digest)) {
    throw invalid('another digest')
  }
  const when = at ?? timestamp.at
  const options = { at: when, revoked, parse: anySigners.parse }
  const follow = (certificate: AnyCertificate, pool: readonly Uint8Array[]) => {
    const verified = followPath(certificate, pool, roots, options)
    if (!isForStamping(certificate.extensions)) throw wrongPurpose('timestamping')
    return verified
  }
  try {
    return { ...timestamp, signer: verifySigner(signed, content, intermediates, follow) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'signature-container-malformed') throw malformed(error)
    if (error.code === 'signature-container-invalid') throw invalid('its signature is wrong', error)
    throw error
  }
}

/**
 * Takes the token out of an authority's response and checks that it answers that request: digest, nonce and policy.
 * Verifies no signature. Throws `timestamp-refused` with the authority's reason, `timestamp-malformed`, or
 * `timestamp-invalid`.
 */
export function timestampFromResponse(response: Uint8Array, request: Uint8Array): Buffer {
  const asked = readTimestampRequest(request)
  const { status, reason, token } = orMalformed(() => readResponse(response))
  // 1 is granted with changes.
  if (status > 1n || !token) throw refused(reason)
  const { timestamp } = readToken(token)
  const isSame =
    timestamp.digestAlgorithm === asked.imprint.algorithm &&
    timestamp.digest.equals(asked.imprint.digest) &&
    timestamp.nonce === asked.nonce &&
    (asked.policy === undefined || asked.policy === timestamp.policy)
  if (!isSame) throw invalid('it answers another request')
  return token
}

function readResponse(response: Uint8Array) {
  const parts = new DerSequence(readDer(response))
  const statusInfo = new DerSequence(parts.next())
  const status = statusInfo.next().integer()
  const texts = statusInfo.optional(0x30)?.children(0x30) ?? []
  const token = parts.optional(0x30)?.raw
  parts.end()
  return {
    status,
    reason: texts
      .map((text) => text.text())
      .join(' ')
      .slice(0, 300),
    token,
  }
}

interface ReadToken {
  readonly signed: SignedData<AnyCertificate>
  readonly content: Buffer
  readonly timestamp: Timestamp
}

function readToken(token: Uint8Array): ReadToken {
  return orMalformed(() => {
    const signed = readSignedData(token, anySigners)
    const { content, certificates } = signed
    if (signed.contentType !== oids.tstInfo || !content) throw new DerError('no time-stamp inside')
    return { signed, content, timestamp: { ...readInfo(readDer(content)), certificates } }
  })
}

/** TSTInfo. */
function readInfo(element: DerElement): Omit<Timestamp, 'certificates'> {
  const parts = new DerSequence(element)
  if (parts.next().integer() !== 1n) throw new DerError('not version 1')
  const policy = parts.next().oid()
  const imprint = readImprint(parts.next())
  const serial = parts.next().integer()
  const moment = parts.next()
  moment.expect(0x18)
  const at = moment.time()
  const accuracy = readAccuracy(parts.optional(0x30))
  parts.optional(0x01)?.boolean()
  const nonce = parts.optional(0x02)?.integer()
  parts.optional(0xa0)
  if (parts.optional(0xa1)) throw new DerError('extensions are not understood')
  parts.end()
  return { at, accuracy, digest: imprint.digest, digestAlgorithm: imprint.algorithm, policy, serial, nonce }
}

function readAccuracy(element: DerElement | undefined): number | undefined {
  if (!element) return undefined
  const parts = new DerSequence(element)
  const seconds = Number(parts.optional(0x02)?.integer() ?? 0n)
  const millis = smallNumber(parts.optional(0x80))
  const micros = smallNumber(parts.optional(0x81))
  parts.end()
  return seconds * 1000 + millis + micros / 1000
}

/** An IMPLICIT INTEGER of 1 to 999. */
function smallNumber(element: DerElement | undefined): number {
  return element ? Number(`0x${element.content.toString('hex') || '0'}`) : 0
}

function orMalformed<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof DerError) throw malformed(cause)
    throw cause
  }
}

function malformed(cause: Error): Problem {
  const type = trustProblems['timestamp-malformed']
  return new Problem(type, {
    detail: { th: `${type.title.th}: ${cause.message}`, en: `${type.title.en}: ${cause.message}` },
    cause,
  })
}

function invalid(reason: string, cause?: unknown): Problem {
  const type = trustProblems['timestamp-invalid']
  return new Problem(type, { detail: { th: type.title.th, en: `${type.title.en}: ${reason}` }, cause })
}

function refused(reason: string): Problem {
  const type = trustProblems['timestamp-refused']
  return new Problem(type, {
    detail: { th: `${type.title.th}: ${reason}`, en: `${type.title.en}: ${reason}` },
  })
}
