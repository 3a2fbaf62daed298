import type { Logger } from '@sapan/kernel'

/** What a worker does: takes what is due from the database, under a lease, and works at each. */
export interface QueueWork<T> {
  claim(most: number): Promise<readonly T[]>
  run(item: T): Promise<void>
}

/** So many at once: one slow receiver must not hold up the others. */
const mostAtOnce = 16

/**
 * Works at what is due whenever it is nudged: at news, and at each round. What fails stays in the database and is due again
 * when its lease ends.
 */
export class QueueWorker<T> {
  readonly #log: Logger
  readonly #running = new Set<Promise<void>>()
  #work: QueueWork<T> | undefined
  #claiming: Promise<void> | undefined
  #again = false

  constructor(log: Logger) {
    this.#log = log
  }

  start(work: QueueWork<T>): void {
    this.#work = work
    this.nudge()
  }

  nudge(): void {
    const free = mostAtOnce - this.#running.size
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
    await Promise.all(this.#running)
  }

  async #claim(work: QueueWork<T>, most: number): Promise<void> {
    for (const item of await work.claim(most)) {
      const running = work
        .run(item)
        .catch((error: unknown) => this.#log.warn({ err: error }, 'a queued message could not be worked at'))
        .finally(() => {
          this.#running.delete(running)
          this.nudge()
        })
      this.#running.add(running)
    }
  }
}
