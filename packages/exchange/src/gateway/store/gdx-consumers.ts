import type { Pool } from 'pg'

/** A system that calls as GDX's callers do, and the subsystem for which it speaks. */
export interface GdxConsumer {
  readonly id: string
  readonly name: string
  readonly key: string
  readonly subsystem: string
}

/** As its operator sees it. */
export interface ShownGdxConsumer extends GdxConsumer {
  readonly lastUsed: string | null
  readonly lockedUntil: string | null
}

interface Row {
  id: string
  name: string
  consumer_key: string
  subsystem: string
  last_used_at: Date | null
  locked_until: Date | null
}

export async function listGdxConsumers(pool: Pool): Promise<ShownGdxConsumer[]> {
  const { rows } = await pool.query<Row>(
    `select id, name, consumer_key, subsystem, last_used_at,
            case when locked_until > now() then locked_until end as locked_until
     from gateway.gdx_consumer order by created_at, id`,
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    key: row.consumer_key,
    subsystem: row.subsystem,
    lastUsed: row.last_used_at?.toISOString() ?? null,
    lockedUntil: row.locked_until?.toISOString() ?? null,
  }))
}

export async function saveGdxConsumer(pool: Pool, consumer: GdxConsumer, secretHash: string): Promise<void> {
  await pool.query(
    'insert into gateway.gdx_consumer (id, name, consumer_key, subsystem, secret) values ($1, $2, $3, $4, $5)',
    [consumer.id, consumer.name, consumer.key, consumer.subsystem, secretHash],
  )
}

/** With its tokens. */
export async function deleteGdxConsumer(pool: Pool, id: string): Promise<void> {
  await pool.query('delete from gateway.gdx_consumer where id = $1', [id])
}

/** What came of an attempt to show a secret: it may be looked at, or nobody looks for so many seconds. */
export type Attempt = { readonly id: string; readonly secretHash: string } | { readonly retryAfter: number }

/**
 * Counts an attempt before its secret is looked at, so that many at once are no more guesses than many in a row; the last of
 * `most` locks the key for `lockSeconds` unless its secret is right. Undefined for a key that nobody has.
 */
export async function beginAttempt(
  pool: Pool,
  key: string,
  { most, lockSeconds }: { most: number; lockSeconds: number },
): Promise<Attempt | undefined> {
  const { rows } = await pool.query<{ id: string; secret: string }>(
    `update gateway.gdx_consumer set
       failures = case when failures + 1 >= $2 then 0 else failures + 1 end,
       locked_until = case when failures + 1 >= $2 then now() + make_interval(secs => $3) end
     where consumer_key = $1 and (locked_until is null or locked_until <= now())
     returning id, secret`,
    [key, most, lockSeconds],
  )
  const [row] = rows
  if (row) return { id: row.id, secretHash: row.secret }
  const locked = await pool.query<{ seconds: number }>(
    `select greatest(1, ceil(extract(epoch from locked_until - now())))::integer as seconds
     from gateway.gdx_consumer where consumer_key = $1`,
    [key],
  )
  return locked.rows[0] && { retryAfter: locked.rows[0].seconds }
}

/** The secret was right: what was counted before is forgotten. */
export async function endAttempt(pool: Pool, id: string): Promise<void> {
  await pool.query('update gateway.gdx_consumer set failures = 0, locked_until = null where id = $1', [id])
}
