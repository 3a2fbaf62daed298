import { setTimeout as wait } from 'node:timers/promises'
import { decodeJwt } from 'jose'
import type { Check } from '../../check.ts'
import type { Registered } from '../clients.ts'
import { Person } from '../person.ts'
import { must } from '../relying-party.ts'
import { proofModules } from './fapi-proofs.ts'
import { requestObjectModules } from './fapi-request-objects.ts'
import {
  accepted,
  codeOf,
  freshCode,
  type Module,
  notOffered,
  refused,
  refusedAt,
  runModules,
  staysAt,
} from './module.ts'
import { type AssertionParts, type Parameters, type PostOptions, Requests, rsaKey } from './requests.ts'

/** The modules of `fapi2-security-profile-final-test-plan` (private_key_jwt, DPoP), and those of request objects. */
export const fapiModules: Check = {
  name: 'identity, modules of the OpenID Foundation’s suite: FAPI 2.0',
  against: () => 'requests by hand, answers by npm jose; rebuilt by the names of the suite’s modules',
  run: () =>
    runModules(
      [...modules, ...proofModules, ...requestObjectModules].map(([name, comes, run]) => [
        `fapi2-security-profile-final-${name}`,
        comes,
        run,
      ]),
    ),
}

const fapi = (at: Registered) => new Requests(at, 'fapi')
const person = () => new Person('taxpayer')
const now = () => Math.floor(Date.now() / 1000)

/** The push is refused. */
const pushRefused =
  (otherwise: Parameters, ...errors: readonly string[]) =>
  async (at: Registered) =>
    refused(await fapi(at).push(otherwise), ...errors)

/** A push with an assertion that is wrong in this is refused. */
const assertionRefused = (parts: (at: Registered) => AssertionParts) => async (at: Registered) => {
  const requests = fapi(at)
  const assertion = await requests.assertion(parts(at))
  refused(await requests.push({}, { assertion }), 'invalid_client', 'invalid_request')
}

/** The whole way goes through. */
const succeeds = (otherwise: Parameters) => async (at: Registered) => {
  const requests = fapi(at)
  const page = await requests.signInPushed(person(), otherwise)
  const { body } = accepted(await requests.token(codeOf(page)))
  return { page, idToken: decodeJwt(String(body.id_token)), body, requests }
}

/** A code, come by rightly, is refused at the token endpoint. */
const codeRefused =
  (otherwise: Parameters, options: PostOptions, ...errors: readonly string[]) =>
  async (at: Registered) => {
    const requests = fapi(at)
    refused(await requests.token(await freshCode(requests, person()), otherwise, options), ...errors)
  }

const signed = notOffered('of FAPI 2.0 Message Signing, which the house does not claim')

