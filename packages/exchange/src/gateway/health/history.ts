import { durationEnds, inParts, quantile } from '../../durations.ts'
import type { Minute } from '../store/minutes.ts'

/** How the gateway was in a part of the time that was asked for. */
export interface HealthPoint {
  /** Its end, ISO 8601. */
  readonly at: string
  readonly succeeded: number
  readonly refused: number
  readonly failed: number
  /** Milliseconds below which half, and 99 of 100, exchanges stayed; null where there were none. */
  readonly p50: number | null
  readonly p99: number | null
  readonly queued: number
  readonly dead: number
  /** Seconds; of the process that held the oldest. */
  readonly directoryAge: number
}

/** Minutes as so many points of equal length, up to `until`; those without any minute are left out. */
export function historyOf(
  minutes: readonly Minute[],
  span: { since: number; until: number; points: number },
): HealthPoint[] {
  return inParts(minutes, span).map(({ at, own }) => pointOf(own, at))
}

function pointOf(minutes: readonly Minute[], at: string): HealthPoint {
  const sum = (of: (minute: Minute) => number) => minutes.reduce((total, minute) => total + of(minute), 0)
  const most = (of: (minute: Minute) => number) => Math.max(...minutes.map(of))
  const durations = [...durationEnds, 0].map((_, place) => sum((minute) => minute.durations[place] ?? 0))
  return {
    at,
    succeeded: sum(({ succeeded }) => succeeded),
    refused: sum(({ refused }) => refused),
    failed: sum(({ failed }) => failed),
    p50: quantile(durations, 0.5),
    p99: quantile(durations, 0.99),
    queued: most(({ queued }) => queued),
    dead: most(({ dead }) => dead),
    directoryAge: most(({ directoryAge }) => directoryAge),
  }
}
