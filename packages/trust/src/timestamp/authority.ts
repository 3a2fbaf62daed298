import type { Clock } from '@sapan/kernel'
import { parseCertificate } from '../certificates/certificate.ts'
import { fitsProfile } from '../certificates/profile.ts'
import { signSignedData } from '../cms/signed-data.ts'
import * as oids from '../der/oids.ts'
import { DerError } from '../der/read.ts'
import { element, implicit, integer, namedBits, oid, preciseTime, sequence, utf8 } from '../der/write.ts'
import type { Signer } from '../keys/signer.ts'
import { digestBytes, readTimestampRequest, type TimestampRequest } from './request.ts'

export interface TimestampAuthorityOptions {
  readonly signer: Signer
  /** Its certificate of profile `timestamping`, DER. */
  readonly certificate: Uint8Array
  /** Those above it, DER. */
  readonly chain: readonly Uint8Array[]
  readonly clock: Clock
  /** Object identifier of the policy under which it stamps. */
  readonly policy: string
  /** A number that no other stamp has, also after a restart. */
  nextSerial(): bigint | Promise<bigint>
  /** How far the clock may be off, in milliseconds; 1000 by default. */
  readonly accuracy?: number
}

export interface TimestampAuthority {
  /**
   * Answers a request (`application/timestamp-query`) with a response (`application/timestamp-reply`), DER. A bad
   * request is answered with a rejection that says why; it rejects only when `nextSerial` does.
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
} as const

type Failure = keyof typeof failure

const reasons: Readonly<Record<Failure, string>> = {
  badAlg: 'The digest must be SHA-256, SHA-384 or SHA-512.',
  badRequest: 'The nonce has more than 64 bytes.',
  badDataFormat: 'This is not a time-stamp request of RFC 3161, or its digest has the wrong length.',
  unacceptedPolicy: 'This authority does not stamp under that policy.',
  unacceptedExtension: 'Extensions are not supported.',
}

/** A time-stamp authority (RFC 3161). Throws TypeError when the certificate is not for time-stamping. */
export function createTimestampAuthority(options: TimestampAuthorityOptions): TimestampAuthority {
  if (!fitsProfile(parseCertificate(options.certificate), 'timestamping')) {
    throw new TypeError('the certificate is not for time-stamping')
  }
  return {
    respond: async (bytes) => {
      const request = readOrRefuse(bytes, options.policy)
      if (typeof request === 'string') return rejection(request)
      const token = stamp(request, await options.nextSerial(), options)
      return sequence(sequence(integer(0)), token)
    },
  }
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
  if (request.nonce !== undefined && (request.nonce < 0n || request.nonce >= 1n << 512n)) return 'badRequest'
  return request
}

function rejection(why: Failure): Buffer {
  return sequence(sequence(integer(2), sequence(utf8(reasons[why])), namedBits(failure[why])))
}

function stamp(request: TimestampRequest, serial: bigint, options: TimestampAuthorityOptions): Buffer {
  const { signer, certificate, chain, clock, policy, accuracy = 1000 } = options
  const content = sequence(
    integer(1),
    oid(policy),
    request.imprint.raw,
    integer(serial),
    preciseTime(clock()),
    accuracyDer(accuracy),
    ...(request.nonce === undefined ? [] : [integer(request.nonce)]),
  )
  return signSignedData({
    contentType: oids.tstInfo,
    content,
    detached: false,
    signer,
    certificate,
    certificates: request.certificates ? [certificate, ...chain] : [],
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
