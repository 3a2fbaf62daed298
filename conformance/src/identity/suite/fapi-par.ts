import { setTimeout as wait } from 'node:timers/promises'
import { decodeJwt } from 'jose'
import { must } from '../relying-party.ts'
import { codeRefused, fapi, person, pushRefused } from './fapi-steps.ts'
import { accepted, codeOf, type Module, notOffered, refused, refusedAt, staysAt } from './module.ts'

/** Of pushed requests (RFC 9126) and PKCE (RFC 7636). */
export const pushModules: readonly Module[] = [
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
  [
    'ensure-unsigned-request-at-par-endpoint-fails',
    'not claimed',
    notOffered('of FAPI 2.0 Message Signing, which the house does not claim'),
  ],
]
