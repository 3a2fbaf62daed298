import { type Clock, counted } from '@sapan/kernel'
import { exchangeProblem } from '../problems.ts'

export interface Rate {
  readonly calls: number
  readonly seconds: number
}

interface Bucket {
  rate: Rate
  /** A call takes `1000 × seconds` from it, a millisecond brings `calls`: whole numbers, so that nothing is rounded. */
  level: number
  /** Milliseconds since 1970. */
  filledAt: number
}

/** Counts calls per grant: a bucket of `calls`, which fills evenly in `seconds`. */
export class RateLimiter {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Takes one call from a grant's bucket; a grant without a rate always may. Throws Problem `rate-exceeded` with
   * `retryAfter` in whole seconds.
   */
  take(grant: string, rate: Rate | null): void {
    if (rate === null) return
    const retryAfter = this.waitFor(grant, rate)
    if (retryAfter === 0) return
    throw exchangeProblem('rate-exceeded', {
      detail: {
        en: `The grant allows ${counted(rate.calls, 'call')} in ${counted(rate.seconds, 'second')}. Try again in ${counted(retryAfter, 'second')}.`,
        th: `สิทธิเข้าถึงกำหนดไว้ ${rate.calls} ครั้งใน ${rate.seconds} วินาที ลองใหม่ใน ${retryAfter} วินาที`,
      },
      extensions: { retryAfter },
    })
  }

  /** Takes one call from a bucket and gives 0, or takes none and gives the whole seconds until there is one. */
  waitFor(key: string, rate: Rate): number {
    const bucket = this.#filled(key, rate)
    const price = rate.seconds * 1000
    if (bucket.level < price) return Math.ceil((price - bucket.level) / rate.calls / 1000)
    bucket.level -= price
    return 0
  }

  /** Forgets the buckets that are full again: they are as if they had never been. */
  forgetFull(): void {
    for (const [key, { rate }] of this.#buckets) {
      const { level } = this.#filled(key, rate)
      if (level === rate.calls * rate.seconds * 1000) this.#buckets.delete(key)
    }
  }

  /** Forgets the grants that are no longer in force. */
  keep(grants: ReadonlySet<string>): void {
    for (const grant of this.#buckets.keys()) if (!grants.has(grant)) this.#buckets.delete(grant)
  }

  #filled(grant: string, rate: Rate): Bucket {
    const now = this.#clock()
    const bucket = this.#buckets.get(grant)
    if (!bucket || bucket.rate.calls !== rate.calls || bucket.rate.seconds !== rate.seconds) {
      const full = { rate, level: rate.calls * rate.seconds * 1000, filledAt: now }
      this.#buckets.set(grant, full)
      return full
    }
    // A clock that was set back fills nothing, and fills again from where it is now.
    const passed = Math.max(0, now - bucket.filledAt)
    bucket.level = Math.min(rate.calls * rate.seconds * 1000, bucket.level + passed * rate.calls)
    bucket.filledAt = now
    return bucket
  }
}