const modules: readonly Module[] = [
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

  [
    'ensure-client-id-in-token-endpoint',
    'another client’s id with the assertion is refused',
    async (at) =>
      codeRefused(
        { client_id: at.client('fapiOther').id },
        {},
        'invalid_client',
        'invalid_request',
        'invalid_grant',
      )(at),
  ],
  [
    'ensure-holder-of-key-required',
    'no tokens without a proof of possession',
    codeRefused({}, { dpop: null }, 'invalid_request', 'invalid_grant', 'invalid_dpop_proof'),
  ],
  [
    'ensure-authorization-code-is-bound-to-client',
    'another client’s code is refused',
    async (at) => {
      const other = new Requests(at, 'fapiOther')
      const requests = fapi(at)
      const code = await freshCode(requests, person())
      refused(await other.token(code, { code_verifier: requests.verifier }), 'invalid_grant')
    },
  ],
  [
    'attempt-reuse-authorization-code-after-one-second',
    'invalid_grant, and the access token is of no use any more',
    async (at) => {
      const requests = fapi(at)
      const code = await freshCode(requests, person())
      const { body } = accepted(await requests.token(code))
      await wait(1000)
      refused(await requests.token(code), 'invalid_grant')
      refused(await requests.userinfo(String(body.access_token)), 'invalid_token')
    },
  ],
  [
    'ensure-token-endpoint-fails-with-expired-auth-code',
    'invalid_grant after 60 s',
    async (at) => {
      const requests = fapi(at)
      const code = await freshCode(requests, person())
      await wait(62_000)
      refused(await requests.token(code), 'invalid_grant')
    },
  ],

  [
    'ensure-client-assertion-in-token-endpoint',
    'refused without one',
    codeRefused({}, { assertion: null }, 'invalid_client', 'invalid_request'),
  ],
  [
    'ensure-signed-client-assertion-with-RS256-fails',
    'refused',
    assertionRefused(() => ({ header: { alg: 'RS256' }, key: rsaKey().key })),
  ],
  [
    'ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
    'refused',
    assertionRefused(() => ({ claims: { iat: now() - 360, exp: now() - 300 } })),
  ],
  [
    'ensure-client-assertion-with-wrong-aud-fails',
    'refused',
    assertionRefused(() => ({ claims: { aud: 'https://other.example' } })),
  ],
  [
    'ensure-client-assertion-with-no-sub-fails',
    'refused',
    assertionRefused(() => ({ claims: { sub: undefined } })),
  ],
  [
    'par-test-array-as-audience-fails',
    'aud must be the issuer alone, as a string (§5.3.3.4)',
    assertionRefused((at) => ({ claims: { aud: [at.issuer, `${at.issuer}/oidc/par`] } })),
  ],
  [
    'par-test-par-endpoint-url-as-audience-fails',
    'refused',
    assertionRefused((at) => ({ claims: { aud: `${at.issuer}/oidc/par` } })),
  ],
  [
    'par-test-token-endpoint-url-as-audience-fails',
    'refused',
    assertionRefused((at) => ({ claims: { aud: `${at.issuer}/oidc/token` } })),
  ],
  [
    'par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted',
    'accepted',
    async (at) => {
      const requests = fapi(at)
      const assertion = await requests.assertion({ claims: { iat: now() + 8, nbf: now() + 8 } })
      accepted(await requests.push({}, { assertion }))
    },
  ],
  [
    'par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails',
    'refused',
    assertionRefused(() => ({ claims: { iat: now() + 70, nbf: now() + 70, exp: now() + 130 } })),
  ],
  [
    'client-assertion-replay (not of the suite)',
    'the same assertion a second time is refused',
    async (at) => {
      const requests = fapi(at)
      const assertion = await requests.assertion()
      accepted(await requests.push({}, { assertion }))
      refused(await requests.push({}, { assertion }), 'invalid_client')
    },
  ],
  [
    'client-assertion-of-another-key (not of the suite)',
    'refused',
    assertionRefused((at) => ({ key: at.otherKey.key })),
  ],

  [
    'refresh-token',
    'new tokens by the client’s own key; another client: invalid_grant',
    async (at) => {
      const { body, requests } = await succeeds({})(at)
      const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
      const other = new Requests(at, 'fapiOther')
      refused(await other.post(other.endpoint('token'), form, { dpop: await other.proof() }), 'invalid_grant')
      refused(
        await requests.post(requests.endpoint('token'), form),
        'invalid_request',
        'invalid_grant',
        'invalid_dpop_proof',
      )
      accepted(await requests.post(requests.endpoint('token'), form, { dpop: await requests.proof() }))
    },
  ],

  [
    'par-ensure-reused-request-uri-prior-to-auth-completion-succeeds',
    'a page that is loaded anew does no harm',
    async (at) => {
      const requests = fapi(at)
      const url = requests.pushedUrl(accepted(await requests.push()))
      const reader = person()
      await reader.open(url)
      codeOf(await reader.signIn(url))
    },
  ],
  [
    'par-attempt-reuse-request_uri',
    'refused after the code was given',
    async (at) => {
      const requests = fapi(at)
      const url = requests.pushedUrl(accepted(await requests.push()))
      codeOf(await person().signIn(url))
      refusedAt(await person().signIn(url), 'invalid_request_uri', 'invalid_request')
    },
  ],
  [
    'par-attempt-to-use-expired-request_uri',
    'refused',
    async (at) => {
      const requests = fapi(at)
      const pushed = accepted(await requests.push())
      const seconds = Number(pushed.body.expires_in)
      if (seconds > 120)
        throw new Error(`it lives ${seconds} s: less than 600, but too long to wait for here`)
      await wait((seconds + 1) * 1000)
      refusedAt(await person().signIn(requests.pushedUrl(pushed)), 'invalid_request_uri', 'invalid_request')
    },
  ],
  [
    'par-attempt-to-use-request_uri-for-different-client',
    'refused',
    async (at) => {
      const requests = fapi(at)
      const url = requests.pushedUrl(accepted(await requests.push()), {
        client_id: at.client('fapiOther').id,
      })
      refusedAt(await person().signIn(url), 'invalid_request_uri', 'invalid_request')
    },
  ],
  [
    'par-authorization-request-containing-request_uri-form-param',
    'refused',
    pushRefused(
      { request_uri: 'urn:ietf:params:oauth:request_uri:x' },
      'invalid_request',
      'request_uri_not_supported',
    ),
  ],
  [
    'par-attempt-invalid-http-method',
    'refused',
    async (at) => refused(await fapi(at).push({}, { method: 'PUT' })),
  ],

  [
    'par-ensure-pkce-required',
    'refused',
    pushRefused({ code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'),
  ],
  [
    'ensure-pkce-code-verifier-required',
    'refused',
    codeRefused({ code_verifier: undefined }, {}, 'invalid_grant', 'invalid_request'),
  ],
  [
    'incorrect-pkce-code-verifier-rejected',
    'invalid_grant',
    codeRefused({ code_verifier: 'y'.repeat(43) }, {}, 'invalid_grant'),
  ],
  ['par-plain-pkce-rejected', 'refused', pushRefused({ code_challenge_method: 'plain' }, 'invalid_request')],
  [
    'ensure-different-nonce-inside-and-outside-request-object',
    'what was pushed holds',
    async (at) => {
      const requests = fapi(at)
      const url = requests.pushedUrl(accepted(await requests.push()), { nonce: 'another' })
      const { body } = accepted(await requests.token(codeOf(await person().signIn(url))))
      must(decodeJwt(String(body.id_token)).nonce === 'the-nonce', 'the nonce beside it was taken')
    },
  ],
  [
    'ensure-different-state-inside-and-outside-request-object',
    'what was pushed holds',
    async (at) => {
      const requests = fapi(at)
      const url = requests.pushedUrl(accepted(await requests.push()), { state: 'another' })
      must(
        (await person().signIn(url)).at.searchParams.get('state') === 'the-state',
        'the state beside it was taken',
      )
    },
  ],
  [
    'state-only-outside-request-object-not-used',
    'it is not sent back',
    async (at) => {
      const requests = fapi(at)
      const url = requests.pushedUrl(accepted(await requests.push({ state: undefined })), {
        state: 'another',
      })
      must(!(await person().signIn(url)).at.searchParams.has('state'), 'the state beside it was taken')
    },
  ],
  [
    'pushed-request-at-another-issuer’s-page (not of the suite)',
    'a request_uri that nobody pushed is refused',
    async (at) =>
      staysAt(
        await person().signIn(
          fapi(at).pushedUrl({
            status: 201,
            headers: new Headers(),
            body: { request_uri: 'urn:ietf:params:oauth:request_uri:guess' },
          }),
        ),
        at.issuer,
      ),
  ],
  ['ensure-unsigned-request-at-par-endpoint-fails', 'not claimed', signed],
]
