import { createSite, renderPage, type Site } from '@sapan/ui'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import { consentRoutes } from '../../src/provider/pages/consent.ts'
import { proofingRoutes } from '../../src/provider/pages/proofing.ts'
import { Browser } from './browser.ts'
import { scopes, signsIn, startIssuer, type TestIssuer, testLevels } from './issuer.ts'
import { begin, discover, publicClient } from './relying-party.ts'

let issuer: TestIssuer
let account: string
let configuration: oidc.Configuration
let site: Site

beforeAll(async () => {
  issuer = await startIssuer()
  await issuer.clients.register(publicClient, 'file')
  await issuer.clients.register({ ...publicClient, id: 'careful', least: { ial: '2.3' } }, 'file')
  site = pages(issuer)
  issuer.page = (request, response) => site.handler(request, response)
  configuration = await discover(issuer, 'leaflet')
})
afterAll(async () => {
  await site.close()
  await issuer.stop()
})
beforeEach(async () => {
  account = await issuer.person()
  issuer.act = signsIn(issuer, account)
})

function pages(of: TestIssuer): Site {
  const options = {
    provider: of.provider,
    scopes,
    levels: testLevels,
    memberName: () => ({ th: 'สพร.', en: 'DGA' }),
    proofingAddress: (ial: string) => `http://localhost:9/me/proofing?to=${ial}`,
  }
  return createSite({
    origin: of.issuer,
    cookiePrefix: 'sapan-issuer',
    cookieSecret: new Uint8Array(32),
    log: of.ground.log,
    frame: (page) => renderPage({ ...page, home: '/' }),
    routes: [...consentRoutes(options), ...proofingRoutes(options)],
    admit: () => ({ kind: 'in', who: undefined }),
  })
}

/** As far as the page on which the person decides. */
async function toPage(parameters: Record<string, string> = {}, client = configuration) {
  const browser = new Browser()
  const { url, checks } = await begin(client, parameters)
  const { at, response } = await browser.follow(url)
  return { browser, checks, at, html: await response.text() }
}

type OnPage = Awaited<ReturnType<typeof toPage>>

/** Sends the page's form; gives where the browser ends. */
async function send({ browser, at, html }: OnPage, fields: Record<string, string>): Promise<URL> {
  const key = /name="form-key" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const body = new URLSearchParams({ 'form-key': key, ...fields })
  const response = await browser.fetch(at, { method: 'POST', body, headers: { origin: issuer.issuer } })
  expect(response.status).toBe(303)
  return (await browser.follow(new URL(response.headers.get('location') ?? '', at))).at
}

async function toldTo(page: OnPage, back: URL): Promise<Record<string, unknown>> {
  const tokens = await oidc.authorizationCodeGrant(configuration, back, page.checks)
  return await oidc.fetchUserInfo(configuration, tokens.access_token, oidc.skipSubjectCheck)
}

