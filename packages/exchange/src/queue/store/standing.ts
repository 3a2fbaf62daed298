import type { Pool } from '@sapan/kernel'

interface Waiting {
  readonly count: number
  /** How long the oldest has waited; 0 where none does. */
  readonly oldestSeconds: number
}

/** What of messages and events does not get on by itself. */
export interface QueueStanding {
  readonly dead: number
  readonly notSent: Waiting
  /** Came for systems of our members, which have not taken them. */
  readonly notTaken: Waiting
  /** Topics that could not be handed over at the last try. */
  readonly stuckTopics: number
}

type Counted = Record<
  'dead' | 'not_sent' | 'not_sent_oldest' | 'not_taken' | 'not_taken_oldest' | 'stuck',
  string
>

/** Of the messages of those members (null: of all). */
export async function readQueueStanding(
  pool: Pool,
  members: readonly string[] | null,
): Promise<QueueStanding> {
  const own = (id: string) =>
    `($1::text[] is null or array_to_string((string_to_array(${id}, '/'))[1:3], '/') = any($1))`
  const age = (column: string) => `coalesce(extract(epoch from now() - min(${column})), 0)`
  const { rows } = await pool.query<Counted>(
    `with sent as (select state, queued_at from queue.outgoing where state in ('queued', 'dead') and ${own('client')}),
       came as (select delivered_at from queue.incoming where state = 'waiting' and ${own('service')})
     select (select count(*) from sent where state = 'dead') as dead,
       (select count(*) from sent where state = 'queued') as not_sent,
       (select ${age('queued_at')} from sent where state = 'queued') as not_sent_oldest,
       (select count(*) from came) as not_taken,
       (select ${age('delivered_at')} from came) as not_taken_oldest,
       (select count(*) from queue.followed where problem is not null and ${own('client')}) as stuck`,
    [members],
  )
  const [found] = rows
  return {
    dead: Number(found?.dead),
    notSent: { count: Number(found?.not_sent), oldestSeconds: Number(found?.not_sent_oldest) },
    notTaken: { count: Number(found?.not_taken), oldestSeconds: Number(found?.not_taken_oldest) },
    stuckTopics: Number(found?.stuck),
  }
}
