import * as oidc from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { begin, discover, publicClient, redirectUri, signIn } from './relying-party.ts'

let issuer: TestIssuer
let configuration: oidc.Configuration

beforeAll(async () => {
  issuer = await startIssuer()
  issuer.act = signsIn(issuer, await issuer.person())
  await issuer.clients.register(publicClient, 'file')
  configuration = await discover(issuer, 'leaflet')
})
afterAll(() => issuer.stop())

/** The answer at the client's address, for a request as it stands. */
async function answerTo(parameters: Record<string, string>, without: string[] = []): Promise<URL> {
  const { url } = await begin(configuration, parameters)
  for (const name of without) url.searchParams.delete(name)
  return (await new Browser().follow(url)).at
}

async function redeem(code: string, verifier: string, at = issuer.issuer): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'leaflet',
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  })
  return await fetch(`${at}/oidc/token`, { method: 'POST', body })
}

async function codeAndVerifier(): Promise<[code: string, verifier: string]> {
  const { url, checks } = await begin(configuration)
  const { at } = await new Browser().follow(url)
  return [at.searchParams.get('code') ?? '', checks.pkceCodeVerifier]
}

describe('PKCE', () => {
  test('is not left out by any client', async () => {
    const at = await answerTo({}, ['code_challenge', 'code_challenge_method'])
    expect(at.searchParams.get('error')).toBe('invalid_request')
    expect(at.searchParams.has('code')).toBe(false)
  })

  test('is S256: a plain challenge is refused', async () => {
    const at = await answerTo({ code_challenge_method: 'plain' })
    expect(at.searchParams.get('error')).toBe('invalid_request')
    expect((await answerTo({}, ['code_challenge_method'])).searchParams.get('error')).toBe('invalid_request')
  })

  test('refuses a code with a wrong verifier, or with none', async () => {
    const [code] = await codeAndVerifier()
    for (const verifier of [oidc.randomPKCECodeVerifier(), '']) {
      const response = await redeem(code, verifier)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
    }
  })
})

describe('a code', () => {
  test('is given for one use: a second one fails, and revokes the tokens of the first', async () => {
    const [code, verifier] = await codeAndVerifier()
    const tokens = (await (await redeem(code, verifier)).json()) as { access_token: string }
    const me = () => oidc.fetchProtectedResource(configuration, tokens.access_token, userinfo(), 'GET')
    expect((await me()).status).toBe(200)
    const again = await redeem(code, verifier)
    expect(await again.json()).toMatchObject({ error: 'invalid_grant' })
    await expect(me()).rejects.toThrow()
  })

  test('is used once by two processes at the same time', async () => {
    const other = await issuer.another()
    for (let round = 0; round < 5; round++) {
      const [code, verifier] = await codeAndVerifier()
      const answers = await Promise.all(
        [issuer, other, issuer, other].map(({ issuer: at }) => redeem(code, verifier, at)),
      )
      expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
      expect(answers.every(({ status }) => status < 500)).toBe(true)
    }
    await other.stop()
  })

  test('lives for at most a minute', async () => {
    await codeAndVerifier()
    const { rows } = await issuer.ground.pool.query(
      "select max(expires_at) as last from identity.oidc_payload where model = 'AuthorizationCode'",
    )
    expect(rows[0].last.getTime()).toBeLessThanOrEqual(Date.now() + 60_000)
  })

  test('is of no use with another address of return, or to another client', async () => {
    const [code, verifier] = await codeAndVerifier()
    await issuer.clients.register({ ...publicClient, id: 'other' }, 'file').catch(() => {})
    const asked = { grant_type: 'authorization_code', code, code_verifier: verifier }
    for (const wrong of [
      { client_id: 'leaflet', redirect_uri: `${redirectUri}/` },
      { client_id: 'other', redirect_uri: redirectUri },
    ]) {
      const body = new URLSearchParams({ ...asked, ...wrong })
      const response = await fetch(`${issuer.issuer}/oidc/token`, { method: 'POST', body })
      expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
    }
  })
})

describe('what comes back to a client', () => {
  test('names the issuer, and openid-client refuses it with another’s state or nonce', async () => {
    const { url, checks } = await begin(configuration)
    const { at } = await new Browser().follow(url)
    expect(at.searchParams.get('iss')).toBe(issuer.issuer)
    await expect(
      oidc.authorizationCodeGrant(configuration, at, { ...checks, expectedState: 'another' }),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('"state"') } })
    const second = await begin(configuration)
    const back = await new Browser().follow(second.url)
    await expect(
      oidc.authorizationCodeGrant(configuration, back.at, { ...second.checks, expectedNonce: 'another' }),
    ).rejects.toMatchObject({ cause: { message: expect.stringContaining('"nonce"') } })
  })

  test('is access denied where the person goes back', async () => {
    const before = issuer.act
    issuer.act = () => ({ cancelled: true })
    const at = await answerTo({})
    issuer.act = before
    expect(at.searchParams.get('error')).toBe('access_denied')
  })
})

describe('a refresh token', () => {
  test('is replaced at each use, and the use of an old one revokes the whole family', async () => {
    const first = await signIn(configuration, new Browser())
    const stolen = first.refresh_token ?? ''
    const second = await oidc.refreshTokenGrant(configuration, stolen)
    expect(second.refresh_token).not.toBe(stolen)
    await expect(oidc.refreshTokenGrant(configuration, stolen)).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await expect(oidc.refreshTokenGrant(configuration, second.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    await expect(
      oidc.fetchProtectedResource(configuration, second.access_token, userinfo(), 'GET'),
    ).rejects.toThrow()
  })

  test('used by two processes at once is good for one of them at most', async () => {
    const other = await issuer.another()
    const { refresh_token: token = '' } = await signIn(configuration, new Browser())
    const body = () =>
      new URLSearchParams({ grant_type: 'refresh_token', client_id: 'leaflet', refresh_token: token })
    const answers = await Promise.all(
      [issuer, other, issuer].map(({ issuer: at }) =>
        fetch(`${at}/oidc/token`, { method: 'POST', body: body() }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    expect(answers.every(({ status }) => status < 500)).toBe(true)
    await other.stop()
  })

  test('ends with its client’s revocation, and tells others nothing', async () => {
    const tokens = await signIn(configuration, new Browser())
    await oidc.tokenRevocation(configuration, tokens.refresh_token ?? '')
    await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    })
    expect(await oidc.tokenIntrospection(configuration, tokens.access_token)).toEqual({ active: false })
  })
})

function userinfo(): URL {
  return new URL(configuration.serverMetadata().userinfo_endpoint ?? '')
}
