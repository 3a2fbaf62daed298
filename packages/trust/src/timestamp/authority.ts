import type { Clock } from '@sapan/kernel'
import { type CertificateParts, readCertificateParts } from '../certificates/certificate.ts'
import { readExtensions } from '../certificates/extensions.ts'
import { signSignedDataElsewhere } from '../cms/sign.ts'
import * as oids from '../der/oids.ts'
import { DerError } from '../der/read.ts'
import { element, implicit, integer, namedBits, oid, preciseTime, sequence, utf8 } from '../der/write.ts'
import type { Signer } from '../keys/signer.ts'
import { signerKey } from '../signing/file-key.ts'
import type { SigningKey } from '../signing/signing-key.ts'
import { isForStamping } from './purpose.ts'
import { digestBytes, readTimestampRequest, type TimestampRequest } from './request.ts'

interface CommonOptions {
  readonly clock: Clock
  /** Object identifier of the policy under which it stamps. */
  readonly policy: string
  /** A number that no other stamp has, also after a restart; not below 0. */
  nextSerial(): bigint | Promise<bigint>
  /** How far the clock may be off, in milliseconds; 1000 by default. */
  readonly accuracy?: number
}

/** A signer of the house, with its certificate. */
interface OfSigner {
  readonly signer: Signer
  /** Its certificate for time-stamping, DER. */
  readonly certificate: Uint8Array
  /** Those above it, DER. */
  readonly chain: readonly Uint8Array[]
}

/** Or a key of any kind, wherever it lies, whose certificate is for time-stamping; under any issuer. */
interface OfKey {
  readonly key: SigningKey
}

export type TimestampAuthorityOptions = CommonOptions & (OfSigner | OfKey)

export interface TimestampAuthority {
  /**
   * Answers a request (`application/timestamp-query`) with a response (`application/timestamp-reply`), DER. A bad
   * request is answered with a rejection that says why; it rejects only when `nextSerial` or the key does.
   */
  respond(request: Uint8Array): Promise<Buffer>
}

/** PKIFailureInfo (RFC 3161 §2.4.2). */
const failure = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  systemFailure: 25,
} as const

type Failure = keyof typeof failure

const reasons: Readonly<Record<Failure, string>> = {
  badAlg: 'The digest must be SHA-256, SHA-384 or SHA-512.',
  badRequest: 'The nonce has more than 64 bytes.',
  badDataFormat: 'This is not a time-stamp request of RFC 3161, or its digest has the wrong length.',
  unacceptedPolicy: 'This authority does not stamp under that policy.',
  unacceptedExtension: 'Extensions are not supported.',
  systemFailure: 'The certificate of this authority is not valid at this time.',
}

/**
 * A time-stamp authority (RFC 3161). Throws TypeError when the certificate is not for time-stamping, and
 * `signing-certificate-mismatch` when it is not the signer's.
 */
export function createTimestampAuthority(options: TimestampAuthorityOptions): TimestampAuthority {
  const key = 'key' in options ? options.key : signerKey(options.signer, options)
  const { clock, policy, nextSerial } = options
  const { notBefore, notAfter } = readForStamping(key.certificate)
  return {
    respond: async (bytes) => {
      const request = readOrRefuse(bytes, policy)
      if (typeof request === 'string') return rejection(request)
      const at = clock()
      // notAfter is the last second of validity (RFC 5280 §4.1.2.5), whole.
      if (at < notBefore || at >= notAfter + 1000) return rejection('systemFailure')
      const content = stampedInfo(request, { at, serial: await nextSerial(), ...options })
      return sequence(sequence(integer(0)), await stamp(key, content, request.certificates))
    },
  }
}

/** The certificate of any issuer, with any key, if it is for time-stamps and nothing else (RFC 3161 §2.3). */
function readForStamping(certificate: Uint8Array): CertificateParts {
  const parts = readCertificateParts(certificate)
  if (!isForStamping(readExtensions(parts.extensions))) {
    throw new TypeError('the certificate is not for time-stamping')
  }
  return parts
}

function readOrRefuse(bytes: Uint8Array, policy: string): TimestampRequest | Failure {
  let request: TimestampRequest
  try {
    request = readTimestampRequest(bytes)
  } catch (error) {
    if (error instanceof DerError) return 'badDataFormat'
    throw error
  }
  const length = digestBytes.get(request.imprint.algorithm)
  if (length === undefined) return 'badAlg'
  if (request.imprint.digest.length !== length) return 'badDataFormat'
  if (request.hasExtensions) return 'unacceptedExtension'
  if (request.policy !== undefined && request.policy !== policy) return 'unacceptedPolicy'
  if (request.nonceRaw !== undefined && request.nonceRaw.length > mostNonce) return 'badRequest'
  return request
}

function rejection(why: Failure): Buffer {
  return sequence(sequence(integer(2), sequence(utf8(reasons[why])), namedBits(failure[why])))
}

/** Tag and length, and 64 bytes after a byte for the sign. */
const mostNonce = 2 + 1 + 64

interface Moment {
  readonly at: number
  readonly serial: bigint
  readonly policy: string
  readonly accuracy?: number
}

/** TSTInfo (RFC 3161 §2.4.2). */
function stampedInfo(request: TimestampRequest, { at, serial, policy, accuracy = 1000 }: Moment): Buffer {
  if (serial < 0n) throw new TypeError('a serial number is not below 0')
  return sequence(
    integer(1),
    oid(policy),
    request.imprint.raw,
    integer(serial),
    preciseTime(at),
    accuracyDer(accuracy),
    ...(request.nonceRaw === undefined ? [] : [request.nonceRaw]),
  )
}

function stamp(key: SigningKey, content: Buffer, withCertificates: boolean): Promise<Buffer> {
  const { certificate, chain } = key
  return signSignedDataElsewhere({
    contentType: oids.tstInfo,
    content,
    detached: false,
    key,
    certificate,
    certificates: withCertificates ? [certificate, ...chain] : [],
  })
}

function accuracyDer(milliseconds: number): Buffer {
  const seconds = Math.floor(milliseconds / 1000)
  const rest = milliseconds % 1000
  return element(
    0x30,
    ...(seconds === 0 ? [] : [integer(seconds)]),
    ...(rest === 0 ? [] : [implicit(0, integer(rest).subarray(2))]),
  )
}
