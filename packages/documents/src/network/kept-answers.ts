interface Kept<T> {
  readonly from: number
  readonly until: number
  readonly value: T
}

/**
 * Answers that are used again while they are fresh. Who asks while the same is being asked already waits for that
 * answer. Failures are not kept. Times are the caller's.
 */
export class KeptAnswers<T extends { readonly until: number }> {
  readonly #keepMs: number
  readonly #most: number
  readonly #kept = new Map<string, Kept<T>>()
  readonly #pending = new Map<string, Promise<T>>()

  /** `most`: of so many; the ones that were not used longest go first. */
  constructor(keepMs: number, most = 1000) {
    this.#keepMs = keepMs
    this.#most = most
  }

  async get(key: string, at: number, ask: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(key)
    if (kept && at >= kept.from && at <= kept.until) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept.value
    }
    const pending = this.#pending.get(key)
    if (pending) return pending
    const asked = ask()
    this.#pending.set(key, asked)
    try {
      const value = await asked
      this.#keep(key, at, value)
      return value
    } finally {
      this.#pending.delete(key)
    }
  }

  #keep(key: string, at: number, value: T): void {
    this.#kept.delete(key)
    if (this.#keepMs <= 0 || value.until < at) return
    this.#kept.set(key, { from: at, until: Math.min(value.until, at + this.#keepMs), value })
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break
      this.#kept.delete(oldest)
    }
  }
}
