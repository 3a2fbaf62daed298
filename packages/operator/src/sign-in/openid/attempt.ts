import { createHash } from 'node:crypto'
import type { Clock } from '@sapan/kernel'
import { Sealer } from '@sapan/trust'

/** What has to be known when the browser comes back from the issuer. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  /** Of PKCE (RFC 7636). */
  readonly verifier: string
}

const place = Buffer.from('operator openid attempt')

/** For how long somebody may be at the issuer. */
export const attemptSeconds = 600

/** Attempts to sign in, kept by the browser alone: sealed, so that it can neither read nor make one. */
export class Attempts {
  readonly #sealer: Sealer
  readonly #clock: Clock

  constructor(secret: Uint8Array, clock: Clock) {
    const key = createHash('sha256').update('operator openid').update(secret).digest()
    this.#sealer = new Sealer(new Map([[1, key]]), 1)
    this.#clock = clock
  }

  seal(attempt: Attempt): string {
    const expires = this.#clock() + attemptSeconds * 1000
    return this.#sealer
      .seal(Buffer.from(JSON.stringify({ ...attempt, expires })), place)
      .toString('base64url')
  }

  /** Undefined for what was not sealed here, or is over. */
  open(cookie: string | undefined): Attempt | undefined {
    try {
      const plain = this.#sealer.open(Buffer.from(cookie ?? '', 'base64url'), place)
      // Whatever opens was sealed here.
      const attempt = JSON.parse(plain.toString()) as Attempt & { readonly expires: number }
      return attempt.expires > this.#clock() ? attempt : undefined
    } catch {
      return undefined
    }
  }
}
