import { setTimeout as wait } from 'node:timers/promises'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { Registered } from '../clients.ts'
import { Person } from '../person.ts'
import { must } from '../relying-party.ts'
import { accepted, codeOf, freshCode, refused, refusedAt, staysAt } from './module.ts'
import { type Parameters, Requests, unsigned } from './requests.ts'

/** A client of the basic profile, with a secret. */
export const basic = (at: Registered) => new Requests(at, 'basic')

/** Signs a person in with a request that is otherwise right; gives the tokens and what the ID token says. */
export async function tokensOf(at: Registered, otherwise: Parameters = {}, person = new Person('taxpayer')) {
  const requests = basic(at)
  const page = await person.signIn(requests.authorizeUrl(otherwise))
  const { body } = accepted(await requests.token(codeOf(page)))
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/oidc/jwks`))
  const { payload } = await jwtVerify(String(body.id_token), keys, {
    issuer: at.issuer,
    audience: requests.id,
  })
  return { requests, person, page, body, idToken: payload }
}

/** Claims that userinfo must tell for a scope, of those that the person has. */
export const scope =
  (wanted: string, ...claims: readonly string[]) =>
  async (at: Registered) => {
    const parameters = { scope: `openid ${wanted}`, prompt: 'consent' }
    const { requests, body } = await tokensOf(at, parameters)
    const told = accepted(await requests.userinfoWith(String(body.access_token), undefined, 'Bearer')).body
    for (const name of claims) must(name in told, `${name} is missing`)
  }

export const succeeds = (otherwise: Parameters) => (at: Registered) => tokensOf(at, otherwise)

export function wrongAddresses({ redirectUri }: Registered): string[] {
  const { port } = new URL(redirectUri)
  return [
    'https://thief.example/back',
    `${redirectUri}/more`,
    `${redirectUri}?query=added`,
    `${redirectUri}#fragment`,
    `${redirectUri}/../thief`,
    redirectUri.replace('localhost', 'localhost.thief.example'),
    redirectUri.replace(`:${port}`, ':1'),
    redirectUri.replace('http:', 'javascript:'),
    `http://localhost:${port}@thief.example/back`,
  ]
}

export async function metadata(at: Registered) {
  return {
    body: (await (await fetch(`${at.issuer}/.well-known/openid-configuration`)).json()) as Record<
      string,
      unknown
    >,
  }
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export async function userinfo(at: Registered, way: 'get' | 'header' | 'body'): Promise<void> {
  const { requests, body, idToken } = await tokensOf(at)
  const token = String(body.access_token)
  const bearer = { authorization: `Bearer ${token}` }
  const init = {
    get: { headers: bearer },
    header: { method: 'POST', headers: bearer },
    body: { method: 'POST', body: new URLSearchParams({ access_token: token }) },
  }[way]
  const answer = await fetch(requests.endpoint('userinfo'), init)
  const told = (await answer.json()) as { sub?: string }
  must(answer.status === 200 && told.sub === idToken.sub, `it answers ${answer.status}`)
}

export async function promptLogin(at: Registered): Promise<void> {
  const first = await tokensOf(at)
  await wait(1100)
  const pages = first.person.seen.length
  const again = await tokensOf(at, { prompt: 'login' }, first.person)
  must(first.person.seen.length > pages, 'no page was shown')
  must(Number(again.idToken.auth_time) > Number(first.idToken.auth_time ?? 0), 'auth_time did not go on')
}

export async function maxAge(at: Registered): Promise<void> {
  const first = await tokensOf(at, { max_age: '1' })
  await wait(2100)
  const again = await tokensOf(at, { max_age: '1' }, first.person)
  must(Number(again.idToken.auth_time) > Number(first.idToken.auth_time), 'auth_time did not go on')
}

export async function reuseLater(at: Registered): Promise<void> {
  const requests = basic(at)
  const code = await freshCode(requests, new Person('taxpayer'))
  const { body } = accepted(await requests.token(code))
  await wait(30_000)
  refused(await requests.token(code), 'invalid_grant')
  refused(await requests.userinfoWith(String(body.access_token), undefined, 'Bearer'), 'invalid_token')
  const renewal = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
  refused(await requests.post(requests.endpoint('token'), renewal), 'invalid_grant')
}

export async function postRequest(at: Registered): Promise<void> {
  const person = new Person('taxpayer')
  const url = basic(at).authorizeUrl()
  const sent = await person.fetch(url.origin + url.pathname, { method: 'POST', body: url.searchParams })
  const page = await person.follow(sent, url)
  must(page.at.pathname.startsWith('/sign-in/'), `the person is at ${page.at.pathname}`)
}

export async function withObject(at: Registered, claims: Record<string, string>) {
  const requests = basic(at)
  const request = unsigned({}, { ...requests.parameters(), ...claims, iss: requests.id, aud: at.issuer })
  return await new Person('taxpayer').signIn(requests.authorizeUrl({ request }))
}

export async function refreshToken(at: Registered): Promise<void> {
  const { requests, body, idToken } = await tokensOf(at)
  const renewal = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }
  const other = new Requests(at, 'otherAgency')
  refused(await other.post(other.endpoint('token'), renewal), 'invalid_grant')
  const renewed = accepted(await requests.post(requests.endpoint('token'), renewal)).body
  const keys = createRemoteJWKSet(new URL(`${at.issuer}/oidc/jwks`))
  const { payload } = await jwtVerify(String(renewed.id_token), keys)
  must(payload.sub === idToken.sub && payload.iss === idToken.iss, 'another subject')
}

export async function pkce(at: Registered): Promise<void> {
  await tokensOf(at)
  const requests = basic(at)
  const code = () => freshCode(requests, new Person('taxpayer'))
  refused(await requests.token(await code(), { code_verifier: 'x'.repeat(43) }), 'invalid_grant')
  refused(
    await requests.token(await code(), { code_verifier: undefined }),
    'invalid_grant',
    'invalid_request',
  )
  for (const wrong of [
    { code_challenge_method: 'plain' },
    { code_challenge_method: undefined },
    { code_challenge: undefined, code_challenge_method: undefined },
  ])
    refusedAt(await new Person('taxpayer').signIn(requests.authorizeUrl(wrong)), 'invalid_request')
}

/** The person stays at the issuer, before a page that says why. */
export async function signOut(at: Registered, wrong: Record<string, string>): Promise<void> {
  const { person, body, requests } = await tokensOf(at)
  const url = new URL(requests.endpoint('sign-out'))
  const right = {
    id_token_hint: String(body.id_token),
    post_logout_redirect_uri: `${at.listener.origin}/over`,
  }
  for (const [name, value] of Object.entries({ ...right, ...wrong })) url.searchParams.set(name, value)
  staysAt(await person.open(url), at.issuer)
}
