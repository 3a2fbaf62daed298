import type { Pool } from '@sapan/kernel'
import type { NoticeKind } from '../kinds.ts'

/** A delivery that this process has taken. */
export interface Taken {
  readonly id: string
  readonly channel: 'email' | 'push'
  readonly message_id: string | null
  readonly account: string | null
  readonly kind: NoticeKind | null
  readonly device_id: string | null
  readonly content_sealed: Buffer | null
  /** With this one. */
  readonly attempts: number
  readonly created_at: Date
}

/** How an attempt ended. `why` is a word for the operator, without an address. */
export type Outcome =
  | { readonly state: 'sent' }
  | { readonly state: 'skipped' | 'dead'; readonly why: string }
  | { readonly state: 'waiting'; readonly why: string; readonly nextAt: number }

/** Milliseconds for which a taken delivery is nobody else's; after it, whoever took it is held for dead. */
export const leaseMillis = 300_000

/** Takes deliveries whose time has come; those that others are taking are passed by. */
export async function take(pool: Pool, at: number, limit: number): Promise<Taken[]> {
  const { rows } = await pool.query<Taken>(
    `update notices.delivery set attempts = attempts + 1, next_at = $2
     where id in (
       select id from notices.delivery where state = 'waiting' and next_at <= $1
       order by next_at, id limit $3 for update skip locked)
     returning id, channel, message_id, account, kind, device_id, content_sealed, attempts, created_at`,
    [new Date(at), new Date(at + leaseMillis), limit],
  )
  return rows
}

/** Writes down how it ended, unless another has taken it since. */
export async function settle(
  pool: Pool,
  { id, attempts }: Taken,
  outcome: Outcome,
  at: number,
): Promise<void> {
  const isOver = outcome.state !== 'waiting'
  // A code is of no use to anybody once its letter is out.
  await pool.query(
    `update notices.delivery set state = $3, outcome = $4, next_at = coalesce($5, next_at), finished_at = $6,
       content_sealed = case when $3 = 'waiting' then content_sealed end
     where id = $1 and attempts = $2 and state = 'waiting'`,
    [
      id,
      attempts,
      outcome.state,
      outcome.state === 'sent' ? null : outcome.why,
      isOver ? null : new Date(outcome.nextAt),
      isOver ? new Date(at) : null,
    ],
  )
}

/** How many deliveries wait, were given up, and how old the oldest waiting one is, in milliseconds. */
export interface OutboxState {
  readonly waiting: number
  readonly dead: number
  readonly oldestMillis: number
}

export async function outboxState(pool: Pool, at: number): Promise<OutboxState> {
  const { rows } = await pool.query<{ waiting: number; dead: number; oldest: Date | null }>(
    `select count(*) filter (where state = 'waiting')::int as waiting,
       count(*) filter (where state = 'dead')::int as dead,
       min(created_at) filter (where state = 'waiting') as oldest
     from notices.delivery where state in ('waiting', 'dead')`,
  )
  const { waiting, dead, oldest } = rows[0] ?? { waiting: 0, dead: 0, oldest: null }
  return { waiting, dead, oldestMillis: oldest === null ? 0 : Math.max(0, at - oldest.getTime()) }
}

/** Gives notices that were given up another round; letters with a code are left, their time is over. */
export async function revive(pool: Pool, at: number): Promise<number> {
  const { rowCount } = await pool.query(
    `update notices.delivery set state = 'waiting', attempts = 0, next_at = $1, finished_at = null
     where state = 'dead' and message_id is not null`,
    [new Date(at)],
  )
  return rowCount ?? 0
}
