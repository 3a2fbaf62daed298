import { type Language, Problem } from '@sapan/kernel'
import * as oidc from 'openid-client'
import { relyingPartyProblems } from '../problems/relying-party.ts'
import type { RelyingPartyOptions } from './ports.ts'

export const callbackPath = '/sign-in/callback'

export interface Outward {
  readonly state: string
  readonly nonce: string
  readonly acrValues: readonly string[]
  readonly maxAge?: number
  /** What the person chose here: the issuer's pages come in it. Absent, their browser decides there too. */
  readonly language?: Language
}

export interface SignedIn {
  readonly account: string
  readonly session: string
  readonly acr: string
  readonly authenticatedAt: number
}

/**
 * This face as a client of the issuer: code flow with PKCE (RFC 7636), its request pushed (RFC 9126), itself proved by
 * a key (RFC 7523), its token bound to a key that is made for it and forgotten (RFC 9449).
 */
export class IssuerClient {
  readonly #options: RelyingPartyOptions
  #configuration: Promise<oidc.Configuration> | undefined

  constructor(options: RelyingPartyOptions) {
    this.#options = options
  }

  /** Where the browser is sent, and what only we know of it. Throws `face-issuer-unavailable`. */
  async begin(outward: Outward): Promise<{ to: string; verifier: string }> {
    const configuration = await this.configuration()
    const verifier = oidc.randomPKCECodeVerifier()
    const parameters = {
      redirect_uri: this.#options.origin + callbackPath,
      scope: 'openid',
      state: outward.state,
      nonce: outward.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(outward.language === undefined ? {} : { ui_locales: outward.language }),
      ...(outward.acrValues.length > 0 ? { acr_values: outward.acrValues.join(' ') } : {}),
      ...(outward.maxAge === undefined ? {} : { max_age: String(outward.maxAge) }),
    }
    try {
      const url = await oidc.buildAuthorizationUrlWithPAR(configuration, parameters)
      return { to: url.href, verifier }
    } catch (cause) {
      throw new Problem(relyingPartyProblems['face-issuer-unavailable'], { cause })
    }
  }

  /** Who it was. Throws `face-sign-in-cancelled`, `face-sign-in-invalid`. */
  async finish(
    at: URL,
    checks: { state: string; nonce: string; verifier: string; maxAge?: number },
  ): Promise<SignedIn> {
    const configuration = await this.configuration()
    try {
      const keys = await oidc.randomDPoPKeyPair('ES256')
      const tokens = await oidc.authorizationCodeGrant(
        configuration,
        at,
        {
          pkceCodeVerifier: checks.verifier,
          expectedState: checks.state,
          expectedNonce: checks.nonce,
          idTokenExpected: true,
          ...(checks.maxAge === undefined ? {} : { maxAge: checks.maxAge }),
        },
        undefined,
        { DPoP: oidc.getDPoPHandle(configuration, keys) },
      )
      return signedIn(tokens.claims())
    } catch (cause) {
      const wasCancelled = cause instanceof oidc.AuthorizationResponseError && cause.error === 'access_denied'
      const code = wasCancelled ? 'face-sign-in-cancelled' : 'face-sign-in-invalid'
      throw new Problem(relyingPartyProblems[code], { cause })
    }
  }

  /** What the issuer says of itself; asked again after a failure. Throws `face-issuer-unavailable`. */
  async configuration(): Promise<oidc.Configuration> {
    this.#configuration ??= this.#discover()
    try {
      return await this.#configuration
    } catch (cause) {
      this.#configuration = undefined
      throw new Problem(relyingPartyProblems['face-issuer-unavailable'], { cause })
    }
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientKey } = this.#options
    const isPlain = issuer.startsWith('http:')
    return await oidc.discovery(
      new URL(issuer),
      clientId,
      { id_token_signed_response_alg: 'ES256', [oidc.clockTolerance]: 10 },
      oidc.PrivateKeyJwt(clientKey),
      isPlain ? { execute: [oidc.allowInsecureRequests], timeout: 10 } : { timeout: 10 },
    )
  }
}

function signedIn(claims: oidc.IDToken | undefined): SignedIn {
  if (claims === undefined) throw new Error('no ID token')
  const { sub, sid, acr, auth_time: time } = claims
  if (typeof sid !== 'string' || typeof acr !== 'string' || time === undefined) {
    throw new Error('the ID token lacks sub, sid, acr or auth_time')
  }
  return { account: sub, session: sid, acr, authenticatedAt: time * 1000 }
}
