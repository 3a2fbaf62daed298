import { randomUUID } from 'node:crypto'
import type { Clock } from '@sapan/kernel'
import type { Check } from '../checks/check.ts'
import type { AlertChannel, AlertNews } from './channel.ts'
import type { AlertSubject } from './subject.ts'

type Send = (channel: AlertChannel, id: string, news: AlertNews) => Promise<boolean>

/** That the database is down is told without it: what each channel was told is in memory, and each process tells for itself. */
export class DatabaseAlert {
  readonly #channels: readonly AlertChannel[]
  readonly #clock: Clock
  readonly #subject: AlertSubject
  readonly #send: Send
  /** Since when it is down, by the channels that were told so. */
  readonly #told = new Map<AlertChannel, string>()

  constructor(channels: readonly AlertChannel[], clock: Clock, subject: AlertSubject, send: Send) {
    this.#channels = channels
    this.#clock = clock
    this.#subject = subject
    this.#send = send
  }

  /** Tells each channel what it does not know yet: that it is down, or that it is back (where there is no check). */
  async tell(down: Check | undefined): Promise<void> {
    await Promise.all(
      this.#channels
        .filter((channel) => this.#told.has(channel) === (down === undefined))
        .map((channel) => (down ? this.#began(channel, down) : this.#ended(channel))),
    )
  }

  async #began(channel: AlertChannel, { text, next }: Check): Promise<void> {
    const at = new Date(this.#clock()).toISOString()
    const news = { ...this.#subject, code: 'database', since: at, at, checks: [{ text, next }] }
    const isTold = await this.#send(channel, randomUUID(), { event: 'began', outcome: 'bad', ...news })
    if (isTold) this.#told.set(channel, at)
  }

  async #ended(channel: AlertChannel): Promise<void> {
    const at = new Date(this.#clock()).toISOString()
    const news = { ...this.#subject, code: 'database', since: this.#told.get(channel) ?? at, at }
    const isTold = await this.#send(channel, randomUUID(), { event: 'ended', outcome: 'good', ...news })
    if (isTold) this.#told.delete(channel)
  }
}
