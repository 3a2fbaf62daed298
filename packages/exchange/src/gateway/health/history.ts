import type { Minute } from '../store/minutes.ts'

/** The classes of durations end at these seconds; the last one has no end. */
export const durationEnds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** What is said of those that took longer than the last class ends, in milliseconds. */
const longest = 10_000

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
  { since, until, points }: { since: number; until: number; points: number },
): HealthPoint[] {
  const length = (until - since) / points
  const parts = Map.groupBy(minutes, ({ at }) => Math.min(Math.floor((at - since) / length), points - 1))
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([part, own]) => pointOf(own, new Date(since + (part + 1) * length).toISOString()))
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

/** In milliseconds, between the ends of the class in which it lies, as Prometheus reckons it. */
export function quantile(durations: readonly number[], share: number): number | null {
  const all = durations.reduce((total, count) => total + count, 0)
  if (all === 0) return null
  let below = 0
  for (const [place, count] of durations.entries()) {
    const end = durationEnds[place]
    if (end === undefined) break
    if (below + count >= share * all && count > 0) {
      const begin = durationEnds[place - 1] ?? 0
      return Math.round((begin + ((share * all - below) / count) * (end - begin)) * 10_000) / 10
    }
    below += count
  }
  return longest
}
