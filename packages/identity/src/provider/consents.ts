import {
  Batching,
  type Clock,
  inTransaction,
  type Pool,
  type PoolClient,
  Problem,
  uuidv7,
} from '@sapan/kernel'
import { providerProblems } from '../problems/provider.ts'
import type { ClaimsHistoryKind } from './claims-history.ts'

/** What a person agreed to tell a client. */
export interface ClaimsConsent {
  readonly id: string
  readonly client: string
  readonly scopes: readonly string[]
  /** Claims asked for one by one. */
  readonly claims: readonly string[]
  /** Claims that the person left out. */
  readonly refused: readonly string[]
  readonly givenAt: number
  readonly expiresAt: number
}

export interface ClaimsConsents {
  /** Adds to what was agreed before; `shown` are all claims that the page showed, `refused` those left out of them. */
  give(consent: {
    account: string
    client: string
    scopes: readonly string[]
    claims: readonly string[]
    shown: readonly string[]
    refused: readonly string[]
  }): Promise<ClaimsConsent>
  live(account: string, client: string): Promise<ClaimsConsent | undefined>
  /** Those that hold now, newest first. */
  of(account: string): Promise<ClaimsConsent[]>
  /** With it go the tokens given under it. Throws `claims-consent-unknown`, for another's too. */
  withdraw(account: string, id: string): Promise<void>
}

/** Notes for the person, in the same transaction, what they agreed to or took back. */
export type RecordClaims = (
  client: PoolClient,
  event: { readonly account: string; readonly kind: ClaimsHistoryKind; readonly client: string },
) => Promise<void>

export interface ClaimsConsentsGround {
  readonly pool: Pool
  readonly clock: Clock
  readonly record?: RecordClaims
}

interface Row {
  readonly id: string
  readonly client_id: string
  readonly scopes: string[]
  readonly claims: string[]
  readonly refused: string[]
  readonly given_at: Date
  readonly expires_at: Date
}

interface Asked {
  readonly account: string
  readonly client: string
}

/** `days`: for how long what was agreed to holds. */
export function createClaimsConsents(ground: ClaimsConsentsGround, days: number): ClaimsConsents {
  const { pool, clock, record } = ground
  const asking = new Batching<Asked, ClaimsConsent | undefined>({ answer: liveOf })
  const live = (account: string, client: string) => asking.ask({ account, client })
  return { give, live, of, withdraw }

  async function give(consent: Parameters<ClaimsConsents['give']>[0]): Promise<ClaimsConsent> {
    const { account, client, scopes, claims, shown, refused } = consent
    const before = await live(account, client)
    const now = clock()
    const values = [
      before?.id ?? uuidv7(now),
      account,
      client,
      union(before?.scopes, scopes),
      union(before?.claims, claims),
      union(
        before?.refused.filter((one) => !shown.includes(one)),
        refused,
      ),
      new Date(now),
      new Date(now + days * 86_400_000),
    ]
    return await inTransaction(pool, async (transaction) => {
      const { rows } = await transaction.query<Row>(
        `insert into identity.claims_consent
           (id, account_id, client_id, scopes, claims, refused, given_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (account_id, client_id) where withdrawn_at is null do update
           set scopes = excluded.scopes, claims = excluded.claims, refused = excluded.refused,
             given_at = excluded.given_at, expires_at = excluded.expires_at
         returning *`,
        values,
      )
      const [row] = rows
      if (!row) throw new Error('a consent was not kept')
      await record?.(transaction, { account, kind: 'claims-consent-given', client })
      return consentOf(row)
    })
  }

  async function liveOf(asked: readonly Asked[]): Promise<(ClaimsConsent | undefined)[]> {
    const { rows } = await pool.query<Row & { account_id: string }>({
      name: 'claims-consents',
      // Through `select`, the planner does not see how many are asked for, and goes on with one plan for all.
      text: `select c.* from unnest((select $1::uuid[]), (select $2::text[])) as asked (account, client)
        join identity.claims_consent c on c.account_id = asked.account and c.client_id = asked.client
        where c.withdrawn_at is null and c.expires_at > $3`,
      values: [asked.map(({ account }) => account), asked.map(({ client }) => client), new Date(clock())],
    })
    return asked.map(({ account, client }) => {
      const row = rows.find((one) => one.account_id === account && one.client_id === client)
      return row && consentOf(row)
    })
  }

  async function of(account: string): Promise<ClaimsConsent[]> {
    const { rows } = await pool.query<Row>(
      `select * from identity.claims_consent where account_id = $1 and withdrawn_at is null and expires_at > $2
       order by given_at desc, id`,
      [account, new Date(clock())],
    )
    return rows.map(consentOf)
  }

  async function withdraw(account: string, id: string): Promise<void> {
    await inTransaction(pool, async (transaction) => {
      const { rows } = await transaction.query<{ client_id: string }>(
        `with withdrawn as (
           update identity.claims_consent set withdrawn_at = $3
           where account_id = $1 and id::text = $2 and withdrawn_at is null returning client_id
         ), gone as (
           delete from identity.oidc_payload p using withdrawn w
           where p.account_id = $1 and p.client_id = w.client_id and p.model = 'Grant'
         )
         select client_id from withdrawn`,
        [account, id, new Date(clock())],
      )
      const [withdrawn] = rows
      if (!withdrawn) throw new Problem(providerProblems['claims-consent-unknown'])
      await record?.(transaction, { account, kind: 'claims-consent-withdrawn', client: withdrawn.client_id })
    })
  }
}

function union(a: readonly string[] | undefined, b: readonly string[]): string[] {
  return [...new Set([...(a ?? []), ...b])]
}

function consentOf(row: Row): ClaimsConsent {
  return {
    id: row.id,
    client: row.client_id,
    scopes: row.scopes,
    claims: row.claims,
    refused: row.refused,
    givenAt: row.given_at.getTime(),
    expiresAt: row.expires_at.getTime(),
  }
}
