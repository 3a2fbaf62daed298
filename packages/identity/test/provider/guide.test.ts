import { readFile } from 'node:fs/promises'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import { type ImportedClient, importClients } from '../../src/clients/import.ts'
import { exchangeGrant } from '../../src/clients/metadata.ts'
import { Browser } from './browser.ts'
import { knownToClients, signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey } from './keys-of-clients.ts'
import { begin, discover } from './relying-party.ts'

let issuer: TestIssuer
let key: Awaited<ReturnType<typeof clientKey>>
let registered: ImportedClient[]
let subject: string

beforeAll(async () => {
  key = await clientKey()
  issuer = await startIssuer({
    issueActorToken: async () => ({ token: 'an.actor.token', expiresIn: 300 }),
    fetch: async (input) => {
      expect(String(input)).toBe('https://efiling.example.go.th/jwks.json')
      return Response.json({ keys: [key.jwk] })
    },
  })
  const guide = await readFile(new URL('../../../../docs/guides/identity.md', import.meta.url), 'utf8')
  const clients = /```yaml\n(clients:\n[\s\S]*?)```/.exec(guide)?.[1] ?? ''
  registered = await importClients(issuer.clients, clients, { by: 'file', known: knownToClients })
  const account = await issuer.person()
  const connection = await issuer.ground.pool.connect()
  await createAccounts(issuer.ground).raiseIal(connection, account, '2.3')
  connection.release()
  issuer.act = signsIn(issuer, account)
})
afterAll(() => issuer.stop())

describe('the clients of the guide for developers', () => {
  test('sign people in as the guide says: by a pushed request, their key, and DPoP', async () => {
    const config = await discover(issuer, 'rd-efiling', byKey(key))
    const DPoP = oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'))
    const redirect = { redirect_uri: 'https://efiling.example.go.th/back' }
    const { url, checks } = await begin(config, { ...redirect, scope: 'openid profile national_id' })
    const to = await oidc.buildAuthorizationUrlWithPAR(config, url.searchParams)
    const { at } = await new Browser().follow(to)
    const tokens = await oidc.authorizationCodeGrant(config, at, checks, undefined, { DPoP })
    const claims = tokens.claims()
    const sub = claims?.sub ?? ''
    expect(sub).toMatch(/^[\w-]{22}$/)
    subject = sub
    expect(claims?.acr).toMatch(/:ial:2\.3:aal:2\.2$/)
    expect(claims?.sid).toBeDefined()
    const person = await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP })
    expect(person).toMatchObject({ sub, name: 'สมหญิง ใจดี', 'name#en': 'Somying Jaidee' })
    const actor = await oidc.genericGrantRequest(config, exchangeGrant, {
      subject_token: tokens.access_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    })
    expect(actor).toMatchObject({ access_token: 'an.actor.token', token_type: 'n_a', expires_in: 300 })
  })

  test('of the basic profile with a secret, under the same subject, for both are one member’s', async () => {
    const secret = registered.find(({ id }) => id === 'rd-appointments')?.secret ?? ''
    const config = await discover(issuer, 'rd-appointments', oidc.ClientSecretBasic(secret))
    const { url, checks } = await begin(config, { redirect_uri: 'https://nat.example.go.th/back' })
    const { at } = await new Browser().follow(url)
    const tokens = await oidc.authorizationCodeGrant(config, at, checks)
    expect(tokens.token_type).toBe('bearer')
    expect(tokens.claims()?.sub).toBe(subject)
  })
})
