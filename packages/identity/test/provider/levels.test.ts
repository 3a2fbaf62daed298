import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import type { SignIn } from '../../src/provider/interactions.ts'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer, testLevels } from './issuer.ts'
import { begin, discover, publicClient, signIn } from './relying-party.ts'

let issuer: TestIssuer
let account: string
let configuration: oidc.Configuration
let asked: SignIn[]

beforeAll(async () => {
  issuer = await startIssuer()
  await issuer.clients.register(publicClient, 'file')
  await issuer.clients.register({ ...publicClient, id: 'careful', least: { ial: '2.3', aal: '2.2' } }, 'file')
  configuration = await discover(issuer, 'leaflet')
})
afterAll(() => issuer.stop())
beforeEach(async () => {
  account = await issuer.person()
  asked = []
  person('2.1')
})

/** The person, who has no stronger proof than this. */
function person(aal: string): void {
  const signs = signsIn(issuer, account, aal)
  issuer.act = (signIn) => {
    asked.push(signIn)
    return asked.length > 4 ? { cancelled: true } : signs(signIn)
  }
}

async function prove(ial: string): Promise<void> {
  const client = await issuer.ground.pool.connect()
  await createAccounts(issuer.ground).raiseIal(client, account, ial)
  client.release()
}

const acr = (ial: string, aal: string) => testLevels.acrOf({ ial, aal })

describe('a level that a client needs', () => {
  test('is asked for in the middle of a visit, with what is missing', async () => {
    const browser = new Browser()
    const before = await signIn(configuration, browser)
    expect(before.claims()?.acr).toBe(acr('1.1', '2.1'))
    asked = []
    person('2.2')
    const after = await signIn(configuration, browser, { acr_values: acr('1.1', '2.2') })
    expect(asked[0]).toMatchObject({
      prompt: 'login',
      reasons: ['aal_too_low'],
      needs: { aal: '2.2' },
      session: { account, level: { ial: '1.1', aal: '2.1' } },
    })
    expect(after.claims()?.acr).toBe(acr('1.1', '2.2'))
    asked = []
    await signIn(configuration, browser, { acr_values: acr('1.1', '2.1') })
    expect(asked).toEqual([])
  })

  test('that is only wished for is asked once, and the sign-in goes on without it', async () => {
    const tokens = await signIn(configuration, new Browser(), { acr_values: acr('2.3', '3') })
    expect(asked.map(({ prompt }) => prompt)).toEqual(['login', 'proofing', 'consent'])
    expect(tokens.claims()?.acr).toBe(acr('1.1', '2.1'))
  })

  test('that is essential is never gone without', async () => {
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: acr('1.1', '3') } } })
    const { url } = await begin(configuration, { claims })
    const { at } = await new Browser().follow(url)
    expect(at.searchParams.get('error')).toBe('access_denied')
    expect(asked.length).toBeGreaterThan(2)
    person('3')
    asked = []
    expect((await signIn(configuration, new Browser(), { claims })).claims()?.acr).toBe(acr('1.1', '3'))
  })

  test('that is of no list of ours is refused', async () => {
    for (const value of ['urn:another:level', 'x'.repeat(3000), acr('9.9', '1')]) {
      const claims = JSON.stringify({ id_token: { acr: { essential: true, value } } })
      const { url } = await begin(configuration, { claims })
      expect((await new Browser().follow(url)).at.searchParams.get('error')).toBe(
        'unmet_authentication_requirements',
      )
    }
  })

  test('of a client that was registered with it leads to proofing, and holds as soon as that is done', async () => {
    const careful = await discover(issuer, 'careful')
    person('3')
    const signs = issuer.act
    issuer.act = async (signIn) => {
      if (signIn.prompt === 'proofing') await prove('2.3')
      return await signs(signIn)
    }
    const tokens = await signIn(careful, new Browser())
    expect(asked.map(({ prompt, needs }) => [prompt, needs.ial])).toContainEqual(['login', '2.3'])
    expect(tokens.claims()?.acr).toBe(acr('2.3', '3'))
  })

  test('is told to the client at once where it may not ask (prompt=none)', async () => {
    const browser = new Browser()
    await signIn(configuration, browser)
    const errorOf = async (client: oidc.Configuration, parameters: Record<string, string>) => {
      const { url } = await begin(client, { prompt: 'none', ...parameters })
      return (await browser.follow(url)).at.searchParams.get('error')
    }
    expect(await errorOf(configuration, {})).toBeNull()
    expect(await errorOf(configuration, { acr_values: acr('1.1', '3') })).toBe('login_required')
    expect(await errorOf(await discover(issuer, 'careful'), {})).toBe('login_required')
    const stranger = await begin(configuration, { prompt: 'none' })
    expect((await new Browser().follow(stranger.url)).at.searchParams.get('error')).toBe('login_required')
  })
})

describe('a sign-in that must be fresh', () => {
  test('asks again for prompt=login and for max_age', async () => {
    const browser = new Browser()
    await signIn(configuration, browser)
    asked = []
    await signIn(configuration, browser, { prompt: 'login' })
    expect(asked[0]?.reasons).toContain('login_prompt')
    const signs = issuer.act
    const anHourAgo = { account, aal: '2.2', amr: ['hwk'], at: Date.now() - 3_600_000 }
    issuer.act = (signIn) => (signIn.prompt === 'login' ? { login: anHourAgo } : signs(signIn))
    await signIn(configuration, browser, { prompt: 'login' })
    issuer.act = signs
    asked = []
    const { url, checks } = await begin(configuration, { max_age: '600' })
    const { at } = await browser.follow(url)
    const tokens = await oidc.authorizationCodeGrant(configuration, at, { ...checks, maxAge: 30 })
    expect(asked[0]?.reasons).toContain('max_age')
    expect(tokens.claims()?.auth_time).toBeGreaterThan(Date.now() / 1000 - 10)
  })

  test('has a session of a new name, so that one that was planted is worth nothing', async () => {
    const attacker = new Browser()
    const { url } = await begin(configuration)
    await attacker.fetch(url)
    const planted = attacker.cookie('sapan-identity') ?? 'planted'
    const victim = new Browser()
    victim.setCookie('sapan-identity', planted)
    await signIn(configuration, victim)
    expect(victim.cookie('sapan-identity')).not.toBe(planted)
    const thief = new Browser()
    thief.setCookie('sapan-identity', planted)
    const silent = await begin(configuration, { prompt: 'none' })
    expect((await thief.follow(silent.url)).at.searchParams.get('error')).toBe('login_required')
  })

  test('of a person whose account is frozen meanwhile is asked for anew', async () => {
    const browser = new Browser()
    await signIn(configuration, browser)
    const client = await issuer.ground.pool.connect()
    await createAccounts(issuer.ground).setState(client, account, 'frozen')
    client.release()
    const { url } = await begin(configuration, { prompt: 'none' })
    expect((await browser.follow(url)).at.searchParams.get('error')).toBe('login_required')
  })
})
