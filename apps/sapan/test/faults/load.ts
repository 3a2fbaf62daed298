import { randomUUID } from 'node:crypto'
import { client, service } from './country.ts'

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** An exchange that the caller was given an answer to. */
export interface Acknowledged {
  readonly exchange: string
  readonly method: string
  /** The idempotency key of a state-changing call. */
  readonly key: string | null
}

/** Callers that ask again and again, whatever happens, and note what they were answered. */
export class Load {
  readonly acknowledged: Acknowledged[] = []
  /** Every key that was ever sent, answered or not. */
  readonly sent = new Set<string>()
  readonly outcomes = new Map<string, number>()
  readonly #edge: string
  readonly #service: string
  readonly #callers: Promise<void>[] = []
  #stopping = false

  constructor(edge: string, asked = service) {
    this.#edge = edge
    this.#service = asked
  }

  start(callers: number): void {
    for (let n = 0; n < callers; n++) this.#callers.push(this.#call())
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#callers)
  }

  async #call(): Promise<void> {
    while (!this.#stopping) {
      const changes = Math.random() < 0.5
      const key = changes ? randomUUID() : null
      if (key !== null) this.sent.add(key)
      const outcome = await this.#once(key).catch(
        (error: unknown) => `no answer: ${error instanceof Error ? error.message : ''}`,
      )
      this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
      if (outcome !== '200') await pause(50)
    }
  }

  async #once(key: string | null): Promise<string> {
    const person = String(1_000_000_000_000 + Math.floor(Math.random() * 1_000_000))
    const response = await fetch(`${this.#edge}/r1/${this.#service}/persons/${person}`, {
      method: key === null ? 'GET' : 'POST',
      headers: { 'x-road-client': client, ...(key === null ? {} : { 'idempotency-key': key }) },
      signal: AbortSignal.timeout(20_000),
    })
    const body = await response.text()
    const exchange = response.headers.get('sapan-exchange')
    if (response.status !== 200) return `${response.status} ${response.headers.get('x-road-error')}`
    if (exchange === null || !body.includes(person))
      throw new Error('an answer without its exchange or content')
    this.acknowledged.push({ exchange, method: key === null ? 'GET' : 'POST', key })
    return '200'
  }
}

/** Waits until an edge answers: its gateway has the directory that names the service. */
export async function untilAnswered(edge: string): Promise<void> {
  const probe = new Load(edge)
  probe.start(1)
  const deadline = Date.now() + 60_000
  while (probe.acknowledged.length === 0 && Date.now() < deadline) await pause(50)
  await probe.stop()
  if (probe.acknowledged.length === 0) throw new Error(`no answer: ${JSON.stringify([...probe.outcomes])}`)
}
