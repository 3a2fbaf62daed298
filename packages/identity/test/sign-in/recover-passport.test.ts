import { randomUUID } from 'node:crypto'
import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { sandboxTraveller } from '@sapan/sandbox'
import { createCookies, renderPage, type SiteAnswer } from '@sapan/ui'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAuthenticators } from '../../src/authenticators/authenticators.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import type { AuthenticatorGround } from '../../src/authenticators/ground.ts'
import { createCeremonies } from '../../src/authenticators/store/ceremonies.ts'
import { createHistory } from '../../src/history/history.ts'
import { securityHistory } from '../../src/history/kinds.ts'
import { proofingHistory } from '../../src/proofing/history-kinds.ts'
import { proveByPassport } from '../../src/proofing/passport/passport.ts'
import { createReproofing } from '../../src/proofing/reproof.ts'
import { settleIn } from '../../src/proofing/settle.ts'
import type { SignIn } from '../../src/provider/interactions.ts'
import { createRecovery, type Recovery } from '../../src/recovery/recovery.ts'
import { createOpening } from '../../src/sign-in/opening.ts'
import type { SignInOptions } from '../../src/sign-in/options.ts'
import { signInRoutes } from '../../src/sign-in/routes.ts'
import { rules } from '../authenticators/rules.ts'
import { type ProofingTest, proofingTest } from '../proofing/proofing-ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'
import { nothingGiven } from './nothing-given.ts'

const origin = 'http://localhost:4400'
const nothing = async () => {}

let t: ProofingTest
let options: SignInOptions
let recovery: Recovery
let history: ReturnType<typeof createHistory>

beforeAll(async () => {
  t = await proofingTest()
  const { accounts } = t.ground
  history = createHistory(t.ground, { ...securityHistory, ...proofingHistory })
  const proofing = { ...t.ground, history }
  const ground: AuthenticatorGround = {
    ...t.ground,
    history,
    rules,
    relyingParty: { id: 'localhost', name: 'Sapan', origins: [origin] },
    notify: nothing,
    hashCost: { memory: 64, passes: 1, parallelism: 1 },
    ceremonies: createCeremonies(t.ground),
  }
  const authenticators = createAuthenticators(ground, async () => undefined)
  const devices = createDevices(ground)
  recovery = createRecovery(ground, {
    accounts,
    devices,
    revokeSessions: nothing,
    settle: (client, account, finding) => settleIn(proofing, client, account, finding, { evenFrozen: true }),
  })
  const client = { id: 'portal', names: { th: 'พอร์ทัล', en: 'Portal' }, own: true, origin }
  const visit: SignIn = { uid: 'u', prompt: 'login', reasons: [], client, needs: {}, scopes: [], claims: [] }
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
    admission: { admit: nothing },
    interactions: { details: async () => visit, finish: async () => origin },
    cookies: createCookies(origin, 'sapan-identity'),
    recovering: {
      clock: ground.clock,
      ceremonies: ground.ceremonies,
      recovery,
      cardCode: t.ground.country.proofing.cardCode,
      reproofing: createReproofing(proofing),
    },
  }
})
afterAll(() => t.stop())

async function ask(
  method: 'GET' | 'POST',
  path: string,
  form: Record<string, string> = {},
  language: 'th' | 'en' = 'en',
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
    language,
    who: undefined,
    formKey: null,
    userAgent: '',
    address: '203.0.113.5',
    raw: { request, response: new ServerResponse(request) },
  })
}

function html(answer: SiteAnswer): string {
  if (answer.kind !== 'page') throw new Error(`${answer.kind} is no page`)
  const languages = { th: '', en: '' }
  return renderPage({ language: 'en', title: '', languages, home: '/', body: answer.body })
}

const lines = (traveller = sandboxTraveller()) => traveller.mrz.join('\n')

describe('recovering an account by a passport', () => {
  it('is found from the page of recovering one, and asks for the lines in both languages', async () => {
    expect(html(await ask('GET', '/recover'))).toContain('/sign-in/u/recover/passport')
    expect(html(await ask('GET', '/recover/passport'))).toContain('The lines at the foot')
    expect(html(await ask('GET', '/recover/passport', {}, 'th'))).toContain('แถบตัวอักษรท้ายหน้ารูป')
  })

  it('needs an account of this traveller', async () => {
    const page = html(await ask('POST', '/recover/passport', { lines: lines() }))
    expect(page).toContain('needs proof of who you are')
  })

  it.each([
    ['nothing', ''],
    ['no lines', 'P<GBR'],
    ['a wrong check digit', lines().replace(/\d(?=\s*$)/, (digit) => String((Number(digit) + 1) % 10))],
  ])('asks the Bureau nothing for %s, and shows the lines again', async (_, wrong) => {
    const page = html(await ask('POST', '/recover/passport', { lines: wrong }))
    expect(page).toContain('error-summary')
    expect(page).not.toContain('data-passkey')
  })

  it('ends in a passkey after the wait; what the passport proved is written down then, and in the history', async () => {
    const account = (await t.newAccount()).id
    await proveByPassport({ ...t.ground, history }, { account, act: randomUUID() }, lines())
    const evidence = async () =>
      (await t.ground.pool.query('select from identity.proofing_evidence where account_id = $1', [account]))
        .rowCount
    const before = await evidence()
    const proof =
      /name="proof" value="([\w-]+)"/.exec(
        html(await ask('POST', '/recover/passport', { lines: lines() })),
      )?.[1] ?? ''
    const begun = await ask('POST', '/recover/options', { proof })
    if (begun.kind !== 'file') throw new Error('no options')
    const { ceremony, options: created } = JSON.parse(String(begun.body))
    const response = new SoftwareAuthenticator(origin).create(created)
    const sent = { proof, ceremony, response, name: 'New' }
    expect(html(await ask('POST', '/recover/passkey', sent))).toContain('The recovery has begun')
    expect(await evidence()).toBe(before)
    await t.ground.pool.query(`update identity.recovery set ready_at = begun_at`)
    expect(await recovery.ripen()).toBe(1)
    expect(await evidence()).toBe((before ?? 0) + 1)
    const kinds = (await history.list(account, { limit: 9 })).map(({ kind }) => kind)
    expect(kinds.slice(0, 2).sort()).toEqual(['identity-proved', 'recovery-completed'])
  })
})
