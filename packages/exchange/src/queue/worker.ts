import type { Logger } from '@sapan/kernel'

/** What a worker does: takes what is due from the database, under a lease, and works at each. */
export interface QueueWork<T> {
  /** Nothing that waits for one of the `busy`. */
  claim(most: number, busy: readonly string[]): Promise<readonly T[]>
  run(item: T): Promise<void>
  /** Whose system may take its time over it; absent where that is always another's. */
  waitsFor?(item: T): string
}

const mostAtOnce = 16
/** So many are taken at a time, and no more while one receiver has as many: one that is slow must not hold up the others. */
const mostAtATime = 4

/**
 * Works at what is due whenever it is nudged: at news, and at each round. What fails stays in the database and is due again
 * when its lease ends.
 */
export class QueueWorker<T> {
  readonly #log: Logger
  readonly #atOnce: number
  /** What runs, and for whom it waits. */
  readonly #running = new Map<Promise<void>, string | undefined>()
  #work: QueueWork<T> | undefined
  #claiming: Promise<void> | undefined
  #again = false

  /** `atOnce`: at most so many are worked at. */
  constructor(log: Logger, atOnce = mostAtOnce) {
    this.#log = log
    this.#atOnce = atOnce
  }

  start(work: QueueWork<T>): void {
    this.#work = work
    this.nudge()
  }

  nudge(): void {
    const free = Math.min(mostAtATime, this.#atOnce - this.#running.size)
    if (!this.#work || free <= 0) return
    if (this.#claiming) {
      this.#again = true
      return
    }
    this.#again = false
    this.#claiming = this.#claim(this.#work, free)
      .catch((error: unknown) => this.#log.warn({ err: error }, 'queued messages could not be looked for'))
      .finally(() => {
        this.#claiming = undefined
        if (this.#again) this.nudge()
      })
  }

  /** Takes no more, and waits for what runs. */
  async stop(): Promise<void> {
    this.#work = undefined
    await this.#claiming
    await Promise.all(this.#running.keys())
  }

  async #claim(work: QueueWork<T>, most: number): Promise<void> {
    const items = await work.claim(most, this.#busy())
    if (items.length === most) this.#again = true
    for (const item of items) {
      const running = work
        .run(item)
        .catch((error: unknown) => this.#log.warn({ err: error }, 'a queued message could not be worked at'))
        .finally(() => {
          this.#running.delete(running)
          this.nudge()
        })
      this.#running.set(running, work.waitsFor?.(item))
    }
  }

  #busy(): readonly string[] {
    const all = Map.groupBy(this.#running.values(), (receiver) => receiver)
    return [...all].flatMap(([receiver, { length }]) =>
      receiver !== undefined && length >= mostAtATime ? [receiver] : [],
    )
  }
}
