import { randomUUID } from 'node:crypto'
import { client, service } from './country.ts'

/** A message that its sender was told is kept. */
export interface KeptMessage {
  readonly message: string
  readonly key: string
  /** Its place among those with the same key. */
  readonly n: number
}

/** So many of a row may wait to be accepted: more are sent only when earlier ones are. */
const ahead = 20

/** Senders that each send one ordered row of messages, and repeat each until it is acknowledged. */
export class MessageLoad {
  readonly kept: KeptMessage[] = []
  readonly #edge: string
  readonly #senders: Promise<void>[] = []
  #stopping = false

  constructor(edge: string) {
    this.#edge = edge
  }

  start(senders: number): void {
    for (let n = 0; n < senders; n++) this.#senders.push(this.#send(`row-${n}`))
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await Promise.all(this.#senders)
  }

  /** Where a message stands. */
  async stateOf(message: string): Promise<string> {
    const answer = await fetch(`${this.#edge}/m1/messages/${message}`, {
      headers: { 'x-road-client': client },
      signal: AbortSignal.timeout(5_000),
    })
    return String(((await answer.json()) as { state?: string }).state)
  }

  async #send(key: string): Promise<void> {
    const row: string[] = []
    for (let n = 0; !this.#stopping; n++) {
      const message = randomUUID()
      row.push(message)
      await this.#untilAccepted(row[n - ahead])
      if (this.#stopping) return
      while (!(await this.#once({ message, key, n }).catch(() => false))) await pause(50)
      this.kept.push({ message, key, n })
      await pause(20)
    }
  }

  async #untilAccepted(message: string | undefined): Promise<void> {
    while (message !== undefined && !this.#stopping) {
      if ((await this.stateOf(message).catch(() => '')) === 'accepted') return
      await pause(100)
    }
  }

  async #once({ message, key, n }: KeptMessage): Promise<boolean> {
    const answer = await fetch(`${this.#edge}/m1/${service}/moves`, {
      method: 'POST',
      headers: { 'x-road-client': client, 'sapan-message': message, 'sapan-order-key': key },
      body: JSON.stringify({ nationalId: '1234567890121', key, n }),
      signal: AbortSignal.timeout(10_000),
    })
    await answer.arrayBuffer()
    return answer.status === 202
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
