import { exportJWK, generateKeyPair } from 'jose'
import type { TlsIssuer } from './issuer.ts'
import type { Variant } from './suite.ts'

/** One plan of the suite, as it is held against the issuer. */
export interface PlanRun {
  readonly name: string
  /** In plain words. */
  readonly title: string
  readonly variant: Variant
  /** Whether PKCE is added to requests of the suite that have none. */
  readonly addsPkce: boolean
  /** Registers what it needs, and gives the suite's configuration. */
  configure(issuer: TlsIssuer, suite: string): Promise<object>
}

const ofAgency = {
  member: 'TH/GOV/RD',
  names: { th: 'ระบบทดสอบความสอดคล้อง', en: 'Conformance' },
  purpose: { th: 'ทดสอบความสอดคล้อง', en: 'To test conformance' },
  scopes: ['openid', 'profile', 'email', 'address'],
  refresh: true,
} as const

const alias = 'sapan'

function serverOf(issuer: TlsIssuer) {
  return { discoveryUrl: `${issuer.origin}/.well-known/openid-configuration` }
}

/** Two clients with secrets. */
async function connectClients(issuer: TlsIssuer, suite: string, more: object = {}): Promise<object> {
  const own = `${suite}/test/a/${alias}`
  const settings = ['oidf-basic-one', 'oidf-basic-two'].map((id) => ({
    ...ofAgency,
    id: `${id}-${Date.now().toString(36)}`,
    profile: 'basic',
    authentication: 'client_secret_basic',
    idTokenAlgorithm: 'RS256',
    redirectUris: [`${own}/callback`],
    postLogoutRedirectUris: [`${own}/post_logout_redirect`],
    ...more,
  }))
  const secrets = await issuer.register(settings)
  const [client, client2] = settings.map(({ id }) => ({ client_id: id, client_secret: secrets.get(id) }))
  return { alias, server: serverOf(issuer), client, client2, client_secret_post: client }
}

/** The same, told of sign-outs; where a plan is not about that, the suite takes it ill to be told. */
async function toldClients(issuer: TlsIssuer, suite: string): Promise<object> {
  return await connectClients(issuer, suite, {
    backchannelLogoutUri: `${suite}/test/a/${alias}/backchannel_logout`,
  })
}

/** Two clients of the FAPI 2.0 profile, with keys. */
async function fapiClients(issuer: TlsIssuer, suite: string): Promise<object> {
  const back = `${suite}/test/a/${alias}/callback`
  const keys = await Promise.all(['one', 'two'].map(clientKey))
  const clients = keys.map(({ shown }, n) => ({
    ...ofAgency,
    id: `oidf-fapi-${n + 1}-${Date.now().toString(36)}`,
    profile: 'fapi2',
    authentication: 'private_key_jwt',
    bound: 'dpop',
    jwks: { keys: [shown] },
    redirectUris: [back, `${back}?dummy1=lorem&dummy2=ipsum`],
    scopes: ['openid', 'profile'],
  }))
  await issuer.register(clients)
  const [client, client2] = clients.map(({ id }, n) => ({
    client_id: id,
    scope: 'openid profile',
    jwks: { keys: [keys[n]?.whole] },
    dpop_signing_alg: 'ES256',
  }))
  const resource = { resourceUrl: `${issuer.origin}/oidc/userinfo` }
  return { alias, server: serverOf(issuer), client, client2, resource }
}

async function clientKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair('PS256', { extractable: true })
  const named = { kid, alg: 'PS256', use: 'sig' }
  const [shown, whole] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)])
  return { shown: { ...shown, ...named }, whole: { ...whole, ...named } }
}

const found = { server_metadata: 'discovery', client_registration: 'static_client' }

export const plans: readonly PlanRun[] = [
  {
    name: 'oidcc-config-certification-test-plan',
    title: 'OpenID Connect: config',
    variant: {},
    addsPkce: false,
    configure: connectClients,
  },
  {
    name: 'oidcc-basic-certification-test-plan',
    title: 'OpenID Connect: basic',
    variant: found,
    addsPkce: true,
    configure: connectClients,
  },
  {
    name: 'oidcc-rp-initiated-logout-certification-test-plan',
    title: 'OpenID Connect: logout that a client begins',
    variant: { client_registration: 'static_client', response_type: 'code' },
    addsPkce: true,
    configure: connectClients,
  },
  {
    name: 'oidcc-backchannel-rp-initiated-logout-certification-test-plan',
    title: 'OpenID Connect: back-channel logout',
    variant: { client_registration: 'static_client', response_type: 'code' },
    addsPkce: true,
    configure: toldClients,
  },
  {
    name: 'fapi2-security-profile-final-test-plan',
    title: 'FAPI 2.0 security profile: private_key_jwt and DPoP, with OpenID Connect',
    variant: {
      openid: 'openid_connect',
      client_auth_type: 'private_key_jwt',
      sender_constrain: 'dpop',
      fapi_profile: 'plain_fapi',
    },
    addsPkce: false,
    configure: fapiClients,
  },
]
