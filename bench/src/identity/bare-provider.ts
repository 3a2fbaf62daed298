// oidc-provider as it comes, with its in-memory adapter: a process of its own. What the sign-in needs is as in Sapan's.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Configuration, type JWK, type KoaContextWithOIDC } from 'oidc-provider'
import type { BareOrder } from './issuer-order.ts'
import { redirectUri, scope, systemClient } from './orders.ts'
import { accountOf } from './people.ts'
import { answerTold } from './told-page.ts'

const { port, client, systemKeys } = JSON.parse(process.argv[2] ?? '') as BareOrder
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const names = {
  name: 'สมหญิง ใจดี',
  'name#th': 'สมหญิง ใจดี',
  'name#en': 'Somying Jaidee',
  given_name: 'สมหญิง',
  'given_name#th': 'สมหญิง',
  'given_name#en': 'Somying',
  family_name: 'ใจดี',
  'family_name#th': 'ใจดี',
  'family_name#en': 'Jaidee',
  gender: 'female',
  locale: 'th',
}

const configuration: Configuration = {
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: 'ES256',
      token_endpoint_auth_method: 'client_secret_basic',
    },
    {
      client_id: systemClient,
      id_token_signed_response_alg: 'ES256',
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [...systemKeys.keys] as JWK[] },
    },
  ],
  claims: { openid: ['sub'], profile: Object.keys(names) },
  features: {
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    clientCredentials: { enabled: true },
  },
  interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...names }) }),
  loadExistingGrant: grantOf,
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
  cookies: { keys: ['of this run alone'] },
  pkce: { required: () => true },
}

/** Everybody agreed to everything before, as Sapan's people did. */
async function grantOf({ oidc }: KoaContextWithOIDC) {
  const { client: asking, account, session, provider } = oidc
  if (!asking || !account) return undefined
  const id = oidc.result?.consent?.grantId ?? session?.grantIdFor(asking.clientId)
  if (id !== undefined) return await provider.Grant.find(id)
  const grant = new provider.Grant({ accountId: account.accountId, clientId: asking.clientId })
  grant.addOIDCScope(scope)
  await grant.save()
  return grant
}

const provider = new Provider(`http://localhost:${port}`, configuration)
const answer = provider.callback()
const page = {
  details: (request: IncomingMessage, response: ServerResponse) =>
    provider.interactionDetails(request, response),
  finish: (request: IncomingMessage, response: ServerResponse, person: number) =>
    provider.interactionResult(request, response, {
      login: { accountId: accountOf(person), amr: ['hwk', 'user', 'mfa'], remember: true },
    }),
}

createServer((request, response) => {
  if (request.url?.startsWith('/sign-in/')) void answerTold(page, request, response)
  else void answer(request, response)
}).listen(port, '127.0.0.1')
process.on('SIGTERM', () => process.exit())
