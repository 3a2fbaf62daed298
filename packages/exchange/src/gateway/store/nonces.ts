import { hash } from 'node:crypto'
import { GroupCommit } from '@sapan/kernel'
import type { Pool } from 'pg'
import { exchangeProblem } from '../../problems.ts'

/** Milliseconds: after a failure the database is asked again at most this often. */
const probeEvery = 250

interface Seen {
  readonly nonce: string
  /** Milliseconds since 1970: when the message could no longer be accepted anyway. */
  readonly expires: number
  fresh: boolean
}

/**
 * What may be shown once, shared by an operator's gateways through their database. Its rows are written without waiting
 * for the disk: nothing follows from them but a look.
 */
export class NonceWindow {
  readonly #pool: Pool
  readonly #group: GroupCommit<Seen>
  readonly #longestWait: number
  #downUntil = 0

  /** `longestWait` is in milliseconds: so long may the database take. */
  constructor(pool: Pool, longestWait: number) {
    this.#pool = pool
    this.#longestWait = longestWait
    this.#group = new GroupCommit<Seen>({ write: (items) => this.#write(items), most: 64, queueLimit: 4096 })
  }

  /**
   * Whether the nonce is new; it is remembered either way. `of` says whose nonces these are. Rejects when the database
   * is down or takes too long.
   */
  async remember(of: string, nonce: string, expires: number): Promise<boolean> {
    const seen: Seen = { nonce: hash('sha256', `${of}\n${nonce}`, 'base64url'), expires, fresh: false }
    await this.#group.add(seen)
    return seen.fresh
  }

  async #write(items: readonly Seen[]): Promise<void> {
    const first = new Map<string, Seen>()
    for (const item of items) if (!first.has(item.nonce)) first.set(item.nonce, item)
    const unique = [...first.values()]
    const query = {
      // Without an answer by then, the connection is given up, and with it those who wait behind it go on.
      query_timeout: this.#longestWait,
      name: 'nonce-remember',
      text: `with unsynced as (select set_config('synchronous_commit', 'off', true))
             insert into gateway.nonce (nonce, expires_at)
             select n.nonce, to_timestamp(n.expires / 1000.0)
             from unsynced, unnest($1::text[], $2::float8[]) as n (nonce, expires)
             on conflict (nonce) do nothing returning nonce`,
      values: [unique.map((item) => item.nonce), unique.map((item) => item.expires)],
    }
    if (performance.now() < this.#downUntil) throw exchangeProblem('evidence-unavailable')
    const { rows } = await this.#pool.query<{ nonce: string }>(query).catch((error: unknown) => {
      // Those who wait behind it need not wait as long again.
      this.#downUntil = performance.now() + probeEvery
      throw error
    })
    for (const { nonce } of rows) {
      const item = first.get(nonce)
      if (item) item.fresh = true
    }
  }

  /** Forgets what has run out. */
  async sweep(now: number): Promise<void> {
    await this.#pool.query('delete from gateway.nonce where expires_at < to_timestamp($1 / 1000.0)', [now])
  }
}
