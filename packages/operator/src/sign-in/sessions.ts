import type { Clock, Pool } from '@sapan/kernel'
import type { Signed } from './links.ts'
import { hashOf, isSecret, newSecret, openToken, sealToken } from './sealed-token.ts'

/** Without a request for so long, and after so long in any case, one signs in again. */
const idleMs = 30 * 60_000
export const longestSeconds = 12 * 3600
const longestMs = longestSeconds * 1000

/** What a list of operators says of somebody, and whether a list still says so: who is struck off, or may do less, is signed out. */
export type IsListed = (listing: string) => boolean

/** Who is signed in, by their cookie. */
export class Sessions {
  readonly #pool: Pool
  readonly #clock: Clock
  readonly #isListed: IsListed

  constructor(pool: Pool, clock: Clock, isListed: IsListed) {
    this.#pool = pool
    this.#clock = clock
    this.#isListed = isListed
  }

  /** The cookie's value. `listing`: what the list says by which they were let in; absent for who came by a link. */
  async begin({ name, token }: Signed, listing?: string): Promise<string> {
    const secret = newSecret()
    await this.#pool.query(
      `insert into operator.session (hash, name, token, signed_in_at, seen_at, listing)
       values ($1, $2, $3, to_timestamp($4 / 1000.0), to_timestamp($4 / 1000.0), $5)`,
      [hashOf(secret), name, sealToken(secret, token), this.#clock(), listing ?? null],
    )
    return secret
  }

  /** Who has this cookie, unless they were away for too long. */
  async find(secret: string | undefined): Promise<Signed | undefined> {
    if (!isSecret(secret)) return undefined
    const now = this.#clock()
    const { rows } = await this.#pool.query<{ name: string; token: Buffer; listing: string | null }>(
      `update operator.session set seen_at = to_timestamp($2 / 1000.0)
       where hash = $1 and seen_at > to_timestamp($3 / 1000.0) and signed_in_at > to_timestamp($4 / 1000.0)
       returning name, token, listing`,
      [hashOf(secret), now, now - idleMs, now - longestMs],
    )
    const [session] = rows
    if (session === undefined) return undefined
    if (session.listing !== null && !this.#isListed(session.listing)) {
      await this.end(secret)
      return undefined
    }
    return { name: session.name, token: openToken(secret, session.token) }
  }

  async end(secret: string | undefined): Promise<void> {
    if (!isSecret(secret)) return
    await this.#pool.query('delete from operator.session where hash = $1', [hashOf(secret)])
  }

  async deleteOld(): Promise<void> {
    const now = this.#clock()
    await this.#pool.query(
      `delete from operator.session
       where seen_at < to_timestamp($1 / 1000.0) or signed_in_at < to_timestamp($2 / 1000.0)`,
      [now - idleMs, now - longestMs],
    )
  }
}
