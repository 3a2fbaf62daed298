import { type Clock, type Pool, Problem } from '@sapan/kernel'
import { operatorProblems } from '../problems.ts'
import { hashOf, isSecret, newSecret, openToken, sealToken } from './sealed-token.ts'

/** For how long a link works. */
export const linkSeconds = 600

/** Whoever signs in: their name, and the token by which the operator's API knows them. */
export interface Signed {
  readonly name: string
  readonly token: string
}

/** Links that sign in once. */
export class SignInLinks {
  readonly #pool: Pool
  readonly #clock: Clock

  constructor(pool: Pool, clock: Clock) {
    this.#pool = pool
    this.#clock = clock
  }

  /** The secret of a new link. */
  async make({ name, token }: Signed): Promise<string> {
    const secret = newSecret()
    await this.#pool.query(
      'insert into operator.link (hash, name, token, expires_at) values ($1, $2, $3, to_timestamp($4 / 1000.0))',
      [hashOf(secret), name, sealToken(secret, token), this.#clock() + linkSeconds * 1000],
    )
    return secret
  }

  /** Uses it up. Throws Problem `operator-link-spent`, also for one that never was. */
  async spend(secret: string): Promise<Signed> {
    if (!isSecret(secret)) throw new Problem(operatorProblems['operator-link-spent'])
    const { rows } = await this.#pool.query<{ name: string; token: Buffer; live: boolean }>(
      `delete from operator.link where hash = $1
       returning name, token, expires_at > to_timestamp($2 / 1000.0) live`,
      [hashOf(secret), this.#clock()],
    )
    const [link] = rows
    if (!link?.live) throw new Problem(operatorProblems['operator-link-spent'])
    return { name: link.name, token: openToken(secret, link.token) }
  }

  async deleteOld(): Promise<void> {
    await this.#pool.query('delete from operator.link where expires_at < to_timestamp($1 / 1000.0)', [
      this.#clock(),
    ])
  }
}
