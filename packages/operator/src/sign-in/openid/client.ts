import { Problem } from '@sapan/kernel'
import { privateKeyOf } from '@sapan/trust'
import * as oidc from 'openid-client'
import { operatorProblems } from '../../problems.ts'
import type { Attempt } from './attempt.ts'
import type { OpenidOptions } from './options.ts'

/** Where the issuer sends the browser back. */
export const callbackPath = '/operator/openid/callback'

/** Seconds. */
const patience = 10

/**
 * These pages as a client of the issuer: code flow with PKCE, itself proved by a key. Its request is pushed (RFC 9126) and its
 * token bound (RFC 9449) where the issuer can.
 */
export class OpenidClient {
  readonly #options: OpenidOptions & { readonly origin: string }
  #configuration: Promise<oidc.Configuration> | undefined

  constructor(options: OpenidOptions & { readonly origin: string }) {
    this.#options = options
  }

  /** Where the browser is sent, and what has to be known when it comes back. Throws `operator-openid-unavailable`. */
  async begin(): Promise<{ to: string; attempt: Attempt }> {
    const { origin, acrValues } = this.#options
    const attempt = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }
    const parameters = {
      redirect_uri: origin + callbackPath,
      scope: 'openid',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ...(acrValues ? { acr_values: acrValues.join(' ') } : {}),
    }
    try {
      const configuration = await this.#issuer()
      const pushes = configuration.serverMetadata().pushed_authorization_request_endpoint !== undefined
      const url = pushes
        ? await oidc.buildAuthorizationUrlWithPAR(configuration, parameters)
        : oidc.buildAuthorizationUrl(configuration, parameters)
      return { to: url.href, attempt }
    } catch (cause) {
      throw new Problem(operatorProblems['operator-openid-unavailable'], { cause })
    }
  }

  /** What the issuer calls whoever signed in. Throws `operator-openid-failed`. */
  async finish(query: URLSearchParams, { state, nonce, verifier }: Attempt): Promise<string> {
    const { origin, acrValues } = this.#options
    try {
      const configuration = await this.#issuer()
      const binds = configuration.serverMetadata().dpop_signing_alg_values_supported?.includes('ES256')
      const bound = binds
        ? { DPoP: oidc.getDPoPHandle(configuration, await oidc.randomDPoPKeyPair('ES256')) }
        : undefined
      const tokens = await oidc.authorizationCodeGrant(
        configuration,
        new URL(`${origin}${callbackPath}?${query}`),
        { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true },
        undefined,
        bound,
      )
      const claims = tokens.claims()
      if (claims === undefined) throw new Error('no ID token')
      if (acrValues && !acrValues.includes(String(claims.acr))) throw new Error('the sign-in was too weak')
      return claims.sub
    } catch (cause) {
      throw new Problem(operatorProblems['operator-openid-failed'], { cause })
    }
  }

  /** What the issuer says of itself; asked again after a failure. */
  async #issuer(): Promise<oidc.Configuration> {
    this.#configuration ??= this.#discover()
    try {
      return await this.#configuration
    } catch (error) {
      this.#configuration = undefined
      throw error
    }
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, signer } = this.#options
    const key = await crypto.subtle.importKey(
      'pkcs8',
      privateKeyOf(signer).export({ format: 'der', type: 'pkcs8' }),
      { name: 'ECDSA', namedCurve: 'P-256' },
      false,
      ['sign'],
    )
    const isPlain = issuer.startsWith('http:')
    return await oidc.discovery(
      new URL(issuer),
      clientId,
      { [oidc.clockTolerance]: 10 },
      oidc.PrivateKeyJwt({ key, kid: clientId }),
      isPlain ? { execute: [oidc.allowInsecureRequests], timeout: patience } : { timeout: patience },
    )
  }
}
