import type { Problem } from '@sapan/kernel'
import { peerProblems } from '../problems/peer.ts'

/** Seconds between the tries of a message. */
export interface Backoff {
  readonly firstRetry: number
  readonly longestRetry: number
}

/**
 * Seconds until the next try after so many: doubled each time up to the longest, half of it by chance, so that what failed
 * together does not come back together. `chance` is from 0 to below 1.
 */
export function retryDelay(
  attempts: number,
  { firstRetry, longestRetry }: Backoff,
  chance = Math.random(),
): number {
  const whole = Math.min(longestRetry, firstRetry * 2 ** Math.min(attempts - 1, 40))
  return whole / 2 + (whole / 2) * chance
}

/** Whether a refusal stays as it is until somebody mends something: then a message waits for a person, not for time. */
export function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 425 && status !== 429
}

/** What the two gateways may see differently for a moment, or what broke between them. */
const betweenGateways = new Set([
  ...Object.keys(peerProblems),
  'grant-not-published',
  'request-incomplete',
  'attachment-offset-conflict',
  'attachment-checksum-mismatch',
])

/**
 * Whether a message that was refused with this is dead until a person mends it. Clocks, certificates and directories of gateways
 * are mended without its sender: it waits for them.
 */
export function isDeadly({ code, type }: Problem): boolean {
  return isFinal(type.status) && !betweenGateways.has(code)
}
