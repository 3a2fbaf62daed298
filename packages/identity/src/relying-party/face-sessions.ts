import { Batching, byteaArray, type Text, uuidv7 } from '@sapan/kernel'
import { openValue, sealValue } from '../store/sealed.ts'
import { hashOf, newToken } from './hash.ts'
import type { IssuerSession, Lifetimes, RelyingPartyOptions } from './ports.ts'

/** Somebody signed in at this face. */
export interface FaceSession extends IssuerSession {
  readonly id: string
  readonly acr: string
  readonly authenticatedAt: number
  readonly name: Text
  readonly mandate: string | undefined
  readonly appointment: string | undefined
}

export type NewSession = Omit<FaceSession, 'id' | 'mandate' | 'appointment'>

interface Row {
  readonly token_hash: Buffer
  readonly id: string
  readonly account_id: string
  readonly issuer_session: string
  readonly acr: string
  readonly authenticated_at: Date
  readonly name_sealed: Buffer
  readonly mandate: string | null
  readonly appointment: string | null
  readonly seen_at: Date
}

/** Seen is written once in a while only: a page read is no reason for a write. */
const seenEveryMs = 60_000

/** How long it is known whose a session was that is over. */
const overMs = 24 * 3_600_000

/** The sessions of one face in its schema. Cookies hold random tokens, the database their hashes. */
export class FaceSessions {
  readonly #options: RelyingPartyOptions
  readonly #lifetimes: Lifetimes
  /** By the hashes of tokens: each page of somebody signed in asks for one. */
  readonly #rows = new Batching<Buffer, Row | undefined>({ answer: (hashes) => this.#rowsOf(hashes) })

  constructor(options: RelyingPartyOptions, lifetimes: Lifetimes) {
    this.#options = options
    this.#lifetimes = lifetimes
  }

  /**
   * A new session, in place of the one that the browser had: its token is fresh, so that nobody can have fixed it
   * beforehand. What the person chose to be stays with them, not with another.
   */
  async begin(session: NewSession, before: string | undefined): Promise<string> {
    const { pool, schema, sealer, clock } = this.#options
    const token = newToken()
    const id = uuidv7()
    const now = clock()
    await pool.query(
      `with old as (delete from ${schema}.session where token_hash = $2 returning account_id, mandate, appointment),
            expired as (delete from ${schema}.session where expires_at < $7 returning token_hash, account_id),
            over as (insert into ${schema}.over_session (token_hash, account_id, expires_at)
                     select token_hash, account_id, $11 from expired on conflict do nothing),
            forgotten as (delete from ${schema}.over_session where expires_at < $7)
       insert into ${schema}.session (id, token_hash, account_id, issuer_session, acr, authenticated_at, name_sealed,
                                      mandate, appointment, began_at, seen_at, expires_at)
       values ($1, $3, $4, $5, $6, $8, $9,
               (select mandate from old where account_id = $4), (select appointment from old where account_id = $4),
               $7, $7, $10)`,
      [
        id,
        hashOf(before ?? ''),
        hashOf(token),
        session.account,
        session.session,
        session.acr,
        new Date(now),
        new Date(session.authenticatedAt),
        sealValue(sealer, this.#place(id), { th: session.name.th, en: session.name.en }),
        new Date(now + this.#lifetimes.absolute * 1000),
        new Date(now + overMs),
      ],
    )
    return token
  }

  /** The session of a cookie, within its limits. */
  async find(token: string): Promise<FaceSession | undefined> {
    const now = this.#options.clock()
    const row = await this.#rows.ask(hashOf(token))
    if (row === undefined) return undefined
    if (now - row.seen_at.getTime() > seenEveryMs) await this.#seen(row.id, now)
    return this.#sessionOf(row)
  }

  async #rowsOf(hashes: readonly Buffer[]): Promise<(Row | undefined)[]> {
    const { pool, schema, clock } = this.#options
    const now = clock()
    const { rows } = await pool.query<Row>({
      name: `${schema} sessions`,
      text: `select token_hash, id, account_id, issuer_session, acr, authenticated_at, name_sealed, mandate, appointment,
               seen_at
             from ${schema}.session
             where token_hash = any((select $1::bytea[])::bytea[]) and expires_at > $2 and seen_at > $3`,
      values: [byteaArray(hashes), new Date(now), new Date(now - this.#lifetimes.idle * 1000)],
    })
    return hashes.map((hash) => rows.find((row) => row.token_hash.equals(hash)))
  }

  /** Whose session a cookie was of, though it is over: to give back to them what they had typed, and for nothing else. */
  async accountOnceOf(token: string): Promise<string | undefined> {
    const { pool, schema, clock } = this.#options
    const { rows } = await pool.query<{ account_id: string }>(
      `select account_id from ${schema}.session where token_hash = $1 and expires_at > $3
       union all select account_id from ${schema}.over_session where token_hash = $1 and expires_at > $2`,
      [hashOf(token), new Date(clock()), new Date(clock() - overMs)],
    )
    return rows[0]?.account_id
  }

  async end(id: string): Promise<void> {
    const { pool, schema } = this.#options
    await pool.query(
      `with gone as (delete from ${schema}.session where id = $1 returning token_hash, account_id)
       insert into ${schema}.over_session (token_hash, account_id, expires_at)
       select token_hash, account_id, $2 from gone on conflict do nothing`,
      [id, this.#overUntil()],
    )
  }

  /** Those of a session at the issuer, or all of an account, that began before a time. Gives how many there were. */
  async endAt(
    of: { readonly session?: string | undefined; readonly account?: string | undefined },
    before: number,
  ): Promise<number> {
    const { pool, schema } = this.#options
    const { rowCount } = await pool.query(
      `with gone as (
         delete from ${schema}.session where began_at <= $3
           and ($1::text is null or issuer_session = $1) and ($2::text is null or account_id::text = $2)
           and ($1::text is not null or $2::text is not null)
         returning token_hash, account_id)
       insert into ${schema}.over_session (token_hash, account_id, expires_at)
       select token_hash, account_id, $4 from gone
       on conflict (token_hash) do update set expires_at = excluded.expires_at`,
      [of.session ?? null, of.account ?? null, new Date(before), this.#overUntil()],
    )
    return rowCount ?? 0
  }

  /** What the person chose to be, for all that they have open of one session at the issuer. */
  async choose(
    { account, session }: IssuerSession,
    role: { readonly mandate?: string | null; readonly appointment?: string | null },
  ): Promise<void> {
    const { pool, schema } = this.#options
    for (const column of ['mandate', 'appointment'] as const) {
      const value = role[column]
      if (value === undefined) continue
      await pool.query(
        `update ${schema}.session set ${column} = $1 where account_id = $2 and issuer_session = $3`,
        [value, account, session],
      )
    }
  }

  async #seen(id: string, now: number): Promise<void> {
    const { pool, schema } = this.#options
    await pool.query(`update ${schema}.session set seen_at = $2 where id = $1`, [id, new Date(now)])
  }

  #overUntil(): Date {
    return new Date(this.#options.clock() + overMs)
  }

  #sessionOf(row: Row): FaceSession {
    const name = openValue(this.#options.sealer, this.#place(row.id), row.name_sealed) as Text
    return {
      id: row.id,
      account: row.account_id,
      session: row.issuer_session,
      acr: row.acr,
      authenticatedAt: row.authenticated_at.getTime(),
      name,
      mandate: row.mandate ?? undefined,
      appointment: row.appointment ?? undefined,
    }
  }

  #place(id: string): string {
    return `${this.#options.schema}.session.name_sealed ${id}`
  }
}
