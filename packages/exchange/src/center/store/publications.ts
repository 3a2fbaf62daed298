import type { Pool, PoolClient } from '@sapan/kernel'
import type { DirectoryLogKey, DirectoryService } from '../../directory/document.ts'

/** Registers a service, or gives it a new title and description. */
export async function saveService(
  client: PoolClient,
  service: DirectoryService & { readonly member: string; readonly subsystem: string },
  now: number,
): Promise<void> {
  await client.query(
    `insert into center.service (id, member, subsystem, title_th, title_en, personal, openapi, registered_at)
     values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8 / 1000.0))
     on conflict (id) do update set title_th = excluded.title_th, title_en = excluded.title_en,
       personal = excluded.personal, openapi = excluded.openapi`,
    [
      service.id,
      service.member,
      service.subsystem,
      service.title.th,
      service.title.en,
      service.personal,
      service.openapi,
      now,
    ],
  )
}

export async function deleteServices(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query('delete from center.service where id = any ($1)', [ids])
}

export async function countServices(client: PoolClient, member: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int count from center.service where member = $1',
    [member],
  )
  return rows[0]?.count ?? 0
}

export async function readServices(client: PoolClient): Promise<DirectoryService[]> {
  const { rows } = await client.query<{
    id: string
    th: string
    en: string
    personal: boolean
    openapi: string
  }>('select id, title_th th, title_en en, personal, openapi from center.service order by id')
  return rows.map(({ id, th, en, personal, openapi }) => ({ id, title: { th, en }, personal, openapi }))
}

export async function addGrantHashes(
  client: PoolClient,
  provider: string,
  hashes: readonly string[],
  now: number,
): Promise<void> {
  await client.query(
    `insert into center.grant_hash (provider, hash, published_at)
     select $1, unnest($2::text[]), to_timestamp($3 / 1000.0) on conflict do nothing`,
    [provider, hashes, now],
  )
}

export async function removeGrantHashes(
  client: PoolClient,
  provider: string,
  hashes: readonly string[],
): Promise<void> {
  await client.query('delete from center.grant_hash where provider = $1 and hash = any ($2)', [
    provider,
    hashes,
  ])
}

export async function countGrantHashes(client: PoolClient, provider: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int count from center.grant_hash where provider = $1',
    [provider],
  )
  return rows[0]?.count ?? 0
}

export async function readGrantHashes(client: PoolClient): Promise<{ provider: string; hashes: string[] }[]> {
  const { rows } = await client.query<{ provider: string; hashes: string[] }>(
    'select provider, array_agg(hash order by hash) hashes from center.grant_hash group by 1 order by 1',
  )
  return rows
}

export async function insertLogKey(
  client: PoolClient,
  key: DirectoryLogKey & { readonly member: string },
  now: number,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into center.log_key (member, epoch, origin, vkey, registered_at)
     values ($1, $2, $3, $4, to_timestamp($5 / 1000.0)) on conflict do nothing`,
    [key.member, key.epoch, key.origin, key.vkey, now],
  )
  return rowCount === 1
}

/** The keys of every log, or of one member's; by member and epoch. */
export async function readLogKeys(
  client: Pool | PoolClient,
  member?: string,
): Promise<(DirectoryLogKey & { member: string })[]> {
  const { rows } = await client.query<DirectoryLogKey & { member: string }>(
    `select member, epoch, origin, vkey from center.log_key
      where $1::text is null or member = $1 order by member, epoch`,
    [member ?? null],
  )
  return rows
}

/** The verifier key of one log; undefined where the origin is not registered. */
export async function vkeyOfOrigin(pool: Pool, origin: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ vkey: string }>('select vkey from center.log_key where origin = $1', [
    origin,
  ])
  return rows[0]?.vkey
}

/** Notes a signed statement's number; false where the member has used it before. */
export async function noteStatement(
  client: PoolClient,
  statement: { readonly member: string; readonly jti: string; readonly until: number },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into center.statement (member, jti, until) values ($1, $2, to_timestamp($3 / 1000.0))
     on conflict do nothing`,
    [statement.member, statement.jti, statement.until],
  )
  return rowCount === 1
}

/** Forgets numbers of statements that are too old to be accepted anyway. */
export async function forgetStatements(client: PoolClient, now: number): Promise<void> {
  await client.query('delete from center.statement where until < to_timestamp($1 / 1000.0)', [now])
}
