/** The classes of durations end at these seconds; the last one has no end. */
export const durationEnds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const

/** What is said of those that took longer than the last class ends, in milliseconds. */
const longest = 10_000

/** The class of a duration in seconds, as its place among the classes. */
export function classOf(seconds: number): number {
  const place = durationEnds.findIndex((end) => seconds <= end)
  return place === -1 ? durationEnds.length : place
}

/** In milliseconds, between the ends of the class in which it lies, as Prometheus reckons it; null where there were none. */
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

/** Minutes, grouped into so many parts of equal length up to `until`, with the end of each; empty parts are left out. */
export function inParts<T extends { readonly at: number }>(
  minutes: readonly T[],
  { since, until, points }: { since: number; until: number; points: number },
): { readonly at: string; readonly own: readonly T[] }[] {
  const length = (until - since) / points
  const parts = Map.groupBy(minutes, ({ at }) => Math.min(Math.floor((at - since) / length), points - 1))
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([part, own]) => ({ at: new Date(since + (part + 1) * length).toISOString(), own }))
}
