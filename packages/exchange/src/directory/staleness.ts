/**
 * How old the directory is. `fresh`: within its validity. `warning`: past it, everything still works.
 * `no-new-peers`: only gateways that were spoken to before. `refuse`: nothing is exchanged.
 */
export type DirectoryGrade = 'fresh' | 'warning' | 'no-new-peers' | 'refuse'

/** Seconds past `validUntil` from which a grade begins; `warning` begins at `validUntil`. */
export interface StalenessThresholds {
  readonly noNewPeersAfter: number
  readonly refuseAfter: number
}

/** A quarter of an hour with every peer, three quarters more with known ones. */
export const defaultThresholds: StalenessThresholds = { noNewPeersAfter: 900, refuseAfter: 3600 }

/** The grade at `now`; both times in milliseconds since 1970. */
export function gradeOf(validUntil: number, now: number, thresholds: StalenessThresholds): DirectoryGrade {
  const late = (now - validUntil) / 1000
  if (late <= 0) return 'fresh'
  if (late > thresholds.refuseAfter) return 'refuse'
  return late > thresholds.noNewPeersAfter ? 'no-new-peers' : 'warning'
}

/** Seconds by which clocks may differ before the difference is named as the cause of trouble. */
const tolerableSkew = 60

/** True where the center's clock and ours are further apart than messages tolerate. */
export function isClockOff(clockSkew: number | null): boolean {
  return clockSkew !== null && Math.abs(clockSkew) > tolerableSkew
}
