import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { createCookies, renderPage, type SiteAnswer } from '@sapan/ui'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDevices } from '../../src/authenticators/devices.ts'
import { createHistory } from '../../src/history/history.ts'
import { securityHistory } from '../../src/history/kinds.ts'
import type { ProofingGround } from '../../src/proofing/ground.ts'
import { proofingHistory } from '../../src/proofing/history-kinds.ts'
import { createReproofing } from '../../src/proofing/reproof.ts'
import { type Finding, settle } from '../../src/proofing/settle.ts'
import type { SignIn } from '../../src/provider/interactions.ts'
import { createRecovery } from '../../src/recovery/recovery.ts'
import { createOpening } from '../../src/sign-in/opening.ts'
import type { SignInOptions } from '../../src/sign-in/options.ts'
import { createEntering } from '../../src/sign-in/outside/entering.ts'
import { signInRoutes } from '../../src/sign-in/routes.ts'
import { type AuthenticatorTest, authenticatorTest, origin } from '../authenticators/ground.ts'
import { nothingGiven } from './nothing-given.ts'

const someone = '3365341504617'
const nothing = async () => {}

let test: AuthenticatorTest
let proofing: ProofingGround
let options: SignInOptions
let visit: SignIn
/** Which visits began a sign-in with the provider, and whom it finds. */
let begun: string[]
let found: Finding
let acts = 0

const finding = (more: Partial<Finding> = {}): Finding => ({
  method: 'outside-provider',
  identifiers: [
    { scheme: 'national-id', value: someone },
    { scheme: 'external:thaid', value: 'subject-1' },
  ],
  profile: {
    givenName: { th: 'จิรดนัย', en: 'Chiradanai' },
    familyName: { th: 'ภักดีจันทร์', en: 'Phakdichan' },
    source: 'thaid',
    fetchedAt: 0,
  },
  exchanges: [],
  detail: {},
  repeatKey: `act ${++acts}`,
  ...more,
})

beforeAll(async () => {
  test = await authenticatorTest()
  const { accounts, authenticators } = test
  const history = createHistory(test.ground, { ...securityHistory, ...proofingHistory })
  const ground = { ...test.ground, history }
  const country = { proofing: loadCountry().identity.proofing }
  const ask = () => Promise.reject(new Error('no register is asked'))
  proofing = { ...ground, accounts, country, ask }
  const reproofing = createReproofing(proofing)
  const devices = createDevices(ground)
  const recovery = createRecovery(ground, { accounts, devices, revokeSessions: nothing, settle: nothing })
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
    interactions: {
      details: async () => visit,
      finish: async (_, __, result) => ('login' in result ? `${origin}/in/${result.login.account}` : origin),
    },
    cookies: createCookies(origin, 'sapan-identity'),
    recovering: {
      clock: ground.clock,
      ceremonies: ground.ceremonies,
      recovery,
      reproofing,
      cardCode: country.proofing.cardCode,
    },
    outside: {
      name: country.proofing.outsideProvider.name,
      provider: {
        begin: async ({ session }) => {
          begun.push(session)
          return 'http://localhost:4500/authorize'
        },
        find: async ({ session }) => {
          if (!begun.includes(session)) throw new Error(`${session} began nothing`)
          return found
        },
      },
      entering: createEntering({ ...ground, proofing }, { authenticators, reproofing }),
    },
  }
})
afterAll(() => test.ground.database.drop())
beforeEach(async () => {
  const client = { id: 'portal', names: { th: 'พอร์ทัล', en: 'Portal' }, own: true, origin }
  visit = { uid: 'u', prompt: 'login', reasons: [], client, needs: {}, scopes: [], claims: [] }
  begun = []
  found = finding()
  await test.ground.pool.query('delete from identity.identifier')
})

