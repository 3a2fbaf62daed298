import { randomUUID } from 'node:crypto'
import type { Clock, Logger, Pool } from '@sapan/kernel'
import type { Check } from '../checks/check.ts'
import { type Alert, deleteAlert, listAlerts, saveAlert, takeAlertTurn } from '../store/alerts.ts'
import { type AlertEvent, alertsAfter, dueEvent, hasEnded } from './changes.ts'
import type { SendAlert } from './webhook.ts'

export interface AlertsOptions {
  /** The gateway's id. */
  readonly gateway: string
  readonly pool: Pool
  readonly clock: Clock
  readonly log: Logger
  readonly look: () => Promise<readonly Check[]>
  /** Null where the operator wants none. */
  readonly send: SendAlert | null
}

const minute = 60_000
const longestPause = 60 * minute
/** A little less than a round: whoever comes first next time takes the turn. */
const turn = minute - 5_000

/** Tells the operator what is wrong with the gateway, when it begins and when it has ended. */
export class Alerts {
  readonly #options: AlertsOptions
  /** Told while there was no database to note it in. */
  #databaseDown: number | null = null

  constructor(options: AlertsOptions) {
    this.#options = options
  }

  /** One look, by one of the gateway's processes. */
  async look(): Promise<void> {
    const { send, look, clock, pool } = this.#options
    if (!send) return
    const checks = await look()
    const down = checks.find(({ code, outcome }) => code === 'database' && outcome === 'bad')
    if (down) return await this.#tellWithoutDatabase(down)
    await this.#tellDatabaseIsBack()
    const now = clock()
    if (!(await takeAlertTurn(pool, now, now + turn))) return
    for (const alert of alertsAfter(await listAlerts(pool), checks, now)) await this.#handle(alert, now)
  }

  /** Sends one that means nothing. Gives why it was not taken, null where it was. */
  async test(): Promise<string | null> {
    const { send, gateway, clock } = this.#options
    if (!send) return 'alerts.webhook is not set'
    try {
      await send(randomUUID(), { event: 'test', gateway, at: new Date(clock()).toISOString() })
      return null
    } catch (error) {
      return reasonOf(error)
    }
  }

  async #handle(alert: Alert, now: number): Promise<void> {
    const { pool } = this.#options
    const event = dueEvent(alert, now)
    if (!event) {
      if (hasEnded(alert, now) && alert.told === null) return await deleteAlert(pool, alert.code)
      return await saveAlert(pool, alert)
    }
    const isTold = await this.#tell(event, alert, now)
    if (isTold && event === 'ended') return await deleteAlert(pool, alert.code)
    const pause = Math.min(longestPause, minute * 2 ** alert.attempts)
    await saveAlert(pool, {
      ...alert,
      ...(isTold
        ? { told: alert.outcome, toldAt: now, attempts: 0 }
        : { attempts: alert.attempts + 1, nextAt: now + pause }),
    })
  }

  async #tell(
    event: AlertEvent,
    { code, outcome, checks, since }: Pick<Alert, 'code' | 'outcome' | 'checks' | 'since'>,
    now: number,
  ): Promise<boolean> {
    const { send, gateway, log } = this.#options
    const told = {
      ...{ event, gateway, code, outcome: event === 'ended' ? 'good' : outcome },
      ...{ since: new Date(since).toISOString(), at: new Date(now).toISOString() },
      ...(event === 'ended' ? {} : { checks }),
    }
    try {
      await send?.(randomUUID(), told)
      return true
    } catch (error) {
      log.warn({ code, event, reason: reasonOf(error) }, 'an alert was not taken')
      return false
    }
  }

  async #tellWithoutDatabase({ text, next }: Check): Promise<void> {
    if (this.#databaseDown !== null) return
    const now = this.#options.clock()
    const alert = { code: 'database', outcome: 'bad', checks: [{ text, next }], since: now } as const
    if (await this.#tell('began', alert, now)) this.#databaseDown = now
  }

  async #tellDatabaseIsBack(): Promise<void> {
    if (this.#databaseDown === null) return
    const alert = { code: 'database', outcome: 'bad', checks: [], since: this.#databaseDown } as const
    if (await this.#tell('ended', alert, this.#options.clock())) this.#databaseDown = null
  }
}

/** Without the address, in which there may be a secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error ? String(error.code) : error.message
}
