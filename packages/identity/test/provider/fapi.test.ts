import { SignJWT } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey, dpopKeys, dpopProof, hashOf } from './keys-of-clients.ts'
import { type Begun, begin, discover, publicClient } from './relying-party.ts'

let issuer: TestIssuer
let key: Awaited<ReturnType<typeof clientKey>>
let agency: oidc.Configuration
let otherAgency: oidc.Configuration

const fapi = {
  ...publicClient,
  id: 'tax-filing',
  member: 'TH/GOV/RD',
  profile: 'fapi2',
  authentication: 'private_key_jwt',
  bound: 'dpop',
} as const

beforeAll(async () => {
  issuer = await startIssuer()
  issuer.act = signsIn(issuer, await issuer.person())
  key = await clientKey()
  const jwks = { keys: [key.jwk] }
  await issuer.clients.register({ ...fapi, jwks }, 'file')
  await issuer.clients.register({ ...fapi, id: 'company-filing', member: 'TH/GOV/DBD', jwks }, 'file')
  await issuer.clients.register({ ...publicClient, id: 'app', bound: 'dpop' }, 'file')
  agency = await discover(issuer, 'tax-filing', byKey(key))
  otherAgency = await discover(issuer, 'company-filing', byKey(key))
})
afterAll(() => issuer.stop())

/** As `begin`, the parameters pushed. */
async function push(
  configuration: oidc.Configuration,
  parameters: Record<string, string> = {},
): Promise<Begun> {
  const { url, checks } = await begin(configuration, parameters)
  const pushed = await oidc.buildAuthorizationUrlWithPAR(configuration, url.searchParams)
  return { url: pushed, checks }
}

async function signInBound(): Promise<{ tokens: oidc.TokenEndpointResponse; DPoP: oidc.DPoPHandle }> {
  const DPoP = oidc.getDPoPHandle(agency, await oidc.randomDPoPKeyPair('ES256'))
  const { url, checks } = await push(agency)
  const { at } = await new Browser().follow(url)
  return { tokens: await oidc.authorizationCodeGrant(agency, at, checks, undefined, { DPoP }), DPoP }
}

