import type { Database, Language } from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import { type Account, nameOf } from '../account.ts'
import { type Identifier, identifierHash } from '../identifier.ts'
import { openProfile } from './profiles.ts'

/** What reading and writing accounts needs beside the database. */
export interface AccountStore {
  readonly sealer: Sealer
  readonly hashKey: Uint8Array
}

interface AccountRow {
  id: string
  state: Account['state']
  language: Language
  ial: string
  created_at: Date
  content_sealed: Buffer | null
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const columns = 'a.id, a.state, a.language, a.ial, a.created_at, p.content_sealed'
const tables = 'identity.account a left join identity.profile p on p.account_id = a.id'

/** Whether a text can be the id of an account; anything else must not reach a query. */
export function isAccountId(id: string): boolean {
  return UUID.test(id)
}

export async function insertAccount(
  database: Database,
  account: Pick<Account, 'id' | 'language' | 'ial' | 'createdAt'>,
): Promise<void> {
  await database.query(
    `insert into identity.account (id, state, language, ial, created_at, changed_at)
     values ($1, 'open', $2, $3, $4, $4)`,
    [account.id, account.language, account.ial, new Date(account.createdAt)],
  )
}

/** In the order of the ids. */
export async function findAccounts(
  database: Database,
  store: AccountStore,
  ids: readonly string[],
): Promise<(Account | undefined)[]> {
  const { rows } = await database.query<AccountRow>({
    name: 'accounts',
    // Through `select`, the planner does not see how many are asked for, and goes on with one plan for all.
    text: `select ${columns} from ${tables} where a.id = any((select $1::uuid[])::uuid[])`,
    values: [ids],
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    return row && readAccount(store, row)
  })
}

/** Whose identifier it is, where it was proved. The identifier must be in its normal form. */
export async function findProved(
  database: Database,
  store: AccountStore,
  identifier: Identifier,
): Promise<Account | undefined> {
  const { rows } = await database.query<AccountRow>({
    name: 'account-by-identifier',
    text: `select ${columns} from identity.identifier i join ${tables} on a.id = i.account_id
      where i.scheme = $1 and i.value_hash = $2 and i.proved`,
    values: [identifier.scheme, identifierHash(store.hashKey, identifier)],
  })
  return rows[0] && readAccount(store, rows[0])
}

/**
 * State and level of an account that nobody else changes until the transaction ends. Rows that refer to it may still be
 * written: who writes a history while holding something else waits for nothing here.
 */
export async function lockAccount(
  database: Database,
  id: string,
): Promise<Pick<Account, 'state' | 'ial'> | undefined> {
  const { rows } = await database.query<Pick<AccountRow, 'state' | 'ial'>>(
    'select state, ial from identity.account where id = $1 for no key update',
    [id],
  )
  return rows[0]
}

export async function updateAccount(
  database: Database,
  id: string,
  change: Partial<Pick<Account, 'state' | 'ial' | 'language'>>,
  now: number,
): Promise<void> {
  await database.query(
    `update identity.account set state = coalesce($2, state), ial = coalesce($3, ial),
       language = coalesce($4, language), changed_at = $5 where id = $1`,
    [id, change.state ?? null, change.ial ?? null, change.language ?? null, new Date(now)],
  )
}

function readAccount(store: AccountStore, row: AccountRow): Account {
  const { id, state, language, ial, created_at, content_sealed } = row
  let name: Account['name'] | undefined
  return {
    id,
    state,
    language,
    ial,
    createdAt: created_at.getTime(),
    // Most who ask for an account ask whether it is open: its profile is unsealed for who asks for the name.
    get name() {
      name ??= nameOf(content_sealed === null ? undefined : openProfile(store, id, content_sealed))
      return name
    },
  }
}
