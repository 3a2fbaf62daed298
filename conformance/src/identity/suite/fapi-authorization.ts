import { Person } from '../person.ts'
import { must } from '../relying-party.ts'
import { fapi, person, pushRefused, succeeds } from './fapi-steps.ts'
import { accepted, type Module, refusedAt } from './module.ts'

/** Of what a client asks for, and what comes back to it. */
export const authorizationModules: readonly Module[] = [
  [
    'discovery-end-point-verification',
    'PAR, S256, private_key_jwt, iss in answers, no RS256 of clients',
    async (at) => {
      const found = (await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json()) as Record<
        string,
        string[] | boolean | string
      >
      const holds = (name: string, value: string) =>
        must((found[name] as string[]).includes(value), `${name}: no ${value}`)
      holds('code_challenge_methods_supported', 'S256')
      holds('token_endpoint_auth_methods_supported', 'private_key_jwt')
      holds('dpop_signing_alg_values_supported', 'ES256')
      must(typeof found.pushed_authorization_request_endpoint === 'string', 'no PAR')
      must(found.authorization_response_iss_parameter_supported === true, 'no iss in answers')
      must(!(found.token_endpoint_auth_signing_alg_values_supported as string[]).includes('RS256'), 'RS256')
    },
  ],
  [
    'happy-flow',
    'tokens bound to the key; iss in the answer',
    async (at) => {
      const { page, body } = await succeeds({})(at)
      must(page.at.searchParams.get('iss') === at.issuer, 'no iss (mix-up, RFC 9207)')
      must(body.token_type === 'DPoP', `token_type ${body.token_type}`)
    },
  ],
  [
    'user-rejects-authentication',
    'access_denied',
    async (at) => {
      const refuser = new Person('elder')
      refuser.decision = 'refuse'
      refusedAt(await fapi(at).signInPushed(refuser, { prompt: 'consent' }), 'access_denied')
    },
  ],
  [
    'ensure-authorization-request-without-state-success',
    'accepted',
    async (at) => {
      const { page } = await succeeds({ state: undefined })(at)
      must(!page.at.searchParams.has('state'), 'a state came')
    },
  ],
  ['ensure-authorization-request-without-nonce-success', 'accepted', succeeds({ nonce: undefined })],
  [
    'ensure-authorization-request-with-64-char-nonce-success',
    'the same nonce',
    async (at) => {
      const nonce = 'n'.repeat(64)
      must((await succeeds({ nonce })(at)).idToken.nonce === nonce, 'another nonce')
    },
  ],
  [
    'ensure-authorization-request-with-long-nonce',
    'the same nonce, or refused',
    async (at) => {
      const nonce = 'n'.repeat(384)
      must((await succeeds({ nonce })(at)).idToken.nonce === nonce, 'another nonce')
    },
  ],
  [
    'ensure-authorization-request-with-long-state',
    'the same state, or refused',
    async (at) => {
      const state = 's'.repeat(384)
      must((await succeeds({ state })(at)).page.at.searchParams.get('state') === state, 'another state')
    },
  ],
  ['ensure-other-scope-order-succeeds', 'accepted', succeeds({ scope: 'profile openid' })],
  [
    'test-claims-parameter-identity-claims',
    'a claim asked for alone is told',
    async (at) => {
      const claims = JSON.stringify({ userinfo: { name: { essential: true } } })
      const { body, requests } = await succeeds({ claims, prompt: 'consent' })(at)
      must('name' in accepted(await requests.userinfo(String(body.access_token))).body, 'no name')
    },
  ],
  [
    'access-token-type-header-case-sensitivity',
    'DPoP, dpop and DPOP are one',
    async (at) => {
      const { body, requests } = await succeeds({})(at)
      for (const scheme of ['DPoP', 'dpop', 'DPOP'])
        accepted(await requests.userinfo(String(body.access_token), { scheme }))
    },
  ],
  ['par-without-duplicate-parameters', 'client_id and request_uri are enough', succeeds({})],

  [
    'ensure-registered-redirect-uri',
    'refused',
    pushRefused({ redirect_uri: 'https://thief.example/back' }, 'invalid_request', 'invalid_redirect_uri'),
  ],
  [
    'plain-fapi-tolerate-unregistered-redirect-uri',
    'refused, as RFC 9126 §2.4 lets one',
    pushRefused({ redirect_uri: 'https://thief.example/back' }),
  ],
  [
    'ensure-redirect-uri-in-authorization-request',
    'refused',
    pushRefused({ redirect_uri: undefined }, 'invalid_request'),
  ],
  [
    'ensure-unsigned-authorization-request-without-using-par-fails',
    'refused',
    async (at) => refusedAt(await person().signIn(fapi(at).authorizeUrl()), 'invalid_request'),
  ],
  ['ensure-response-type-code-idtoken-fails', 'refused', pushRefused({ response_type: 'code id_token' })],
  ['ensure-response-type-token-fails', 'refused', pushRefused({ response_type: 'token' })],
]
