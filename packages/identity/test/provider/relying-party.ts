import * as oidc from 'openid-client'
import type { Browser } from './browser.ts'
import type { TestIssuer } from './issuer.ts'

export const redirectUri = 'http://localhost:9/callback'

export const publicClient = {
  id: 'leaflet',
  member: 'TH/GOV/DGA',
  names: { th: 'แผ่นพับ', en: 'Leaflet' },
  purpose: { th: 'แสดงชื่อของคุณ', en: 'To show your name' },
  profile: 'basic',
  authentication: 'none',
  redirectUris: [redirectUri],
  postLogoutRedirectUris: ['http://localhost:9/over'],
  scopes: ['openid', 'profile', 'birthdate', 'national_id', 'email', 'applications'],
  refresh: true,
} as const

export const portal = { ...publicClient, id: 'portal', member: undefined, purpose: undefined }

/** A client's side, by openid-client. */
export async function discover(
  { issuer }: TestIssuer,
  id: string,
  authentication: oidc.ClientAuth = oidc.None(),
  metadata: Partial<oidc.ClientMetadata> = {},
): Promise<oidc.Configuration> {
  return await oidc.discovery(
    new URL(issuer),
    id,
    { id_token_signed_response_alg: 'ES256', ...metadata },
    authentication,
    {
      execute: [oidc.allowInsecureRequests],
    },
  )
}

export interface Begun {
  readonly url: URL
  readonly checks: { pkceCodeVerifier: string; expectedState: string; expectedNonce: string }
}

export async function begin(
  configuration: oidc.Configuration,
  parameters: Record<string, string> = {},
): Promise<Begun> {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
  }
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...parameters,
  })
  return { url, checks }
}

/** A whole sign-in: from the client to the issuer and back, and the code for tokens. */
export async function signIn(
  configuration: oidc.Configuration,
  browser: Browser,
  parameters: Record<string, string> = {},
) {
  const { url, checks } = await begin(configuration, parameters)
  const { at } = await browser.follow(url)
  return await oidc.authorizationCodeGrant(configuration, at, checks)
}
