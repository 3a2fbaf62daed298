import type { Database } from '@sapan/kernel'
import { openValue, sealValue } from '../../store/sealed.ts'
import type { OwnIdentifier } from '../account.ts'
import { type Identifier, identifierHash, type Scheme } from '../identifier.ts'
import type { AccountStore } from './accounts.ts'

interface IdentifierRow {
  account_id: string
  scheme: Scheme
  value_sealed: Buffer
  proved: boolean
}

const columns = '(account_id, scheme, value_hash, value_sealed, proved, added_at)'

export async function upsertProved(
  database: Database,
  store: AccountStore,
  account: string,
  identifier: Identifier,
  now: number,
): Promise<void> {
  await database.query(
    `insert into identity.identifier ${columns} values ($1, $2, $3, $4, true, $5)
     on conflict (account_id, scheme) do update set value_hash = excluded.value_hash,
       value_sealed = excluded.value_sealed, proved = true, added_at = excluded.added_at`,
    valuesOf(store, account, identifier, now),
  )
}

/** What was only said takes the place of what was only said. */
export async function insertSaid(
  database: Database,
  store: AccountStore,
  account: string,
  identifier: Identifier,
  now: number,
): Promise<void> {
  await database.query(
    `insert into identity.identifier as has ${columns} values ($1, $2, $3, $4, false, $5)
     on conflict (account_id, scheme) do update set value_hash = excluded.value_hash,
       value_sealed = excluded.value_sealed, added_at = excluded.added_at where not has.proved`,
    valuesOf(store, account, identifier, now),
  )
}

export async function deleteIdentifier(database: Database, account: string, scheme: Scheme): Promise<void> {
  await database.query('delete from identity.identifier where account_id = $1 and scheme = $2', [
    account,
    scheme,
  ])
}

/** Of several accounts, in their order; each's in the order in which they were added. */
export async function listIdentifiers(
  database: Database,
  store: AccountStore,
  accounts: readonly string[],
): Promise<OwnIdentifier[][]> {
  const { rows } = await database.query<IdentifierRow>({
    name: 'identifiers',
    text: `select account_id, scheme, value_sealed, proved from identity.identifier
      where account_id = any((select $1::uuid[])::uuid[]) order by added_at, scheme`,
    values: [accounts],
  })
  const ofEach = Map.groupBy(rows, (row) => row.account_id)
  return accounts.map((account) =>
    (ofEach.get(account) ?? []).map(({ scheme, value_sealed, proved }) => ({
      scheme,
      value: String(openValue(store.sealer, placeOf(account, scheme), value_sealed)),
      proved,
    })),
  )
}

function valuesOf(store: AccountStore, account: string, identifier: Identifier, now: number): unknown[] {
  const { scheme, value } = identifier
  const sealed = sealValue(store.sealer, placeOf(account, scheme), value)
  return [account, scheme, identifierHash(store.hashKey, identifier), sealed, new Date(now)]
}

function placeOf(account: string, scheme: Scheme): string {
  return `identifier.value_sealed ${account}/${scheme}`
}
