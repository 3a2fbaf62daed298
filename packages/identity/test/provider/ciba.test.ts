import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createAccounts } from '../../src/account/accounts.ts'
import type { Decision, Question } from '../../src/provider/backchannel.ts'
import { statementsOf } from '../statements.ts'
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
    expect(announced).toEqual([])
    await issuer.provider.backchannel.announce()
    const told = () => announced.filter((one) => one.account === account)
    expect(told()).toEqual([question])
    await issuer.provider.backchannel.announce()
    expect(told()).toHaveLength(1)
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

  test.each(['approve', 'deny'] as const)('has one decision of two at once, %s first', async (first) => {
    const { backchannel } = issuer.provider
    for (let round = 0; round < 5; round++) {
      const { auth_req_id: id } = await ask()
      const [question] = await backchannel.pendingOf(account)
      const both: Decision[] = first === 'approve' ? ['approve', 'deny'] : ['deny', 'approve']
      const made = await Promise.allSettled(
        both.map((decision) => backchannel.decide(account, question?.id ?? '', decision, by())),
      )
      const [winner, ...more] = both.filter((_, at) => made[at]?.status === 'fulfilled')
      expect(more).toEqual([])
      expect(await backchannel.answerOf(question?.id ?? '')).toBe(winner)
      const polled = await poll(id).then(
        () => 'approve',
        (error: { error?: string }) => error.error,
      )
      expect(polled).toBe(winner === 'approve' ? 'approve' : 'access_denied')
    }
  })

  test('can be decided again where the decision could not be carried', async () => {
    const { auth_req_id: id } = await ask()
    const [question] = await issuer.provider.backchannel.pendingOf(account)
    const table = 'identity.oidc_payload'
    await issuer.ground.pool.query(`alter table ${table} rename to away`)
    const decide = () => issuer.provider.backchannel.decide(account, question?.id ?? '', 'approve', by())
    await expect(decide()).rejects.toThrow()
    await issuer.ground.pool.query(`alter table identity.away rename to oidc_payload`)
    await decide()
    expect((await poll(id)).id_token).toBeDefined()
  })

  test('is refused for what is no hint, and for a message that could mislead', async () => {
    for (const login_hint of ['x', 'Email:a@example.com', 'email:']) {
      await expect(ask({ login_hint })).rejects.toMatchObject({ error: 'unknown_user_id' })
    }
    for (const binding_message of ['', 'x'.repeat(61), '<b>', 'a\u202eb', 'a\u200bb']) {
      await expect(ask({ binding_message })).rejects.toMatchObject({ error: expect.any(String) })
    }
  })
})

describe('a sign-in of somebody who is not there', () => {
  const frozen = async () => {
    const connection = await issuer.ground.pool.connect()
    await createAccounts(issuer.ground).setState(connection, account, 'frozen')
    connection.release()
    return `email:${account}@example.com`
  }
  const none = {
    'an address that nobody has': async () => `email:${crypto.randomUUID()}@example.com`,
    'an address that is none': async () => 'email:\u0000',
    'a subject that nobody has': async () => 'sub:AAAAAAAAAAAAAAAAAAAAAA',
    'a subject that is none': async () => 'sub:me',
    'an account that is frozen': frozen,
  }

  test.each(Object.entries(none))('waits and expires as for who does not answer: %s', async (_, hintOf) => {
    const known = await ask()
    const login_hint = await hintOf()
    const unknown = await ask({ login_hint })
    expect(Object.keys(unknown).sort()).toEqual(Object.keys(known).sort())
    expect(unknown.expires_in).toBe(known.expires_in)
    for (const { auth_req_id: id } of [known, unknown])
      await expect(poll(id)).rejects.toMatchObject({ error: 'authorization_pending' })
    for (let i = 0; i < 2; i++) await ask({ login_hint })
    await expect(ask({ login_hint })).rejects.toMatchObject({ error: 'invalid_request' })
  })

  test('expires as for who does not answer', async () => {
    const short = { requested_expiry: '1' }
    const asked = [await ask(short), await ask({ ...short, login_hint: 'email:nobody@example.com' })]
    for (const { auth_req_id: id } of asked) {
      const polled = () => poll(id).catch((error: { error?: string }) => error.error)
      await expect.poll(polled, { timeout: 5_000, interval: 200 }).toBe('expired_token')
    }
  })

  test('takes the same work, of which nobody is told', async () => {
    await ask()
    const known = await statementsOf(() => ask())
    const login_hint = `email:${crypto.randomUUID()}@example.com`
    await ask({ login_hint })
    const unknown = await statementsOf(() => ask({ login_hint }))
    expect(known.some((text) => text.includes('backchannel_question'))).toBe(true)
    expect(unknown).toEqual(known)
    await issuer.provider.backchannel.announce()
    const { rows } = await issuer.ground.pool.query('select id::text from identity.account')
    const people = new Set(rows.map(({ id }) => id))
    expect(announced.filter((one) => !people.has(one.account))).toEqual([])
    expect(announced.some((one) => one.account === account)).toBe(true)
  })

  test('does not tell whether two hints mean the same person', async () => {
    const national = '1234567890121'
    const connection = await issuer.ground.pool.connect()
    await createAccounts(issuer.ground).prove(connection, account, { scheme: 'national-id', value: national })
    connection.release()
    for (let i = 0; i < 3; i++) await ask()
    await expect(ask({ login_hint: `national-id:${national}` })).resolves.toHaveProperty('auth_req_id')
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
