import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { discover, portal, publicClient, signIn } from './relying-party.ts'

let issuer: TestIssuer
let account: string

beforeAll(async () => {
  issuer = await startIssuer()
  account = await issuer.person()
  await issuer.clients.register(publicClient, 'file')
  await issuer.clients.register(portal, 'file')
})
afterAll(() => issuer.stop())

describe('signing in', () => {
  test('gives a client of an agency a subject of its own, with level, methods and time', async () => {
    issuer.act = signsIn(issuer, account)
    const configuration = await discover(issuer, 'leaflet')
    const tokens = await signIn(configuration, new Browser())
    const claims = tokens.claims()
    expect(claims?.sub).not.toBe(account)
    expect(claims).toMatchObject({
      acr: 'urn:th:digital-id:ial:1.1:aal:2.2',
      amr: ['hwk', 'user', 'mfa'],
    })
    const me = await oidc.fetchUserInfo(configuration, tokens.access_token, claims?.sub ?? '')
    expect(me).toMatchObject({ name: 'สมหญิง ใจดี', 'name#en': 'Somying Jaidee', locale: 'th' })
    expect(me).not.toHaveProperty('birthdate')
  })

  test('tells the house’s own face the account, and asks no consent', async () => {
    issuer.act = signsIn(issuer, account)
    const tokens = await signIn(await discover(issuer, 'portal'), new Browser())
    expect(tokens.claims()?.sub).toBe(account)
    expect(issuer.seen.signIn?.prompt).toBe('login')
  })
})
