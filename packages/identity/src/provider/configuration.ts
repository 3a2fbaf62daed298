import { hkdfSync } from 'node:crypto'
import type { Configuration, JWK, KoaContextWithOIDC } from 'oidc-provider'
import { consentsScope } from '../clients/metadata.ts'
import type { Levels } from '../levels/level.ts'
import { mutualTls } from './certificates.ts'
import type { cibaFeature } from './ciba.ts'
import { logoutPages, renderError } from './error-page.ts'
import { factsOf } from './facts.ts'
import { grantLifetime } from './grants.ts'
import { localeOf } from './locale.ts'
import { signInPolicy } from './policy.ts'
import type { CertificateOf } from './ports.ts'
import type { PairwiseSubjects } from './subjects.ts'

/** Seconds. */
export interface Lifetimes {
  readonly session: number
  readonly accessToken: number
  readonly idToken: number
  readonly refreshToken: number
  /** For how long a person may take to sign in. */
  readonly interaction: number
}

export const lifetimes: Lifetimes = {
  session: 12 * 3600,
  accessToken: 600,
  idToken: 600,
  refreshToken: 30 * 86_400,
  interaction: 1800,
}

export interface ConfigurationParts {
  readonly issuer: string
  readonly hashKey: Uint8Array
  readonly levels: Levels
  readonly subjects: PairwiseSubjects
  readonly scopes: ReadonlyMap<string, readonly string[]>
  readonly keys: readonly JWK[]
  readonly lifetimes: Lifetimes
  /** Absent: clients come with no certificates, and none are offered. */
  readonly certificateOf?: CertificateOf
  readonly ciba: ReturnType<typeof cibaFeature>
  readonly fetch: NonNullable<Configuration['fetch']>
  readonly adapter: NonNullable<Configuration['adapter']>
  readonly findAccount: NonNullable<Configuration['findAccount']>
  readonly loadExistingGrant: NonNullable<Configuration['loadExistingGrant']>
}

/** FAPI 2.0 §5.4: for clients' proofs and the provider's signatures alike. RS256 is left to ID tokens of basic clients. */
const algorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519'] as const

/** Paths at the issuer. Everything else there is the site's. */
export const routes = {
  authorization: '/oidc/authorize',
  pushed_authorization_request: '/oidc/par',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
  jwks: '/oidc/jwks',
  introspection: '/oidc/introspect',
  revocation: '/oidc/revoke',
  end_session: '/oidc/sign-out',
  backchannel_authentication: '/oidc/backchannel',
} as const

export function configurationOf(parts: ConfigurationParts): Configuration {
  const { levels, subjects, scopes } = parts
  return {
    adapter: parts.adapter,
    findAccount: parts.findAccount,
    loadExistingGrant: parts.loadExistingGrant,
    jwks: { keys: [...parts.keys] },
    acrValues: levels.acrValues,
    scopes: [...scopes.keys(), 'offline_access', consentsScope],
    claims: claimsOf(scopes),
    clientAuthMethods: [
      'private_key_jwt',
      ...(parts.certificateOf ? (['tls_client_auth', 'self_signed_tls_client_auth'] as const) : []),
      'client_secret_basic',
      'none',
    ],
    clientDefaults: {
      id_token_signed_response_alg: 'ES256',
      authorization_signed_response_alg: 'ES256',
      introspection_signed_response_alg: 'ES256',
    },
    extraClientMetadata: { properties: ['sapan'] },
    subjectTypes: ['public', 'pairwise'],
    pairwiseIdentifier: (_ctx, account, client) => subjects.subjectOf(factsOf(client).member ?? '', account),
    // The sector is the member's id, and no address that could be fetched.
    sectorIdentifierUriValidate: () => false,
    responseTypes: ['code'],
    discovery: { ui_locales_supported: ['th', 'en'] },
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    routes,
    cookies: cookiesOf(parts.issuer),
    interactions: { policy: signInPolicy(levels), url: pageOf },
    ttl: ttlOf(parts.lifetimes),
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken,
    clockTolerance: 10,
    fetch: parts.fetch,
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024 },
    renderError,
    clientBasedCORS: fromOwnPages,
    enabledJWA: enabledAlgorithms(),
    features: featuresOf(parts),
  }
}

/**
 * The page where a person goes on. The first comes in the language that the client names (`ui_locales`, OpenID Connect Core
 * §3.1.2.1); the site keeps it, and whoever chooses another one there keeps that.
 */
