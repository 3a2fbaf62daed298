/** One filing, in milliseconds: when it was due since the beginning, and how long it took from then to its number. */
export interface Waited {
  readonly due: number
  readonly waited: number
}

/** A stretch of the day, by when filings were due in it. Seconds and milliseconds. */
export interface Window {
  readonly from: number
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly longest: number
}

/** How long people waited as the day went on. Stretches in which nothing was due are left out. Pure. */
export function windowsOf(all: readonly Waited[], seconds: number): readonly Window[] {
  const groups = Map.groupBy(all, ({ due }) => Math.floor(due / 1000 / seconds))
  return [...groups].toSorted(([a], [b]) => a - b).map(([at, group]) => windowOf(at * seconds, group))
}

function windowOf(from: number, group: readonly Waited[]): Window {
  const sorted = Float64Array.from(group.map(({ waited }) => waited)).sort()
  const share = (of: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? 0
  return { from, count: group.length, p50: share(0.5), p99: share(0.99), longest: share(1) }
}
