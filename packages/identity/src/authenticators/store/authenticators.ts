import type { Database } from '@sapan/kernel'
import type { Authenticator, AuthenticatorKind } from '../authenticator.ts'

interface AuthenticatorRow {
  id: string
  kind: AuthenticatorKind
  name: string
  added_at: Date
  used_at: Date | null
  backup_eligible: boolean | null
  backed_up: boolean | null
  hardware_seen: boolean | null
  codes_left: number | null
}

/** A row of the table, without what its kind adds. */
export interface NewAuthenticator {
  readonly id: string
  readonly account: string
  readonly kind: AuthenticatorKind
  readonly name: string
  /** Sealed by its kind. */
  readonly content?: Uint8Array
  readonly at: number
}

/** Nobody else changes the account's authenticators until the transaction ends. False where there is no such account. */
export async function lockAuthenticators(database: Database, account: string): Promise<boolean> {
  const { rowCount } = await database.query('select from identity.account where id = $1 for no key update', [
    account,
  ])
  return rowCount === 1
}

export async function listAuthenticators(database: Database, account: string): Promise<Authenticator[]> {
  const { rows } = await database.query<AuthenticatorRow>({
    name: 'authenticators',
    text: `select a.id, a.kind, a.name, a.added_at, a.used_at, p.backup_eligible, p.backed_up, p.hardware_seen,
       case when a.kind = 'recovery-codes' then (select count(*)::integer from identity.recovery_code c
         where c.authenticator_id = a.id and c.used_at is null) end as codes_left
     from identity.authenticator a left join identity.passkey p on p.authenticator_id = a.id
     where a.account_id = $1 order by a.added_at, a.id`,
    values: [account],
  })
  return rows.map(readAuthenticator)
}

function readAuthenticator(row: AuthenticatorRow): Authenticator {
  const { backup_eligible, backed_up, hardware_seen, codes_left } = row
  const passkey = backup_eligible !== null && {
    passkey: {
      isSynced: backup_eligible,
      isBackedUp: backed_up ?? false,
      isHardware: hardware_seen ?? false,
    },
  }
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    addedAt: row.added_at.getTime(),
    usedAt: row.used_at?.getTime(),
    ...(passkey && passkey),
    ...(codes_left !== null && { codesLeft: codes_left }),
  }
}

export async function insertAuthenticator(database: Database, row: NewAuthenticator): Promise<void> {
  await database.query(
    `insert into identity.authenticator (id, account_id, kind, name, content_sealed, added_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.account, row.kind, row.name, row.content ?? null, new Date(row.at)],
  )
}

export async function renameAuthenticator(database: Database, id: string, name: string): Promise<void> {
  await database.query('update identity.authenticator set name = $2 where id = $1', [id, name])
}

export async function deleteAuthenticator(database: Database, id: string): Promise<void> {
  await database.query('delete from identity.authenticator where id = $1', [id])
}

export async function markUsed(database: Database, id: string, now: number): Promise<void> {
  await database.query({
    name: 'authenticator-used',
    text: 'update identity.authenticator set used_at = $2 where id = $1',
    values: [id, new Date(now)],
  })
}

/** The sealed contents of an account's authenticators of one kind. */
export async function sealedContents(
  database: Database,
  account: string,
  kind: AuthenticatorKind,
): Promise<{ readonly id: string; readonly content: Buffer }[]> {
  const { rows } = await database.query<{ id: string; content_sealed: Buffer }>(
    `select id, content_sealed from identity.authenticator
     where account_id = $1 and kind = $2 and content_sealed is not null order by added_at`,
    [account, kind],
  )
  return rows.map(({ id, content_sealed }) => ({ id, content: content_sealed }))
}

/** Where an authenticator's content is sealed to. */
export function contentPlace(id: string): string {
  return `authenticator.content_sealed ${id}`
}
