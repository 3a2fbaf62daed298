import type { Pool } from 'pg'

/** A signed grant with its hash (SHA-256 of the compact JWS, hex). */
export interface StoredGrant {
  readonly hash: string
  readonly provider: string
  readonly jws: string
}

export async function listIssuedGrants(pool: Pool): Promise<StoredGrant[]> {
  const { rows } = await pool.query<StoredGrant>(
    'select hash, provider, jws from gateway.grant_issued where withdrawn_at is null order by created_at, hash',
  )
  return rows
}

export async function saveIssuedGrant(
  pool: Pool,
  grant: StoredGrant & { service: string; consumer: string },
): Promise<void> {
  await pool.query(
    `insert into gateway.grant_issued (hash, provider, service, consumer, jws) values ($1, $2, $3, $4, $5)
     on conflict (hash) do nothing`,
    [grant.hash, grant.provider, grant.service, grant.consumer, grant.jws],
  )
}

/** Withdraws a grant from now on; its text stays, because evidence points at it. False where there is none live. */
export async function withdrawIssuedGrant(pool: Pool, hash: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update gateway.grant_issued set withdrawn_at = now() where hash = $1 and withdrawn_at is null',
    [hash],
  )
  return rowCount === 1
}

export async function listHeldGrants(pool: Pool): Promise<StoredGrant[]> {
  const { rows } = await pool.query<StoredGrant>(
    'select hash, provider, jws from gateway.grant_held order by hash',
  )
  return rows
}

/** Which list of the provider's published hashes the held grants were last fetched under. */
export async function fetchedDigests(pool: Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ provider: string; digest: string }>(
    'select provider, digest from gateway.grants_fetched',
  )
  return new Map(rows.map((row) => [row.provider, row.digest]))
}

/** Keeps what a provider handed over. Older grants stay: evidence points at them. */
export async function saveHeldGrants(
  pool: Pool,
  provider: string,
  digest: string,
  grants: readonly StoredGrant[],
): Promise<void> {
  await pool.query(
    `with kept as (
       insert into gateway.grant_held (hash, provider, jws)
       select hash, $1, jws from unnest($2::text[], $3::text[]) as g (hash, jws) on conflict (hash) do nothing)
     insert into gateway.grants_fetched (provider, digest) values ($1, $4)
     on conflict (provider) do update set digest = excluded.digest`,
    [provider, grants.map((g) => g.hash), grants.map((g) => g.jws), digest],
  )
}
