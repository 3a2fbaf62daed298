import { type Pool, uuidv7 } from '@sapan/kernel'
import type {
  Attempt,
  AttemptStore,
  Authorization,
  AuthorizationStore,
  Sealer,
  ShortLivedStore,
  SigningEvent,
} from '@sapan/trust'

/** Wrong attempts in PostgreSQL: a restart or another process forgets none. */
export function postgresAttempts(pool: Pool): AttemptStore {
  return {
    list: async (name) => {
      const { rows } = await pool.query<{ number: number; at: Date }>(
        'select number, at from identity.signing_attempt where name = $1',
        [name],
      )
      return rows.map(({ number, at }): Attempt => ({ number, at: at.getTime() }))
    },
    add: async (name, { number, at }) => {
      const { rowCount } = await pool.query(
        'insert into identity.signing_attempt (name, number, at) values ($1, $2, $3) on conflict do nothing',
        [name, number, new Date(at)],
      )
      return rowCount === 1
    },
    remove: async (name, number) => {
      await pool.query('delete from identity.signing_attempt where name = $1 and number = $2', [name, number])
    },
    clear: async (name) => {
      await pool.query('delete from identity.signing_attempt where name = $1', [name])
    },
  }
}

/** Authorisations in PostgreSQL; of two who take the same, one gets it. */
export function postgresAuthorizations(pool: Pool, clock: () => number): AuthorizationStore {
  return {
    put: async (name, { user, credential, hashes, left, spent, expires }) => {
      await pool.query('delete from identity.signing_authorization where expires_at < $1', [
        new Date(clock()),
      ])
      await pool.query(
        `insert into identity.signing_authorization
           (name, account, credential, hashes, signatures_left, spent, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (name) do update set signatures_left = excluded.signatures_left, spent = excluded.spent`,
        [name, user, credential, hashes ?? null, left, spent, new Date(expires)],
      )
    },
    take: async (name) => {
      const { rows } = await pool.query<AuthorizationRow>(
        'delete from identity.signing_authorization where name = $1 returning *',
        [name],
      )
      return rows[0] && authorizationOf(rows[0])
    },
  }
}

interface AuthorizationRow {
  readonly account: string
  readonly credential: string
  readonly hashes: string[] | null
  readonly signatures_left: number
  readonly spent: boolean
  readonly expires_at: Date
}

function authorizationOf(row: AuthorizationRow): Authorization {
  return {
    user: row.account,
    credential: row.credential,
    hashes: row.hashes ?? undefined,
    left: row.signatures_left,
    spent: row.spent,
    expires: row.expires_at.getTime(),
  }
}

/** Tickets, codes and tokens in PostgreSQL, sealed. */
export function postgresShortLived(pool: Pool, sealer: Sealer, clock: () => number): ShortLivedStore {
  const place = (name: string) => Buffer.from(`signing_short_lived.value ${name}`)
  const opened = (name: string, row: { value_sealed: Buffer; until: Date } | undefined) =>
    row && clock() < row.until.getTime() ? sealer.open(row.value_sealed, place(name)).toString() : undefined
  return {
    put: async (name, value, until) => {
      await pool.query('delete from identity.signing_short_lived where until < $1', [new Date(clock())])
      await pool.query(
        `insert into identity.signing_short_lived (name, value_sealed, until) values ($1, $2, $3)
         on conflict (name) do update set value_sealed = excluded.value_sealed, until = excluded.until`,
        [name, sealer.seal(Buffer.from(value), place(name)), new Date(until)],
      )
    },
    get: async (name) => {
      const { rows } = await pool.query<{ value_sealed: Buffer; until: Date }>(
        'select value_sealed, until from identity.signing_short_lived where name = $1',
        [name],
      )
      return opened(name, rows[0])
    },
    take: async (name) => {
      const { rows } = await pool.query<{ value_sealed: Buffer; until: Date }>(
        'delete from identity.signing_short_lived where name = $1 returning value_sealed, until',
        [name],
      )
      return opened(name, rows[0])
    },
  }
}

/** Keeps what happened, before the answer goes out. */
export async function recordSigning(pool: Pool, event: SigningEvent): Promise<void> {
  await pool.query(
    `insert into identity.signing_event (id, at, kind, account, credential, hashes, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      uuidv7(event.at),
      new Date(event.at),
      event.kind,
      event.user,
      event.credential,
      event.hashes,
      event.reason ?? null,
    ],
  )
}
