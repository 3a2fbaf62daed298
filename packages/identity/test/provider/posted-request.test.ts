import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { begin, discover, publicClient, redirectUri } from './relying-party.ts'

let issuer: TestIssuer

beforeAll(async () => {
  issuer = await startIssuer()
  issuer.act = signsIn(issuer, await issuer.person())
  await issuer.clients.register(publicClient, 'file')
})
afterAll(() => issuer.stop())

async function post(body: string, type = 'application/x-www-form-urlencoded') {
  const headers = { 'content-type': type }
  return await new Browser().fetch(`${issuer.issuer}/oidc/authorize`, { method: 'POST', body, headers })
}

describe('an authorization request by form (OpenID Connect Core 1.0 §3.1.2.1)', () => {
  test('signs people in as one by address does, with the cookies that a form from elsewhere would not bring', async () => {
    const { url } = await begin(await discover(issuer, publicClient.id))
    const sent = await post(url.searchParams.toString())
    expect(sent.status).toBe(303)
    const to = new URL(sent.headers.get('location') ?? '', issuer.issuer)
    expect(to.href).toBe(url.href)
    const { at } = await new Browser().follow(to)
    expect(at.href.startsWith(redirectUri)).toBe(true)
    expect(at.searchParams.get('code')).not.toBeNull()
  })

  test('leads nowhere but to the authorization endpoint, whatever stands in it', async () => {
    const sent = await post('//thief.example/=x&location=https://thief.example')
    expect(sent.headers.get('location')).toMatch(/^\/oidc\/authorize\?/)
  })

  test('is refused where it is no form, or longer than an address may be', async () => {
    expect((await post('{}', 'application/json')).status).toBe(415)
    expect((await post(`state=${'x'.repeat(9000)}`)).status).toBe(413)
  })
})
