import type { Clock } from '@sapan/kernel'
import { exchangeProblem } from '../problems.ts'

export interface Rate {
  readonly calls: number
  readonly seconds: number
}

interface Bucket {
  rate: Rate
  /** Calls that may be made now; a fraction grows into the next. */
  left: number
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
    const bucket = this.#filled(grant, rate)
    if (bucket.left >= 1) {
      bucket.left -= 1
      return
    }
    const retryAfter = Math.max(1, Math.ceil(((1 - bucket.left) * rate.seconds) / rate.calls))
    throw exchangeProblem('rate-exceeded', {
      detail: {
        en: `The grant allows ${rate.calls} calls in ${rate.seconds} seconds. Try again in ${retryAfter} seconds.`,
        th: `สิทธิเข้าถึงกำหนดไว้ ${rate.calls} ครั้งใน ${rate.seconds} วินาที ลองใหม่ใน ${retryAfter} วินาที`,
      },
      extensions: { retryAfter },
    })
  }

  /** Forgets the grants that are no longer in force. */
  keep(grants: ReadonlySet<string>): void {
    for (const grant of this.#buckets.keys()) if (!grants.has(grant)) this.#buckets.delete(grant)
  }

  #filled(grant: string, rate: Rate): Bucket {
    const now = this.#clock()
    const bucket = this.#buckets.get(grant)
    if (!bucket || bucket.rate.calls !== rate.calls || bucket.rate.seconds !== rate.seconds) {
      const full = { rate, left: rate.calls, filledAt: now }
      this.#buckets.set(grant, full)
      return full
    }
    // A clock that was set back fills nothing, and fills again from where it is now.
    const passed = Math.max(0, now - bucket.filledAt)
    bucket.left = Math.min(rate.calls, bucket.left + (passed / 1000) * (rate.calls / rate.seconds))
    bucket.filledAt = now
    return bucket
  }
}
