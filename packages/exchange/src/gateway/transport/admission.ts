import { Problem } from '@sapan/kernel'
import { exchangeProblems } from '../../problems.ts'

/**
 * Lets a bounded number of exchanges run and a bounded number wait; the rest are told to come back.
 * An overloaded gateway that refuses at once loses less than one that answers everybody too late.
 */
export class Admission {
  #running = 0
  readonly #queue: (() => void)[] = []
  readonly #inFlight: number
  readonly #most: number

  constructor(limits: { inFlight: number; waiting: number }) {
    this.#inFlight = limits.inFlight
    this.#most = limits.waiting
  }

  get running(): number {
    return this.#running
  }

  get waiting(): number {
    return this.#queue.length
  }

  /** Runs the work when there is room. Throws `gateway-busy` when the queue is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#inFlight) {
      if (this.#queue.length >= this.#most) {
        throw new Problem(exchangeProblems['gateway-busy'], { extensions: { retryAfter: 1 } })
      }
      await new Promise<void>((resolve) => this.#queue.push(resolve))
    } else {
      this.#running++
    }
    try {
      return await work()
    } finally {
      const next = this.#queue.shift()
      if (next) next()
      else this.#running--
    }
  }
}
