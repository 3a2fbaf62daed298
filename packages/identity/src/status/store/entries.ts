import type { Pool, PoolClient } from '@sapan/kernel'

/** What an entry is about. */
export type StatusKind = 'consent' | 'mandate' | 'session' | 'officer'

export type EntryStatus = 'valid' | 'withdrawn' | 'suspended'

export interface NewEntry {
  readonly list: number
  readonly index: number
  readonly account: string
  readonly kind: StatusKind
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The channel on which lists that have changed are named, when their transaction commits. */
export const changeChannel = 'identity_status'

/** The newest list that takes entries; a first one where there is none. */
export async function openList(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    'select id from identity.status_list where closed_at is null order by id desc limit 1',
  )
  if (rows[0]) return rows[0].id
  const made = await client.query<{ id: number }>(
    'insert into identity.status_list default values returning id',
  )
  return made.rows[0]?.id ?? 0
}

export async function closeList(client: PoolClient, list: number, at: number): Promise<void> {
  await client.query(
    'update identity.status_list set closed_at = to_timestamp($2 / 1000.0) where id = $1 and closed_at is null',
    [list, at],
  )
}

/**
 * Whether the place was free. The account is locked against a freeze that goes on beside: either it stops this entry too,
 * or it is seen here.
 */
export async function insertEntry(client: PoolClient, entry: NewEntry): Promise<boolean> {
  const { rowCount, rows } = await client.query<{ stopped: boolean }>(
    `insert into identity.status_entry (list_id, index, account_id, kind, stopped, changed_at)
     select $1, $2, id, $4, state <> 'open', to_timestamp($5 / 1000.0)
     from (select id, state from identity.account where id = $3 for share) owner
     on conflict do nothing returning stopped`,
    [entry.list, entry.index, entry.account, entry.kind, entry.at],
  )
  if (rows[0]?.stopped) await touch(client, [entry.list])
  if (rowCount === 1) return true
  const { rowCount: known } = await client.query('select from identity.account where id = $1', [
    entry.account,
  ])
  if (known === 0) throw new RangeError('no such account')
  return false
}

/** False where there is no such entry. An entry that was withdrawn stays so. */
export async function setEntry(
  client: PoolClient,
  entry: { list: number; index: number; status: EntryStatus; at: number },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update identity.status_entry set
       status = case status when 'withdrawn' then status else $3 end, changed_at = to_timestamp($4 / 1000.0)
     where list_id = $1 and index = $2`,
    [entry.list, entry.index, entry.status, entry.at],
  )
  if (rowCount === 1) await touch(client, [entry.list])
  return rowCount === 1
}

/** Stops all of an account's entries, or lets them go on. Its sessions were ended with the first, and never go on. */
export async function stopEntries(
  client: PoolClient,
  { account, stopped, at }: { account: string; stopped: boolean; at: number },
): Promise<void> {
  const { rows } = await client.query<{ list_id: number }>(
    `update identity.status_entry set stopped = $2, changed_at = to_timestamp($3 / 1000.0),
       status = case kind when 'session' then 'withdrawn' else status end
     where account_id = $1 and stopped <> $2 returning list_id`,
    [account, stopped, at],
  )
  await touch(client, [...new Set(rows.map(({ list_id: list }) => list))])
}

/** Withdraws all of an account's sessions. */
export async function withdrawSessions(
  client: PoolClient,
  { account, at }: { account: string; at: number },
): Promise<void> {
  const { rows } = await client.query<{ list_id: number }>(
    `update identity.status_entry set status = 'withdrawn', changed_at = to_timestamp($2 / 1000.0)
     where account_id = $1 and kind = 'session' and status <> 'withdrawn' returning list_id`,
    [account, at],
  )
  await touch(client, [...new Set(rows.map(({ list_id: list }) => list))])
}

/** Versions grow under the list's lock, taken in one order, so that they follow the commits. */
async function touch(client: PoolClient, lists: readonly number[]): Promise<void> {
  for (const list of [...lists].sort((a, b) => a - b)) {
    await client.query('update identity.status_list set version = version + 1 where id = $1', [list])
    await client.query('select pg_notify($1, $2)', [changeChannel, String(list)])
  }
}

/** The versions of these lists; those that there are not are left out. */
export async function readVersions(pool: Pool, lists: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ id: number; version: string }>(
    'select id, version from identity.status_list where id = any($1)',
    [lists],
  )
  return new Map(rows.map(({ id, version }) => [id, Number(version)]))
}

export interface ListContent {
  readonly version: number
  readonly exceptions: readonly (readonly [index: number, status: EntryStatus])[]
}

/** What a list says now; undefined where there is none. In one statement, so that version and entries agree. */
export async function readList(pool: Pool, list: number): Promise<ListContent | undefined> {
  const { rows } = await pool.query<{ version: string; index: number | null; status: EntryStatus }>(
    `select l.version, e.index, case e.status when 'withdrawn' then e.status else
       case when e.stopped then 'suspended' else e.status end end as status
     from identity.status_list l
     left join identity.status_entry e on e.list_id = l.id and (e.status <> 'valid' or e.stopped)
     where l.id = $1`,
    [list],
  )
  const [first] = rows
  if (!first) return undefined
  const exceptions = rows.flatMap(({ index, status }) => (index === null ? [] : [[index, status] as const]))
  return { version: Number(first.version), exceptions }
}
