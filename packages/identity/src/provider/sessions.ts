import {
  Batching,
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
import { openPayload, payloadId, sidHash } from './payloads.ts'

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
  /** How it is with the session that a client knows by that `sid`, and with whose it is; opens none. */
  stateAs(account: string, sid: string): Promise<SessionState>
  /** Ends it with its tokens; its clients hear of it. Throws `session-unknown`, for another's too. */
  revoke(account: string, id: string): Promise<void>
  /** All of an account, with all its tokens; in the caller's transaction where there is one. */
  revokeAll(account: string, client?: PoolClient): Promise<void>
}

export interface SessionState {
  /** The session lasts, and the account is open. */
  readonly lives: boolean
  /** What proofing has reached since; absent for an account that is not there. */
  readonly ial?: string
}

interface Asked {
  readonly account: string
  readonly sid: string
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
  const states = new Batching<Asked, SessionState>({ answer: (asked) => statesOf(ground, asked) })

  return {
    stateAs: (account, sid) => states.ask({ account, sid }),
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

/** In the order in which they were asked for. */
async function statesOf(
  { pool, clock }: Pick<SessionsGround, 'pool' | 'clock'>,
  asked: readonly Asked[],
): Promise<SessionState[]> {
  const { rows } = await pool.query<{ at: number; lives: boolean; ial: string }>({
    name: 'session-states',
    text: `select asked.at::int as at, a.ial, a.state = 'open' and exists (
        select from identity.sign_in_session s join identity.oidc_payload p on p.uid = s.uid
        where s.account_id = a.id and asked.sid = any(s.sids) and p.account_id = a.id and p.expires_at > $3
      ) as lives
      from unnest((select $1::uuid[]), (select $2::text[])) with ordinality as asked (account, sid, at)
      join identity.account a on a.id = asked.account`,
    values: [asked.map(({ account }) => account), asked.map(({ sid }) => sidHash(sid)), new Date(clock())],
  })
  const states: SessionState[] = asked.map(() => ({ lives: false }))
  for (const { at, lives, ial } of rows) states[at - 1] = { lives, ial }
  return states
}