describe('the consent page', () => {
  test('shows who asks, what for, and each claim with its kind and source', async () => {
    const { html } = await toPage({ scope: 'openid profile national_id email' })
    for (const words of [
      'แผ่นพับ',
      'สพร.',
      'แสดงชื่อของคุณ',
      'เลขประจำตัวประชาชน',
      'หมายเลข',
      'อีเมล',
      'ทะเบียนที่ใช้พิสูจน์ตัวตน',
    ])
      expect(html).toContain(words)
    expect(html).not.toContain('ใจดี')
  })

  test('says what the client may do in the person’s name, not that it learns nothing', async () => {
    const { html } = await toPage({ scope: 'openid applications' })
    for (const words of ['ทำรายการในนามของคุณหรือไม่', 'ยื่นคำขอในนามของคุณ', 'อ่านคำขอของคุณ', 'อนุญาตและเข้าใช้'])
      expect(html).toContain(words)
    expect(html).not.toContain('รู้เพียงว่าเป็นคุณคนเดิม')
    const bare = await toPage({ scope: 'openid' })
    expect(bare.html).toContain('รู้เพียงว่าเป็นคุณคนเดิม')
    expect(bare.html).not.toContain('ในนามของคุณ')
  })

  test('lets optional claims be left out, and remembers it', async () => {
    const page = await toPage({ scope: 'openid profile' })
    const me = await toldTo(page, await send(page, { decision: 'agree', 'claim-gender': 'yes' }))
    expect(me).toHaveProperty('name')
    expect(me).not.toHaveProperty('locale')
    const again = await toPage({ scope: 'openid profile' })
    expect(again.at.searchParams.has('code')).toBe(true)
    expect(await toldTo(again, again.at)).not.toHaveProperty('locale')
    expect(await issuer.provider.consents.of(account)).toMatchObject([
      { client: 'leaflet', scopes: ['openid', 'profile'], refused: ['locale'] },
    ])
  })

  test('comes again for more than was agreed to, and with prompt=consent', async () => {
    const page = await toPage({ scope: 'openid profile' })
    await send(page, { decision: 'agree' })
    const more = await toPage({ scope: 'openid profile birthdate' })
    expect(more.html).toContain('วันเกิด')
    expect(await toldTo(more, await send(more, { decision: 'agree' }))).toMatchObject({
      birthdate: '1990-01-02',
    })
    expect((await toPage({ scope: 'openid profile', prompt: 'consent' })).html).toContain('แผ่นพับ')
  })

  test('shows claims that are asked for one by one, and gives no others', async () => {
    const claims = JSON.stringify({ userinfo: { birthdate: null }, id_token: { nationality: null } })
    const page = await toPage({ scope: 'openid', claims })
    expect(page.html).toContain('วันเกิด')
    const me = await toldTo(page, await send(page, { decision: 'agree' }))
    expect(Object.keys(me).sort()).toEqual(['birthdate', 'sub'])
  })

  test('comes in the language that the client names, where it is the first page', async () => {
    const { browser } = await toPage()
    const { url } = await begin(configuration, { ui_locales: 'fr-CA en-GB th', prompt: 'consent' })
    const { at, response } = await browser.follow(url)
    expect(at.search).toBe('?lang=en')
    expect(await response.text()).toContain('<html lang="en"')
  })

  test('stays in the language that the person chose on a page before', async () => {
    const { at } = await toPage({ ui_locales: 'en' })
    expect(at.pathname).toMatch(/\/consent$/)
    expect(at.search).toBe('')
  })

  test('asks in its own language where the client names none that we speak', async () => {
    const { browser } = await toPage()
    const { url } = await begin(configuration, { ui_locales: 'fr de', prompt: 'consent' })
    expect((await browser.follow(url)).at.search).toBe('')
  })

  test('tells the client nothing where the person refuses', async () => {
    const page = await toPage()
    expect((await send(page, { decision: 'refuse' })).searchParams.get('error')).toBe('access_denied')
    expect(await issuer.provider.consents.of(account)).toEqual([])
  })

  test('is nobody’s but the browser’s that signs in, and takes no form from elsewhere', async () => {
    const page = await toPage()
    expect((await new Browser().fetch(page.at)).status).toBe(400)
    const body = new URLSearchParams({ decision: 'agree' })
    const forged = await page.browser.fetch(page.at, {
      method: 'POST',
      body,
      headers: { origin: issuer.issuer },
    })
    expect(forged.status).toBe(403)
    const elsewhere = await page.browser.fetch(page.at, {
      method: 'POST',
      body,
      headers: { origin: 'https://evil.example' },
    })
    expect(elsewhere.status).toBe(403)
  })
})

describe('a consent', () => {
  test('is withdrawn with the tokens that were given under it, by its owner alone', async () => {
    const page = await toPage({ scope: 'openid profile' })
    const back = await send(page, { decision: 'agree' })
    const tokens = await oidc.authorizationCodeGrant(configuration, back, page.checks)
    const [consent] = await issuer.provider.consents.of(account)
    const stranger = await issuer.person()
    await expect(issuer.provider.consents.withdraw(stranger, consent?.id ?? '')).rejects.toMatchObject({
      code: 'claims-consent-unknown',
    })
    await issuer.provider.consents.withdraw(account, consent?.id ?? '')
    expect((await oidc.tokenIntrospection(configuration, tokens.access_token)).active).toBe(false)
    await expect(oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toThrow()
    expect((await toPage()).html).toContain('แผ่นพับ')
  })

  test('ends after the days that the country gives it', async () => {
    const page = await toPage()
    await send(page, { decision: 'agree' })
    issuer.ground.pass(366 * 86_400_000)
    expect(await issuer.provider.consents.of(account)).toEqual([])
    issuer.ground.pass(-366 * 86_400_000)
  })
})

describe('the proofing page', () => {
  test('says what is needed and leads there; the sign-in goes on when it is done', async () => {
    const careful = await discover(issuer, 'careful')
    const page = await toPage({}, careful)
    expect(page.at.pathname).toMatch(/\/proofing$/)
    expect(page.html).toContain('http://localhost:9/me/proofing?to=2.3')
    const still = await send(page, { decision: 'done' })
    expect(still.pathname).toMatch(/\/proofing$/)
    const client = await issuer.ground.pool.connect()
    await createAccounts(issuer.ground).raiseIal(client, account, '2.3')
    client.release()
    const html = await (await page.browser.fetch(still)).text()
    expect((await send({ ...page, at: still, html }, { decision: 'done' })).pathname).toMatch(/\/consent$/)
  })

  test('lets the person go back', async () => {
    const page = await toPage({}, await discover(issuer, 'careful'))
    expect((await send(page, { decision: 'back' })).searchParams.get('error')).toBe('access_denied')
  })
})
