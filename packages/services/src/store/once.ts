import type { Database, PoolClient } from '@sapan/kernel'

/** Who has a key: the draft that was handed in, and its case. */
export interface OnceHolder {
  readonly key: Buffer
  readonly draft: string
  readonly case: string
}

interface OnceRow {
  readonly key: Buffer
  readonly draft_id: string
  readonly case_id: string
}

/**
 * Takes keys that nobody has, and gives who has each now, locked. Of two at once the second waits here until the first is
 * committed. Always in one order, so that no two wait for each other.
 */
export async function takeKeys(
  client: PoolClient,
  wanted: readonly OnceHolder[],
): Promise<readonly OnceHolder[]> {
  const sorted = wanted.toSorted((a, b) => Buffer.compare(a.key, b.key))
  await client.query(
    `insert into services.once (key, draft_id, case_id)
     select * from unnest($1::bytea[], $2::uuid[], $3::uuid[]) on conflict (key) do nothing`,
    [sorted.map(({ key }) => key), sorted.map(({ draft }) => draft), sorted.map((one) => one.case)],
  )
  const { rows } = await client.query<OnceRow>(
    'select key, draft_id, case_id from services.once where key = any($1::bytea[]) order by key for update',
    [sorted.map(({ key }) => key)],
  )
  return rows.map(holderOf)
}

export async function findHolder(db: Database, key: Buffer): Promise<OnceHolder | undefined> {
  const { rows } = await db.query<OnceRow>(
    'select key, draft_id, case_id from services.once where key = $1',
    [key],
  )
  return rows[0] && holderOf(rows[0])
}

export async function takeOver(client: PoolClient, { key, draft, case: id }: OnceHolder): Promise<void> {
  await client.query('update services.once set draft_id = $2, case_id = $3 where key = $1', [key, draft, id])
}

/** Lets go of the keys of cases that were not opened after all. */
export async function letGo(client: PoolClient, cases: readonly string[]): Promise<void> {
  if (cases.length > 0)
    await client.query('delete from services.once where case_id = any($1::uuid[])', [cases])
}

function holderOf({ key, draft_id: draft, case_id: id }: OnceRow): OnceHolder {
  return { key, draft, case: id }
}
