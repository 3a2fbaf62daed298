import type { Clock, Logger } from '@sapan/kernel'

/** What the last minutes tell of our clock. Seconds by which the others are ahead of it. */
export interface ClockStanding {
  /** The center's; null where it has not answered yet. */
  readonly center: number | null
  /** The middle of those whose messages came lately; null where they are too few. */
  readonly peers: number | null
  /**
   * `ours`: it is further off than messages tolerate. `center`: the center's seems to be, since the other gateways agree with
   * ours. `right` also where nobody is there to compare with.
   */
  readonly off: 'right' | 'ours' | 'center'
}

export interface ClockWatchOptions {
  /** This gateway's id: what it says to itself tells nothing. */
  readonly own: string
  readonly clock: Clock
  readonly log: Logger
  /** The center's clock less ours, in seconds; null where it never answered. */
  readonly center: () => number | null
  /** By how many seconds clocks may differ before messages are refused. */
  readonly most: number
}

/** For so long a message tells of its sender's clock (milliseconds). */
const lately = 600_000
/** Fewer may be wrong together. */
const leastPeers = 3
const mostPeers = 1_000

interface Heard {
  /** Less what the message took on its way, which is far less than what would matter. */
  readonly ahead: number
  readonly at: number
}

/**
 * Holds the gateway's clock against the center's and against the times at which messages of other gateways were signed. It refuses nothing: a
 * message's own time is held by who gets it, and a center whose clock is wrong must not stop a country.
 */
export class ClockWatch {
  readonly #options: ClockWatchOptions
  readonly #heard = new Map<string, Heard>()
  #told: ClockStanding['off'] = 'right'

  constructor(options: ClockWatchOptions) {
    this.#options = options
  }

  /** That what was signed behind this gateway came just now, and when that was by the clock there, in seconds. */
  hear(gateway: string, created: number): void {
    if (gateway === this.#options.own) return
    const at = this.#options.clock()
    this.#heard.set(gateway, { ahead: created - Math.floor(at / 1000), at })
    if (this.#heard.size <= mostPeers) return
    const [first] = this.#heard.keys()
    if (first !== undefined) this.#heard.delete(first)
  }

  standing(): ClockStanding {
    const { center: ask, most } = this.#options
    const [center, peers] = [ask(), this.#middle()]
    const isOff = (skew: number | null) => skew !== null && Math.abs(skew) > most
    if (isOff(center)) return { center, peers, off: peers === null || isOff(peers) ? 'ours' : 'center' }
    return { center, peers, off: isOff(peers) && center === null ? 'ours' : 'right' }
  }

  /** Says so loudly when the clock turns out to be off, and when it no longer is. */
  look(): void {
    const { log } = this.#options
    const { off, center, peers } = this.standing()
    if (off === this.#told) return
    this.#told = off
    const seconds = { center, peers }
    if (off === 'right') log.info(seconds, 'the clock is right again')
    else if (off === 'ours') log.error(seconds, 'this clock is off: other gateways refuse what it signs')
    else log.error(seconds, 'the center’s clock is off: other gateways agree with this one')
  }

  #middle(): number | null {
    const now = this.#options.clock()
    const fresh = [...this.#heard.values()].filter(({ at }) => Math.abs(now - at) < lately)
    if (fresh.length < leastPeers) return null
    const sorted = fresh.map(({ ahead }) => ahead).sort((a, b) => a - b)
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
  }
}
