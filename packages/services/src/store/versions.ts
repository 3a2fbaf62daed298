import type { PoolClient } from '@sapan/kernel'
import type { KnownVersion } from '../definition/load.ts'

/** The versions that came in force here, as they were. */
export async function knownVersions(client: PoolClient): Promise<readonly KnownVersion[]> {
  const { rows } = await client.query<KnownVersion>('select service, version, digest from services.version')
  return rows
}

/** Of two processes that start at once, one comes after the other. */
export async function lockVersions(client: PoolClient): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('sapan services versions', 0))")
}

export async function keepVersion(
  client: PoolClient,
  { service, version, digest }: KnownVersion,
  at: number,
): Promise<void> {
  await client.query(
    `insert into services.version (service, version, digest, since) values ($1, $2, $3, $4)
     on conflict (service, version) do update set digest = excluded.digest, since = excluded.since
     where version.digest <> excluded.digest`,
    [service, version, digest, new Date(at)],
  )
}

/** Whether something was handed in under a version. */
export async function hasCases(
  client: PoolClient,
  { service, version }: Pick<KnownVersion, 'service' | 'version'>,
): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(
    `select exists (
       select from services.draft where service = $1 and version = $2 and case_id is not null
     ) as is`,
    [service, version],
  )
  return rows[0]?.is === true
}
