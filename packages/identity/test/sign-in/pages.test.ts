import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import { createCookies, renderPage, type SiteAnswer, type SiteRoute } from '@sapan/ui'
import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFreezing, type Freezing } from '../../src/account/freezing.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import { createNameSignIn } from '../../src/authenticators/name-sign-in.ts'
import { createThrottle } from '../../src/authenticators/throttle.ts'
import type { SignIn, SignInResult } from '../../src/provider/interactions.ts'
import { identityAssets } from '../../src/sign-in/assets.ts'
import { createOpening } from '../../src/sign-in/opening.ts'
import type { SignInOptions } from '../../src/sign-in/options.ts'
import { signInRoutes } from '../../src/sign-in/routes.ts'
import {
  type AuthenticatorTest,
  authenticatorTest,
  goodPassword,
  origin,
  rules,
} from '../authenticators/ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'
import { nothingGiven } from './nothing-given.ts'

let test: AuthenticatorTest
let options: SignInOptions
let signIn: SignIn
let finished: SignInResult[]
let played: string
let freezing: Freezing

beforeAll(async () => {
  test = await authenticatorTest()
  const { ground, accounts, authenticators } = test
  const devices = createDevices(ground)
  const nothing = async () => {}
  finished = []
  freezing = createFreezing(ground, {
    accounts,
    devices,
    revokeSessions: nothing,
    statuses: { suspendAll: nothing, resumeAll: nothing },
    mandates: { suspendAll: nothing },
  })
  options = {
    ...ground,
    accounts,
    authenticators,
    devices,
    names: createNameSignIn(ground, {
      accounts,
      authenticators,
      devices,
      throttle: createThrottle(ground, rules.limits),
      onFailure: () => {},
    }),
    freezing,
    reviewing: nothingGiven(ground),
    recovery: { ripen: async () => 0 },
    opening: createOpening(ground, { accounts, authenticators }),
    admission: { admit: async () => {} },
    interactions: {
      details: async () => signIn,
      finish: async (_, __, result) => {
        finished.push(result)
        return `${origin}/go-on`
      },
    },
    cookies: createCookies(origin, 'sapan-identity'),
    addition: {
      section: () => 'Something of the house',
      forms: [
        {
          path: '/beside',
          prove: async () => ({
            account: played,
            aal: '2.2',
            amr: ['user'],
            authenticators: [],
            at: ground.clock(),
          }),
        },
      ],
    },
  }
})
afterAll(() => test.ground.database.drop())

let visits = 0
function waiting(more: Partial<SignIn> = {}): void {
  const client = { id: 'portal', names: { th: 'พอร์ทัล', en: 'Portal' }, own: true, origin }
  signIn = {
    uid: `u${visits++}`,
    prompt: 'login',
    reasons: [],
    client,
    needs: {},
    scopes: [],
    claims: [],
    ...more,
  }
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  form: Record<string, string> = {},
  cookie = '',
): Promise<SiteAnswer> {
  const routes: SiteRoute<undefined, never>[] = signInRoutes(options)
  const route = routes.find((one) => one.method === method && one.path === `/sign-in/:uid${path}`)
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  const request = new IncomingMessage(new Socket())
  request.headers.cookie = cookie
  return route.handle({
    method,
    path: `/sign-in/${signIn.uid}${path}`,
    parameters: { uid: signIn.uid },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language: 'en',
    who: undefined,
    formKey: h('input', { type: 'hidden', name: 'form-key' }),
    userAgent: 'Mozilla/5.0 (Windows NT 10.0) Chrome/140',
    address: '203.0.113.5',
    raw: { request, response: new ServerResponse(request) },
  })
}

function html(answer: SiteAnswer): string {
  if (answer.kind !== 'page') throw new Error(`${answer.kind} is no page`)
  return renderPage({
    language: 'en',
    title: '',
    languages: { th: '', en: '' },
    home: '/',
    body: answer.body,
  })
}

