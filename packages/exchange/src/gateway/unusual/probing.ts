import { hash } from 'node:crypto'
import type { Clock } from '@sapan/kernel'

const day = 86_400_000

/** A question as it is asked of one person by one system. */
export interface AskedQuestion {
  readonly client: string
  readonly service: string
  readonly operation: string
  /** Keyed hash of the person. */
  readonly subject: Buffer
  /** What the caller gave, as text that is the same for the same values. */
  readonly asked: string
}

/**
 * Notices who asks one question about one person again and again with other values, within a day: "below 10,000?", "below
 * 20,000?" is a search for the amount. Kept in memory, under hashes.
 */
export class Probing {
  readonly #clock: Clock
  readonly #most: number
  readonly #asked = new Map<string, { readonly values: Set<string>; readonly until: number }>()

  /** `most`: so many different values are not unusual. */
  constructor(clock: Clock, most: number) {
    this.#clock = clock
    this.#most = most
  }

  /** With how many different values it was asked now, where these are more than usual; else undefined. */
  note({ client, service, operation, subject, asked }: AskedQuestion): number | undefined {
    const now = this.#clock()
    const key = `${client} ${service} ${operation} ${subject.toString('base64url')}`
    const known = this.#asked.get(key)
    const entry = known && known.until > now ? known : { values: new Set<string>(), until: now + day }
    this.#asked.set(key, entry)
    entry.values.add(hash('sha256', asked, 'base64url'))
    return entry.values.size > this.#most ? entry.values.size : undefined
  }

  /** Forgets what is a day old. */
  sweep(): void {
    const now = this.#clock()
    for (const [key, { until }] of this.#asked) if (until <= now) this.#asked.delete(key)
  }
}
