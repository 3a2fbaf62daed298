import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import { createCookies, renderPage, type SiteAnswer } from '@sapan/ui'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDevices } from '../../src/authenticators/devices.ts'
import type { CardAnswers } from '../../src/proofing/population-register.ts'
import type { SignIn } from '../../src/provider/interactions.ts'
import { createRecovery, type Recovery } from '../../src/recovery/recovery.ts'
import { createOpening } from '../../src/sign-in/opening.ts'
import type { SignInOptions } from '../../src/sign-in/options.ts'
import { signInRoutes } from '../../src/sign-in/routes.ts'
import { type AuthenticatorTest, authenticatorTest, origin, signInWith } from '../authenticators/ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'
import { nothingGiven } from './nothing-given.ts'

let test: AuthenticatorTest
let options: SignInOptions
let recovery: Recovery
/** Whom the register finds, and what it was asked. */
let holder: string | undefined
let asked: CardAnswers[]

const nothing = async () => {}
const client = { id: 'portal', names: { th: 'พอร์ทัล', en: 'Portal' }, own: true, origin }
const visit: SignIn = { uid: 'u', prompt: 'login', reasons: [], client, needs: {}, scopes: [], claims: [] }
const card = {
  number: '1-2345-67890-12-1',
  code: 'je1-0001234-56',
  'birth-date-day': '13',
  'birth-date-month': '4',
  'birth-date-year': '2530',
}

beforeAll(async () => {
  test = await authenticatorTest()
  asked = []
  const { ground, accounts, authenticators } = test
  const devices = createDevices(ground)
  recovery = createRecovery(ground, { accounts, devices, revokeSessions: nothing, settle: nothing })
  options = {
    ...ground,
    accounts,
    authenticators,
    devices,
    recovery,
    names: { begin: nothing, finish: () => Promise.reject(new Error('not asked')) },
    freezing: { mayOpen: async () => undefined, unfreeze: nothing },
    reviewing: nothingGiven(ground),
    opening: createOpening(ground, { accounts, authenticators }),
    admission: { admit: async () => {} },
    interactions: { details: async () => visit, finish: async () => origin },
    cookies: createCookies(origin, 'sapan-identity'),
    recovering: {
      clock: ground.clock,
      ceremonies: ground.ceremonies,
      recovery,
      cardCode: { pattern: '^[A-Z]{2}\\d-?\\d{7}-?\\d{2}$', example: 'JE1-0001234-56' },
      reproofing: {
        byPassport: () => Promise.reject(new Error('not asked')),
        byFinding: () => Promise.reject(new Error('not asked')),
        byCard: async (_, answers) => {
          asked.push(answers)
          const account = holder === undefined ? undefined : await accounts.find(holder)
          const method = 'population-register' as const
          const finding = { method, identifiers: [], exchanges: ['x'], detail: {}, repeatKey: 'r' }
          return { account, method, ial: '1.3', exchanges: ['x'], how: 'remote', evidence: 'x', finding }
        },
      },
    },
  }
})
afterAll(() => test.ground.database.drop())

