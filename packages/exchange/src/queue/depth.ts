import type { Pool } from '@sapan/kernel'
import type { GatewayMetrics } from '../gateway/metrics.ts'

/** How many messages are where, as the last look found. */
export class QueueDepth {
  readonly #pool: Pool
  #queued = 0
  #dead = 0
  #waiting = 0
  #oldest = 0
  #callbacks = 0
  #stuck = 0

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async look(): Promise<void> {
    const { rows } = await this.#pool.query<
      Record<'queued' | 'dead' | 'waiting' | 'callbacks' | 'stuck' | 'oldest', string>
    >(
      `select (select count(*) from queue.outgoing where state = 'queued') as queued,
         (select count(*) from queue.outgoing where state = 'dead') as dead,
         (select count(*) from queue.incoming where state = 'waiting') as waiting,
         (select count(*) from queue.callback) as callbacks,
         (select count(*) from queue.followed where problem is not null) as stuck,
         (select coalesce(extract(epoch from now() - min(queued_at)), 0) from queue.outgoing where state = 'queued')
           as oldest`,
    )
    const [found] = rows
    this.#queued = Number(found?.queued)
    this.#dead = Number(found?.dead)
    this.#waiting = Number(found?.waiting)
    this.#callbacks = Number(found?.callbacks)
    this.#stuck = Number(found?.stuck)
    this.#oldest = Math.round(Number(found?.oldest))
  }

  watch(metrics: Pick<GatewayMetrics, 'gauge'>): void {
    metrics.gauge('sapan_messages_queued', 'Messages to be delivered', () => this.#queued)
    metrics.gauge(
      'sapan_messages_oldest_seconds',
      'How long the oldest of them has waited',
      () => this.#oldest,
    )
    metrics.gauge('sapan_messages_dead', 'Dead letters, which wait for a person', () => this.#dead)
    metrics.gauge(
      'sapan_messages_received_waiting',
      'Messages that own systems have not taken',
      () => this.#waiting,
    )
    metrics.gauge(
      'sapan_topics_stuck',
      'Topics whose events could not be handed to own systems at the last try',
      () => this.#stuck,
    )
    metrics.gauge(
      'sapan_messages_callbacks_waiting',
      'Outcomes of messages that own systems have not been told',
      () => this.#callbacks,
    )
  }
}
