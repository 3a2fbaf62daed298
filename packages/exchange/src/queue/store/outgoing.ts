import { type Database, inTransaction, type Pool } from '@sapan/kernel'
import type { OutgoingMessage, OutgoingState } from '../message.ts'
import { passAttachments } from './attachments.ts'
import { withCallbacks } from './callbacks.ts'

const columns = `number, client, message, service, operation, target, digest, content, state, problem, reason, attempts,
  extract(epoch from queued_at) * 1000 as queued_ms, extract(epoch from expires_at) * 1000 as expires_ms,
  receipt_queued, receipt_delivered, receipt_outcome, resend_of, exchange, manifest, attachments`

/** Contents are large, and no list shows them. */
const listed = columns.replace('content', 'null::bytea as content')

interface Row {
  number: string
  client: string
  message: string
  service: string
  operation: string
  target: string
  digest: Buffer
  content: Buffer | null
  state: OutgoingState
  problem: string | null
  reason: string | null
  attempts: number
  queued_ms: string
  expires_ms: string
  receipt_queued: string
  receipt_delivered: string | null
  receipt_outcome: string | null
  resend_of: string | null
  exchange: string | null
  manifest: Buffer | null
  attachments: number
}

/** A message as it is put into the queue. */
export interface NewOutgoing {
  readonly client: string
  readonly message: string
  readonly service: string
  readonly operation: string
  readonly target: string
  readonly orderKey: Buffer | null
  readonly digest: Buffer
  readonly content: Buffer
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly receiptQueued: string
  readonly manifest?: Buffer | null
  readonly attachments?: number
}

/** Keeps a message. Where the sender has used its id before: undefined, and nothing is changed. */
export async function insertOutgoing(
  database: Database,
  message: NewOutgoing,
  resendOf: number | null = null,
): Promise<OutgoingMessage | undefined> {
  const { rows } = await database.query<Row>(
    `insert into queue.outgoing (client, message, service, operation, target, order_key, digest, content, expires_at,
       receipt_queued, resend_of, manifest, attachments)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9 / 1000.0), $10, $11, $12, $13)
     on conflict (client, message) do nothing returning ${columns}`,
    [
      message.client,
      message.message,
      message.service,
      message.operation,
      message.target,
      message.orderKey,
      message.digest,
      message.content,
      message.expiresAt,
      message.receiptQueued,
      resendOf,
      message.manifest ?? null,
      message.attachments ?? 0,
    ],
  )
  return rows.map(outgoing)[0]
}

/**
 * Takes messages that are due under a lease of so many seconds; two gateways never take the same. Of those that are
 * ordered by a key, only the first that is not done; none for services that are `busy`. Those with attachments take long, and
 * are taken apart from the others.
 */
export async function claimOutgoing(
  pool: Pool,
  most: number,
  lease: number,
  busy: readonly string[] = [],
  attached = false,
): Promise<OutgoingMessage[]> {
  const { rows } = await pool.query<Row>(
    `update queue.outgoing set leased_until = now() + make_interval(secs => $2), attempts = attempts + 1
     where number in (
       select due.number from queue.outgoing due
       where due.state = 'queued' and due.next_at <= now() and (due.leased_until is null or due.leased_until < now())
         and due.service <> all($3::text[]) and due.manifest is ${attached ? 'not null' : 'null'}
         and (due.order_key is null or not exists (
           select from queue.outgoing earlier
           where earlier.client = due.client and earlier.target = due.target and earlier.order_key = due.order_key
             and earlier.number < due.number and earlier.state in ('queued', 'delivered')))
       order by due.next_at limit $1 for update skip locked)
     returning ${columns}`,
    [most, lease, busy],
  )
  return rows.map(outgoing)
}

