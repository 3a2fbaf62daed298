import {
  type Clock,
  inTransaction,
  type Logger,
  type Pool,
  type PoolClient,
  Problem,
  type Text,
  uuidv7,
} from '@sapan/kernel'
import type { Sealer } from '@sapan/trust'
import type { AdapterPayload } from 'oidc-provider'
import type { Level, Levels } from '../levels/level.ts'
import { providerProblems } from '../problems/provider.ts'
import { deviceWords } from './device-words.ts'
import { openPayload, payloadId } from './payloads.ts'

/** A session as the person sees it. */
export interface SignInSession {
  readonly id: string
  /** "Chrome on Windows". */
  readonly device: Text
  readonly firstUsedAt: number
  readonly lastUsedAt: number
  readonly level: Level
  /** Ids of the clients into which they signed in. */
  readonly clients: readonly string[]
  /** By what those clients know it: each has a `sid` of its own (OpenID Connect Back-Channel Logout 1.0 §2.1). */
  readonly sids: readonly string[]
}

export interface SessionsGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly sealer: Sealer
  readonly log: Logger
  readonly levels: Levels
}

export interface Sessions {
  /** Those that last, the last used first. */
  of(account: string): Promise<SignInSession[]>
  /** Ends it with its tokens; its clients hear of it. Throws `session-unknown`, for another's too. */
  revoke(account: string, id: string): Promise<void>
  /** All of an account, with all its tokens; in the caller's transaction where there is one. */
  revokeAll(account: string, client?: PoolClient): Promise<void>
}

interface Row {
  readonly id: string
  readonly uid: string
  readonly content_sealed: Buffer
  readonly agent_sealed: Buffer | null
  readonly first_used_at: Date
  readonly last_used_at: Date
}

export function createSessions(ground: SessionsGround): Sessions {
  const { pool, clock, sealer, log, levels } = ground

  return {
    async of(account) {
      const { rows } = await pool.query<Row>(
        `select encode(p.id, 'hex') as id, p.uid, p.content_sealed, s.agent_sealed, s.first_used_at, s.last_used_at
         from identity.oidc_payload p join identity.sign_in_session s on s.uid = p.uid
         where p.account_id = $1 and p.model = 'Session' and p.expires_at > $2 order by s.last_used_at desc`,
        [account, new Date(clock())],
      )
      return rows.map((row) => sessionOf(row))
    },
    async revoke(account, id) {
      await inTransaction(pool, async (client) => {
        const ended = await end(client, account, id)
        if (ended > 0) return
        log.warn({ account }, 'a session was asked for that is not there, or is of another account')
        throw new Problem(providerProblems['session-unknown'])
      })
    },
    async revokeAll(account, client) {
      const work = async (within: PoolClient) => {
        await end(within, account)
        await within.query('delete from identity.oidc_payload where account_id = $1', [account])
      }
      await (client ? work(client) : inTransaction(pool, work))
    },
  }

  function sessionOf(row: Row): SignInSession {
    const payload = openPayload(sealer, row.id, row.content_sealed)
    const agent = row.agent_sealed
      ? sealer.open(row.agent_sealed, Buffer.from(`sign_in_session.agent_sealed ${row.uid}`)).toString()
      : ''
    return {
      id: row.uid,
      device: deviceWords(agent),
      firstUsedAt: row.first_used_at.getTime(),
      lastUsedAt: row.last_used_at.getTime(),
      level: levels.levelOf(payload.acr ?? '') ?? levels.lowest,
      clients: Object.keys(payload.authorizations ?? {}),
      sids: Object.values(payload.authorizations ?? {}).flatMap(({ sid }) => sid ?? []),
    }
  }

  /** One session, or all of the account; returns how many. */
  async function end(client: PoolClient, account: string, uid: string | null = null): Promise<number> {
    const { rows } = await client.query<{ id: string; uid: string; content_sealed: Buffer }>(
      `delete from identity.oidc_payload
       where account_id = $1 and model = 'Session' and ($2::text is null or uid = $2)
       returning encode(id, 'hex') as id, uid, content_sealed`,
      [account, uid],
    )
    for (const row of rows) {
      await client.query('delete from identity.oidc_payload where account_id = $1 and session_uid = $2', [
        account,
        row.uid,
      ])
      const payload = openPayload(sealer, row.id, row.content_sealed)
      await endGrants(client, payload)
      await tell(client, account, payload)
    }
    return rows.length
  }

  async function tell(
    client: PoolClient,
    account: string,
    { authorizations = {} }: AdapterPayload,
  ): Promise<void> {
    for (const [id, { sid }] of Object.entries(authorizations)) {
      await client.query(
        `insert into identity.logout_notice (id, client_id, account_id, sid, next_at)
         select $1, id, $3, $4, $5 from identity.oidc_client
         where id = $2 and settings ? 'backchannelLogoutUri'`,
        [uuidv7(clock()), id, account, sid ?? '', new Date(clock())],
      )
    }
  }
}

/** Without its grant, no token can be added any more by a request that is under way just now. */
async function endGrants(client: PoolClient, { authorizations = {} }: AdapterPayload): Promise<void> {
  const grants = Object.values(authorizations).flatMap(({ grantId }) => grantId ?? [])
  await client.query('delete from identity.oidc_payload where id = any($1)', [
    grants.map((id) => payloadId('Grant', id)),
  ])
}
