import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import { createNotices, type Letter, type Notices, noticesMigrations } from '@sapan/notices'
import { createCookies, renderPage, type SiteAnswer } from '@sapan/ui'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDevices } from '../../src/authenticators/devices.ts'
import { createNameSignIn } from '../../src/authenticators/name-sign-in.ts'
import { createThrottle } from '../../src/authenticators/throttle.ts'
import type { SignIn, SignInResult } from '../../src/provider/interactions.ts'
import { createEmailCodes } from '../../src/sign-in/email-codes.ts'
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
import { nothingGiven } from './nothing-given.ts'

let test: AuthenticatorTest
let options: SignInOptions
let notices: Notices
let letters: Letter[]
let signIn: SignIn
let finished: SignInResult[]
/** What the browser keeps. */
let cookie = ''

const nothing = async () => {}

beforeAll(async () => {
  test = await authenticatorTest({ notices: noticesMigrations })
  const { ground, accounts, authenticators } = test
  notices = createNotices({
    ...ground,
    portal: 'http://localhost:4401',
    mailer: { send: async (letter) => void letters.push(letter), close: () => {} },
    push: { send: () => Promise.reject(new Error('no device')) },
    addressOf: async () => undefined,
  })
  const devices = createDevices(ground)
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
    freezing: { mayOpen: async () => undefined, unfreeze: nothing },
    reviewing: nothingGiven(ground),
    recovery: { ripen: async () => 0 },
    opening: createOpening(ground, { accounts, authenticators }),
    admission: { admit: nothing },
    letters: {
      clock: ground.clock,
      ceremonies: ground.ceremonies,
      codes: createEmailCodes({ ...ground, accounts, devices, notices }),
    },
    interactions: {
      details: async () => signIn,
      finish: async (_, __, result) => {
        finished.push(result)
        return `${origin}/go-on`
      },
    },
    cookies: createCookies(origin, 'sapan-identity'),
  }
})
afterAll(() => test.ground.database.drop())

let visits = 0
beforeEach(() => {
  letters = []
  finished = []
  cookie = ''
  test.ground.pass(7_200_000)
  const client = { id: 'portal', names: { th: 'พอร์ทัล', en: 'Portal' }, own: true, origin }
  signIn = { uid: `u${visits++}`, prompt: 'login', reasons: [], client, needs: {}, scopes: [], claims: [] }
})

async function ask(
  method: 'GET' | 'POST',
  path: string,
  form: Record<string, string> = {},
  check = '',
): Promise<SiteAnswer> {
  const route = signInRoutes<undefined, never>(options).find(
    (one) => one.method === method && one.path === `/sign-in/:uid${path}`,
  )
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  const request = new IncomingMessage(new Socket())
  request.headers.cookie = cookie
  const answer = await route.handle({
    method,
    path,
    parameters: { uid: signIn.uid, check },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language: 'en',
    who: undefined,
    formKey: null,
    userAgent: 'Mozilla/5.0 (Windows NT 10.0) Firefox/140',
    address: '203.0.113.5',
    raw: { request, response: new ServerResponse(request) },
  })
  if (answer.kind !== 'answered') cookie = answer.cookies?.[0]?.split(';')[0] ?? cookie
  return answer
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

const hidden = (page: string, name: string) =>
  new RegExp(`name="${name}" value="([\\w-]+)"`).exec(page)?.[1] ?? ''

async function codeIn(): Promise<string> {
  await notices.deliverDue()
  return /\b(\d{6})\b/.exec(letters.at(-1)?.text ?? '')?.[1] ?? ''
}

/** Goes as far as the page with the code app and the password. */
async function atSecrets(address: string) {
  const sent = await ask('POST', '/create/password', { address })
  const check = sent.kind === 'redirect' ? (sent.to.split('/').at(-1) ?? '') : ''
  const page = html(await ask('POST', '/create/password/:check', { code: await codeIn() }, check))
  const secret = /<code class="key"[^>]*>([A-Z2-7 ]+)</.exec(page)?.[1]?.replaceAll(' ', '') ?? ''
  return { page, opening: hidden(page, 'opening'), secret }
}

const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: test.ground.clock() })

