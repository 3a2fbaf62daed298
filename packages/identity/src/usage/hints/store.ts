import type { Database } from '@sapan/kernel'

/** Keeps that there is something to see; an older hint changes nothing. */
export async function keepHint(
  database: Database,
  { account, owner, at }: { readonly account: string; readonly owner: string; readonly at: number },
): Promise<void> {
  await database.query(
    `insert into identity.usage_hint as kept (account_id, owner, hinted_at) values ($1, $2, $3)
     on conflict (account_id, owner) do update set hinted_at = greatest(kept.hinted_at, excluded.hinted_at)`,
    [account, owner, new Date(at)],
  )
}

/** At whose gateways there is something to see for a person, the latest first; `isNew`: since they looked. */
export async function hintsOf(
  database: Database,
  account: string,
): Promise<readonly { readonly owner: string; readonly isNew: boolean }[]> {
  const { rows } = await database.query<{ owner: string; is_new: boolean }>(
    `select owner, seen_at is null or seen_at < hinted_at as is_new
     from identity.usage_hint where account_id = $1 order by hinted_at desc, owner`,
    [account],
  )
  return rows.map(({ owner, is_new: isNew }) => ({ owner, isNew }))
}

/** The person has looked, and these have answered. */
export async function markSeen(
  database: Database,
  { account, owners, at }: { account: string; owners: readonly string[]; at: number },
): Promise<void> {
  await database.query(
    'update identity.usage_hint set seen_at = $3 where account_id = $1 and owner = any($2)',
    [account, owners, new Date(at)],
  )
}
