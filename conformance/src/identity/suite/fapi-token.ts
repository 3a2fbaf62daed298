import { setTimeout as wait } from 'node:timers/promises'
import { assertionRefused, codeRefused, fapi, now, person, succeeds } from './fapi-steps.ts'
import { accepted, freshCode, type Module, refused } from './module.ts'
import { Requests, rsaKey } from './requests.ts'

/** Of the token endpoint and how a client proves itself there. */
export const tokenModules: readonly Module[] = [
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
]
