import type { Pool, PoolClient } from '@sapan/kernel'

export interface PublishedDirectory {
  readonly version: number
  readonly issuedAt: number
  readonly validUntil: number
  readonly jws: string
}

/** Takes the lock under which every change is made, one after another. */
export async function lockState(client: PoolClient): Promise<void> {
  await client.query('select from center.state where only_row for update')
}

/** Notes whose center this database is; the instance that is there already is returned. */
export async function ensureState(client: PoolClient, instance: string): Promise<string> {
  await client.query('insert into center.state (instance) values ($1) on conflict do nothing', [instance])
  const { rows } = await client.query<{ instance: string }>('select instance from center.state')
  return rows[0]?.instance ?? instance
}

/** The next version of the directory. Only under the lock. */
export async function nextVersion(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ version: string }>(
    'update center.state set version = version + 1 returning version',
  )
  return Number(rows[0]?.version)
}

/** Keeps a published directory. Of a run of versions that say the same, the first and the last stay. */
export async function insertDirectory(
  client: PoolClient,
  directory: PublishedDirectory & { readonly content: Buffer },
): Promise<void> {
  await client.query(
    `with newest as (
       select version, content from center.directory order by version desc limit 2
     ), same as (
       select max(version) last from newest where content = $1 having count(*) = 2
     )
     delete from center.directory d using same where d.version = same.last`,
    [directory.content],
  )
  await client.query(
    `insert into center.directory (version, issued_at, valid_until, jws, content)
     values ($1, to_timestamp($2 / 1000.0), to_timestamp($3 / 1000.0), $4, $5)`,
    [directory.version, directory.issuedAt, directory.validUntil, directory.jws, directory.content],
  )
}

/** No version up to this one is given out any more; false where a later one was given out here. Only under the lock. */
export async function raiseVersion(client: PoolClient, version: number): Promise<boolean> {
  const { rowCount } = await client.query('update center.state set version = $1 where version <= $1', [
    version,
  ])
  return rowCount === 1
}

export async function newestVersion(client: Pool | PoolClient): Promise<number> {
  const { rows } = await client.query<{ version: string | null }>(
    'select max(version) version from center.directory',
  )
  return Number(rows[0]?.version ?? 0)
}

export async function newestDirectory(client: Pool | PoolClient): Promise<PublishedDirectory | undefined> {
  const { rows } = await client.query<{ version: string; issued_at: Date; valid_until: Date; jws: string }>(
    'select version, issued_at, valid_until, jws from center.directory order by version desc limit 1',
  )
  const row = rows[0]
  if (!row) return undefined
  return {
    version: Number(row.version),
    issuedAt: row.issued_at.getTime(),
    validUntil: row.valid_until.getTime(),
    jws: row.jws,
  }
}
