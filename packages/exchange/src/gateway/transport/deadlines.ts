/** Something awaited, which must not be awaited for ever. */
export interface Awaited {
  /** In the time of `performance.now()`. */
  readonly deadline: number
  /** Where `Deadlines` has it; -1 at first. */
  place: number
  expire(): void
}

const lookEveryMs = 250

/**
 * Ends what takes too long, late by a quarter of a second at most: one timer for all, for hardly anything is late.
 * What is awaited stands in an array, not in a Set: each table that a Set has outgrown points to the next, and those
 * that lived long enough to be collected seldom would keep alive all that was ever awaited since.
 */
export class Deadlines {
  readonly #awaited: Awaited[] = []
  #timer: NodeJS.Timeout | undefined

  add(awaited: Awaited): void {
    if (awaited.place >= 0) return
    awaited.place = this.#awaited.length
    this.#awaited.push(awaited)
    this.#timer ??= setTimeout(() => this.#look(), lookEveryMs).unref()
  }

  remove(awaited: Awaited): void {
    if (awaited.place < 0) return
    const last = this.#awaited.pop()
    if (last && last !== awaited) {
      this.#awaited[awaited.place] = last
      last.place = awaited.place
    }
    awaited.place = -1
  }

  #look(): void {
    const now = performance.now()
    for (const late of this.#awaited.filter(({ deadline }) => deadline <= now)) {
      this.remove(late)
      late.expire()
    }
    if (this.#awaited.length > 0) this.#timer?.refresh()
    else this.#timer = undefined
  }
}
