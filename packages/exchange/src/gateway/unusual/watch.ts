import type { Clock, Pool } from '@sapan/kernel'
import type { ActorToken } from '../../tokens/actor-token.ts'
import type { AccessHints } from '../hints/access-hints.ts'
import type { GatewaySettings } from '../settings.ts'
import { countAccess, insertUnusual } from '../store/unusual-accesses.ts'
import { type UnusualRule, unusualRules } from './rules.ts'

/** An access that was answered: by an officer, or by a system that asks a question with many values. */
export interface NotedAccess {
  readonly exchange: string
  readonly at: number
  readonly client: string
  readonly member: string
  readonly service: string
  readonly purpose: string
  /** The officer; undefined where none is proven. */
  readonly actor: ActorToken | undefined
  /** With how many different values a question was asked, where these are more than usual. */
  readonly probed: number | undefined
  /** Those of its people who may be told. */
  readonly people: readonly string[]
}

/** More than this many wait only while the database is down: the evidence has them all the same. */
const mostWaiting = 10_000

/** Judges accesses a moment after they were answered: no call waits for it. */
export class UnusualWatch {
  readonly #options: {
    readonly pool: Pool
    readonly clock: Clock
    readonly settings: GatewaySettings['unusual']
    readonly isHoliday: (at: number) => boolean
    readonly hints: Pick<AccessHints, 'keepUnusual'>
  }
  #waiting: NotedAccess[] = []

  constructor(options: {
    pool: Pool
    clock: Clock
    settings: GatewaySettings['unusual']
    isHoliday: (at: number) => boolean
    hints: Pick<AccessHints, 'keepUnusual'>
  }) {
    this.#options = options
  }

  note(access: NotedAccess): void {
    if (this.#waiting.length < mostWaiting) this.#waiting.push(access)
  }

  /** Judges what waits. What can't be kept now is tried again. Rejects with the database's error. */
  async settle(): Promise<void> {
    for (let [access] = this.#waiting; access; [access] = this.#waiting) {
      await this.#judge(access)
      this.#waiting.shift()
    }
  }

  async #judge({ actor, people, probed, ...access }: NotedAccess): Promise<void> {
    const { pool, hints } = this.#options
    const { rules, calls } = await this.#look(access, actor)
    if (probed !== undefined) rules.push('probing')
    if (rules.length === 0) return
    await hints.keepUnusual({ people, at: access.at })
    await insertUnusual(pool, {
      ...access,
      officer: actor?.subject ?? '',
      duty: actor?.officer?.duty ?? '',
      rules,
      calls: calls ?? probed ?? 0,
    })
  }

  /** What an officer's access is judged by. */
  async #look(
    { at, purpose }: Pick<NotedAccess, 'at' | 'purpose'>,
    actor: ActorToken | undefined,
  ): Promise<{ rules: UnusualRule[]; calls: number | undefined }> {
    if (!actor) return { rules: [], calls: undefined }
    const { pool, settings, isHoliday } = this.#options
    const officer = { consumer: actor.audience, officer: actor.subject }
    const { inHour, usual } = await countAccess(pool, { ...officer, at, days: settings.days })
    const rules = unusualRules(
      { at, purpose, case: actor.case, isHoliday: isHoliday(at), inHour, usual },
      settings,
    )
    return { rules, calls: inHour }
  }
}
