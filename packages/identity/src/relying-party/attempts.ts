import { Problem, uuidv7 } from '@sapan/kernel'
import type { Level } from '../levels/level.ts'
import { relyingPartyProblems } from '../problems/relying-party.ts'
import { openValue, sealValue } from '../store/sealed.ts'
import { hashOf } from './hash.ts'
import type { Lifetimes, RelyingPartyOptions } from './ports.ts'

/** What has to be known when the browser comes back from the issuer. */
export interface Attempt {
  readonly verifier: string
  readonly nonce: string
  /** Where they go then. */
  readonly next: string
  /** Seconds. */
  readonly maxAge?: number
  /** The level that they went to prove. */
  readonly least?: Partial<Level>
}

/** A form that waits for whoever sent it. */
export interface KeptForm {
  readonly path: string
  readonly fields: readonly (readonly [name: string, value: string])[]
}

/** Sign-ins under way, and the forms that wait for them. */
export class Attempts {
  readonly #options: RelyingPartyOptions
  readonly #lifetimes: Lifetimes

  constructor(options: RelyingPartyOptions, lifetimes: Lifetimes) {
    this.#options = options
    this.#lifetimes = lifetimes
  }

  async begin(state: string, browser: string, attempt: Attempt): Promise<void> {
    const { pool, schema, sealer } = this.#options
    const hash = hashOf(state)
    await pool.query(
      `with over as (delete from ${schema}.attempt where expires_at < $5)
       insert into ${schema}.attempt (state_hash, browser_hash, content_sealed, expires_at) values ($1, $2, $3, $4)`,
      [hash, hashOf(browser), sealValue(sealer, this.#place(hash), { ...attempt }), this.#end(), this.#now()],
    )
  }

  /** Takes it: there is no second use, whoever comes. Throws `face-sign-in-over`, for another browser's too. */
  async take(state: string, browser: string | undefined): Promise<Attempt> {
    const { pool, schema, sealer } = this.#options
    const hash = hashOf(state)
    const { rows } = await pool.query<{ content_sealed: Buffer; browser_hash: Buffer; expires_at: Date }>(
      `delete from ${schema}.attempt where state_hash = $1 returning content_sealed, browser_hash, expires_at`,
      [hash],
    )
    const [row] = rows
    const isTheirs = row !== undefined && browser !== undefined && row.browser_hash.equals(hashOf(browser))
    if (!isTheirs || row.expires_at <= this.#now())
      throw new Problem(relyingPartyProblems['face-sign-in-over'])
    return openValue(sealer, this.#place(hash), row.content_sealed) as Attempt
  }

  /** Keeps a form of a person for a while; gives the name under which it is found. */
  async keep(account: string, form: KeptForm): Promise<string> {
    const { pool, schema, sealer } = this.#options
    const id = uuidv7()
    await pool.query(
      `with over as (delete from ${schema}.kept_form where expires_at < $5)
       insert into ${schema}.kept_form (id, account_id, content_sealed, expires_at) values ($1, $2, $3, $4)`,
      [id, account, sealValue(sealer, `${schema}.kept_form ${id}`, { ...form }), this.#end(), this.#now()],
    )
    return id
  }

  /** The form, once more. Throws `face-kept-form-over`, for another person's too. */
  async kept(account: string, id: string): Promise<KeptForm> {
    const { pool, schema, sealer } = this.#options
    const { rows } = await pool.query<{ content_sealed: Buffer }>(
      `select content_sealed from ${schema}.kept_form where id::text = $1 and account_id = $2 and expires_at > $3`,
      [id, account, this.#now()],
    )
    const [row] = rows
    if (row === undefined) throw new Problem(relyingPartyProblems['face-kept-form-over'])
    return openValue(sealer, `${schema}.kept_form ${id}`, row.content_sealed) as KeptForm
  }

  #now(): Date {
    return new Date(this.#options.clock())
  }

  #end(): Date {
    return new Date(this.#options.clock() + this.#lifetimes.attempt * 1000)
  }

  #place(hash: Buffer): string {
    return `${this.#options.schema}.attempt ${hash.toString('hex')}`
  }
}
