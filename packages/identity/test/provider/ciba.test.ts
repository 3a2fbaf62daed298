import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import type { Question } from '../../src/provider/backchannel.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { byKey, clientKey } from './keys-of-clients.ts'
import { discover, publicClient } from './relying-party.ts'

let issuer: TestIssuer
let account: string
let counter: oidc.Configuration
let key: Awaited<ReturnType<typeof clientKey>>
let listener: Server
const announced: Question[] = []
const pinged: unknown[] = []

const client = {
  ...publicClient,
  id: 'counter',
  redirectUris: [],
  authentication: 'private_key_jwt',
  ciba: { mode: 'poll' },
  least: { aal: '2.1' },
} as const

beforeAll(async () => {
  key = await clientKey()
  listener = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      if (request.method === 'GET') return void response.end(JSON.stringify({ keys: [key.jwk] }))
      pinged.push([request.headers.authorization, JSON.parse(body)])
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const here = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  // The house's own guard against private addresses is left out: the client is on this machine.
  const plain = (
    input: string | URL | Request,
    { dispatcher: _guard, ...init }: RequestInit & { dispatcher?: unknown } = {},
  ) => fetch(String(input).replace('https://pinged.example', here), init)
  issuer = await startIssuer({
    fetch: plain,
    announce: async (question) => {
      announced.push(question)
    },
  })
  const jwksUri = `${here}/keys`
  await issuer.clients.register({ ...client, jwksUri }, 'file')
  const ciba = { mode: 'ping', notify: 'https://pinged.example/ping' }
  await issuer.clients.register({ ...client, id: 'pinged', jwksUri, ciba }, 'file')
  counter = await discover(issuer, 'counter', byKey(key))
})
afterAll(async () => {
  listener.close()
  await issuer.stop()
})
beforeEach(async () => {
  account = await issuer.person()
  const connection = await issuer.ground.pool.connect()
  await createAccounts(issuer.ground).prove(connection, account, {
    scheme: 'email',
    value: `${account}@example.com`,
  })
  connection.release()
  announced.length = 0
  pinged.length = 0
})

const by = (aal = '2.2') => ({
  session: 'of-the-phone',
  level: { ial: '1.1', aal },
  authenticatedAt: Date.now(),
})

async function ask(parameters: Record<string, string> = {}, configuration = counter) {
  return await oidc.initiateBackchannelAuthentication(configuration, {
    scope: 'openid profile',
    login_hint: `email:${account}@example.com`,
    binding_message: 'โต๊ะ 4, A-17',
    ...parameters,
  })
}

async function poll(id: string, configuration = counter) {
  return await oidc.genericGrantRequest(configuration, 'urn:openid:params:grant-type:ciba', {
    auth_req_id: id,
  })
}