async function ask(
  method: 'GET' | 'POST',
  path: string,
  form: Record<string, string> = {},
): Promise<SiteAnswer> {
  const route = signInRoutes<undefined, never>(options).find(
    (one) => one.method === method && one.path === `/sign-in/:uid${path}`,
  )
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  const request = new IncomingMessage(new Socket())
  return route.handle({
    method,
    path,
    parameters: {},
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language: 'en',
    who: undefined,
    formKey: null,
    userAgent: '',
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

/** Proves the card, and adds a passkey. */
async function recover(device: SoftwareAuthenticator, more: Record<string, string> = {}) {
  const proof = /name="proof" value="([\w-]+)"/.exec(html(await ask('POST', '/recover', card)))?.[1] ?? ''
  const begun = await ask('POST', '/recover/options', { proof })
  if (begun.kind !== 'file') throw new Error('no options')
  const { ceremony, options: created } = JSON.parse(String(begun.body))
  const sent = { proof, ceremony, response: device.create(created), name: 'New', ...more }
  return { proof, page: html(await ask('POST', '/recover/passkey', sent)) }
}

/** Signs in at the page, with a passkey. */
async function signIn(device: SoftwareAuthenticator): Promise<SiteAnswer> {
  const begun = await ask('POST', '/passkey/options')
  if (begun.kind !== 'file') throw new Error('no options')
  const { ceremony, options: asked } = JSON.parse(String(begun.body))
  return ask('POST', '/passkey', { ceremony, response: device.get(asked) })
}

describe('whoever signs in while a recovery waits', () => {
  it.each(['cancel', 'keep', 'anything else'])('is asked whose it is, and goes on: %s', async (decision) => {
    holder = await test.open()
    const owner = await test.passkey(holder)
    const attacker = new SoftwareAuthenticator(origin)
    await recover(attacker)
    const page = html(await signIn(owner))
    expect(page).toContain('Somebody asked to recover your account')
    const ceremony = /name="ceremony" value="([\w-]+)"/.exec(page)?.[1] ?? ''
    expect(await ask('POST', '/recovery', { ceremony, decision })).toMatchObject({ kind: 'redirect' })
    await expect(ask('POST', '/recovery', { ceremony, decision })).rejects.toMatchObject({
      code: 'ceremony-over',
    })
    test.ground.pass(72 * 3_600_000)
    await recovery.ripen()
    const [kept, lost] = decision === 'keep' ? [attacker, owner] : [owner, attacker]
    await expect(signInWith(test, kept)).resolves.toMatchObject({ account: holder })
    await expect(signInWith(test, lost)).rejects.toMatchObject({ code: 'passkey-refused' })
  })

  it('goes on at once where none waits', async () => {
    const account = await test.open()
    expect(await signIn(await test.passkey(account))).toMatchObject({ kind: 'redirect', to: origin })
  })
})

describe('two recoveries at once', () => {
  it('are one: the second is refused while the first waits', async () => {
    holder = await test.open()
    const [first, second] = [new SoftwareAuthenticator(origin), new SoftwareAuthenticator(origin)]
    const pages = (await Promise.all([recover(first), recover(second)])).map(({ page }) => page)
    expect(pages.filter((page) => page.includes('The recovery has begun'))).toHaveLength(1)
    expect(pages.filter((page) => page.includes('is waiting already'))).toHaveLength(1)
  })
})

describe('recovering an account without being signed in', () => {
  it('begins with the card and a new passkey, which waits', async () => {
    holder = await test.open()
    const lost = await test.passkey(holder)
    const device = new SoftwareAuthenticator(origin)
    const { page } = await recover(device)
    expect(page).toContain('The recovery has begun')
    expect(asked.at(-1)).toMatchObject({ nationalId: '1234567890121', birthDates: ['1987-04-13'] })
    await expect(signInWith(test, device)).rejects.toMatchObject({ code: 'passkey-refused' })
    test.ground.pass(72 * 3_600_000)
    await recovery.ripen()
    await expect(signInWith(test, device)).resolves.toMatchObject({ account: holder })
    await expect(signInWith(test, lost)).rejects.toMatchObject({ code: 'passkey-refused' })
  })

  it('begins once with one proof', async () => {
    holder = await test.open()
    const { proof } = await recover(new SoftwareAuthenticator(origin))
    await expect(ask('POST', '/recover/options', { proof })).rejects.toMatchObject({ code: 'ceremony-over' })
  })

  it('keeps what was there where it is asked to', async () => {
    holder = await test.open()
    const former = await test.passkey(holder)
    await recover(new SoftwareAuthenticator(origin), { 'keeps-former': 'yes' })
    test.ground.pass(72 * 3_600_000)
    await recovery.ripen()
    await expect(signInWith(test, former)).resolves.toMatchObject({ account: holder })
  })

  it('asks for a proof worth as much as what the account rests on, and for an account', async () => {
    const account = await test.open()
    await inTransaction(test.ground.pool, (one) => test.accounts.raiseIal(one, account, '2.3'))
    for (const found of [account, undefined]) {
      holder = found
      expect(html(await ask('POST', '/recover', card))).toContain('needs proof of who you are')
    }
  })

  it.each([
    ['number', '1234567890122'],
    ['code', 'nonsense'],
    ['birth-date-year', '9999'],
  ])('asks the register nothing where the %s cannot be', async (field, value) => {
    const before = asked.length
    expect(html(await ask('POST', '/recover', { ...card, [field]: value }))).toContain('error-summary')
    expect(asked).toHaveLength(before)
  })

  it('makes no passkey for who proved nothing', async () => {
    for (const proof of ['', 'x', 'A'.repeat(43)])
      await expect(ask('POST', '/recover/options', { proof })).rejects.toMatchObject({
        code: 'ceremony-over',
      })
  })
})
