import { inTransaction, type Pool } from '@sapan/kernel'

/** An event as its publisher gave it. */
export interface NewTopicEvent {
  readonly service: string
  readonly operation: string
  /** The publisher's own id. */
  readonly message: string
  /** SHA-256 of the event. */
  readonly digest: Buffer
  /** Sealed. */
  readonly content: Buffer
  readonly bytes: number
}

export interface TopicEvent {
  readonly number: number
  readonly message: string
  readonly content: Buffer
  readonly bytes: number
  /** Milliseconds since 1970. */
  readonly publishedAt: number
}

/**
 * Keeps an event; where its id came before, what was kept then. Events of a topic get their numbers one after the other: a
 * reader who has seen one would miss a lower one that is committed later.
 */
export async function keepTopicEvent(
  pool: Pool,
  event: NewTopicEvent,
): Promise<{ number: number; digest: Buffer; isNew: boolean }> {
  const { service, operation, message, digest, content, bytes } = event
  return inTransaction(pool, async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `sapan-topic ${service} ${operation}`,
    ])
    const before = await transaction.query<{ number: string; digest: Buffer }>(
      'select number, digest from queue.topic_event where service = $1 and operation = $2 and message = $3',
      [service, operation, message],
    )
    const [known] = before.rows
    if (known) return { number: Number(known.number), digest: known.digest, isNew: false }
    const { rows } = await transaction.query<{ number: string }>(
      `insert into queue.topic_event (service, operation, message, digest, content, bytes)
       values ($1, $2, $3, $4, $5, $6) returning number`,
      [service, operation, message, digest, content, bytes],
    )
    return { number: Number(rows[0]?.number), digest, isNew: true }
  })
}

/** The events of a topic after that number, the earliest first: at most so many, and no more than so many bytes but for one. */
export async function topicEventsAfter(
  pool: Pool,
  topic: { service: string; operation: string; after: number; most: number; mostBytes: number },
): Promise<TopicEvent[]> {
  const { rows } = await pool.query<{
    number: string
    message: string
    content: Buffer
    bytes: number
    ms: string
  }>(
    `select number, message, content, bytes, extract(epoch from published_at) * 1000 as ms from (
       select *, sum(bytes) over (order by number) as until from (
         select * from queue.topic_event where service = $1 and operation = $2 and number > $3
         order by number limit $4) next) counted
     where until <= $5 or until = bytes order by number`,
    [topic.service, topic.operation, topic.after, topic.most, topic.mostBytes],
  )
  return rows.map(({ ms, ...row }) => ({
    ...row,
    number: Number(row.number),
    publishedAt: Math.round(Number(ms)),
  }))
}

/** The number of the last event of a topic that is kept no longer; 0 where all are. */
export async function forgottenThrough(
  pool: Pool,
  { service, operation }: { service: string; operation: string },
): Promise<number> {
  const { rows } = await pool.query<{ through: string }>(
    'select through from queue.topic_forgotten where service = $1 and operation = $2',
    [service, operation],
  )
  return Number(rows[0]?.through ?? 0)
}

/** Forgets what was published before that time, in milliseconds since 1970, but not that it was there. */
export async function deleteOldTopicEvents(pool: Pool, before: number): Promise<void> {
  await pool.query(
    `with old as (
       delete from queue.topic_event where published_at < to_timestamp($1 / 1000.0)
       returning service, operation, number)
     insert into queue.topic_forgotten (service, operation, through)
     select service, operation, max(number) from old group by service, operation
     on conflict (service, operation) do update set through = greatest(topic_forgotten.through, excluded.through)`,
    [before],
  )
}