async function holderOf(email: string): Promise<string | undefined> {
  return (await test.accounts.findByIdentifier('email', email))?.id
}

describe('opening an account without a passkey', () => {
  it('is found from the page of opening one', async () => {
    expect(html(await ask('GET', '/create'))).toContain(`/sign-in/${signIn.uid}/create/password`)
    const { letters: _, ...without } = options
    const former = options
    options = without
    expect(html(await ask('GET', '/create'))).not.toContain('/create/password')
    options = former
  })

  it('takes an address, a code app and a password, shows the codes once, and goes on without asking again', async () => {
    const { page, opening, secret } = await atSecrets('new@example.org')
    expect(page).toContain('<svg')
    const sent = { opening, code: codeOf(secret), name: 'App', password: goodPassword }
    const codes = html(await ask('POST', '/create/account', sent))
    expect(codes.match(/\b[2-9A-Z]{4}(-[2-9A-Z]{4}){5}\b/g)).toHaveLength(10)
    const ceremony = hidden(codes, 'ceremony')
    expect(await ask('POST', '/opened', { ceremony })).toMatchObject({ kind: 'redirect' })
    const account = await holderOf('new@example.org')
    expect(finished).toMatchObject([{ login: { account, aal: '2.1', amr: ['pwd', 'otp', 'mfa'] } }])
    expect((await test.authenticators.list(account ?? '')).map(({ kind }) => kind).sort()).toEqual([
      'password',
      'recovery-codes',
      'totp',
    ])
    await expect(ask('POST', '/opened', { ceremony })).rejects.toMatchObject({ code: 'ceremony-over' })
  })

  it.each([
    ['a weak password', { password: 'password1234' }, 'too easy to guess'],
    ['a wrong code', { code: '000000' }, 'wrong or was used already'],
    ['no name', { name: ' ' }, 'name cannot be used'],
  ])('opens nothing with %s, and keeps the code app that was begun', async (_, wrong, said) => {
    const address = `wrong${visits}@example.org`
    const { opening, secret } = await atSecrets(address)
    const right = { opening, code: codeOf(secret), name: 'App', password: goodPassword }
    const page = html(await ask('POST', '/create/account', { ...right, ...wrong }))
    expect(page).toContain(said)
    expect(page.replaceAll(' ', '')).toContain(secret)
    expect(await holderOf(address)).toBeUndefined()
    html(await ask('POST', '/create/account', right))
    expect(await holderOf(address)).toBeDefined()
  })

  it('opens nothing with a code of another visit', async () => {
    const { opening, secret } = await atSecrets('stolen@example.org')
    signIn = { ...signIn, uid: 'another' }
    const sent = { opening, code: codeOf(secret), name: 'App', password: goodPassword }
    await expect(ask('POST', '/create/account', sent)).rejects.toMatchObject({ code: 'ceremony-over' })
  })

  it('tells only who reads there that the address has an account', async () => {
    const account = await test.open()
    const email = { scheme: 'email', value: 'taken@example.org' } as const
    await inTransaction(test.ground.pool, (client) => test.accounts.prove(client, account, email))
    const known = await ask('POST', '/create/password', { address: email.value })
    const check = known.kind === 'redirect' ? (known.to.split('/').at(-1) ?? '') : ''
    expect(known.kind).toBe((await ask('POST', '/create/password', { address: 'free@example.org' })).kind)
    await notices.deliverDue()
    const letter = letters.find(({ to }) => to === email.value)
    const code = /\b(\d{6})\b/.exec(letter?.text ?? '')?.[1] ?? ''
    expect(html(await ask('POST', '/create/password/:check', { code }, check))).toContain('another account')
  })
})

