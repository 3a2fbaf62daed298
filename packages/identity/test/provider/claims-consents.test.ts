import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inTransaction } from '@sapan/kernel'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import { createHistory } from '../../src/history/history.ts'
import { claimsEntries } from '../../src/pages/claims-consents/entries.ts'
import { claimsConsentRoutes } from '../../src/pages/claims-consents/routes.ts'
import { waitingRoutes } from '../../src/pages/waiting/routes.ts'
import { claimsHistory } from '../../src/provider/claims-history.ts'
import { recordClaims } from '../../src/provider/record-claims.ts'
import type { Visitor } from '../../src/visitor.ts'
import { shown, visitor } from '../visit.ts'
import { Browser } from './browser.ts'
import { scopes, signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey } from './keys-of-clients.ts'
import { discover, publicClient, signIn } from './relying-party.ts'

let issuer: TestIssuer
let history: ReturnType<typeof createHistory>
let visit: ReturnType<typeof visitor>
let counter: oidc.Configuration
let who: Visitor
let keyServer: Server

beforeAll(async () => {
  const key = await clientKey()
  keyServer = createServer((_request, response) => void response.end(JSON.stringify({ keys: [key.jwk] })))
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
  issuer = await startIssuer({
    recordClaims: (...event) => recordClaims(history)(...event),
    // The house's own guard against private addresses is left out: the client is on this machine.
    fetch: (input, { dispatcher: _guard, ...init }: RequestInit & { dispatcher?: unknown } = {}) =>
      fetch(input, init),
  })
  history = createHistory(issuer.ground, claimsHistory)
  const names = { th: 'แอปเคาน์เตอร์', en: 'Counter app' }
  await issuer.clients.register({ ...publicClient, names }, 'file')
  await issuer.clients.register(
    {
      ...publicClient,
      id: 'counter',
      names,
      redirectUris: [],
      authentication: 'private_key_jwt',
      jwksUri: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/`,
      ciba: { mode: 'poll' },
    },
    'file',
  )
  counter = await discover(issuer, 'counter', byKey(key))
  const { consents, backchannel } = issuer.provider
  const page = { clients: issuer.clients, scopes, memberName: () => ({ th: 'สพร.', en: 'DGA' }) }
  visit = visitor([
    ...claimsConsentRoutes({ ...page, consents }),
    ...waitingRoutes({
      ...page,
      consents,
      backchannel,
      help: { waiting: async () => [] },
      freshSeconds: 300,
    }),
  ])
})
afterAll(async () => {
  keyServer.close()
  await issuer.stop()
})
beforeEach(async () => {
  const account = await issuer.person()
  who = {
    account,
    name: 'P',
    session: 's',
    level: { ial: '1.1', aal: '2.2' },
    authenticatedAt: issuer.ground.clock(),
  }
  issuer.act = signsIn(issuer, account)
})

const historyOf = async () =>
  (await history.list(who.account, { limit: 9 })).map(({ text }) => text.en).reverse()

const listed = async () => {
  const { consents } = issuer.provider
  const options = { consents, clients: issuer.clients, scopes, memberName: () => undefined }
  const body = await claimsEntries(options, who.account, 'en')
  return body === null ? '' : shown({ kind: 'page', title: '', body })
}

async function consentId(): Promise<string> {
  return (await issuer.provider.consents.of(who.account))[0]?.id ?? ''
}

describe('what a service is told at sign-in', () => {
  test('is shown to the person with what was agreed to, until they take it back; both are in their history', async () => {
    expect(await listed()).toBe('')
    const configuration = await discover(issuer, 'leaflet')
    const tokens = await signIn(configuration, new Browser())
    const id = await consentId()
    expect(await listed()).toContain(`href="/me/consents/sign-in/${id}"`)
    const page = shown(await visit(who, ['GET', `/me/consents/sign-in/${id}`]))
    for (const words of ['Counter app', 'DGA', 'name', 'gender']) expect(page).toContain(words)
    await visit(who, ['POST', `/me/consents/sign-in/${id}/withdraw`])
    expect((await oidc.tokenIntrospection(configuration, tokens.access_token)).active).toBe(false)
    expect(await listed()).toBe('')
    expect(await historyOf()).toEqual([
      'You allowed what Counter app asks for when you sign in',
      'You took back what you allowed Counter app when you sign in',
    ])
  })

  test('says what a program may do in their name, in the list and on its page', async () => {
    const configuration = await discover(issuer, 'leaflet')
    await signIn(configuration, new Browser(), { scope: 'openid applications' })
    const page = shown(await visit(who, ['GET', `/me/consents/sign-in/${await consentId()}`]))
    for (const text of [await listed(), page]) {
      expect(text).toContain('Hand in applications in your name')
      expect(text).toContain('Read your applications')
    }
    expect(page).toContain('may do in your name')
    expect(page).not.toContain('Only that it is you again')
  })

  test('is no other person’s to see or to take back', async () => {
    await signIn(await discover(issuer, 'leaflet'), new Browser())
    const id = await consentId()
    const other = { ...who, account: await issuer.person() }
    for (const [method, path] of [
      ['GET', `/me/consents/sign-in/${id}`],
      ['POST', `/me/consents/sign-in/${id}/withdraw`],
      ['GET', '/me/consents/sign-in/nothing'],
    ] as const)
      await expect(visit(other, [method, path])).rejects.toMatchObject({ code: 'claims-consent-unknown' })
    expect(await consentId()).toBe(id)
  })
})

describe('a sign-in agreed to on another device', () => {
  async function asked(): Promise<{ auth_req_id: string; path: string }> {
    await inTransaction(issuer.ground.pool, (one) =>
      createAccounts(issuer.ground).prove(one, who.account, {
        scheme: 'email',
        value: `${who.account}@example.com`,
      }),
    )
    return await askedAgain()
  }

  async function askedAgain(): Promise<{ auth_req_id: string; path: string }> {
    const { auth_req_id } = await oidc.initiateBackchannelAuthentication(counter, {
      scope: 'openid profile',
      login_hint: `email:${who.account}@example.com`,
      binding_message: 'A-17',
    })
    const [question] = await issuer.provider.backchannel.pendingOf(who.account)
    return { auth_req_id, path: `/me/waiting/${question?.id}` }
  }

  async function told(auth_req_id: string): Promise<object> {
    const grant = 'urn:openid:params:grant-type:ciba'
    const { access_token } = await oidc.genericGrantRequest(counter, grant, { auth_req_id })
    return await oidc.fetchUserInfo(counter, access_token, oidc.skipSubjectCheck)
  }

  test('tells what the person chose, claim by claim, and can be taken back', async () => {
    const { auth_req_id, path } = await asked()
    expect(shown(await visit(who, ['GET', path]))).toContain('name="claim-gender"')
    await visit(who, ['POST', path], { form: { answer: 'approve', 'claim-gender': 'yes' } })
    const me = await told(auth_req_id)
    expect(me).toHaveProperty('name')
    expect(me).not.toHaveProperty('locale')
    expect(await listed()).toContain('Counter app')
    expect(await historyOf()).toEqual([
      'You agreed to a sign-in at Counter app, asked for elsewhere',
      'You allowed what Counter app asks for when you sign in',
    ])
  })

  test('remembers what was left out', async () => {
    const first = await asked()
    await visit(who, ['POST', first.path], { form: { answer: 'approve', 'claim-gender': 'yes' } })
    const again = shown(await visit(who, ['GET', (await askedAgain()).path]))
    expect(again).toMatch(/<input[^>]*name="claim-gender"[^>]*checked/)
    expect(again).not.toMatch(/<input[^>]*name="claim-locale"[^>]*checked/)
  })

  test('that was refused leaves a line in the history, and tells nothing', async () => {
    const { auth_req_id, path } = await asked()
    await visit(who, ['POST', path], { form: { answer: 'deny' } })
    await expect(told(auth_req_id)).rejects.toMatchObject({ error: 'access_denied' })
    expect(await listed()).toBe('')
    expect(await historyOf()).toEqual(['You refused a sign-in at Counter app, asked for elsewhere'])
  })
})
