import { setImmediate } from 'node:timers'
import { isDatabaseDown } from './down.ts'

export interface BatchingOptions<T, R> {
  /** Answers items together, in their order. What rejects has changed nothing. */
  readonly answer: (items: readonly T[]) => Promise<readonly R[]>
  /** Items of one key never go together; one that comes later goes with a later group. */
  readonly keyOf?: (item: T) => string
  /** The largest group. */
  readonly most?: number
  /** For how long others wait for a group that is under way, ms: it may wait for a lock, and they need not. */
  readonly patience?: number
}

interface Waiting<T, R> {
  readonly item: T
  readonly resolve: (result: R) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Asks the database together what is asked at the same time: a question of ten costs little more than of one. What comes
 * in one turn of the event loop goes at once; what comes while a group is under way goes with the next. What a group is
 * refused, each of it is asked alone: the fault of one is not the others'.
 */
export class Batching<T, R> {
  readonly #options: Required<Omit<BatchingOptions<T, R>, 'keyOf'>> & Pick<BatchingOptions<T, R>, 'keyOf'>
  #queue: Waiting<T, R>[] = []
  #busy = false

  constructor(options: BatchingOptions<T, R>) {
    this.#options = { most: 64, patience: 50, ...options }
  }

  /** Resolves with the item's own answer. An answer is never older than the call. */
  ask(item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject })
      this.#wake()
    })
  }

  #wake(): void {
    if (this.#busy || this.#queue.length === 0) return
    this.#busy = true
    // What else arrives in this turn of the event loop still gets into the group.
    setImmediate(() => void this.#run())
  }

  async #run(): Promise<void> {
    const group = this.#take()
    let late = false
    const free = () => {
      this.#busy = false
      this.#wake()
    }
    const timer = setTimeout(() => {
      late = true
      free()
    }, this.#options.patience)
    await this.#answer(group)
    clearTimeout(timer)
    if (!late) free()
  }

  #take(): Waiting<T, R>[] {
    const { most, keyOf } = this.#options
    const keys = new Set<string>()
    const group: Waiting<T, R>[] = []
    const later: Waiting<T, R>[] = []
    for (const waiting of this.#queue) {
      const key = keyOf?.(waiting.item)
      const fits = group.length < most && (key === undefined || !keys.has(key))
      if (key !== undefined) keys.add(key)
      ;(fits ? group : later).push(waiting)
    }
    this.#queue = later
    return group
  }

  async #answer(group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.#options.answer(group.map(({ item }) => item))
      if (results.length !== group.length) throw new Error('a group has as many answers as items')
      for (const [at, { resolve }] of group.entries()) resolve(results[at] as R)
    } catch (error) {
      if (group.length > 1 && !isDatabaseDown(error))
        await Promise.all(group.map((waiting) => this.#answer([waiting])))
      else for (const { reject } of group) reject(error)
    }
  }
}
