import type { LoadFigures } from './orders.ts'

/** Figures of what ended within so many seconds, from the milliseconds that each took. */
export function figuresOf(times: readonly number[], seconds: number): LoadFigures {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { count: times.length, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) }
}
