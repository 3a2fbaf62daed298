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
     from identity.usage_hint where account_id = $1 and hinted_at > to_timestamp(0) order by hinted_at desc, owner`,
    [account],
  )
  return rows.map(({ owner, is_new: isNew }) => ({ owner, isNew }))
}

/** The person has looked, and these have answered: a hint of before, which comes later, is nothing new. */
export async function markSeen(
  database: Database,
  { account, owners, at }: { account: string; owners: readonly string[]; at: number },
): Promise<void> {
  await database.query(
    `insert into identity.usage_hint (account_id, owner, hinted_at, seen_at)
     select $1, owner, to_timestamp(0), $3 from unnest($2::text[]) as owner
     on conflict (account_id, owner) do update set seen_at = excluded.seen_at`,
    [account, owners, new Date(at)],
  )
}
