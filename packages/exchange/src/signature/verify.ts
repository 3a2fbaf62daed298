import type { KeyObject } from 'node:crypto'
import { verifySignature } from '@sapan/trust'
import { exchangeProblem } from '../problems.ts'
import type { SignatureAlgorithm, SignedMessage } from './message.ts'
import { completeBase } from './signature-base.ts'
import { readSignature, readSignatureInput, type SignatureParameters } from './signature-input.ts'
import { verifyTreeSignature } from './tree-signature.ts'

/** A public key, bound to the one algorithm for which the directory lists it. */
export interface VerificationKey {
  readonly algorithm: SignatureAlgorithm
  readonly publicKey: KeyObject
}

/**
 * Whether the signature fits the message and covers all that it must (RFC 9421 §3.2). Times, replay, the body's
 * digest and whose key it is are the caller's to check. Never throws.
 */
export function verifySigned(message: SignedMessage, key: VerificationKey): boolean {
  const input = readSignatureInput(message.signatureInput)
  if (typeof input === 'string' || input.parameters.algorithm !== key.algorithm) return false
  const signature = readSignature(message.signature)
  const base = completeBase(message, input.components)
  if (signature === undefined || base === undefined) return false
  const data = Buffer.from(base, 'latin1')
  return input.parameters.tree
    ? verifyTreeSignature(key, data, signature)
    : verifySignature(key.algorithm, key.publicKey, data, signature)
}

export interface FreshnessLimits {
  /** By how many seconds the two clocks may differ. */
  readonly skew: number
  /** The longest life, in seconds, that a signature may give itself: the replay window keeps nonces that long. */
  readonly longestLife: number
}

/**
 * Refuses a message signed in the future, expired, or living longer than allowed. `now` in milliseconds.
 * Throws Problem `message-from-future` or `message-stale`.
 */
export function checkFreshness(
  { created, expires }: SignatureParameters,
  now: number,
  { skew, longestLife }: FreshnessLimits,
): void {
  const seconds = Math.floor(now / 1000)
  if (created > seconds + skew) throw exchangeProblem('message-from-future')
  if (expires < created || expires - created > longestLife || seconds > expires + skew) {
    throw exchangeProblem('message-stale')
  }
}

/** From when on, in milliseconds since 1970, `checkFreshness` refuses the message as stale, whatever is left of the second. */
export function lapsesAt({ expires }: SignatureParameters, skew: number): number {
  return (Math.floor(expires + skew) + 1) * 1000
}

/**
 * By how much the time of a record may lie outside the life that its message gives itself: clocks differ, a large
 * body takes its time before the one and after the other.
 */
const between = 15 * 60_000

/** Whether a message that says so of itself may have been recorded at that time, in milliseconds since 1970. */
export function isTimely({ created, expires }: SignatureParameters, at: number): boolean {
  return at >= created * 1000 - between && at <= expires * 1000 + between
}