async function optionsOf(path: string) {
  const answer = await ask('POST', path)
  if (answer.kind !== 'file') throw new Error('no options')
  return JSON.parse(String(answer.body))
}

async function usePasskey(device: SoftwareAuthenticator, path = '/passkey') {
  const { ceremony, options: asked } = await optionsOf('/passkey/options')
  return ask('POST', path, { ceremony, response: device.get(asked) })
}

describe('the pages of signing in', () => {
  it('let somebody in with a passkey, write it down and know the device from then on', async () => {
    const account = await test.open()
    const device = await test.passkey(account)
    waiting()
    expect(html(await ask('GET', ''))).toContain('Sign in with a passkey')
    const answer = await usePasskey(device)
    expect(answer).toMatchObject({ kind: 'redirect', to: `${origin}/go-on` })
    expect(answer.kind !== 'answered' && answer.cookies?.[0]).toMatch(
      /^sapan-identity-device=[\w-]{43};.*HttpOnly/,
    )
    expect(finished.at(-1)).toMatchObject({ login: { account, aal: '2.2' } })
    const [event] = await test.ground.history.list(account, { limit: 1 })
    expect(event?.text.en).toBe('Signed in with passkey, from Chrome on Windows')
  })

  it('let somebody in with a password and a code, without a script', async () => {
    const account = await test.open()
    const email = { scheme: 'email', value: 'page@example.org' } as const
    await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, account, email))
    const code = await test.totp(account)
    await test.authenticators.setPassword({ account }, goodPassword, [])
    test.ground.pass(30_000)
    waiting()
    const first = await ask('POST', '/password', { name: email.value, password: goodPassword })
    expect(first).toEqual({ kind: 'redirect', to: `/sign-in/${signIn.uid}/totp` })
    expect(html(await ask('GET', '/totp'))).toContain('one-time-code')
    expect(await ask('POST', '/totp', { code: code() })).toMatchObject({ kind: 'redirect' })
    expect(finished.at(-1)).toMatchObject({ login: { account, aal: '2.1', amr: ['pwd', 'otp', 'mfa'] } })
  })

  it('are the same for a name that nobody has, letter by letter', async () => {
    const account = await test.open()
    const email = { scheme: 'email', value: 'somebody@example.org' } as const
    await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, account, email))
    const seen = []
    for (const name of [email.value, 'nobody@example.org']) {
      waiting({ uid: name === email.value ? 'same-a' : 'same-b' })
      const first = await ask('POST', '/password', { name, password: 'x' })
      const last = await ask('POST', '/totp', { code: '123456' })
      seen.push(JSON.stringify([first, html(last)]).replaceAll(signIn.uid, 'uid'))
    }
    expect(seen[0]).toBe(seen[1])
  })

  it('say how to go on when a surer way is needed', async () => {
    const device = await test.passkey(await test.open(), { isSynced: true })
    waiting({ needs: { aal: '2.2' } })
    const before = finished.length
    expect(html(await usePasskey(device))).toContain('surer way of signing in')
    expect(finished).toHaveLength(before)
  })

  it('ask who is signed in already for their own passkeys', async () => {
    const [account, other] = [await test.open(), await test.open()]
    const [own, others] = [await test.passkey(account), await test.passkey(other)]
    waiting({ session: { id: 's', account, level: test.ground.levels.lowest } })
    expect((await optionsOf('/passkey/options')).options.allowCredentials).toHaveLength(1)
    expect(html(await usePasskey(others))).toContain('not accepted')
    expect(await usePasskey(own)).toMatchObject({ kind: 'redirect' })
  })

  it('open an account with a passkey, and show its codes once', async () => {
    waiting()
    const { ceremony, options: asked } = await optionsOf('/create/options')
    const device = new SoftwareAuthenticator(origin)
    const sent = { ceremony, response: device.create(asked), name: 'My phone' }
    const page = html(await ask('POST', '/create', sent))
    expect(page.match(/\b[2-9A-Z]{4}(-[2-9A-Z]{4}){5}\b/g)).toHaveLength(10)
    expect(html(await ask('POST', '/create', sent))).toContain('expired')
    await usePasskey(device)
    const login = finished.at(-1)
    const account = login !== undefined && 'login' in login ? login.login.account : ''
    expect((await test.authenticators.list(account)).map(({ kind }) => kind).sort()).toEqual([
      'passkey',
      'recovery-codes',
    ])
  })

  it('open no account without a passkey that was really made', async () => {
    waiting()
    const count = async () => (await test.ground.pool.query('select count(*) from identity.account')).rows[0]
    const before = await count()
    const { ceremony, options: asked } = await optionsOf('/create/options')
    const response = new SoftwareAuthenticator(origin).create(asked, { origin: 'https://false.example' })
    expect(html(await ask('POST', '/create', { ceremony, response, name: 'x' }))).toContain('not accepted')
    expect(await count()).toEqual(before)
  })

  it('let nobody into a frozen account, and open it with a passkey that is old enough', async () => {
    const account = await test.open()
    const device = await test.passkey(account)
    test.ground.pass(72 * 3_600_000)
    await freezing.freeze(account)
    waiting()
    expect(html(await usePasskey(device))).toContain('Your account is frozen')
    const review = html(await usePasskey(device, '/unfreeze'))
    expect(review).toContain('Open my account')
    expect((await test.accounts.find(account))?.state).toBe('frozen')
    const ceremony = /name="ceremony" value="([\w-]+)"/.exec(review)?.[1] ?? ''
    expect(await ask('POST', '/review', { ceremony })).toMatchObject({ kind: 'redirect' })
    expect((await test.accounts.find(account))?.state).toBe('open')
  })

  it('lead to the next question where the sign-in itself is over', async () => {
    waiting({ prompt: 'consent' })
    expect(await ask('GET', '')).toEqual({ kind: 'redirect', to: `/sign-in/${signIn.uid}/consent` })
  })

  it('tell the client when somebody does not sign in', async () => {
    waiting()
    await ask('POST', '/cancel')
    expect(finished.at(-1)).toEqual({ cancelled: true })
  })

  it('have what a house adds before the passkey, with forms of its own', async () => {
    played = await test.open()
    waiting()
    const page = html(await ask('GET', ''))
    expect(page.indexOf('Something of the house')).toBeGreaterThan(page.indexOf('</h1>'))
    expect(page.indexOf('Something of the house')).toBeLessThan(page.indexOf('id="passkey"'))
    await ask('POST', '/beside')
    expect(finished.at(-1)).toMatchObject({ login: { account: played } })
    const [event] = await test.ground.history.list(played, { limit: 1 })
    expect(event?.text).toEqual({
      th: 'เข้าสู่ระบบ จาก Chrome บน Windows',
      en: 'Signed in, from Chrome on Windows',
    })
  })

  it('have nothing beside the ways of signing in where the house adds nothing', () => {
    const { addition: _, ...release } = options
    const paths = signInRoutes(release).map(({ path }) => path)
    expect(paths.some((path) => path.endsWith('/beside'))).toBe(false)
  })

  it.each([
    ['/passkey/options', 'start'],
    ['/create/options', 'open'],
  ])('ask at the door before anything is begun: %s', async (path, door) => {
    const asked: unknown[] = []
    const closed = new Error('closed')
    const former = options
    options = {
      ...options,
      admission: {
        admit: async (...of) => {
          asked.push(of)
          throw closed
        },
      },
    }
    waiting()
    const kept = async () => (await test.ground.pool.query('select from identity.ceremony')).rowCount
    const before = await kept()
    await expect(ask('POST', path, {}, 'sapan-identity-device=mine')).rejects.toBe(closed)
    expect(asked).toEqual([[door, { address: '203.0.113.5', device: 'mine', visit: signIn.uid }]])
    expect(await kept()).toBe(before)
    options = former
  })

  it('have their scripts among the assets', () => {
    expect([...identityAssets().keys()]).toEqual([
      '/assets/identity/webauthn.js',
      '/assets/identity/passkey.js',
    ])
  })
})
