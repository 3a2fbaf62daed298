import * as oidc from 'openid-client'
import type { ClientKind, Registered } from './clients.ts'
import type { Arrived, Person } from './person.ts'

/** openid-client as one of the registered clients. */
export async function relyingParty(at: Registered, kind: ClientKind): Promise<oidc.Configuration> {
  const { id } = at.client(kind)
  const metadata = { id_token_signed_response_alg: 'ES256', use_mtls_endpoint_aliases: false }
  return await oidc.discovery(new URL(at.issuer), id, metadata, proofOf(at, kind), {
    // The demonstration is on this machine, and without TLS.
    execute: [oidc.allowInsecureRequests],
  })
}

function proofOf(at: Registered, kind: ClientKind): oidc.ClientAuth {
  const { secret } = at.client(kind)
  if (secret !== undefined) return oidc.ClientSecretBasic(secret)
  if (kind === 'app' || kind === 'program') return oidc.None()
  const { key, kid } = kind === 'fapiOther' ? at.otherKey : at.key
  return oidc.PrivateKeyJwt({ key, kid })
}

export interface Begun {
  readonly url: URL
  readonly checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string }
}

/** An authorization request with PKCE, state and nonce. */
export async function begin(
  configuration: oidc.Configuration,
  at: Registered,
  parameters: Record<string, string> = {},
): Promise<Begun> {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
  }
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: at.redirectUri,
    scope: 'openid profile',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  return { url, checks }
}

/** The same, its parameters pushed (RFC 9126). */
export async function push(
  configuration: oidc.Configuration,
  at: Registered,
  parameters: Record<string, string> = {},
): Promise<Begun> {
  const { url, checks } = await begin(configuration, at, parameters)
  return { url: await oidc.buildAuthorizationUrlWithPAR(configuration, url.searchParams), checks }
}

type Tokens = oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers

/** From the client to the issuer and back, and the code for tokens. */
export async function signIn(
  configuration: oidc.Configuration,
  { at, person, parameters }: { at: Registered; person: Person; parameters?: Record<string, string> },
): Promise<Tokens> {
  const { url, checks } = await begin(configuration, at, parameters)
  const back = arrived(await person.signIn(url), at)
  return await oidc.authorizationCodeGrant(configuration, back, checks)
}

export interface Bound {
  readonly tokens: Tokens
  readonly DPoP: oidc.DPoPHandle
}

/** Sign-in of a client of the FAPI 2.0 profile: pushed request, private_key_jwt, DPoP. */
export async function signInBound(
  configuration: oidc.Configuration,
  { at, person, parameters }: { at: Registered; person: Person; parameters?: Record<string, string> },
): Promise<Bound> {
  const DPoP = oidc.getDPoPHandle(configuration, await oidc.randomDPoPKeyPair('ES256'))
  const { url, checks } = await push(configuration, at, parameters)
  const back = arrived(await person.signIn(url), at)
  const tokens = await oidc.authorizationCodeGrant(configuration, back, checks, undefined, { DPoP })
  return { tokens, DPoP }
}

/** Where the person came back to the client. Throws with what the issuer showed otherwise. */
export function arrived(page: Arrived, { redirectUri }: Registered): URL {
  if (page.at.href.startsWith(redirectUri)) return page.at
  throw new Error(`the person stays at ${page.at.pathname} (${page.status}): ${textOf(page.html)}`)
}

function textOf(html: string): string {
  return (/<h1[^>]*>([^<]*)/.exec(html)?.[1] ?? html.replace(/<[^>]+>/g, ' ')).slice(0, 120)
}

export function must(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}

/** Passes where the promise is rejected with this OAuth error. */
export async function refuses(error: string | readonly string[], act: () => Promise<unknown>): Promise<void> {
  const expected = typeof error === 'string' ? [error] : error
  let answer: unknown
  try {
    answer = await act()
  } catch (thrown) {
    const code = errorOf(thrown)
    must(expected.includes(code), `refused with ${code}, not ${expected.join(' or ')}`)
    return
  }
  throw new Error(`it was accepted: ${JSON.stringify(answer).slice(0, 80)}`)
}

function errorOf(thrown: unknown): string {
  if (thrown instanceof Error && 'error' in thrown) return String(thrown.error)
  if (thrown instanceof oidc.WWWAuthenticateChallengeError) return thrown.cause[0]?.parameters.error ?? '401'
  return thrown instanceof Error ? thrown.message : String(thrown)
}
