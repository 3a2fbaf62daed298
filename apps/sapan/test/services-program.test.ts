import { randomUUID } from 'node:crypto'
import type { ServiceDefinition } from '@sapan/services'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clientKey, dpopProof, hashOf } from '../../../packages/identity/test/provider/keys-of-clients.ts'
import { type OpenHouse, openFaces } from './hostile/house.ts'
import { clientSettings } from './hostile/people.ts'
import {
  programKeys as keys,
  programToken,
  registerProgram,
  type TokenAsked,
} from './hostile/program-token.ts'

/** A program with tokens that the house's own issuer gave out, after the person agreed on its pages. */
let open: OpenHouse
let service: ServiceDefinition

beforeAll(async () => {
  open = await openFaces()
  const found = open.house.services?.ground.definitions
    .current()
    .find(({ applicant }) => applicant.as.includes('self'))
  if (found === undefined) throw new Error('no service is for oneself')
  service = found
  await registerProgram(open, 'books')
  await registerProgram(open, 'bound-books', 'dpop')
}, 120_000)
afterAll(() => open.stop())

/** Somebody new, and what their program got of the issuer. */
async function tokenOf(asked: TokenAsked) {
  const { account } = await open.newcomer('TH/GOV/DOPA')
  return { account, token: await programToken(open, asked) }
}

const at = (path: string) => `${open.origins.portal}${path}`
const drafts = () => `/api/services/${service.id}/drafts`
const begin = (headers: Readonly<Record<string, string>>) => fetch(at(drafts()), { method: 'POST', headers })

describe('a program of a person, with a token of the issuer', () => {
  it('begins a draft once, reads it, asks no register unasked, and sees what was handed in', async () => {
    const { token } = await tokenOf({ client: 'books', scope: 'openid applications' })
    const authorization = `Bearer ${token}`
    const key = { authorization, 'idempotency-key': `"${randomUUID()}"` }
    const [first, again] = [await begin(key), await begin(key)]
    const draft = (await first.json()) as { id: string; facts: { state: string }[] }
    expect([first.status, again.status, await again.json()]).toEqual([201, 201, draft])
    expect(draft.facts.every(({ state }) => ['to-ask', 'waits'].includes(state))).toBe(true)
    const read = await fetch(at(first.headers.get('location') ?? ''), { headers: { authorization } })
    expect([read.status, read.headers.get('etag')]).toEqual([200, first.headers.get('etag')])
    const list = await fetch(at('/api/applications'), { headers: { authorization } })
    expect([list.status, list.headers.getSetCookie()]).toEqual([200, []])
    const { token: other } = await tokenOf({ client: 'books', scope: 'openid applications' })
    const theirs = await fetch(read.url, { headers: { authorization: `Bearer ${other}` } })
    expect(theirs.status).toBe(404)
  }, 60_000)

  it('proves its key where the token is bound to one, for each call anew', async () => {
    const { token } = await tokenOf({ client: 'bound-books', scope: 'openid applications', dpop: true })
    const proof = await dpopProof(keys, { htm: 'POST', htu: at(drafts()), ath: hashOf(token) })
    const proved = { authorization: `DPoP ${token}`, dpop: proof }
    expect((await begin(proved)).status).toBe(201)
    const refused = [proved, { authorization: `Bearer ${token}` }, { authorization: `DPoP ${token}` }]
    for (const headers of refused) {
      const answer = await begin(headers)
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('error="invalid_token"'),
      ])
    }
  }, 60_000)

  it('is refused without the scope, with the token of a system, and once the person signed out', async () => {
    const { token: less } = await tokenOf({ client: 'books', scope: 'openid' })
    const poor = await begin({ authorization: `Bearer ${less}` })
    expect([poor.status, poor.headers.get('www-authenticate')]).toEqual([
      403,
      expect.stringContaining('error="insufficient_scope"'),
    ])
    const system = await begin({ authorization: `Bearer ${await systemToken()}` })
    expect(system.status).toBe(401)
    const { token, account } = await tokenOf({ client: 'books', scope: 'openid applications' })
    expect((await begin({ authorization: `Bearer ${token}` })).status).toBe(201)
    await open.house.rooms.provider.revokeSessions(account)
    expect((await begin({ authorization: `Bearer ${token}` })).status).toBe(401)
  }, 60_000)
})

/** What an agency's system gets for itself. */
async function systemToken(): Promise<string> {
  const key = await clientKey()
  const settings = {
    ...clientSettings,
    redirectUris: [],
    refresh: false,
    consents: true,
    member: 'TH/GOV/DGA',
  }
  const authentication = 'private_key_jwt' as const
  const id = 'system-of-dga'
  await open.house.rooms.clients.register(
    { ...settings, authentication, jwks: { keys: [key.jwk] }, id },
    'test',
  )
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(id)
    .setSubject(id)
    .setAudience(open.origins.issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(key.key)
  const answer = await fetch(`${open.origins.issuer}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...{ grant_type: 'client_credentials', scope: 'consents', client_id: id, client_assertion: assertion },
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }),
  })
  return String(((await answer.json()) as { access_token?: string }).access_token)
}
