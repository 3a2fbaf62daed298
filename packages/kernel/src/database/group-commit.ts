import { setImmediate } from 'node:timers'
import { Problem } from '../problem.ts'
import { kernelProblems } from '../problems.ts'

export interface GroupCommitOptions<T> {
  /** Stores a group durably. Resolves after its commit; when it rejects, none of the group counts as stored. */
  readonly write: (items: T[]) => Promise<void>
  /** The largest group. */
  readonly most?: number
  /** How many may wait beside the group that is under way; what comes beyond is refused as `busy`. */
  readonly queueLimit?: number
}

interface Waiting<T> {
  readonly item: T
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/**
 * Commits together what comes at the same time. One group is under way at once; whatever waits goes into the next, in
 * the order in which it came. So a slow disk makes groups larger instead of queues longer.
 */
export class GroupCommit<T> {
  readonly #write: (items: T[]) => Promise<void>
  readonly #most: number
  readonly #queueLimit: number
  #queue: Waiting<T>[] = []
  #running = false
  #whenIdle: (() => void)[] = []

  constructor({ write, most = 64, queueLimit = 4096 }: GroupCommitOptions<T>) {
    this.#write = write
    this.#most = most
    this.#queueLimit = queueLimit
  }

  /** How many items wait for a group, those under way not counted. */
  get waiting(): number {
    return this.#queue.length
  }

  /** Resolves after the item's group is committed; rejects with its failure, or with the problem `busy`. */
  add(item: T): Promise<void> {
    if (this.#queue.length >= this.#queueLimit) return Promise.reject(new Problem(kernelProblems.busy))
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, resolve, reject })
      if (this.#running) return
      this.#running = true
      // What else arrives in this turn of the event loop still gets into the first group.
      setImmediate(() => void this.#run())
    })
  }

  /** Resolves when nothing waits and nothing is under way, however that ended. */
  idle(): Promise<void> {
    if (!this.#running) return Promise.resolve()
    return new Promise((resolve) => this.#whenIdle.push(resolve))
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, this.#most)
      try {
        await this.#write(group.map((member) => member.item))
        for (const member of group) member.resolve()
      } catch (error) {
        for (const member of group) member.reject(error)
      }
    }
    this.#running = false
    for (const resolve of this.#whenIdle.splice(0)) resolve()
  }
}
