import { service } from './country.ts'

/** A publisher that repeats each event until it is acknowledged. */
export class EventLoad {
  readonly #edge: string
  #publishing: Promise<void> = Promise.resolve()
  #stopping = false
  /** Ids of the events that are kept, in their order. */
  readonly kept: string[] = []

  constructor(edge: string) {
    this.#edge = edge
  }

  start(): void {
    this.#publishing = this.#publish()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#publishing
  }

  async #publish(): Promise<void> {
    for (let n = 0; !this.#stopping; n++) {
      const id = `event-${n}`
      while (!(await this.#once(id).catch(() => false))) await pause(50)
      this.kept.push(id)
      await pause(20)
    }
  }

  async #once(id: string): Promise<boolean> {
    const place = `service=${encodeURIComponent(service)}&operation=readMoves`
    const answer = await fetch(`${this.#edge}/m1/topics?${place}`, {
      method: 'POST',
      headers: {
        'x-road-client': 'TH/GOV/DOPA/main',
        'sapan-message': id,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ nationalId: '1234567890121', postcode: '10200' }),
      signal: AbortSignal.timeout(10_000),
    })
    await answer.arrayBuffer()
    return answer.status === 201 || answer.status === 200
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
