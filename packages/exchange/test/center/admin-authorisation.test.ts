import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCenter, type TestCenter } from './fixture.ts'

let home: TestCenter

beforeAll(async () => {
  home = await startCenter()
})
afterAll(() => home.close())

const name = { th: 'ก', en: 'A' }

/** Every action of the admin API, with a request that would do something. */
const actions = [
  ['GET', '/v1/members'],
  ['POST', '/v1/members', { class: 'GOV', code: 'EVIL', name }],
  ['GET', '/v1/subsystems'],
  ['POST', '/v1/subsystems', { id: 'TH/GOV/DOPA/evil', name }],
  ['GET', '/v1/tokens'],
  ['POST', '/v1/tokens', { gateway: 'TH/GOV/DOPA/gateway-1' }],
  ['GET', '/v1/gateways'],
  ['POST', '/v1/gateways/hosts', { gateway: 'TH/GOV/DOPA/gateway-1', hosts: ['a.test'] }],
  ['GET', '/v1/certificates'],
  ['POST', `/v1/certificates/${'0'.repeat(64)}/revoke`, { reason: 'unspecified' }],
  ['GET', '/v1/directory'],
  ['POST', '/v1/recover', { directory: 'x' }],
  ['GET', '/v1/contradictions'],
  ['GET', '/v1/audit'],
  ['GET', '/v1/checks'],
  ['GET', '/v1/settings'],
  ['GET', '/v1/health-history'],
  ['POST', '/v1/alerts/test'],
  ['GET', '/metrics'],
  ['GET', '/v1/openapi.json'],
] as const

describe.each(actions)('%s %s', (method, url, payload?: object) => {
  const ask = (authorization?: string) =>
    home.center.adminApp.inject({
      method,
      url,
      headers: authorization === undefined ? {} : { authorization },
      ...(payload ? { payload } : {}),
    })

  test('is refused without the token, and with any other', async () => {
    const { adminToken } = home.center
    const others = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${'0'.repeat(64)}`,
      `Bearer ${adminToken.slice(0, -1)}`,
      `Bearer ${adminToken}0`,
      `Basic ${adminToken}`,
      `Bearer ${adminToken.toUpperCase()}x`,
    ]
    for (const authorization of others) {
      const answer = await ask(authorization)
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'admin-token-required'])
    }
  })

  test('is answered with the token', async () => {
    const answer = await ask(`Bearer ${home.center.adminToken}`)
    expect([200, 201, 404, 409]).toContain(answer.statusCode)
  })
})

test('every action that the OpenAPI document names was tried', async () => {
  const { json } = await home.admin('GET', '/v1/openapi.json')
  const named = Object.entries<object>((json as { paths: Record<string, object> }).paths).flatMap(
    ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const tried = actions.map(([method, url]) => `${method} ${url.replace(/0{64}/, '{fingerprint}')}`)
  expect(named.filter((one) => one !== 'GET /health').sort()).toEqual([...tried].sort())
})

test('the OpenAPI document of the public listener names the media type of each body', async () => {
  const { paths } = (await home.center.publicApp.inject('/v1/openapi.json')).json()
  const typeOf = (path: string) => Object.keys(paths[path].post.requestBody.content)
  expect(typeOf('/v1/join')).toEqual(['application/json'])
  expect(typeOf('/v1/services')).toEqual(['application/jose'])
  expect(typeOf('/tsa')).toEqual(['application/timestamp-query'])
  expect(typeOf('/witness/add-checkpoint')).toEqual(['text/plain'])
})

test('nothing was done by those who were refused', async () => {
  const { json } = await home.admin('GET', '/v1/audit')
  expect(JSON.stringify(json)).toContain('EVIL')
  const { rows } = await home.pool.query("select count(*)::int from center.audit where subject like '%EVIL'")
  expect(rows[0].count).toBe(1)
})

test('without the token nobody learns which addresses exist', async () => {
  for (const url of ['/', '/v1/nothing', '/v1/members/x']) {
    expect((await home.center.adminApp.inject({ method: 'GET', url })).json().code).toBe(
      'admin-token-required',
    )
  }
})

test('health needs no token, and says nothing about members', async () => {
  const answer = await home.center.adminApp.inject('/health')
  expect(answer.statusCode).toBe(200)
  expect(Object.keys(answer.json()).sort()).toEqual([
    'contradictions',
    'database',
    'directory',
    'issuerEnds',
    'status',
  ])
})

test('nothing of the admin API is on the public listener', async () => {
  for (const [method, url, payload] of actions) {
    // Of what is there for gateways.
    if (url === '/v1/directory' || url === '/v1/openapi.json') continue
    const headers = { authorization: `Bearer ${home.center.adminToken}` }
    const answer = await home.center.publicApp.inject({
      method,
      url,
      headers,
      ...(payload ? { payload } : {}),
    })
    expect(answer.statusCode).toBe(404)
  }
})

test('the audit names who acts, as the operator says it', async () => {
  await home.center.adminApp.inject({
    method: 'POST',
    url: '/v1/members',
    headers: { authorization: `Bearer ${home.center.adminToken}`, 'sapan-operator': 'somchai' },
    payload: { class: 'GOV', code: 'NAMED', name },
  })
  const { rows } = await home.pool.query("select actor from center.audit where subject = 'TH/GOV/NAMED'")
  expect(rows[0].actor).toBe('administrator somchai')
})

test('who has the token of metrics reads these and nothing else', async () => {
  const authorization = `Bearer ${(await home.keys.loadSecret('metrics.token'))?.toString('base64')}`
  for (const [method, url, payload] of actions) {
    const sent = { method, url, headers: { authorization }, ...(payload ? { payload } : {}) }
    const { statusCode } = await home.center.adminApp.inject(sent)
    expect([url, statusCode]).toEqual([url, url === '/metrics' ? 200 : 401])
  }
})

test('metrics count by route, never by address', async () => {
  await home.center.publicApp.inject('/problems/something-personal-1234567890123')
  const answer = await home.center.adminApp.inject({
    url: '/metrics',
    headers: { authorization: `Bearer ${home.center.adminToken}` },
  })
  expect(answer.body).toContain('sapan_center_directory_version')
  expect(answer.body).toContain('route="/problems/:code"')
  expect(answer.body).not.toContain('1234567890123')
})
