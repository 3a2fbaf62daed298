import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { begin, discover, portal, publicClient, signIn } from './relying-party.ts'

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

  test('goes by a secret that only the client has, compared by its hash', async () => {
    issuer.act = signsIn(issuer, account)
    const settings = { ...publicClient, id: 'secretive', authentication: 'client_secret_basic' }
    const { secret = '' } = await issuer.clients.register(settings, 'file')
    const tokens = await signIn(
      await discover(issuer, 'secretive', oidc.ClientSecretBasic(secret)),
      new Browser(),
    )
    expect(tokens.id_token).toBeDefined()
    const { rows } = await issuer.ground.pool.query(
      'select secret_hash from identity.oidc_client where id = $1',
      ['secretive'],
    )
    for (const wrong of ['guess', rows[0].secret_hash.toString('base64url')]) {
      const configuration = await discover(issuer, 'secretive', oidc.ClientSecretBasic(wrong))
      await expect(signIn(configuration, new Browser())).rejects.toMatchObject({ status: 401 })
    }
  })

  test('is no more for a client that was disabled, with the tokens it has', async () => {
    issuer.act = signsIn(issuer, account)
    await issuer.clients.register({ ...publicClient, id: 'closing' }, 'file')
    const configuration = await discover(issuer, 'closing')
    const tokens = await signIn(configuration, new Browser())
    await issuer.clients.disable('closing', 'file')
    await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_client',
    })
    await expect(
      oidc.fetchUserInfo(configuration, tokens.access_token, oidc.skipSubjectCheck),
    ).rejects.toThrow()
    const { url } = await begin(configuration)
    const { at, response } = await new Browser().follow(url)
    expect([at.origin, response.status]).toEqual([issuer.issuer, 400])
  })
})