function pageOf(
  { oidc }: KoaContextWithOIDC,
  { uid, prompt }: { uid: string; prompt: { name: string } },
): string {
  const page = prompt.name === 'login' ? `/sign-in/${uid}` : `/sign-in/${uid}/${prompt.name}`
  const language = oidc.route === 'resume' ? undefined : localeOf(oidc.params?.ui_locales)
  return language === undefined ? page : `${page}?lang=${language}`
}

/**
 * Each use brings a new one, and a second use of an old one revokes them all. Not in FAPI 2.0 (§5.3.2.1): there they
 * are of use only to who holds the client's key, and rotation could but lose them.
 */
function rotateRefreshToken({ oidc }: KoaContextWithOIDC): boolean {
  return oidc.client !== undefined && factsOf(oidc.client).profile !== 'fapi2'
}

function claimsOf(scopes: ReadonlyMap<string, readonly string[]>): NonNullable<Configuration['claims']> {
  return {
    iss: null,
    sid: null,
    ...Object.fromEntries(scopes),
    openid: ['sub', 'acr', 'amr', 'auth_time'],
  }
}

/** Where the issuer has TLS its cookies never go without, and no other host can set them. */
function cookiesOf(issuer: string): NonNullable<Configuration['cookies']> {
  const secure = issuer.startsWith('https:')
  const options = { httpOnly: true, sameSite: 'lax', secure, signed: false } as const
  return {
    names: {
      session: `${secure ? '__Host-' : ''}sapan-identity`,
      interaction: `${secure ? '__Secure-' : ''}sapan-identity-sign-in`,
      resume: `${secure ? '__Secure-' : ''}sapan-identity-resume`,
    },
    long: options,
    short: options,
  }
}

function ttlOf(of: Lifetimes): NonNullable<Configuration['ttl']> {
  return {
    AuthorizationCode: 60,
    AccessToken: of.accessToken,
    ClientCredentials: of.accessToken,
    IdToken: of.idToken,
    RefreshToken: of.refreshToken,
    Session: of.session,
    Interaction: of.interaction,
    Grant: grantLifetime,
    BackchannelAuthenticationRequest: ({ oidc }) => {
      const asked = Number(oidc.params?.requested_expiry)
      return Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, 600) : 300
    },
  }
}

function enabledAlgorithms(): NonNullable<Configuration['enabledJWA']> {
  return {
    clientAuthSigningAlgValues: [...algorithms],
    requestObjectSigningAlgValues: [...algorithms],
    dPoPSigningAlgValues: [...algorithms],
    idTokenSigningAlgValues: [...algorithms, 'RS256'],
    userinfoSigningAlgValues: [...algorithms],
    introspectionSigningAlgValues: [...algorithms],
    authorizationSigningAlgValues: [...algorithms],
  }
}

function featuresOf(parts: ConfigurationParts): NonNullable<Configuration['features']> {
  const on = { enabled: true }
  return {
    devInteractions: { enabled: false },
    clientCredentials: on,
    resourceIndicators: { enabled: false },
    claimsParameter: on,
    pushedAuthorizationRequests: on,
    requestObjects: on,
    jwtResponseModes: on,
    jwtIntrospection: on,
    jwtUserinfo: on,
    backchannelLogout: on,
    revocation: { enabled: true, allowedPolicy: ownTokens },
    introspection: { enabled: true, allowedPolicy: ownTokens },
    rpInitiatedLogout: { enabled: true, ...logoutPages },
    dPoP: { enabled: true, nonceSecret: nonceSecret(parts.hashKey) },
    fapi: {
      enabled: true,
      profile: (_ctx, client) => (client && factsOf(client).profile === 'fapi2' ? '2.0' : undefined),
    },
    mTLS: parts.certificateOf ? mutualTls(parts.certificateOf) : { enabled: false },
    ciba: parts.ciba,
  }
}

/** Scripts may call for a client that keeps no secret, from the pages to which its people come back. */
function fromOwnPages(
  _ctx: KoaContextWithOIDC,
  origin: string,
  client: { redirectUris?: readonly string[] | undefined; tokenEndpointAuthMethod?: unknown },
): boolean {
  const uris = client.tokenEndpointAuthMethod === 'none' ? (client.redirectUris ?? []) : []
  return uris.some((uri) => URL.parse(uri)?.origin === origin)
}

/** A token is nobody's business but the client's to which it was given. */
function ownTokens(
  _ctx: KoaContextWithOIDC,
  client: { clientId: string },
  token: { clientId?: string | undefined },
) {
  return token.clientId === client.clientId
}

/** All processes hand out the same nonces (RFC 9449 §8). */
function nonceSecret(hashKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', hashKey, '', 'sapan oidc dpop nonce', 32))
}
