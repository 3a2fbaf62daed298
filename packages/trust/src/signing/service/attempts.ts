/** An attempt that stands: it was wrong, or is being judged. */
export interface Attempt {
  /** Of the attempts under one name each has another. */
  readonly number: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/**
 * Where attempts are counted. One that all processes of a service share, and that outlives them: whoever tries PINs must
 * gain nothing by a restart, nor by going to another process.
 */
export interface AttemptStore {
  list(name: string): readonly Attempt[] | Promise<readonly Attempt[]>
  /** In one step: false when that number is taken, since somebody else began at the same time. */
  add(name: string, attempt: Attempt): boolean | Promise<boolean>
  remove(name: string, number: number): void | Promise<void>
  clear(name: string): void | Promise<void>
}

/** Attempts in this process's memory: enough where there is one process, and restarts are not in the caller's hands. */
export function memoryAttempts(): AttemptStore {
  const held = new Map<string, Map<number, Attempt>>()
  return {
    list: (name) => [...(held.get(name)?.values() ?? [])],
    add: (name, attempt) => {
      const attempts = held.get(name) ?? new Map<number, Attempt>()
      if (attempts.has(attempt.number)) return false
      held.set(name, attempts.set(attempt.number, attempt))
      return true
    },
    remove: (name, number) => {
      held.get(name)?.delete(number)
    },
    clear: (name) => {
      held.delete(name)
    },
  }
}

/** So many in a row are free; from then on each closes the name, for twice as long as the one before. */
const free = 5
const firstClosed = 15 * 60_000
const longestClosed = 24 * 60 * 60_000

/** Counts attempts in a row, so that a PIN cannot be found by trying, nor a telephone be flooded with passwords. */
export class Attempts {
  readonly #store: AttemptStore
  readonly #clock: () => number

  constructor(store: AttemptStore, clock: () => number) {
    this.#store = store
    this.#clock = clock
  }

  /**
   * To be called before the attempt is judged: of many at the same time none may slip through. Gives the attempt's number;
   * undefined when the name is closed.
   */
  async begin(name: string): Promise<number | undefined> {
    for (;;) {
      const standing = await this.#store.list(name)
      const at = this.#clock()
      if (at < openAgain(standing)) return undefined
      const number = 1 + Math.max(0, ...standing.map((each) => each.number))
      if (await this.#store.add(name, { number, at })) return number
    }
  }

  /** The attempt was judged by something else than what was tried, and counts neither way. */
  async setAside(name: string, number: number): Promise<void> {
    await this.#store.remove(name, number)
  }

  async succeeded(name: string): Promise<void> {
    await this.#store.clear(name)
  }
}

function openAgain(standing: readonly Attempt[]): number {
  if (standing.length < free) return 0
  const last = Math.max(...standing.map(({ at }) => at))
  return last + Math.min(firstClosed * 2 ** (standing.length - free), longestClosed)
}
