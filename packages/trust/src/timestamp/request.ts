import * as oids from '../der/oids.ts'
import { type DerElement, DerError, DerSequence, readDer } from '../der/read.ts'
import { boolean, integer, octets, oid, sequence } from '../der/write.ts'

/** The hash of what is stamped (RFC 3161 §2.4.1). */
export interface MessageImprint {
  /** Object identifier of the hash function. */
  readonly algorithm: string
  readonly digest: Buffer
  /** As it stood. */
  readonly raw: Buffer
}

/** Bytes of the digests that may be stamped. */
export const digestBytes: ReadonlyMap<string, number> = new Map([
  [oids.sha256, 32],
  [oids.sha384, 48],
  [oids.sha512, 64],
])

const digestOfLength = new Map([...digestBytes].map(([algorithm, length]) => [length, algorithm]))

export interface TimestampRequestOptions {
  /** Random, so that an old answer cannot stand for a new one. */
  readonly nonce?: bigint
  /** Object identifier of the policy asked for. */
  readonly policy?: string
  /** Whether the stamp is to carry its certificates. Yes by default: it is then complete by itself. */
  readonly certificates?: boolean
}

/** A request to stamp a SHA-256, SHA-384 or SHA-512 digest, told apart by length (RFC 3161 §2.4.1), DER. */
export function timestampRequest(digest: Uint8Array, options: TimestampRequestOptions = {}): Buffer {
  const algorithm = digestOfLength.get(digest.length)
  if (!algorithm) throw new TypeError('a SHA-256, SHA-384 or SHA-512 digest has 32, 48 or 64 bytes')
  const { nonce, policy, certificates = true } = options
  return sequence(
    integer(1),
    sequence(sequence(oid(algorithm)), octets(digest)),
    ...(policy === undefined ? [] : [oid(policy)]),
    ...(nonce === undefined ? [] : [integer(nonce)]),
    ...(certificates ? [boolean(true)] : []),
  )
}

/** A request as the authority reads it. */
export interface TimestampRequest {
  readonly imprint: MessageImprint
  readonly policy: string | undefined
  readonly nonce: bigint | undefined
  /** As it stood: some clients draw eight bytes for it, and half of those are negative numbers. */
  readonly nonceRaw: Buffer | undefined
  readonly certificates: boolean
  readonly hasExtensions: boolean
}

/** Reads a request; throws DerError. */
export function readTimestampRequest(der: Uint8Array): TimestampRequest {
  const parts = new DerSequence(readDer(der))
  if (parts.next().integer() !== 1n) throw new DerError('not version 1')
  const imprint = readImprint(parts.next())
  const policy = parts.optional(0x06)?.oid()
  const nonce = parts.optional(0x02)
  const certificates = parts.optional(0x01)?.boolean() ?? false
  const hasExtensions = parts.optional(0xa0) !== undefined
  parts.end()
  return {
    imprint,
    policy,
    nonce: nonce?.integer(),
    nonceRaw: nonce?.raw,
    certificates,
    hasExtensions,
  }
}

export function readImprint(element: DerElement): MessageImprint {
  const parts = new DerSequence(element)
  const algorithm = new DerSequence(parts.next())
  const name = algorithm.next().oid()
  // Parameters are absent or NULL (RFC 5754 §2).
  algorithm.optional(0x05)
  algorithm.end()
  const digest = parts.next().octets()
  parts.end()
  return { algorithm: name, digest, raw: element.raw }
}
