import type { Pool } from '@sapan/kernel'
import type { EventBatch, Followed, TopicReader } from '../following/followed.ts'

const columns = `client, service, operation, place, batch, batch_place, batch_exchange, attempts, problem,
  extract(epoch from taken_at) * 1000 as taken_ms`

interface Row extends TopicReader {
  place: string | null
  batch: Buffer | null
  batch_place: string | null
  batch_exchange: string | null
  attempts: number
  problem: string | null
  taken_ms: string | null
}

/** Begins to follow what is not followed yet, from the earliest event that is kept. */
export async function beginFollowing(pool: Pool, readers: readonly TopicReader[]): Promise<void> {
  await pool.query(
    `insert into queue.followed (client, service, operation)
     select * from unnest($1::text[], $2::text[], $3::text[]) on conflict do nothing`,
    lists(readers),
  )
}

/** Takes what of those is due, under a lease of so many seconds. */
export async function claimFollowed(
  pool: Pool,
  readers: readonly TopicReader[],
  most: number,
  lease: number,
): Promise<Followed[]> {
  const { rows } = await pool.query<Row>(
    `update queue.followed set leased_until = now() + make_interval(secs => $5), attempts = attempts + 1
     where (client, service, operation) in (
       select client, service, operation from queue.followed
       where (client, service, operation) in (select * from unnest($1::text[], $2::text[], $3::text[]))
         and next_at <= now() and (leased_until is null or leased_until < now())
       order by next_at limit $4 for update skip locked)
     returning ${columns}`,
    [...lists(readers), most, lease],
  )
  return rows.map(followed)
}

/** Keeps what was read behind the place where the reader stands; whose lease is over while another went on keeps nothing. */
export async function keepBatch(pool: Pool, at: Followed, batch: EventBatch): Promise<void> {
  await pool.query(
    `update queue.followed set batch = $5, batch_place = $6, batch_exchange = $7
     where client = $1 and service = $2 and operation = $3 and place is not distinct from $4 and batch is null`,
    [...standing(at), batch.content, batch.place, batch.exchange],
  )
}

/** The system has all until that place, and is given more after so many seconds. */
export async function advanceTo(
  pool: Pool,
  at: Followed,
  { place, taken, delay }: { place: number; taken: boolean; delay: number },
): Promise<void> {
  await pool.query(
    `update queue.followed set place = $5, batch = null, batch_place = null, batch_exchange = null, attempts = 0,
       problem = null, leased_until = null, next_at = now() + make_interval(secs => $6),
       taken_at = case when $7 then now() else taken_at end
     where client = $1 and service = $2 and operation = $3 and place is not distinct from $4`,
    [...standing(at), place, delay, taken],
  )
}

export async function retryFollowed(
  pool: Pool,
  at: Followed,
  { delay, problem }: { delay: number; problem: string },
): Promise<void> {
  await pool.query(
    `update queue.followed set next_at = now() + make_interval(secs => $5), leased_until = null, problem = $6
     where client = $1 and service = $2 and operation = $3 and place is not distinct from $4`,
    [...standing(at), delay, problem],
  )
}

/** Everything that is followed or was. */
export async function listFollowed(pool: Pool): Promise<Followed[]> {
  const { rows } = await pool.query<Row>(
    `select ${columns.replace('batch,', 'null::bytea as batch,')} from queue.followed order by client, service, operation`,
  )
  return rows.map(followed)
}

/** Removes what was read for systems that are given nothing any more; where they stood stays. */
export async function forgetBatches(pool: Pool, readers: readonly TopicReader[]): Promise<void> {
  await pool.query(
    `update queue.followed set batch = null, batch_place = null, batch_exchange = null
     where batch is not null
       and (client, service, operation) not in (select * from unnest($1::text[], $2::text[], $3::text[]))`,
    lists(readers),
  )
}

function lists(readers: readonly TopicReader[]): string[][] {
  return [
    readers.map(({ client }) => client),
    readers.map(({ service }) => service),
    readers.map(({ operation }) => operation),
  ]
}

function standing({ client, service, operation, place }: Followed): unknown[] {
  return [client, service, operation, place]
}

function followed({ batch, batch_place, batch_exchange, taken_ms, place, ...row }: Row): Followed {
  return {
    ...row,
    place: place === null ? null : Number(place),
    batch: batch && { content: batch, place: Number(batch_place), exchange: batch_exchange },
    takenAt: taken_ms === null ? null : Math.round(Number(taken_ms)),
  }
}
