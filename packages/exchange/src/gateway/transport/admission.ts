import { Problem } from '@sapan/kernel'
import { exchangeProblems } from '../../problems.ts'

/** Where several members share a gateway, one of them may take so much of its room. */
const mostOfOne = 3 / 4

interface Lane {
  running: number
  readonly waiting: (() => void)[]
}

export interface AdmissionLimits {
  readonly inFlight: number
  readonly waiting: number
}

/**
 * Lets a bounded number of exchanges run and a bounded number wait; the rest are told to come back. An overloaded gateway that
 * refuses at once loses less than one that answers everybody too late. Where it hosts several members, they wait in a
 * row each and take turns, and none takes all the room: one whose register is slow leaves the others theirs.
 */
export class Admission {
  #running = 0
  #waiting = 0
  /** Members that have something here, the one whose turn is next first. */
  readonly #lanes = new Map<string, Lane>()
  readonly #limits: AdmissionLimits
  readonly #isShared: () => boolean

  constructor(limits: AdmissionLimits, isShared: () => boolean = () => false) {
    this.#limits = limits
    this.#isShared = isShared
  }

  get running(): number {
    return this.#running
  }

  get waiting(): number {
    return this.#waiting
  }

  /** How much of a member's runs or waits. */
  of(member: string): number {
    const lane = this.#lanes.get(member)
    return lane ? lane.running + lane.waiting.length : 0
  }

  /** Runs the work of a member when there is room. Throws `gateway-busy` when too much waits. */
  async run<T>(member: string, work: () => Promise<T>): Promise<T> {
    const lane = this.#lanes.get(member) ?? { running: 0, waiting: [] }
    this.#lanes.set(member, lane)
    if (this.#hasRoom(lane)) this.#begin(lane)
    else await this.#wait(lane)
    try {
      return await work()
    } finally {
      this.#running--
      lane.running--
      if (lane.running === 0 && lane.waiting.length === 0) this.#lanes.delete(member)
      this.#next()
    }
  }

  #hasRoom(lane: Lane): boolean {
    const { inFlight } = this.#limits
    return this.#running < inFlight && lane.running < this.#most(inFlight)
  }

  #most(limit: number): number {
    return this.#isShared() ? Math.ceil(limit * mostOfOne) : limit
  }

  #begin(lane: Lane): void {
    this.#running++
    lane.running++
  }

  async #wait(lane: Lane): Promise<void> {
    const { waiting } = this.#limits
    if (this.#waiting >= waiting || lane.waiting.length >= this.#most(waiting)) {
      throw new Problem(exchangeProblems['gateway-busy'], { extensions: { retryAfter: 1 } })
    }
    this.#waiting++
    await new Promise<void>((resolve) => lane.waiting.push(resolve))
  }

  /** Lets in whoever waits longest of the member whose turn it is; that member's next turn is then the last. */
  #next(): void {
    for (const [member, lane] of this.#lanes) {
      if (lane.waiting.length === 0 || !this.#hasRoom(lane)) continue
      this.#begin(lane)
      this.#waiting--
      this.#lanes.delete(member)
      this.#lanes.set(member, lane)
      lane.waiting.shift()?.()
      return
    }
  }
}
