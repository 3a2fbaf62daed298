import type * as oidc from 'openid-client'
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

describe('an address of return', () => {
  const tricks = [
    `${redirectUri}/more`,
    `${redirectUri}?next=https://evil.example`,
    `${redirectUri}#fragment`,
    'http://localhost:10/callback',
    'http://localhost/callback',
    'http://localhost:9@evil.example/callback',
    'http://evil.example/?http://localhost:9/callback',
    'http://localhost:9.evil.example/callback',
    'http://localhost:9/callback%2f..',
    'http://localhost:9/%63allback',
    'http://localhost:9//callback',
    'http://localhost:9/a/../callback',
    'http://127.0.0.1:9/callback',
    'HTTP://LOCALHOST:9/callback',
    'https://localhost:9/callback',
    '//evil.example',
    'javascript:alert(1)',
    'http://localhost:9/callback\u0000',
    '',
  ]
  test.each(tricks)('that is not registered to the letter is never gone to: %j', async (uri) => {
    const { url } = await begin(configuration, { redirect_uri: uri })
    const { at, response } = await new Browser().follow(url)
    expect(at.origin).toBe(issuer.issuer)
    expect(response.status).toBe(400)
    const page = await response.text()
    expect(page).toContain('<html lang="th">')
    expect(page).not.toMatch(/at .*\.(js|ts):\d+/)
  })

  test('given twice is refused', async () => {
    const { url } = await begin(configuration)
    url.searchParams.append('redirect_uri', 'https://evil.example')
    expect((await new Browser().follow(url)).at.origin).toBe(issuer.issuer)
  })

  test('of a client that nobody knows is never gone to', async () => {
    for (const id of ['nobody', '\u0000', "'; drop table oidc_client; --", 'x'.repeat(5000)]) {
      const { url } = await begin(configuration, { client_id: id })
      const { at, response } = await new Browser().follow(url)
      expect(at.origin).toBe(issuer.issuer)
      expect(response.status).toBe(400)
    }
  })

  test('after signing out must be registered too', async () => {
    const browser = new Browser()
    const { id_token: hint = '' } = await signIn(configuration, browser)
    const out = (to: string) => {
      const url = new URL(`${issuer.issuer}/oidc/sign-out`)
      url.search = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: to }).toString()
      return url
    }
    for (const to of ['https://evil.example', 'http://localhost:9/over/../x', 'http://localhost:9/over?x']) {
      const { at, response } = await browser.follow(out(to))
      expect([at.origin, response.status]).toEqual([issuer.issuer, 400])
      const page = await response.text()
      expect(page).toContain('ออกจากระบบไม่สำเร็จ')
      expect(page).not.toContain('เข้าใช้บริการนี้ไม่ได้')
    }
    const { response } = await browser.follow(out('http://localhost:9/over'))
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('ออกจากระบบหรือไม่')
  })
})

describe('the pages of the provider', () => {
  test('cannot be framed, and speak the reader’s language', async () => {
    const { url } = await begin(configuration, { redirect_uri: 'https://evil.example' })
    const response = await new Browser().fetch(url, { headers: { 'accept-language': 'en' } })
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(response.headers.get('x-frame-options')).toBe('DENY')
    expect(await response.text()).toContain('You cannot be signed in to this service')
  })

  test('name the issuer’s address whatever the Host header says', async () => {
    const { request } = await import('node:http')
    const url = new URL('/.well-known/openid-configuration', issuer.issuer)
    const body = await new Promise<string>((resolve, reject) => {
      const headers = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      }
      request(url, { headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text))
      })
        .on('error', reject)
        .end()
    })
    expect(body).not.toContain('evil.example')
    expect(JSON.parse(body)).toMatchObject({
      issuer: issuer.issuer,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    })
  })

  test('let scripts call only from the pages to which an app’s people come back', async () => {
    const allowed = async (origin: string) => {
      const body = new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: 'leaflet',
        refresh_token: 'x',
      })
      const response = await fetch(`${issuer.issuer}/oidc/token`, {
        method: 'POST',
        body,
        headers: { origin },
      })
      return response.headers.get('access-control-allow-origin')
    }
    expect(await allowed('http://localhost:9')).toBe('http://localhost:9')
    for (const origin of ['https://evil.example', 'null', 'http://localhost:90'])
      expect(await allowed(origin)).toBeNull()
  })
})
