import type { Database } from '@sapan/kernel'
import { openValue, sealValue } from '../../store/sealed.ts'
import type { Profile } from '../account.ts'
import type { AccountStore } from './accounts.ts'

/** In the order of the accounts. */
export async function readProfiles(
  database: Database,
  store: AccountStore,
  accounts: readonly string[],
): Promise<(Profile | undefined)[]> {
  const { rows } = await database.query<{ account_id: string; content_sealed: Buffer }>({
    name: 'profiles',
    // Through `select`, the planner does not see how many are asked for, and goes on with one plan for all.
    text: `select account_id, content_sealed from identity.profile
      where account_id = any((select $1::uuid[])::uuid[])`,
    values: [accounts],
  })
  const sealed = new Map(rows.map((row) => [row.account_id, row.content_sealed]))
  return accounts.map((account) => {
    const content = sealed.get(account)
    return content && openProfile(store, account, content)
  })
}

/** The sealed column as the profile that it holds. */
export function openProfile(store: AccountStore, account: string, sealed: Uint8Array): Profile {
  return openValue(store.sealer, placeOf(account), sealed) as Profile
}

export async function writeProfile(
  database: Database,
  store: AccountStore,
  account: string,
  profile: Profile,
): Promise<void> {
  const sealed = sealValue(store.sealer, placeOf(account), {
    ...profile,
    givenName: { ...profile.givenName },
    familyName: { ...profile.familyName },
  })
  await database.query(
    `insert into identity.profile (account_id, content_sealed, source, fetched_at) values ($1, $2, $3, $4)
     on conflict (account_id) do update set content_sealed = excluded.content_sealed,
       source = excluded.source, fetched_at = excluded.fetched_at`,
    [account, sealed, profile.source, new Date(profile.fetchedAt)],
  )
}

function placeOf(account: string): string {
  return `profile.content_sealed ${account}`
}
