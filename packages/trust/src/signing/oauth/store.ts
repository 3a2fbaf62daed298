/** What is kept for minutes: tickets, codes and tokens, by the hash of each. Several processes need one that they share. */
export interface ShortLivedStore {
  put(name: string, value: string, until: number): void | Promise<void>
  get(name: string): string | undefined | Promise<string | undefined>
  /** Gives it and removes it, in one step: of two who ask at the same time, one gets it. */
  take(name: string): string | undefined | Promise<string | undefined>
}

interface Kept {
  readonly value: string
  readonly until: number
}

/** In this process's memory; at most so many, the oldest going first. A restart has everybody sign in again. */
export function memoryShortLived(clock: () => number, most = 100_000): ShortLivedStore {
  const held = new Map<string, Kept>()
  const found = (name: string): string | undefined => {
    const kept = held.get(name)
    return kept && clock() < kept.until ? kept.value : undefined
  }
  return {
    put: (name, value, until) => {
      dropOld(held, clock(), most)
      held.set(name, { value, until })
    },
    get: found,
    take: (name) => {
      const value = found(name)
      held.delete(name)
      return value
    },
  }
}

/** In the order in which they came, which is about the order in which they end. */
function dropOld(held: Map<string, Kept>, now: number, most: number): void {
  for (const [name, { until }] of held) {
    if (until > now && held.size < most) return
    held.delete(name)
  }
}
