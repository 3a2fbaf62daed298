import type { CscError } from './errors.ts'

/** What came, or is still to come, of a request that is answered later. */
export interface LaterResponse {
  readonly user: string
  /** Undefined while it is worked on. */
  readonly outcome?: { readonly signatures: readonly string[] } | { readonly error: CscError }
  /** Until when it is kept: milliseconds since 1970. */
  readonly until: number
}

/** Responses in this process's memory, each until its time is over; at most so many. */
export class Responses {
  readonly #clock: () => number
  readonly #most: number
  readonly #held = new Map<string, LaterResponse>()

  constructor(clock: () => number, most = 10_000) {
    this.#clock = clock
    this.#most = most
  }

  /** False when there is no room: what is held was promised to somebody. */
  put(name: string, response: LaterResponse): boolean {
    const now = this.#clock()
    for (const [each, { until }] of this.#held) if (until <= now) this.#held.delete(each)
    if (this.#held.size >= this.#most && !this.#held.has(name)) return false
    this.#held.set(name, response)
    return true
  }

  /** That user's response of that name. */
  get(name: string, user: string): LaterResponse | undefined {
    const found = this.#held.get(name)
    return found && found.user === user && this.#clock() < found.until ? found : undefined
  }
}
