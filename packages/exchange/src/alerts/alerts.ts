import { createHash, randomUUID } from 'node:crypto'
import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Check } from '../checks/check.ts'
import { alertsAfter, dueEvent, isOver } from './changes.ts'
import { type AlertChannel, type AlertNews, kindOfChannel } from './channel.ts'
import { DatabaseAlert } from './database-alert.ts'
import { type Alert, deleteAlert, listAlerts, saveAlert, type Told, takeAlertTurn } from './store.ts'
import { type AlertSubject, nameOf } from './subject.ts'

export interface AlertsOptions {
  readonly subject: AlertSubject
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly look: () => Promise<readonly Check[]>
  /** None where the operator wants none. */
  readonly channels: readonly AlertChannel[]
}

/** What became of a test on one channel. */
export interface Tested {
  readonly channel: string
  readonly taken: boolean
  /** Why it was not taken. */
  readonly reason: string | null
}

const minute = 60_000
const longestPause = 60 * minute
/** A little less than a round: whoever comes first next time takes the turn. */
const turn = minute - 5_000

/** Tells the operator what is wrong, when it begins and when it has ended; each channel for itself. */
export class Alerts {
  readonly #options: AlertsOptions
  readonly #ofDatabase: DatabaseAlert

  constructor(options: AlertsOptions) {
    this.#options = options
    const { subject, clock, channels } = options
    this.#ofDatabase = new DatabaseAlert(channels, clock, subject, (...told) => this.#send(...told))
  }

  /** One look, by one of the processes over one database. */
  async look(): Promise<void> {
    const { subject, channels, look, clock, pool } = this.#options
    if (channels.length === 0) return
    const checks = await look()
    const down = checks.find(({ code, outcome }) => code === 'database' && outcome === 'bad')
    await this.#ofDatabase.tell(down)
    if (down) return
    const now = clock()
    if (!(await takeAlertTurn(pool, subject, now, now + turn))) return
    // One that did not take the first takes none now: else all that is due would wait for it, one after the other.
    const open = new Set(channels)
    for (const alert of alertsAfter(await listAlerts(pool, subject), checks, now))
      await this.#handle(alert, now, open)
  }

  /** Sends one that means nothing to every channel. */
  async test(): Promise<Tested[]> {
    const { channels, subject, clock } = this.#options
    const news = { event: 'test', ...subject, at: new Date(clock()).toISOString() } as const
    return await Promise.all(
      channels.map(async ({ name, send }): Promise<Tested> => {
        try {
          await send(randomUUID(), news)
          return { channel: name, taken: true, reason: null }
        } catch (error) {
          return { channel: name, taken: false, reason: reasonOf(error) }
        }
      }),
    )
  }

  async #handle(alert: Alert, now: number, open: Set<AlertChannel>): Promise<void> {
    const { subject, pool, channels } = this.#options
    const told = await Promise.all(
      channels.map(async (channel) => [channel.name, await this.#tell(channel, alert, now, open)] as const),
    )
    const after = { ...alert, channels: Object.fromEntries(told) }
    if (isOver(after, now)) await deleteAlert(pool, subject, alert.code)
    else await saveAlert(pool, subject, after)
  }

  /** What the channel was told behind this. */
  async #tell(channel: AlertChannel, alert: Alert, now: number, open: Set<AlertChannel>): Promise<Told> {
    const before = alert.channels[channel.name] ?? { told: null, toldAt: null, attempts: 0, nextAt: now }
    const event = dueEvent(alert, before, now)
    if (event === undefined || !open.has(channel)) return before
    const { code, outcome, checks, since } = alert
    const id = idOf([nameOf(this.#options.subject), channel.name, code, event, since, before.toldAt])
    const isTold = await this.#send(channel, id, {
      ...{ event, ...this.#options.subject, code, outcome: event === 'ended' ? 'good' : outcome },
      ...{ since: new Date(since).toISOString(), at: new Date(now).toISOString() },
      ...(event === 'ended' ? {} : { checks }),
    })
    if (isTold) return { told: event === 'ended' ? null : outcome, toldAt: now, attempts: 0, nextAt: now }
    open.delete(channel)
    const pause = Math.min(longestPause, minute * 2 ** before.attempts)
    return { ...before, attempts: before.attempts + 1, nextAt: now + pause }
  }

  /** True where it was taken. */
  async #send({ name, send }: AlertChannel, id: string, news: AlertNews): Promise<boolean> {
    try {
      await send(id, news)
      return true
    } catch (error) {
      const { event } = news
      const code = event === 'test' ? undefined : news.code
      const told = { code, event, channel: kindOfChannel(name), reason: reasonOf(error) }
      this.#options.log.warn(told, 'an alert was not taken')
      return false
    }
  }
}

/** The same for the same event, so that what comes twice is known for it. */
function idOf(event: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(event)).digest('hex').slice(0, 32)
}

/** Without the address, in which there may be a secret; a mail system's reply by its code. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const reply = Reflect.get(error, 'responseCode')
  if ('code' in error) return `${String(error.code)}${typeof reply === 'number' ? ` ${reply}` : ''}`
  return error.message
}
