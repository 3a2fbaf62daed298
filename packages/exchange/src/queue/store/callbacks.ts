import type { Pool } from '@sapan/kernel'

/** That something became of a message, of which its sender's system does not know yet. */
export interface Callback {
  readonly number: number
  /** The message's number. */
  readonly outgoing: number
  readonly client: string
  readonly attempts: number
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/**
 * `update`, which changes rows of `queue.outgoing`, and in the same statement a callback for each row whose sender is among
 * those of the parameter `$<clients>`. Gives a row for each that was changed.
 */
export function withCallbacks(update: string, clients: number): string {
  return `with changed as (${update} returning number, client, target, order_key),
    told as (
      insert into queue.callback (outgoing, client, target, order_key)
      select number, client, target, order_key from changed where client = any($${clients}::text[]) order by number)
    select from changed`
}

/**
 * Takes callbacks that are due, under a lease of so many seconds: of one message and of one order only the first, and none of those
 * clients that are `busy`.
 */
export async function claimCallbacks(
  pool: Pool,
  most: number,
  lease: number,
  busy: readonly string[] = [],
): Promise<Callback[]> {
  const { rows } = await pool.query<
    Record<'number' | 'outgoing' | 'client' | 'created_ms', string> & { attempts: number }
  >(
    `update queue.callback set leased_until = now() + make_interval(secs => $2), attempts = attempts + 1
     where number in (
       select due.number from queue.callback due
       where due.next_at <= now() and (due.leased_until is null or due.leased_until < now())
         and due.client <> all($3::text[])
         and not exists (
           select from queue.callback earlier where earlier.outgoing = due.outgoing and earlier.number < due.number)
         and (due.order_key is null or not exists (
           select from queue.callback earlier
           where earlier.client = due.client and earlier.target = due.target and earlier.order_key = due.order_key
             and earlier.number < due.number))
       order by due.next_at limit $1 for update skip locked)
     returning number, outgoing, client, attempts, extract(epoch from created_at) * 1000 as created_ms`,
    [most, lease, busy],
  )
  return rows.map(({ created_ms, number, outgoing, ...rest }) => ({
    ...rest,
    number: Number(number),
    outgoing: Number(outgoing),
    createdAt: Math.round(Number(created_ms)),
  }))
}

export async function retryCallback(pool: Pool, number: number, delay: number): Promise<void> {
  await pool.query(
    'update queue.callback set next_at = now() + make_interval(secs => $2), leased_until = null where number = $1',
    [number, delay],
  )
}

/** The sender's system knows it, or is told no more. */
export async function endCallback(pool: Pool, number: number): Promise<void> {
  await pool.query('delete from queue.callback where number = $1', [number])
}
