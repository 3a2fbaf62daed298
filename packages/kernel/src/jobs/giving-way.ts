import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { JobData } from './jobs.ts'

/** ms. However much else there is to do, it goes on after this time. */
const longest = 2_000

/** Everything that waits for a processor or has one, for each of them: above 1 somebody waits. */
function crowd(): number {
  return (loadavg()[0] ?? 0) / availableParallelism()
}

/**
 * For how long to rest after what took so long, in ms: not at all on a machine that is half idle, for twice as long where
 * twice as much is to be done as there are processors. Pure.
 */
export function restAfter(took: number, crowded: number): number {
  return crowded < 0.5 ? 0 : Math.min(longest, took * crowded)
}

/** The same work, resting before each for what the last one took. */
export function givingWay(
  work: (data: JobData) => Promise<void>,
  crowded: () => number = crowd,
): (data: JobData) => Promise<void> {
  let took = 0
  return async (data) => {
    const rest = restAfter(took, crowded())
    if (rest > 0) await sleep(rest)
    const begun = performance.now()
    await work(data)
    took = performance.now() - begun
  }
}
