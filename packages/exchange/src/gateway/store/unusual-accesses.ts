import type { Pool } from '@sapan/kernel'

export interface UnusualAccess {
  readonly exchange: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly member: string
  readonly client: string
  readonly service: string
  readonly purpose: string
  readonly officer: string
  readonly duty: string
  readonly rules: readonly string[]
  readonly calls: number
}

const hour = 3_600_000

/** Counts an access in its hour; tells how many there are in it, and on average in hours of the days before. */
export async function countAccess(
  pool: Pool,
  { consumer, officer, at, days }: { consumer: string; officer: string; at: number; days: number },
): Promise<{ inHour: number; usual: number }> {
  const { rows } = await pool.query<{ calls: number; usual: string | null }>(
    `with counted as (
       insert into gateway.officer_hour (consumer, officer, hour, calls)
       values ($1, $2, to_timestamp($3 / 1000.0), 1)
       on conflict (consumer, officer, hour) do update set calls = gateway.officer_hour.calls + 1
       returning calls
     ) select calls, (
       select avg(before.calls) from gateway.officer_hour before
       where before.consumer = $1 and before.officer = $2 and before.hour < to_timestamp($3 / 1000.0)
         and before.hour >= to_timestamp($3 / 1000.0) - make_interval(days => $4)
     ) as usual from counted`,
    [consumer, officer, Math.floor(at / hour) * hour, days],
  )
  return { inHour: rows[0]?.calls ?? 0, usual: Number(rows[0]?.usual ?? 0) }
}

export async function insertUnusual(pool: Pool, access: UnusualAccess): Promise<void> {
  await pool.query(
    `insert into gateway.unusual_access (exchange, at, member, client, service, purpose, officer, duty, rules, calls)
     values ($1, to_timestamp($2 / 1000.0), $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      access.exchange,
      access.at,
      access.member,
      access.client,
      access.service,
      access.purpose,
      access.officer,
      access.duty,
      access.rules,
      access.calls,
    ],
  )
}

/** The unusual accesses to those members' data (null: everybody's) after that number, the earliest first. */
export async function listUnusual(
  pool: Pool,
  { after, limit, members }: { after: number; limit: number; members: readonly string[] | null },
): Promise<(UnusualAccess & { number: number })[]> {
  const { rows } = await pool.query<UnusualAccess & { number: string; at: unknown; ms: string }>(
    `select number, exchange, extract(epoch from at) * 1000 as ms, member, client, service, purpose, officer, duty,
       rules, calls
     from gateway.unusual_access where number > $1 and ($3::text[] is null or member = any($3))
     order by number limit $2`,
    [after, limit, members],
  )
  return rows.map(({ ms, ...row }) => ({ ...row, number: Number(row.number), at: Math.round(Number(ms)) }))
}

/** The rules by which exchanges were unusual, by exchange. */
export async function rulesOf(pool: Pool, exchanges: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<{ exchange: string; rules: string[] }>(
    'select exchange, rules from gateway.unusual_access where exchange = any($1)',
    [exchanges],
  )
  return new Map(rows.map(({ exchange, rules }) => [exchange, rules]))
}

/** Forgets hours from before that time. */
export async function deleteOldHours(pool: Pool, before: number): Promise<void> {
  await pool.query('delete from gateway.officer_hour where hour < to_timestamp($1 / 1000.0)', [before])
}
