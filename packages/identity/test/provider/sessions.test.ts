import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt } from 'jose'
import * as oidc from 'openid-client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { signsIn, startIssuer, type TestIssuer } from './issuer.ts'
import { begin, discover, publicClient, signIn } from './relying-party.ts'

let issuer: TestIssuer
let account: string
let configuration: oidc.Configuration
let listener: Server
const heard: string[] = []
const ended: string[] = []
let status = 200

beforeAll(async () => {
  listener = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      if (status === 200) heard.push(new URLSearchParams(body).get('logout_token') ?? '')
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const port = (listener.address() as AddressInfo).port
  const plain: typeof fetch = (
    input,
    { dispatcher: _guard, ...init }: RequestInit & { dispatcher?: unknown } = {},
  ) => fetch(input, init)
  issuer = await startIssuer({
    fetch: plain,
    sessionEnded: async (session) => {
      ended.push(session)
    },
  })
  const backchannelLogoutUri = `http://127.0.0.1:${port}/logout`
  await issuer.clients.register({ ...publicClient, backchannelLogoutUri }, 'file')
  configuration = await discover(issuer, 'leaflet')
})
afterAll(async () => {
  listener.close()
  await issuer.stop()
})
beforeEach(async () => {
  account = await issuer.person()
  issuer.act = signsIn(issuer, account)
  heard.length = 0
  ended.length = 0
  status = 200
})

const isAlive = async (tokens: oidc.TokenEndpointResponse) =>
  (await oidc.tokenIntrospection(configuration, tokens.access_token)).active

async function renews(tokens: oidc.TokenEndpointResponse): Promise<boolean> {
  return await oidc.refreshTokenGrant(configuration, tokens.refresh_token ?? '').then(
    () => true,
    () => false,
  )
}

