import { renderPage, type SiteAnswer } from '@sapan/ui'
import { h } from 'preact'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFreezing } from '../../src/account/freezing.ts'
import { createDevices } from '../../src/authenticators/devices.ts'
import type { SecurityOptions } from '../../src/pages/security/options.ts'
import { securityRoutes } from '../../src/pages/security/routes.ts'
import { createSessions } from '../../src/provider/sessions.ts'
import { createRecovery } from '../../src/recovery/recovery.ts'
import { type AuthenticatorTest, authenticatorTest, goodPassword, origin } from '../authenticators/ground.ts'
import { SoftwareAuthenticator } from '../software-authenticator.ts'

let test: AuthenticatorTest
let options: SecurityOptions
let account: string

beforeAll(async () => {
  test = await authenticatorTest()
  const { ground, accounts, authenticators } = test
  const devices = createDevices(ground)
  const sessions = createSessions(ground)
  const nothing = async () => {}
  const ports = {
    accounts,
    devices,
    revokeSessions: (one: string, client: Parameters<typeof sessions.revokeAll>[1]) =>
      sessions.revokeAll(one, client),
    settle: nothing,
    statuses: { suspendAll: nothing, resumeAll: nothing },
    mandates: { suspendAll: nothing },
  }
  options = {
    clock: ground.clock,
    accounts,
    authenticators,
    history: ground.history,
    recovery: createRecovery(ground, ports),
    freezing: createFreezing(ground, ports),
    sessions,
    freshSeconds: 300,
  }
  account = await test.open()
  await test.passkey(account)
})
afterAll(() => test.ground.database.drop())

async function ask(
  method: 'GET' | 'POST',
  path: string,
  parts: { form?: Record<string, string>; parameters?: Record<string, string>; who?: string } = {},
): Promise<SiteAnswer> {
  const route = securityRoutes(options).find(
    (one) => one.method === method && one.path === `/me/security${path}`,
  )
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  const level = test.ground.levels.lowest
  const who = { account: parts.who ?? account, name: 'สมใจ', session: 's1', level, authenticatedAt: 0 }
  return route.handle({
    method,
    path,
    parameters: parts.parameters ?? {},
    query: new URLSearchParams(),
    form: new URLSearchParams(parts.form),
    language: 'en',
    who,
    formKey: h('input', { type: 'hidden', name: 'form-key' }),
    userAgent: '',
    address: '203.0.113.5',
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

describe('the pages of security', () => {
  it('show what one signs in with, where one is signed in, and what happened', async () => {
    const page = html(await ask('GET', ''))
    for (const text of ['โทรศัพท์', 'You have only one way in', 'Where you are signed in', 'This was not me'])
      expect(page).toContain(text)
    expect(html(await ask('GET', '/history'))).toContain('Added passkey')
  })

  it('escape what people call their things', async () => {
    const [one] = await test.authenticators.list(account)
    const name = '<img src=x onerror=alert(1)>'
    await ask('POST', '/authenticators/:authenticator/rename', {
      parameters: { authenticator: one?.id ?? '' },
      form: { name },
    })
    for (const path of ['', '/history']) {
      const page = html(await ask('GET', path))
      expect(page).not.toContain('<img')
      expect(page).toContain('&lt;img')
    }
  })

  it('add a passkey, a code app and a password, and make codes', async () => {
    const begun = await ask('POST', '/passkey/options')
    if (begun.kind !== 'file') throw new Error('no options')
    const { ceremony, options: asked } = JSON.parse(String(begun.body))
    const response = new SoftwareAuthenticator(origin).create(asked)
    const added = await ask('POST', '/passkey', { form: { ceremony, response, name: 'Key' } })
    expect(added).toEqual({ kind: 'redirect', to: '/me/security' })

    expect(html(await ask('POST', '/password', { form: { password: goodPassword } }))).toContain(
      'second factor',
    )
    const page = html(await ask('GET', '/totp'))
    expect(page).toContain('shape-rendering="crispEdges"')
    const inPage = /name="ceremony" value="([\w-]+)"/.exec(page)?.[1] ?? ''
    const wrong = html(
      await ask('POST', '/totp', { form: { ceremony: inPage, code: '000000', name: 'App' } }),
    )
    expect(wrong).toContain(inPage)
    await test.totp(account)
    await ask('POST', '/password', { form: { password: goodPassword } })
    expect(html(await ask('POST', '/codes')).match(/<code>[2-9A-Z-]{14}/g)).toHaveLength(10)
    const kinds = (await test.authenticators.list(account)).map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['passkey', 'passkey', 'password', 'recovery-codes', 'totp'])
  })

  it('know nothing of another’s authenticators, sessions and recoveries', async () => {
    const [one] = await test.authenticators.list(account)
    const who = await test.open()
    const missing = { type: { status: 404 } }
    const parameters = { authenticator: one?.id ?? '', session: 'another', recovery: 'another' }
    for (const [method, path] of [
      ['GET', '/authenticators/:authenticator'],
      ['POST', '/authenticators/:authenticator/rename'],
      ['POST', '/authenticators/:authenticator/remove'],
      ['POST', '/sessions/:session/end'],
      ['POST', '/recovery/:recovery/cancel'],
    ] as const)
      await expect(ask(method, path, { parameters, who }), path).rejects.toMatchObject(missing)
  })

  it('keep the last way in, and say why', async () => {
    const who = await test.open()
    await test.passkey(who)
    const [one] = await test.authenticators.list(who)
    const parameters = { authenticator: one?.id ?? '' }
    const page = html(await ask('POST', '/authenticators/:authenticator/remove', { parameters, who }))
    expect(page).toContain('last way in')
  })

  it('offer to cancel a recovery that waits', async () => {
    const owner = { account, label: 'x', bound: 'b' }
    const { ceremony, options: asked } = await test.authenticators.beginPasskey(owner)
    const response = new SoftwareAuthenticator(origin).create(asked)
    const recovery = createRecovery(test.ground, {
      accounts: test.accounts,
      devices: createDevices(test.ground),
      revokeSessions: async () => {},
      settle: async () => {},
    })
    const { id } = await recovery.begin(
      { account, how: 'remote', evidence: 'e' },
      { ceremony, response, bound: 'b', name: 'x', keepsFormer: true },
    )
    expect(html(await ask('GET', ''))).toContain('Somebody asked to recover your account')
    await ask('POST', '/recovery/:recovery/cancel', { parameters: { recovery: id } })
    expect(await recovery.waiting(account)).toBeUndefined()
  })

  it('ask for a fresh proof before any change, and for none before what protects', () => {
    const routes = securityRoutes(options)
    const isProtection = /history|sessions|recovery|not-me|security$/
    for (const { path, needs } of routes)
      expect(needs?.freshSeconds, path).toBe(isProtection.test(path) ? undefined : 300)
  })

  it('freeze the account in one press', async () => {
    const who = await test.open()
    expect(html(await ask('GET', '/not-me', { who }))).toContain('Freeze my account now')
    await ask('POST', '/not-me', { who })
    expect((await test.accounts.find(who))?.state).toBe('frozen')
  })
})