describe('a sign-in by another device (CIBA)', () => {
  test('asks a person no more than three times before they answer', async () => {
    for (let i = 0; i < 3; i++) await ask()
    await expect(ask()).rejects.toMatchObject({ error: 'invalid_request' })
    const waiting = await issuer.provider.backchannel.pendingOf(account)
    expect(waiting).toHaveLength(3)
    await issuer.provider.backchannel.decide(account, waiting[0]?.id ?? '', 'deny', by())
    await expect(ask()).resolves.toHaveProperty('auth_req_id')
  })

  test('waits for the person’s decision, and gives tokens once', async () => {
    const { auth_req_id: id } = await ask()
    await expect(poll(id)).rejects.toMatchObject({ error: 'authorization_pending' })
    const [question] = await issuer.provider.backchannel.pendingOf(account)
    expect(question).toMatchObject({ kind: 'sign-in', client: 'counter', bindingMessage: 'โต๊ะ 4, A-17' })
    expect(announced).toEqual([question])
    await issuer.provider.backchannel.decide(account, question?.id ?? '', 'approve', by())
    const tokens = await poll(id)
    expect(tokens.claims()).toMatchObject({ acr: 'urn:th:digital-id:ial:1.1:aal:2.2' })
    expect(tokens.claims()?.sub).not.toBe(account)
    await expect(poll(id)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect(await issuer.provider.backchannel.pendingOf(account)).toEqual([])
  })

  test('is refused by the person', async () => {
    const { auth_req_id: id } = await ask()
    const [question] = await issuer.provider.backchannel.pendingOf(account)
    await issuer.provider.backchannel.decide(account, question?.id ?? '', 'deny', by())
    await expect(poll(id)).rejects.toMatchObject({ error: 'access_denied' })
    expect(await issuer.provider.backchannel.answerOf(question?.id ?? '')).toBe('deny')
  })

  test('pings a client that wants to be told', async () => {
    const configuration = await discover(issuer, 'pinged', byKey(key))
    const { auth_req_id: id } = await ask({ client_notification_token: 'notify-me' }, configuration)
    const [question] = await issuer.provider.backchannel.pendingOf(account)
    await issuer.provider.backchannel.decide(account, question?.id ?? '', 'approve', by())
    expect(pinged).toEqual([['Bearer notify-me', { auth_req_id: id }]])
    expect((await poll(id, configuration)).id_token).toBeDefined()
  })

  test('needs of the person who decides the level that the client needs', async () => {
    await ask()
    const [question] = await issuer.provider.backchannel.pendingOf(account)
    await expect(
      issuer.provider.backchannel.decide(account, question?.id ?? '', 'approve', by('1')),
    ).rejects.toMatchObject({ code: 'level-needed' })
    expect(await issuer.provider.backchannel.pendingOf(account)).toHaveLength(1)
  })

  test('is decided by who is asked, once', async () => {
    await ask()
    const [question] = await issuer.provider.backchannel.pendingOf(account)
    const decide = (who: string, id = question?.id ?? '') =>
      issuer.provider.backchannel.decide(who, id, 'approve', by())
    for (const attempt of [() => decide(crypto.randomUUID()), () => decide(account, 'none')]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'question-unknown' })
    }
    await decide(account)
    await expect(decide(account)).rejects.toMatchObject({ code: 'question-unknown' })
  })

  test('is refused for a person whom nobody knows, and for a message that could mislead', async () => {
    for (const login_hint of [
      'email:nobody@example.com',
      'sub:AAAAAAAAAAAAAAAAAAAAAA',
      'x',
      'email:\u0000',
    ]) {
      await expect(ask({ login_hint })).rejects.toMatchObject({ error: 'unknown_user_id' })
    }
    for (const binding_message of ['', 'x'.repeat(61), '<b>', 'a\u202eb', 'a\u200bb']) {
      await expect(ask({ binding_message })).rejects.toMatchObject({ error: expect.any(String) })
    }
  })
})

describe('a question of another room', () => {
  test('is asked, answered, and its answer found', async () => {
    const { backchannel } = issuer.provider
    const question = await backchannel.ask({ account, kind: 'signature', bindingMessage: 'หนังสือ 1/2569' })
    expect(await backchannel.answerOf(question.id)).toBe('pending')
    await backchannel.decide(account, question.id, 'approve', by())
    expect(await backchannel.answerOf(question.id)).toBe('approve')
    expect(await backchannel.answerOf('none')).toBeUndefined()
  })

  test('is over after its time', async () => {
    const { backchannel } = issuer.provider
    const question = await backchannel.ask({ account, kind: 'helper', bindingMessage: 'x', lifetime: 60 })
    issuer.ground.pass(61_000)
    expect(await backchannel.pendingOf(account)).toEqual([])
    expect(await backchannel.answerOf(question.id)).toBe('expired')
    await expect(backchannel.decide(account, question.id, 'approve', by())).rejects.toMatchObject({
      code: 'question-unknown',
    })
    issuer.ground.pass(-61_000)
  })
})
