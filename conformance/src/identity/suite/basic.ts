import { decodeProtectedHeader } from 'jose'
import type { Check } from '../../check.ts'
import { Person } from '../person.ts'
import { must } from '../relying-party.ts'
import {
  basic,
  list,
  maxAge,
  metadata,
  pkce,
  postRequest,
  promptLogin,
  refreshToken,
  reuseLater,
  scope,
  signOut,
  succeeds,
  tokensOf,
  userinfo,
  withObject,
  wrongAddresses,
} from './basic-steps.ts'
import {
  accepted,
  freshCode,
  type Module,
  notOffered,
  refused,
  refusedAt,
  runModules,
  staysAt,
} from './module.ts'

/** The modules of `oidcc-basic-certification-test-plan` and of the plan of RP-initiated logout. */
export const basicModules: Check = {
  name: 'identity, modules of the OpenID Foundation’s suite: basic OP',
  against: () => 'requests by hand, answers by npm jose; rebuilt by the names of the suite’s modules',
  run: () => runModules(modules),
}

const modules: readonly Module[] = [
  [
    'oidcc-server',
    'code, tokens, state and nonce come back',
    async (at) => {
      const { page, idToken } = await tokensOf(at)
      must(page.at.searchParams.get('state') === 'the-state', 'another state')
      must(idToken.nonce === 'the-nonce', 'another nonce')
      must(page.at.searchParams.get('iss') === at.issuer, 'no iss in the answer (RFC 9207)')
    },
  ],
  [
    'oidcc-response-type-missing',
    'refused',
    async (at) =>
      refusedAt(
        await new Person('taxpayer').signIn(basic(at).authorizeUrl({ response_type: undefined })),
        'invalid_request',
        'unsupported_response_type',
      ),
  ],
  [
    'oidcc-idtoken-signature',
    'verified by a published key, named by kid',
    async (at) => {
      const { body } = await tokensOf(at)
      must(decodeProtectedHeader(String(body.id_token)).kid !== undefined, 'no kid')
    },
  ],
  [
    'oidcc-idtoken-unsigned',
    'alg none is not offered',
    async (at) => {
      const { body } = await metadata(at)
      must(!list(body.id_token_signing_alg_values_supported).includes('none'), 'none is offered')
    },
  ],
  ['oidcc-userinfo-get', 'the same subject', (at) => userinfo(at, 'get')],
  ['oidcc-userinfo-post-header', 'the same subject', (at) => userinfo(at, 'header')],
  ['oidcc-userinfo-post-body', 'the same subject', (at) => userinfo(at, 'body')],
  ['oidcc-ensure-request-without-nonce-succeeds-for-code-flow', 'accepted', succeeds({ nonce: undefined })],
  ['oidcc-scope-profile', 'names, and no more', scope('profile', 'name', 'given_name', 'family_name')],
  ['oidcc-scope-email', 'told where the person has one', scope('email')],
  ['oidcc-scope-address', 'told where the house knows it', scope('address')],
  ['oidcc-scope-phone', 'not offered', notOffered('the country’s scopes have no telephone number')],
  ['oidcc-scope-all', 'all of them at once', scope('profile email address', 'name')],
  ['oidcc-ensure-other-scope-order-succeeds', 'accepted', succeeds({ scope: 'profile openid' })],
  ['oidcc-display-page', 'accepted', succeeds({ display: 'page' })],
  ['oidcc-display-popup', 'accepted', succeeds({ display: 'popup' })],
  ['oidcc-prompt-login', 'the person proves it anew', promptLogin],
  [
    'oidcc-prompt-none-not-logged-in',
    'login_required',
    async (at) => {
      const { at: back } = await new Person('taxpayer').signIn(basic(at).authorizeUrl({ prompt: 'none' }))
      must(back.searchParams.get('error') === 'login_required', String(back.searchParams.get('error')))
    },
  ],
  [
    'oidcc-prompt-none-logged-in',
    'the same person, without a page',
    async (at) => {
      const first = await tokensOf(at)
      const again = await tokensOf(at, { prompt: 'none' }, first.person)
      must(again.idToken.sub === first.idToken.sub, 'another subject')
    },
  ],
  ['oidcc-max-age-1', 'after two seconds the person proves it anew; auth_time says when', maxAge],
  [
    'oidcc-max-age-10000',
    'the session will do, and auth_time says since when',
    async (at) => {
      const first = await tokensOf(at, { max_age: '10000' })
      const again = await tokensOf(at, { max_age: '10000', prompt: 'none' }, first.person)
      must(again.idToken.auth_time === first.idToken.auth_time, 'another auth_time')
    },
  ],
  ['oidcc-ensure-request-with-unknown-parameter-succeeds', 'accepted', succeeds({ extra: 'foobar' })],
  [
    'oidcc-id-token-hint',
    'the same person',
    async (at) => {
      const first = await tokensOf(at)
      const hint = { prompt: 'none', id_token_hint: String(first.body.id_token) }
      must((await tokensOf(at, hint, first.person)).idToken.sub === first.idToken.sub, 'another subject')
    },
  ],
  ['oidcc-login-hint', 'accepted', succeeds({ login_hint: 'somebody' })],
  ['oidcc-ui-locales', 'accepted', succeeds({ ui_locales: 'se th' })],
  ['oidcc-claims-locales', 'accepted', succeeds({ claims_locales: 'se th' })],
  [
    'oidcc-ensure-request-with-acr-values-succeeds',
    'acr in the ID token',
    async (at) => {
      const wished = 'urn:th:digital-id:ial:1.1:aal:1'
      must((await tokensOf(at, { acr_values: wished })).idToken.acr !== undefined, 'no acr')
    },
  ],
  [
    'oidcc-codereuse',
    'invalid_grant',
    async (at) => {
      const requests = basic(at)
      const code = await freshCode(requests, new Person('taxpayer'))
      accepted(await requests.token(code))
      refused(await requests.token(code), 'invalid_grant')
    },
  ],
  [
    'oidcc-codereuse-30seconds',
    'invalid_grant, and the tokens of the first use are of no use any more',
    reuseLater,
  ],
  [
    'oidcc-ensure-registered-redirect-uri',
    'the person stays at the issuer',
    async (at) => {
      for (const redirect_uri of wrongAddresses(at))
        staysAt(await new Person('taxpayer').signIn(basic(at).authorizeUrl({ redirect_uri })), at.issuer)
    },
  ],
  [
    'oidcc-ensure-redirect-uri-in-authorization-request',
    'the person stays at the issuer',
    async (at) =>
      staysAt(
        await new Person('taxpayer').signIn(basic(at).authorizeUrl({ redirect_uri: undefined })),
        at.issuer,
      ),
  ],
  ['oidcc-ensure-post-request-succeeds', 'a request by form is as good', postRequest],
  [
    'oidcc-server-client-secret-post',
    'not offered',
    notOffered(
      'client_secret_post is not offered: a secret goes in the Authorization header, or the client has a key',
    ),
  ],
  [
    'oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported',
    'request_uri_not_supported',
    async (at) =>
      refusedAt(
        await new Person('taxpayer').signIn(
          basic(at).authorizeUrl({ request_uri: `${at.listener.origin}/jwks` }),
        ),
        'request_uri_not_supported',
        'invalid_request',
        'invalid_request_uri',
      ),
  ],
  [
    'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
    'refused',
    async (at) => refusedAt(await withObject(at, {}), 'request_not_supported', 'invalid_request_object'),
  ],
  [
    'oidcc-ensure-request-object-with-redirect-uri',
    'no other address by way of an unsigned object',
    async (at) =>
      refusedAt(
        await withObject(at, { redirect_uri: 'https://thief.example/back' }),
        'request_not_supported',
        'invalid_request_object',
      ),
  ],
  [
    'oidcc-claims-essential',
    'a claim asked for alone is told',
    async (at) => {
      const claims = JSON.stringify({ userinfo: { name: { essential: true } } })
      const { requests, body } = await tokensOf(at, { claims, prompt: 'consent' })
      const told = accepted(await requests.userinfoWith(String(body.access_token), undefined, 'Bearer')).body
      must('name' in told, 'no name')
    },
  ],
  ['oidcc-refresh-token', 'new tokens; of another client: invalid_grant', refreshToken],
  [
    'oidcc-ensure-request-with-valid-pkce-succeeds',
    'accepted; with another verifier, plain, or none: refused',
    pkce,
  ],
  [
    'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
    'the person is not sent there',
    (at) => signOut(at, { post_logout_redirect_uri: 'https://thief.example/over' }),
  ],
  [
    'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
    'the person is not sent there',
    (at) => signOut(at, { post_logout_redirect_uri: `${at.listener.origin}/over?to=thief` }),
  ],
  ['oidcc-rp-initiated-logout-bad-id-token-hint', 'refused', (at) => signOut(at, { id_token_hint: 'bad' })],
  [
    'oidcc-rp-initiated-logout-modified-id-token-hint',
    'refused',
    async (at) => {
      const token = String((await tokensOf(at)).body.id_token)
      await signOut(at, { id_token_hint: `${token.slice(0, -6)}AAAAAA` })
    },
  ],
]
