import type { Database, Pool } from '@sapan/kernel'
import type { IncomingMessage, IncomingState } from '../message.ts'

const columns = `number, client, message, service, operation, exchange, digest, content, state, problem, reason, attempts,
  extract(epoch from delivered_at) * 1000 as delivered_ms, extract(epoch from expires_at) * 1000 as expires_ms,
  receipt_delivered, receipt_outcome, pulled, manifest, attachments`

/** Contents are large, and no list shows them. */
const listed = columns.replace('content', 'null::bytea as content')

interface Row {
  number: string
  client: string
  message: string
  service: string
  operation: string
  exchange: string
  digest: Buffer
  content: Buffer | null
  state: IncomingState
  problem: string | null
  reason: string | null
  attempts: number
  delivered_ms: string
  expires_ms: string
  receipt_delivered: string
  receipt_outcome: string | null
  pulled: boolean
  manifest: Buffer | null
  attachments: number
}

/** A message as it came. */
export interface NewIncoming {
  readonly client: string
  readonly message: string
  readonly service: string
  readonly operation: string
  readonly exchange: string
  readonly digest: Buffer
  readonly content: Buffer
  /** Milliseconds since 1970. */
  readonly expiresAt: number
  readonly receiptDelivered: string
  /** Whether the member's system fetches it. */
  readonly pulled: boolean
  readonly manifest?: Buffer | null
  readonly attachments?: number
}

/** Keeps a message; where the sender's id came before, what came then. */
export async function keepIncoming(
  pool: Database,
  message: NewIncoming,
): Promise<{ message: IncomingMessage; isNew: boolean }> {
  const { rows } = await pool.query<Row>(
    `insert into queue.incoming (client, message, service, operation, exchange, digest, content, expires_at,
       receipt_delivered, pulled, manifest, attachments)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8 / 1000.0), $9, $10, $11, $12)
     on conflict (client, message) do nothing returning ${columns}`,
    [
      message.client,
      message.message,
      message.service,
      message.operation,
      message.exchange,
      message.digest,
      message.content,
      message.expiresAt,
      message.receiptDelivered,
      message.pulled,
      message.manifest ?? null,
      message.attachments ?? 0,
    ],
  )
  const [kept] = rows.map(incoming)
  if (kept) return { message: kept, isNew: true }
  const known = await findReceived(pool, message.client, message.message)
  if (!known) throw new Error('a message that came before is not there')
  return { message: known, isNew: false }
}

/**
 * Takes what is due, under a lease of so many seconds: to be handed on to a service, or told of to a client, that is not `busy`.
 */
export async function claimIncoming(
  pool: Pool,
  most: number,
  lease: number,
  busy: readonly string[] = [],
): Promise<IncomingMessage[]> {
  const { rows } = await pool.query<Row>(
    `update queue.incoming set leased_until = now() + make_interval(secs => $2), attempts = attempts + 1
     where number in (
       select number from queue.incoming
       where told_at is null and (not pulled or state <> 'waiting' or expires_at <= now()) and next_at <= now() and (leased_until is null or leased_until < now())
         and case state when 'waiting' then service else client end <> all($3::text[])
       order by next_at limit $1 for update skip locked)
     returning ${columns}`,
    [most, lease, busy],
  )
  return rows.map(incoming)
}

/** Gives a system that fetches the messages of a queue, the earliest first; for so many seconds nobody else gets them. */
export async function pullIncoming(
  pool: Pool,
  {
    service,
    operation,
    most,
    seconds,
  }: { service: string; operation: string; most: number; seconds: number },
): Promise<IncomingMessage[]> {
  const { rows } = await pool.query<Row>(
    `update queue.incoming set leased_until = now() + make_interval(secs => $4), attempts = attempts + 1
     where number in (
       select number from queue.incoming
       where service = $1 and operation = $2 and pulled and state = 'waiting' and expires_at > now()
         and (leased_until is null or leased_until < now())
       order by number limit $3 for update skip locked)
     returning ${columns}`,
    [service, operation, most, seconds],
  )
  return rows.map(incoming).sort((a, b) => a.number - b.number)
}

/** A message that came, by its sender's id. */
export async function findReceived(
  database: Database,
  client: string,
  message: string,
): Promise<IncomingMessage | undefined> {
  const { rows } = await database.query<Row>(
    `select ${columns} from queue.incoming where client = $1 and message = $2`,
    [client, message],
  )
  return rows.map(incoming)[0]
}

export async function findIncoming(pool: Pool, number: number): Promise<IncomingMessage | undefined> {
  const { rows } = await pool.query<Row>(`select ${columns} from queue.incoming where number = $1`, [number])
  return rows.map(incoming)[0]
}

/**
 * What the member's system did with it: from then on its sender is to be told, and the body is kept no longer. Whether
 * nothing was said of it before.
 */
export async function settleIncoming(
  pool: Pool,
  number: number,
  settled: { state: 'accepted' | 'rejected' | 'expired'; receipt: string; reason: string | null },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update queue.incoming set state = $2, receipt_outcome = $3, reason = $4, content = null, problem = null,
       attempts = 0, next_at = now(), leased_until = null
     where number = $1 and state = 'waiting'`,
    [number, settled.state, settled.receipt, settled.reason],
  )
  return rowCount === 1
}

export async function markTold(pool: Pool, number: number): Promise<void> {
  await pool.query(
    'update queue.incoming set told_at = now(), leased_until = null, problem = null where number = $1',
    [number],
  )
}

/** Nobody can be told what became of it: it is tried no more, and says why. */
export async function giveUpTelling(pool: Pool, number: number, problem: string): Promise<void> {
  await pool.query(
    'update queue.incoming set told_at = now(), leased_until = null, problem = $2 where number = $1',
    [number, problem],
  )
}

export async function retryIncoming(
  pool: Pool,
  number: number,
  { delay, problem }: { delay: number; problem: string },
): Promise<void> {
  await pool.query(
    `update queue.incoming set next_at = now() + make_interval(secs => $2), leased_until = null, problem = $3
     where number = $1`,
    [number, delay, problem],
  )
}

/** Messages of those members (null: of all) after that number, the earliest first, without their contents. */
export async function listIncoming(
  pool: Pool,
  {
    state,
    after,
    limit,
    members = null,
  }: {
    state: IncomingState | null
    after: number
    limit: number
    members?: readonly string[] | null
  },
): Promise<IncomingMessage[]> {
  const { rows } = await pool.query<Row>(
    `select ${listed} from queue.incoming where number > $2 and ($1::text is null or state = $1)
       and ($4::text[] is null or exists (select from unnest($4::text[]) own where starts_with(service, own || '/')))
     order by number limit $3`,
    [state, after, limit, members],
  )
  return rows.map(incoming)
}

/** Forgets what is done and expired before that time, in milliseconds since 1970, whether its sender could be told or not. */
export async function deleteOldIncoming(pool: Pool, before: number): Promise<void> {
  await pool.query(
    `delete from queue.incoming where state <> 'waiting' and expires_at < to_timestamp($1 / 1000.0)`,
    [before],
  )
}

function incoming({
  delivered_ms,
  expires_ms,
  receipt_delivered,
  receipt_outcome,
  ...rest
}: Row): IncomingMessage {
  return {
    ...rest,
    number: Number(rest.number),
    deliveredAt: Math.round(Number(delivered_ms)),
    expiresAt: Math.round(Number(expires_ms)),
    receiptDelivered: receipt_delivered,
    receiptOutcome: receipt_outcome,
  }
}
