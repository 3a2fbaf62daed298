import type { LoadFigures } from './orders.ts'

/** Figures of what ended within so many seconds, from the milliseconds that each took; as long as that where nothing did. */
export function figuresOf(times: readonly number[], seconds: number): LoadFigures {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? seconds * 1000
  return { count: times.length, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) }
}