/** Holds a message longer under the lease of the try of that number. False where another has taken it meanwhile. */
export async function holdOutgoing(
  pool: Pool,
  { number, attempts }: Pick<OutgoingMessage, 'number' | 'attempts'>,
  lease: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update queue.outgoing set leased_until = now() + make_interval(secs => $3)
     where number = $1 and attempts = $2 and state = 'queued'`,
    [number, attempts, lease],
  )
  return rowCount === 1
}

/** The receiver's gateway has it. What the receiver's system said already is not undone. */
export async function markDelivered(
  pool: Pool,
  number: number,
  { receipt, exchange }: { receipt: string; exchange: string | null },
): Promise<void> {
  await pool.query(
    `update queue.outgoing set receipt_delivered = $2, leased_until = null, exchange = coalesce($3, exchange),
       state = case state when 'queued' then 'delivered' else state end,
       problem = case state when 'queued' then null else problem end
     where number = $1`,
    [number, receipt, exchange],
  )
}

export async function retryOutgoing(
  pool: Pool,
  number: number,
  { delay, problem, exchange }: { delay: number; problem: string; exchange: string | null },
): Promise<void> {
  await pool.query(
    `update queue.outgoing set next_at = now() + make_interval(secs => $2), leased_until = null, problem = $3,
       exchange = coalesce($4, exchange)
     where number = $1 and state = 'queued'`,
    [number, delay, problem, exchange],
  )
}

/**
 * A person must look at it: it is tried no more; where its time was over, they see what the last try met. `calledBack`: the
 * subsystems whose systems are told what became of messages.
 */
export async function buryOutgoing(
  pool: Pool,
  number: number,
  { problem, exchange }: { problem: string; exchange: string | null },
  calledBack: readonly string[],
): Promise<void> {
  const update = `update queue.outgoing set state = 'dead', leased_until = null, problem = $2,
       reason = case $2 when 'message-expired' then problem end, exchange = coalesce($3, exchange)
     where number = $1 and state = 'queued'`
  await pool.query(withCallbacks(update, 4), [number, problem, exchange, calledBack])
}

/** Of a message that was never sent: the exchange that stands for it. */
export async function noteExchangeOf(pool: Pool, number: number, exchange: string): Promise<void> {
  await pool.query(`update queue.outgoing set exchange = $2 where number = $1`, [number, exchange])
}

/** What the receiver's system did with it. The body of what was accepted is kept no longer. */
export async function settleOutgoing(
  pool: Pool,
  number: number,
  settled: {
    state: 'accepted' | 'rejected' | 'dead'
    receipt: string
    problem: string | null
    reason: string | null
  },
  calledBack: readonly string[],
): Promise<void> {
  const update = `update queue.outgoing set state = $2, receipt_outcome = $3, problem = $4, reason = $5, leased_until = null,
       content = case $2 when 'accepted' then null else content end
     where number = $1 and state in ('queued', 'delivered', 'dead')`
  const { state, receipt, problem, reason } = settled
  await pool.query(withCallbacks(update, 6), [number, state, receipt, problem, reason, calledBack])
}

/**
 * Makes dead letters of what was delivered, had its time before that moment (milliseconds since 1970), and of which its receiver's
 * gateway never told: a person should ask, and what is ordered behind it goes on. An outcome that comes later still counts.
 */
export async function buryUntold(pool: Pool, before: number, calledBack: readonly string[]): Promise<void> {
  const update = `update queue.outgoing set state = 'dead', problem = 'message-not-taken'
     where state = 'delivered' and expires_at < to_timestamp($1 / 1000.0)`
  await pool.query(withCallbacks(update, 2), [before, calledBack])
}

/** Between whom messages were delivered whose outcome is still to come. */
export async function awaitedPairs(pool: Pool): Promise<{ client: string; service: string }[]> {
  const { rows } = await pool.query<{ client: string; service: string }>(
    `select distinct client, service from queue.outgoing where state = 'delivered'`,
  )
  return rows
}

/** Makes dead letters of what was delivered between those two, of which nobody will tell any more. */
export async function buryAbandoned(
  pool: Pool,
  { client, service }: { client: string; service: string },
  problem: string,
  calledBack: readonly string[],
): Promise<void> {
  const update = `update queue.outgoing set state = 'dead', problem = $3
     where state = 'delivered' and client = $1 and service = $2`
  await pool.query(withCallbacks(update, 4), [client, service, problem, calledBack])
}

export async function findOutgoing(database: Database, number: number): Promise<OutgoingMessage | undefined> {
  const { rows } = await database.query<Row>(`select ${columns} from queue.outgoing where number = $1`, [
    number,
  ])
  return rows.map(outgoing)[0]
}

/** A sender's message by the sender's own id. */
export async function findSent(
  pool: Pool,
  client: string,
  message: string,
): Promise<OutgoingMessage | undefined> {
  const { rows } = await pool.query<Row>(
    `select ${columns} from queue.outgoing where client = $1 and message = $2`,
    [client, message],
  )
  return rows.map(outgoing)[0]
}

/** Messages of those members (null: of all) after that number, the earliest first, without their contents. */
export async function listOutgoing(
  pool: Pool,
  {
    state,
    after,
    limit,
    members = null,
  }: {
    state: OutgoingState | null
    after: number
    limit: number
    members?: readonly string[] | null
  },
): Promise<OutgoingMessage[]> {
  const { rows } = await pool.query<Row>(
    `select ${listed} from queue.outgoing where number > $2 and ($1::text is null or state = $1)
       and ($4::text[] is null or exists (select from unnest($4::text[]) own where starts_with(client, own || '/')))
     order by number limit $3`,
    [state, after, limit, members],
  )
  return rows.map(outgoing)
}

/** Puts a new message in the place of one that is dead or was rejected; undefined where that is neither any more. */
export async function resendOutgoing(
  pool: Pool,
  number: number,
  message: NewOutgoing,
  calledBack: readonly string[],
): Promise<OutgoingMessage | undefined> {
  return inTransaction(pool, async (transaction) => {
    if (!(await dropOutgoing(transaction, number, calledBack))) return undefined
    const anew = await insertOutgoing(transaction, message, number)
    if (anew) await passAttachments(transaction, number, anew)
    return anew
  })
}

/** Gives up a message that is dead or was rejected, body and all. Whether there was one. */
export async function dropOutgoing(
  database: Database,
  number: number,
  calledBack: readonly string[],
): Promise<boolean> {
  const update = `update queue.outgoing set state = 'dropped', content = null
     where number = $1 and state in ('dead', 'rejected')`
  const { rowCount } = await database.query(withCallbacks(update, 2), [number, calledBack])
  return rowCount === 1
}

/** Forgets what was done with before that time, in milliseconds since 1970. Dead letters stay until a person was there. */
export async function deleteOldOutgoing(pool: Pool, before: number): Promise<void> {
  await pool.query(
    `delete from queue.outgoing where state in ('accepted', 'dropped') and expires_at < to_timestamp($1 / 1000.0)`,
    [before],
  )
}

function outgoing(row: Row): OutgoingMessage {
  const { queued_ms, expires_ms, receipt_queued, receipt_delivered, receipt_outcome, resend_of, ...rest } =
    row
  return {
    ...rest,
    number: Number(row.number),
    queuedAt: Math.round(Number(queued_ms)),
    expiresAt: Math.round(Number(expires_ms)),
    receiptQueued: receipt_queued,
    receiptDelivered: receipt_delivered,
    receiptOutcome: receipt_outcome,
    resendOf: resend_of === null ? null : Number(resend_of),
  }
}