describe('sessions of an account', () => {
  test('are listed with device, times, level and clients', async () => {
    await signIn(configuration, new Browser())
    await signIn(configuration, new Browser('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/605.1.15'))
    const sessions = await issuer.provider.sessionsOf(account)
    expect(sessions.map(({ device }) => device.en).sort()).toEqual(['Chrome on Windows', 'Safari on iPhone'])
    expect(sessions[0]).toMatchObject({ level: { ial: '1.1', aal: '2.2' }, clients: ['leaflet'] })
    expect(sessions[0]?.lastUsedAt).toBeGreaterThan(Date.now() - 60_000)
  })

  test('are known to live by what a client knows them by, while the account is open', async () => {
    const [one, other] = [
      await signIn(configuration, new Browser()),
      await signIn(configuration, new Browser()),
    ]
    const sid = String(one.claims()?.sid)
    const stateOf = (of: string, by: unknown) => issuer.provider.sessionStateAs(of, String(by))
    const states = [stateOf(account, sid), stateOf(account, other.claims()?.sid), stateOf(account, 'another')]
    expect((await Promise.all(states)).map(({ lives }) => lives)).toEqual([true, true, false])
    expect(await stateOf(account, sid)).toEqual({ lives: true, ial: '1.1' })
    expect((await stateOf(await issuer.person(), sid)).lives).toBe(false)
    expect(await stateOf('00000000-0000-7000-8000-000000000000', sid)).toEqual({ lives: false })
    await issuer.ground.pool.query("update identity.account set state = 'frozen' where id = $1", [account])
    expect((await stateOf(account, sid)).lives).toBe(false)
    await issuer.ground.pool.query("update identity.account set state = 'open' where id = $1", [account])
    const [last] = await issuer.provider.sessionsOf(account)
    await issuer.provider.revokeSession(account, last?.id ?? '')
    expect((await stateOf(account, other.claims()?.sid)).lives).toBe(false)
    expect((await stateOf(account, sid)).lives).toBe(true)
  })

  test('end one by one, with their tokens, and their clients hear of it', async () => {
    const [one, other] = [new Browser(), new Browser()]
    const ended = await signIn(configuration, one)
    const [session] = await issuer.provider.sessionsOf(account)
    const kept = await signIn(configuration, other)
    await issuer.provider.revokeSession(account, session?.id ?? '')
    expect([await isAlive(ended), await renews(ended)]).toEqual([false, false])
    expect([await isAlive(kept), await renews(kept)]).toEqual([true, true])
    expect(heard).toHaveLength(1)
    expect(decodeJwt(heard[0] ?? '')).toMatchObject({
      iss: issuer.issuer,
      aud: 'leaflet',
      sub: ended.claims()?.sub,
      sid: ended.claims()?.sid,
    })
    const { url } = await begin(configuration, { prompt: 'none' })
    expect((await one.follow(url)).at.searchParams.get('error')).toBe('login_required')
  })

  test('of another are not there to end', async () => {
    await signIn(configuration, new Browser())
    const [session] = await issuer.provider.sessionsOf(account)
    const stranger = await issuer.person()
    for (const id of [session?.id ?? '', 'none', "' or true --"]) {
      await expect(issuer.provider.revokeSession(stranger, id)).rejects.toMatchObject({
        code: 'session-unknown',
      })
    }
    expect(await issuer.provider.sessionsOf(account)).toHaveLength(1)
  })

  test('end all at once in the caller’s transaction, and not where that is rolled back', async () => {
    const tokens = await signIn(configuration, new Browser())
    const client = await issuer.ground.pool.connect()
    await client.query('begin')
    await issuer.provider.revokeSessions(account, client)
    await client.query('rollback')
    expect(await isAlive(tokens)).toBe(true)
    await client.query('begin')
    await issuer.provider.revokeSessions(account, client)
    await client.query('commit')
    client.release()
    expect([await isAlive(tokens), await renews(tokens)]).toEqual([false, false])
    expect(await issuer.provider.sessionsOf(account)).toEqual([])
    expect(await issuer.provider.deliverLogouts()).toBe(1)
  })

  test('are told of again to a client that did not listen, later each time', async () => {
    await signIn(configuration, new Browser())
    status = 500
    await issuer.provider.revokeSessions(account)
    status = 200
    expect(await issuer.provider.deliverLogouts()).toBe(0)
    await issuer.ground.pool.query(
      "update identity.logout_notice set next_at = next_at - interval '1 minute'",
    )
    expect(await issuer.provider.deliverLogouts()).toBe(1)
    expect(heard).toHaveLength(1)
  })

  test('end where the person signs out, with the tokens', async () => {
    const browser = new Browser()
    const tokens = await signIn(configuration, browser)
    const page = await (
      await browser.fetch(`${issuer.issuer}/oidc/sign-out?id_token_hint=${tokens.id_token}`)
    ).text()
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const sendForm = (secret: string) =>
      browser.fetch(`${issuer.issuer}/oidc/sign-out/confirm`, {
        method: 'POST',
        body: new URLSearchParams({ xsrf: secret, logout: 'yes' }),
      })
    expect((await sendForm('forged')).status).toBe(400)
    expect(await isAlive(tokens)).toBe(true)
    const [session] = await issuer.provider.sessionsOf(account)
    expect((await sendForm(xsrf)).status).toBe(303)
    expect(await isAlive(tokens)).toBe(false)
    // What was signed in it is refused at gateways by then.
    await expect.poll(() => ended).toEqual([session?.id])
    expect(heard).toHaveLength(1)
  })
})

describe('what the database holds', () => {
  test('opens no session and no account to who reads it: no token, cookie or name stands in it', async () => {
    const browser = new Browser()
    const tokens = await signIn(configuration, browser)
    const { rows } = await issuer.ground.pool.query('select * from identity.oidc_payload')
    const all = JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    )
    for (const secret of [
      tokens.access_token,
      tokens.refresh_token,
      browser.cookie('sapan-identity'),
      'leaflet sign',
    ]) {
      expect(all).not.toContain(secret)
    }
  })

  test('is rid of what has expired', async () => {
    await signIn(configuration, new Browser())
    issuer.ground.pass(90 * 86_400_000)
    expect(await issuer.provider.removeExpired()).toBeGreaterThan(0)
    const { rows } = await issuer.ground.pool.query('select count(*)::int as left from identity.oidc_payload')
    expect(rows[0].left).toBe(0)
    issuer.ground.pass(-90 * 86_400_000)
  })
})
