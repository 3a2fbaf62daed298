import { createHash, X509Certificate } from 'node:crypto'
import { fingerprint } from '@sapan/trust'
import type { Pool } from 'pg'
import { exchangeProblem } from '../../problems.ts'
import type { EdgeCaller } from '../consumer/exchange.ts'
import { type Credential, findByAccessToken, findByCertificate } from '../store/credentials.ts'

/** For how long a look-up is believed: so long may a removed credential still be heard. */
const believedMs = 2_000
const mostRemembered = 10_000

/** Finds by which credential a caller of the edge speaks. */
export class EdgeCredentials {
  readonly #pool: Pool
  readonly #remembered = new Map<string, { until: number; credential: Credential | undefined }>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /**
   * The credential of a bearer token (RFC 6750) or else of the client certificate; undefined where the caller shows
   * neither. Throws `credential-unknown` for one that is not ours, or not valid now.
   */
  async find(caller: EdgeCaller, authorization: string | undefined): Promise<Credential | undefined> {
    if (authorization !== undefined) {
      const token = /^Bearer ([A-Za-z0-9_-]{43})$/i.exec(authorization)?.[1]
      if (token === undefined) throw exchangeProblem('credential-unknown')
      const hash = createHash('sha256').update(token).digest()
      return this.#known(`token ${hash.toString('hex')}`, () => findByAccessToken(this.#pool, hash))
    }
    const { certificate } = caller
    if (certificate === undefined) return undefined
    const print = fingerprint(certificate)
    return this.#known(`certificate ${print}`, async () => {
      const now = Date.now()
      const { validFromDate, validToDate } = new X509Certificate(certificate)
      const valid = validFromDate.getTime() <= now && now < validToDate.getTime()
      return valid ? findByCertificate(this.#pool, print) : undefined
    })
  }

  async #known(key: string, look: () => Promise<Credential | undefined>): Promise<Credential> {
    const now = Date.now()
    let remembered = this.#remembered.get(key)
    if (!remembered || remembered.until < now) {
      remembered = { until: now + believedMs, credential: await look() }
      if (this.#remembered.size >= mostRemembered) this.#remembered.clear()
      this.#remembered.set(key, remembered)
    }
    if (!remembered.credential) throw exchangeProblem('credential-unknown')
    return remembered.credential
  }

  /** Forgets what was looked up, because the operator has changed something. */
  forget(): void {
    this.#remembered.clear()
  }
}