describe('a client of the FAPI 2.0 profile', () => {
  test('signs people in by a pushed request, its own key, and tokens bound to another key', async () => {
    const { tokens, DPoP } = await signInBound()
    expect(tokens.token_type).toBe('dpop')
    const me = await oidc.fetchUserInfo(agency, tokens.access_token, oidc.skipSubjectCheck, { DPoP })
    expect(me).toMatchObject({ name: 'สมหญิง ใจดี' })
    const renewed = await oidc.refreshTokenGrant(agency, tokens.refresh_token ?? '', undefined, { DPoP })
    // FAPI 2.0 §5.3.2.1: not rotated, for only the client's key can use it.
    expect(renewed.refresh_token).toBe(tokens.refresh_token)
  })

  test('is refused without a pushed request', async () => {
    const { url } = await begin(agency)
    const { at } = await new Browser().follow(url)
    expect(at.searchParams.get('error')).toBe('invalid_request')
  })

  test('is refused tokens without a proof of its key', async () => {
    const { url, checks } = await push(agency)
    const { at } = await new Browser().follow(url)
    await expect(oidc.authorizationCodeGrant(agency, at, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
  })

  test('cannot use another client’s pushed request, nor one twice', async () => {
    const { url } = await push(otherAgency)
    const stolen = new URL(url)
    stolen.searchParams.set('client_id', 'tax-filing')
    const { at, response } = await new Browser().follow(stolen)
    expect(at.origin).toBe(issuer.issuer)
    expect(response.status).toBe(400)
    const mine = await push(agency)
    expect((await new Browser().follow(mine.url)).at.searchParams.has('code')).toBe(true)
    expect((await new Browser().follow(mine.url)).at.searchParams.has('code')).toBe(false)
  })

  test('proves itself anew each time: an assertion is good once, for this issuer, for a while', async () => {
    const assertion = (claims: Record<string, unknown>) =>
      new SignJWT({ jti: 'one', iss: 'tax-filing', sub: 'tax-filing', aud: issuer.issuer, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(key.key)
    const push = async (jwt: string, at = issuer.issuer) => {
      const { url } = await begin(agency)
      url.searchParams.set('client_assertion', jwt)
      url.searchParams.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return await fetch(`${at}/oidc/par`, { method: 'POST', body: url.searchParams })
    }
    const good = await assertion({})
    expect((await push(good)).status).toBe(201)
    expect((await push(good)).status).toBe(401)
    expect((await push(await assertion({ jti: 'two', aud: `${issuer.issuer}/oidc/token` }))).status).toBe(401)
    const both = await assertion({ jti: 'three' })
    const other = await issuer.another()
    const answers = await Promise.all([push(both), push(both, other.issuer), push(both)])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    await other.stop()
  })

  test('may sign its request, and have the answer signed', async () => {
    const signed = await discover(issuer, 'tax-filing', byKey(key))
    oidc.useJwtResponseMode(signed)
    const { url, checks } = await begin(signed)
    const jar = await oidc.buildAuthorizationUrlWithJAR(signed, url.searchParams, {
      key: key.key,
      kid: 'one',
    })
    const pushed = await oidc.buildAuthorizationUrlWithPAR(signed, jar.searchParams)
    const { at } = await new Browser().follow(pushed)
    expect(at.searchParams.has('response')).toBe(true)
    const DPoP = oidc.getDPoPHandle(signed, await oidc.randomDPoPKeyPair('ES256'))
    const tokens = await oidc.authorizationCodeGrant(signed, at, checks, undefined, { DPoP })
    expect(tokens.id_token).toBeDefined()
  })

  test('is refused where its signed request was altered', async () => {
    const { url } = await begin(agency)
    const jar = await oidc.buildAuthorizationUrlWithJAR(agency, url.searchParams, {
      key: key.key,
      kid: 'one',
    })
    const [head, body = '', signature] = (jar.searchParams.get('request') ?? '').split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const altered = Buffer.from(JSON.stringify({ ...claims, scope: 'openid national_id' })).toString(
      'base64url',
    )
    jar.searchParams.set('request', [head, altered, signature].join('.'))
    await expect(oidc.buildAuthorizationUrlWithPAR(agency, jar.searchParams)).rejects.toMatchObject({
      error: 'invalid_request_object',
    })
  })
})

describe('a token bound by DPoP', () => {
  const token = () => `${issuer.issuer}/oidc/token`
  const userinfo = () => `${issuer.issuer}/oidc/userinfo`
  const ask = async (accessToken: string, proof: string, scheme = 'DPoP') =>
    (await fetch(userinfo(), { headers: { authorization: `${scheme} ${accessToken}`, dpop: proof } })).status

  test('is of no use with a proof for another address, method, token or time, or twice', async () => {
    const pair = dpopKeys()
    const key = { privateKey: await imported(pair.privateKey), publicKey: await imported(pair.publicKey) }
    const DPoP = oidc.getDPoPHandle(agency, key)
    const { url, checks } = await push(agency)
    const { at } = await new Browser().follow(url)
    const { access_token } = await oidc.authorizationCodeGrant(agency, at, checks, undefined, { DPoP })
    const right = { htm: 'GET', htu: userinfo(), ath: hashOf(access_token) }
    const now = Math.floor(Date.now() / 1000)
    for (const wrong of [
      { ...right, htu: token() },
      { ...right, htm: 'POST' },
      { ...right, ath: hashOf('another') },
      { htm: 'GET', htu: userinfo() },
      { ...right, iat: now - 3600 },
      { ...right, iat: now + 3600 },
    ]) {
      expect(await ask(access_token, await dpopProof(pair, wrong))).toBeGreaterThanOrEqual(400)
    }
    const proof = await dpopProof(pair, right)
    expect(await ask(access_token, proof)).toBe(200)
    expect(await ask(access_token, proof)).toBe(401)
    expect(await ask(access_token, await dpopProof(dpopKeys(), right))).toBe(401)
    expect(await ask(access_token, '', 'Bearer')).toBe(401)
  })

  test('is renewed only by who has the key: the app’s own, or the one with which the client proves itself', async () => {
    const app = await discover(issuer, 'app')
    const DPoP = oidc.getDPoPHandle(app, await oidc.randomDPoPKeyPair('ES256'))
    const { url, checks } = await begin(app)
    const { at } = await new Browser().follow(url)
    const ofApp = await oidc.authorizationCodeGrant(app, at, checks, undefined, { DPoP })
    const thief = { DPoP: oidc.getDPoPHandle(app, await oidc.randomDPoPKeyPair('ES256')) }
    for (const options of [thief, {}]) {
      await expect(
        oidc.refreshTokenGrant(app, ofApp.refresh_token ?? '', undefined, options),
      ).rejects.toMatchObject({ error: 'invalid_grant' })
    }
    expect(
      (await oidc.refreshTokenGrant(app, ofApp.refresh_token ?? '', undefined, { DPoP })).id_token,
    ).toBeDefined()
    const { tokens } = await signInBound()
    const otherKey = { DPoP: oidc.getDPoPHandle(otherAgency, await oidc.randomDPoPKeyPair('ES256')) }
    await expect(
      oidc.refreshTokenGrant(otherAgency, tokens.refresh_token ?? '', undefined, otherKey),
    ).rejects.toMatchObject({ error: 'invalid_grant' })
  })

  test('is tolerated from a client whose clock is some seconds off', async () => {
    const pair = dpopKeys()
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'none',
      client_id: 'tax-filing',
    })
    const iat = Math.floor(Date.now() / 1000) + 20
    const proof = await dpopProof(pair, { htm: 'POST', htu: token(), iat })
    const response = await fetch(token(), { method: 'POST', body, headers: { dpop: proof } })
    expect(await response.json()).not.toMatchObject({ error: 'invalid_dpop_proof' })
  })
})

async function imported(key: import('node:crypto').KeyObject): Promise<CryptoKey> {
  const jwk = key.export({ format: 'jwk' })
  const use = key.type === 'private' ? 'sign' : 'verify'
  return await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, true, [use])
}