describe('a new device that must wait', () => {
  async function person(email: string) {
    const account = await test.open()
    await inTransaction(test.ground.pool, (client) =>
      test.accounts.prove(client, account, { scheme: 'email', value: email }),
    )
    const code = await test.totp(account)
    await test.authenticators.setPassword({ account }, goodPassword, [])
    test.ground.pass(30_000)
    return { account, code }
  }
  /** Others guess until every unknown device has to wait. */
  async function guess(name: string): Promise<string> {
    for (let i = 0; i < 10; i++) await ask('POST', '/password', { name, password: 'a guess' })
    await ask('POST', '/password', { name, password: 'a guess' })
    return html(await ask('POST', '/password', { name, password: goodPassword }))
  }

  it('is offered a code by e-mail, with which its owner signs in at once', async () => {
    const { account, code } = await person('guessed@example.org')
    const waits = await guess('guessed@example.org')
    expect(waits).toContain('Too many attempts')
    expect(waits).toContain(`/sign-in/${signIn.uid}/device`)
    const sent = await ask('POST', '/device', { name: 'guessed@example.org' })
    const check = sent.kind === 'redirect' ? (sent.to.split('/').at(-1) ?? '') : ''
    await expect.poll(codeIn).toMatch(/^\d{6}$/)
    expect(letters.at(-1)?.subject).toContain('จากอุปกรณ์ใหม่')
    const confirmed = await ask('POST', '/device/:check', { code: await codeIn() }, check)
    expect(confirmed).toMatchObject({ kind: 'redirect', to: `/sign-in/${signIn.uid}/password` })
    const first = await ask('POST', '/password', { name: 'guessed@example.org', password: goodPassword })
    expect(first).toMatchObject({ kind: 'redirect' })
    await ask('POST', '/totp', { code: code() })
    expect(finished).toMatchObject([{ login: { account } }])
    const history = await test.ground.history.list(account, { limit: 20 })
    expect(history.map(({ text }) => text.en)).toContain(
      'A new device was confirmed by e-mail: Firefox on Windows',
    )
  })

  it('still needs the password: the code alone lets nobody in', async () => {
    await person('reader@example.org')
    const sent = await ask('POST', '/device', { name: 'reader@example.org' })
    const check = sent.kind === 'redirect' ? (sent.to.split('/').at(-1) ?? '') : ''
    await expect.poll(codeIn).toMatch(/^\d{6}$/)
    await ask('POST', '/device/:check', { code: await codeIn() }, check)
    await ask('POST', '/password', { name: 'reader@example.org', password: 'a guess' })
    expect(html(await ask('POST', '/totp', { code: '123456' }))).toContain('do not sign you in')
    expect(finished).toEqual([])
  })

  it('is told the same for a name that nobody has, letter by letter, until its codes are used up', async () => {
    await person('somebody@example.org')
    const seen = []
    for (const name of ['somebody@example.org', 'nobody@example.org']) {
      const sent = await ask('POST', '/device', { name })
      const check = sent.kind === 'redirect' ? (sent.to.split('/').at(-1) ?? '') : ''
      const kept = async () =>
        (await test.ground.pool.query('select from notices.address_check where id = $1', [check])).rowCount
      await expect.poll(kept).toBe(1)
      const pages = []
      for (let i = 0; i < 6; i++)
        pages.push(html(await ask('POST', '/device/:check', { code: '000000' }, check)))
      seen.push(JSON.stringify(pages).replaceAll(check, 'check'))
    }
    expect(seen[0]).toBe(seen[1])
    await notices.deliverDue()
    expect(letters.map(({ to }) => to)).toEqual(['somebody@example.org'])
  })

  it('is known for nobody with a code that was asked for in another sign-in', async () => {
    await person('elsewhere@example.org')
    const sent = await ask('POST', '/device', { name: 'elsewhere@example.org' })
    const check = sent.kind === 'redirect' ? (sent.to.split('/').at(-1) ?? '') : ''
    await expect.poll(codeIn).toMatch(/^\d{6}$/)
    const code = await codeIn()
    signIn = { ...signIn, uid: 'thiefs' }
    expect(html(await ask('POST', '/device/:check', { code }, check))).toContain('wrong or has expired')
    expect(cookie).toBe('')
  })
})