async function ask(
  method: 'GET' | 'POST',
  path: string,
  { form = {}, cookie }: { form?: Record<string, string>; cookie?: string } = {},
): Promise<SiteAnswer> {
  const route = signInRoutes<undefined, never>(options).find(
    (one) => one.method === method && [path, `/sign-in/:uid${path}`].includes(one.path),
  )
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  const request = new IncomingMessage(new Socket())
  if (cookie !== undefined) request.headers.cookie = cookie
  return route.handle({
    method,
    path,
    parameters: {},
    query: new URLSearchParams({ code: 'c', state: 's' }),
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

/** Away to the provider and back, as a browser goes. Gives what the last address answers. */
async function through(path: '/outside' | '/recover/outside'): Promise<SiteAnswer> {
  const away = await ask('GET', path)
  expect(away).toMatchObject({ kind: 'redirect', to: 'http://localhost:4500/authorize' })
  const cookie = away.kind === 'answered' ? '' : (away.cookies?.[0]?.split(';')[0] ?? '')
  const back = await ask('GET', '/sign-in/outside/back', { cookie })
  expect(back).toMatchObject({ kind: 'redirect', to: `/sign-in/u${path}/back?code=c&state=s` })
  return ask('GET', `${path}/back`)
}

const accountIn = (answer: SiteAnswer) =>
  answer.kind === 'redirect' ? answer.to.split('/in/')[1] : undefined

async function proved(ial: string): Promise<string> {
  const account = await test.open()
  await settle(proofing, account, finding({ method: ial === '1.3' ? 'population-register' : 'in-person' }))
  return account
}

describe('signing in with an outside provider', () => {
  it('opens an account that is proved at once, and finds it again', async () => {
    const account = accountIn(await through('/outside')) ?? ''
    expect(await test.accounts.find(account)).toMatchObject({
      ial: '2.3',
      name: { en: 'Chiradanai Phakdichan' },
    })
    found = finding()
    expect(accountIn(await through('/outside'))).toBe(account)
    expect(await test.authenticators.list(account)).toMatchObject([{ kind: 'external', name: 'thaid' }])
  })

  it('opens one account, though two sign in at once', async () => {
    const found = () => options.outside?.entering.enter(finding(), 'th')
    const [one, two] = await Promise.all([found(), found()])
    expect(one?.account).toBe(two?.account)
  })

  it('enters the account that has the number, as sure as the country says, and tells its owner', async () => {
    const account = await proved('3')
    await test.passkey(account)
    const before = test.notices.length
    expect(accountIn(await through('/outside'))).toBe(account)
    expect(test.notices.slice(before).map(({ title }) => title.en)).toContain(
      'An outside provider was added: “ThaID, Department of Provincial Administration”',
    )
    expect(await test.accounts.find(account)).toMatchObject({ ial: '3' })
    const proof = await options.outside?.entering.enter(finding(), 'th')
    expect(proof).toMatchObject({ aal: '2.1', account })
  })

  it('gives nothing to who opened an account with less proof', async () => {
    const account = await proved('1.3')
    await test.passkey(account)
    expect(html(await through('/outside'))).toContain('was proved less surely')
    expect(await test.accounts.find(account)).toMatchObject({ ial: '1.3' })
    expect(await test.authenticators.list(account)).toHaveLength(1)
  })

  it('does not open what its owner froze', async () => {
    const account = await proved('3')
    await inTransaction(test.ground.pool, (client) => test.accounts.setState(client, account, 'frozen'))
    expect(html(await through('/outside'))).toContain('Your account is frozen')
    expect(await test.authenticators.list(account)).toHaveLength(0)
  })

  it('does not take the place of somebody else who is signed in', async () => {
    const session = { id: 's', account: await test.open(), level: { ial: '1.1', aal: '2.1' } }
    visit = { ...visit, session }
    expect(html(await through('/outside'))).toContain('somebody else')
  })

  it('is not sure enough where more is needed', async () => {
    visit = { ...visit, needs: { aal: '2.2' } }
    expect(html(await through('/outside'))).toContain('surer way')
  })

  it.each([undefined, 'sapan-identity-outside=evil', 'sapan-identity-outside=sign-in.%2F%2Fevil.example'])(
    'comes back to nothing that this browser did not begin: %s',
    async (cookie) => {
      await expect(ask('GET', '/sign-in/outside/back', cookie ? { cookie } : {})).rejects.toMatchObject({
        code: 'sign-in-elsewhere-failed',
      })
    },
  )
})

describe('recovering with an outside provider', () => {
  it('goes on to a new passkey for the account that has the number, and changes nothing yet', async () => {
    const account = await proved('1.3')
    await test.passkey(account)
    expect(html(await through('/recover/outside'))).toContain('Add a passkey and begin the recovery')
    expect(await test.accounts.find(account)).toMatchObject({ ial: '1.3' })
  })

  it('says of who has no account what it says of who needs more proof', async () => {
    const none = html(await through('/recover/outside'))
    await proved('3')
    expect(html(await through('/recover/outside'))).toBe(none)
  })

  it('is not what was begun to sign in', async () => {
    await ask('GET', '/outside')
    await expect(ask('GET', '/recover/outside/back')).rejects.toThrow('began nothing')
  })
})
