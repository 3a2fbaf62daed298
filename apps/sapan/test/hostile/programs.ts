import type { FaceRoute } from './house.ts'

/** What programs call at the issuer, with the fields that each takes. */
const doors: readonly (readonly [FaceRoute['method'], string, readonly string[]])[] = [
  ['GET', '/.well-known/openid-configuration', []],
  ['GET', '/.well-known/oauth-authorization-server', []],
  ['GET', '/oidc/jwks', []],
  [
    'GET',
    '/oidc/authorize',
    [
      'client_id',
      'redirect_uri',
      'request',
      'request_uri',
      'claims',
      'max_age',
      'prompt',
      'ui_locales',
      'id_token_hint',
      'acr_values',
      'resource',
    ],
  ],
  ['POST', '/oidc/authorize', ['client_id', 'redirect_uri', 'request', 'claims', 'max_age', 'scope']],
  ['GET', '/oidc/authorize/:uid', []],
  [
    'POST',
    '/oidc/request',
    ['client_id', 'redirect_uri', 'request', 'claims', 'client_assertion', 'client_secret', 'dpop_jkt'],
  ],
  [
    'POST',
    '/oidc/token',
    [
      'grant_type',
      'client_id',
      'code',
      'code_verifier',
      'refresh_token',
      'redirect_uri',
      'client_assertion',
      'client_assertion_type',
      'client_secret',
      'scope',
      'subject_token',
      'subject_token_type',
      'auth_req_id',
    ],
  ],
  ['GET', '/oidc/userinfo', ['access_token']],
  ['POST', '/oidc/userinfo', ['access_token']],
  ['POST', '/oidc/introspection', ['token', 'token_type_hint', 'client_id', 'client_secret']],
  ['POST', '/oidc/revocation', ['token', 'token_type_hint', 'client_id', 'client_secret']],
  [
    'POST',
    '/oidc/backchannel',
    [
      'client_id',
      'scope',
      'login_hint',
      'id_token_hint',
      'login_hint_token',
      'binding_message',
      'requested_expiry',
      'client_notification_token',
    ],
  ],
  [
    'GET',
    '/oidc/sign-out',
    ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'logout_hint', 'state'],
  ],
  ['POST', '/oidc/sign-out', ['id_token_hint', 'client_id', 'post_logout_redirect_uri']],
  ['POST', '/oidc/sign-out/confirm', ['xsrf', 'logout']],
  ['GET', '/status/:list', []],
  ['POST', '/api/consents', ['subject']],
  ['GET', '/api/consents/:consent', []],
  ['POST', '/csc/v2/info', ['lang']],
  ['POST', '/csc/v2/credentials/list', ['userID', 'maxResults', 'pageToken']],
  ['POST', '/csc/v2/credentials/info', ['credentialID', 'certificates']],
  ['POST', '/csc/v2/signatures/signHash', ['credentialID', 'SAD', 'hashes', 'hashAlgorithmOID']],
  [
    'GET',
    '/oauth2/authorize',
    [
      'client_id',
      'redirect_uri',
      'response_type',
      'scope',
      'hashes',
      'credentialID',
      'numSignatures',
      'code_challenge',
    ],
  ],
  ['POST', '/oauth2/token', ['grant_type', 'code', 'client_id', 'code_verifier']],
  ['POST', '/oauth2/revoke', ['token']],
  ['GET', '/ocsp/:request', []],
  ['POST', '/ocsp', []],
  ['GET', '/crl/:name', []],
]

/** Where the bank tells of money, at the portal. */
const bankDoor: FaceRoute = { face: 'portal', method: 'POST', path: '/payments/bank' }

export const programRoutes: readonly FaceRoute[] = [
  ...doors.map(([method, path]) => ({ face: 'issuer', method, path }) as const),
  bankDoor,
]

export function isForPrograms(path: string): boolean {
  const isApi = /^\/(api\/(services|applications)|\.well-known\/oauth-protected-resource$)/.test(path)
  return isApi || programRoutes.some((door) => door.path === path) || path.endsWith('/backchannel-logout')
}

const bankMessage = [
  'kind',
  'transaction',
  'biller',
  'reference1',
  'reference2',
  'amount',
  'currency',
  'paidAt',
]

/** The fields of a door, with what each usually has. */
export function programFields(path: string): Record<string, string> | undefined {
  const names = path === bankDoor.path ? bankMessage : doors.find(([, door]) => door === path)?.[2]
  return names && Object.fromEntries(names.map((name) => [name, usual[name] ?? 'x']))
}

const usual: Readonly<Record<string, string>> = {
  client_id: 'sapan-portal',
  grant_type: 'authorization_code',
  scope: 'openid',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  claims: '{"id_token":{"acr":null}}',
  max_age: '1',
}
