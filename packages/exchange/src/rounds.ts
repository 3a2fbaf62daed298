import type { Logger } from '@sapan/kernel'

export interface Round {
  readonly name: string
  readonly everyMs: number
  run(): Promise<unknown>
}

/** Runs each round again and again, never twice at once; one that fails is logged and tried at its next turn. */
export class Rounds {
  readonly #log: Logger
  readonly #rounds: readonly Round[]
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #running = new Set<Promise<void>>()
  #stopped = true

  constructor(log: Logger, rounds: readonly Round[]) {
    this.#log = log
    this.#rounds = rounds
  }

  start(): void {
    this.#stopped = false
    for (const round of this.#rounds) this.#schedule(round)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    await Promise.all(this.#running)
  }

  #schedule(round: Round): void {
    if (this.#stopped) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      const running = this.#run(round).finally(() => {
        this.#running.delete(running)
        this.#schedule(round)
      })
      this.#running.add(running)
    }, round.everyMs)
    timer.unref()
    this.#timers.add(timer)
  }

  async #run(round: Round): Promise<void> {
    try {
      await round.run()
    } catch (error) {
      this.#log.warn({ err: error, round: round.name }, 'a round failed')
    }
  }
}
