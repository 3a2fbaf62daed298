/** Something awaited, which must not be awaited for ever. */
export interface Awaited {
  /** In the time of `performance.now()`. */
  readonly deadline: number
  expire(): void
}

const lookEveryMs = 250

/** Ends what takes too long, late by a quarter of a second at most: one timer for all, for hardly anything is late. */
export class Deadlines {
  readonly #awaited = new Set<Awaited>()
  #timer: NodeJS.Timeout | undefined

  add(awaited: Awaited): void {
    this.#awaited.add(awaited)
    this.#timer ??= setTimeout(() => this.#look(), lookEveryMs).unref()
  }

  remove(awaited: Awaited): void {
    this.#awaited.delete(awaited)
  }

  #look(): void {
    const now = performance.now()
    for (const awaited of this.#awaited) {
      if (awaited.deadline > now) continue
      this.#awaited.delete(awaited)
      awaited.expire()
    }
    if (this.#awaited.size > 0) this.#timer?.refresh()
    else this.#timer = undefined
  }
}
