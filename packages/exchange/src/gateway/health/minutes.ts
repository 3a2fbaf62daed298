import { randomUUID } from 'node:crypto'
import { exchangeProblems } from '../../problems.ts'
import type { GatewayGround } from '../ground.ts'
import { deleteOldMinutes, insertMinute } from '../store/minutes.ts'

/** For so long minutes are kept. */
const keptMs = 8 * 86_400_000

interface Counted {
  readonly succeeded: number
  readonly refused: number
  readonly failed: number
  readonly durations: readonly number[]
}

const statuses = new Map(Object.values(exchangeProblems).map(({ code, status }) => [code, status]))

const nothing: Counted = { succeeded: 0, refused: 0, failed: 0, durations: [] }

/**
 * Keeps how the gateway was in each minute. It reads what the metrics have counted: an exchange is counted once, and on its way
 * nothing is done for plots.
 */
export class HealthMinutes {
  readonly #ground: Pick<GatewayGround, 'pool' | 'clock' | 'metrics' | 'directory'>
  /** Of several processes on one database each has rows of its own. */
  readonly #process = randomUUID()
  #before: Counted = nothing

  constructor(ground: Pick<GatewayGround, 'pool' | 'clock' | 'metrics' | 'directory'>) {
    this.#ground = ground
  }

  /** Keeps what was counted since it was called last. */
  async keep(): Promise<void> {
    const { pool, clock, directory } = this.#ground
    const [counted, queued, dead] = await Promise.all([
      this.#count(),
      this.#gauge('sapan_messages_queued'),
      this.#gauge('sapan_messages_dead'),
    ])
    const before = this.#before
    await insertMinute(pool, this.#process, {
      at: clock(),
      succeeded: counted.succeeded - before.succeeded,
      refused: counted.refused - before.refused,
      failed: counted.failed - before.failed,
      durations: counted.durations.map((count, at) => count - (before.durations[at] ?? 0)),
      queued,
      dead,
      directoryAge: Math.max(Math.round((clock() - directory.standing().issuedAt) / 1000), 0),
    })
    // Of a minute that could not be kept, the next one tells.
    this.#before = counted
  }

  async forget(): Promise<void> {
    const { pool, clock } = this.#ground
    await deleteOldMinutes(pool, clock() - keptMs)
  }

  async #count(): Promise<Counted> {
    const { exchanges, duration } = this.#ground.metrics
    const [outcomes, times] = await Promise.all([exchanges.get(), duration.get()])
    const counted = { succeeded: 0, refused: 0, failed: 0 }
    for (const { labels, value } of outcomes.values) counted[kindOf(String(labels.outcome))] += value
    const upTo = new Map<number, number>()
    for (const { labels, value, metricName } of times.values) {
      if (!metricName?.endsWith('_bucket')) continue
      const { le } = labels as { readonly le?: string | number }
      const end = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le)
      upTo.set(end, (upTo.get(end) ?? 0) + value)
    }
    const ends = [...upTo].sort(([a], [b]) => a - b).map(([, count]) => count)
    return { ...counted, durations: ends.map((count, at) => count - (ends[at - 1] ?? 0)) }
  }

  async #gauge(name: string): Promise<number> {
    const found = await this.#ground.metrics.registry.getSingleMetric(name)?.get()
    return Math.round(found?.values[0]?.value ?? 0)
  }
}

/** An outcome is an HTTP status, or the code of a problem. */
function kindOf(outcome: string): 'succeeded' | 'refused' | 'failed' {
  const status = statuses.get(outcome) ?? Number(outcome)
  if (status < 400) return 'succeeded'
  return status < 500 ? 'refused' : 'failed'
}
