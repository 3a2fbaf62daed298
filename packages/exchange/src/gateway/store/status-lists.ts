import type { Pool } from '@sapan/kernel'

export interface HeldStatusList {
  readonly uri: string
  readonly jws: string
  readonly etag: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
}

/** Keeps a list unless a later one is kept; one from after `latest` (milliseconds since 1970) is none. */
export async function saveStatusList(pool: Pool, held: HeldStatusList, latest: number): Promise<void> {
  await pool.query(
    `insert into gateway.status_list_held (uri, jws, etag, issued_at) values ($1, $2, $3, to_timestamp($4 / 1000.0))
     on conflict (uri) do update set jws = excluded.jws, etag = excluded.etag, issued_at = excluded.issued_at
     where gateway.status_list_held.issued_at <= excluded.issued_at
       or gateway.status_list_held.issued_at > to_timestamp($5 / 1000.0)`,
    [held.uri, held.jws, held.etag, held.issuedAt, latest],
  )
}

export async function listStatusLists(pool: Pool): Promise<HeldStatusList[]> {
  const { rows } = await pool.query<{ uri: string; jws: string; etag: string; issued_at: Date }>(
    'select uri, jws, etag, issued_at from gateway.status_list_held',
  )
  return rows.map(({ uri, jws, etag, issued_at: at }) => ({ uri, jws, etag, issuedAt: at.getTime() }))
}

/** Forgets what nobody may rely on any more. */
export async function deleteOldStatusLists(pool: Pool, before: number): Promise<void> {
  await pool.query('delete from gateway.status_list_held where issued_at < to_timestamp($1 / 1000.0)', [
    before,
  ])
}
