import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Country, grantTerms, service, startAgencies } from './agencies.ts'
import { registerDescription } from './register.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies()
})
afterAll(() => country?.stop())

const uuid = '01890000-0000-7000-8000-000000000000'
const actions = [
  ['GET', '/metrics'],
  ['GET', '/v1/caller'],
  ['GET', '/v1/settings'],
  ['GET', '/v1/status'],
  ['GET', '/v1/checks'],
  ['POST', '/v1/alerts/test'],
  ['GET', '/v1/directory'],
  ['POST', '/v1/directory/refresh'],
  ['GET', '/v1/certificates'],
  ['POST', '/v1/certificates/renew'],
  ['POST', '/v1/usage'],
  ['GET', '/v1/services'],
  ['GET', '/v1/services/x/openapi'],
  ['POST', '/v1/services'],
  ['DELETE', '/v1/services/x'],
  ['GET', '/v1/grants'],
  ['POST', '/v1/grants'],
  ['DELETE', '/v1/grants/x'],
  ['GET', '/v1/credentials'],
  ['POST', '/v1/credentials'],
  ['DELETE', '/v1/credentials/x'],
  ['GET', '/v1/gdx'],
  ['POST', '/v1/gdx/consumers'],
  ['DELETE', '/v1/gdx/consumers/x'],
  ['POST', '/v1/gdx/routes'],
  ['DELETE', '/v1/gdx/routes/x'],
  ['GET', '/v1/evidence'],
  ['GET', `/v1/evidence/${uuid}`],
  ['GET', `/v1/evidence/${uuid}/export`],
  ['GET', `/v1/evidence/${uuid}/verification`],
  ['POST', `/v1/evidence/${uuid}/opening`],
  ['POST', `/v1/evidence/${uuid}/export`],
  ['POST', `/v1/evidence/${uuid}/erase`],
  ['GET', '/v1/processing-record'],
  ['GET', '/v1/processing-record.csv'],
  ['GET', '/v1/health-history'],
  ['GET', '/v1/unusual'],
  ['GET', '/v1/messages'],
  ['GET', '/v1/messages-received'],
  ['GET', '/v1/followed'],
  ['GET', '/v1/messages/1'],
  ['POST', '/v1/messages/1/opening'],
  ['POST', '/v1/messages/1/resend'],
  ['DELETE', '/v1/messages/1'],
  ['POST', '/v1/audit'],
  ['POST', '/v1/reconcile'],
  ['GET', '/v1/archive'],
  ['POST', '/v1/archive'],
  ['POST', '/v1/recover'],
  ['GET', '/v1/operators'],
  ['POST', '/v1/operators'],
  ['DELETE', '/v1/operators/x'],
  ['GET', '/v1/members'],
  ['POST', '/v1/members'],
  ['DELETE', '/v1/members/x'],
  ['GET', '/v1/moving-key'],
  ['POST', '/v1/members/x/move-out'],
  ['POST', '/v1/members/x/hand-over'],
  ['POST', '/v1/members/x/stay'],
  ['POST', '/v1/members/x/move-in'],
  ['DELETE', '/v1/members/x/evidence'],
  ['GET', '/v1/openapi.json'],
  ['GET', '/v1/nothing'],
  ['GET', '/%zz'],
  ['GET', '/health/'],
  ['GET', '/v1/../v1/status'],
] as const

function call(
  method: string,
  path: string,
  { token = country.dopa.adminToken, body }: { token?: string | null; body?: unknown } = {},
) {
  return fetch(`${country.dopa.admin}${path}`, {
    method,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

async function refusal(method: string, path: string, body?: unknown) {
  const answer = await call(method, path, { body })
  return [answer.status, (await answer.json()).code]
}

describe('every action of the operator’s API is closed', () => {
  it('and all that its OpenAPI document names are among them', async () => {
    const { paths } = await (await call('GET', '/v1/openapi.json')).json()
    const named = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    )
    const isTried = ({ method, path }: { method: string; path: string }) => {
      const places = new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
      return actions.some(([tried, at]) => tried === method && places.test(at))
    }
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((one) => one.path !== '/health' && !isTried(one))).toEqual([])
  })

  it('to nobody’s question how the gateway is', async () => {
    const answer = await call('GET', '/health', { token: null })
    expect(Object.keys(await answer.json()).sort()).toEqual([
      'clock',
      'database',
      'directory',
      'gateway',
      'status',
    ])
  })

  it.each(actions)('%s %s: without the token, with another’s and with a part of it', async (method, path) => {
    for (const token of [
      null,
      '',
      country.rd.adminToken,
      country.dopa.adminToken.slice(0, -1),
      `${country.dopa.adminToken}0`,
    ]) {
      const answer = await call(method, path, { token })
      if (path === '/%zz') expect([401, 422]).toContain(answer.status)
      else expect([answer.status, (await answer.json()).code]).toEqual([401, 'admin-token-required'])
    }
  })

  it('to who has the token of metrics, but for these', async () => {
    const token = (await country.dopa.keys.loadSecret('metrics.token'))?.toString('base64') ?? ''
    for (const [method, path] of actions.filter(([, path]) => path !== '/%zz')) {
      const { status } = await call(method, path, { token })
      expect([path, status]).toEqual([path, path === '/metrics' ? 200 : 401])
    }
    expect((await call('POST', '/metrics', { token })).status).toBe(401)
  })

  it('to a token in another place', async () => {
    const { admin, adminToken } = country.dopa
    for (const url of [
      `${admin}/v1/status?token=${adminToken}`,
      `${admin}/v1/status?access_token=${adminToken}`,
    ]) {
      expect((await fetch(url)).status).toBe(401)
    }
    const basic = { authorization: `Basic ${Buffer.from(`x:${adminToken}`).toString('base64')}` }
    expect((await fetch(`${admin}/v1/status`, { headers: basic })).status).toBe(401)
  })
})

describe('what an operator sends wrong is told as a problem, never as a fault', () => {
  const wrong: [method: string, path: string, body: unknown, status: number, code: string][] = [
    ['GET', '/v1/nothing', undefined, 404, 'resource-unknown'],
    ['POST', '/v1/grants', {}, 422, 'request-invalid'],
    ['POST', '/v1/grants', { ...grantTerms, extra: 1 }, 422, 'request-invalid'],
    ['POST', '/v1/grants', { ...grantTerms, service: `${service}9` }, 404, 'service-unknown'],
    ['DELETE', `/v1/grants/${'0'.repeat(64)}`, undefined, 404, 'resource-unknown'],
    ['DELETE', '/v1/grants/%00', undefined, 404, 'resource-unknown'],
    ['DELETE', '/v1/services/%00', undefined, 404, 'service-unknown'],
    ['GET', '/v1/services/%00/openapi', undefined, 404, 'service-unknown'],
    ['DELETE', '/v1/credentials/%00', undefined, 422, 'request-invalid'],
    ['GET', '/v1/health-history?hours=0', undefined, 422, 'request-invalid'],
    ['GET', '/v1/messages?state=lost', undefined, 422, 'request-invalid'],
    ['GET', '/v1/messages/x', undefined, 422, 'request-invalid'],
    ['GET', '/v1/messages/1', undefined, 404, 'message-unknown'],
    ['POST', '/v1/messages/1/resend', {}, 404, 'message-unknown'],
    ['POST', '/v1/messages/1/resend', { body: 1 }, 422, 'request-invalid'],
    ['DELETE', '/v1/messages/999999999999999', undefined, 404, 'message-unknown'],
    ['DELETE', '/v1/credentials/x', undefined, 404, 'resource-unknown'],
    [
      'POST',
      '/v1/credentials',
      { kind: 'oauth', name: 'x', subsystems: ['TH/GOV/RD/main'] },
      403,
      'client-unknown',
    ],
    [
      'POST',
      '/v1/credentials',
      { kind: 'oauth', name: 'a\0b', subsystems: ['TH/GOV/DOPA/main'] },
      422,
      'request-invalid',
    ],
    ['POST', '/v1/credentials', { kind: 'oauth', name: 'x', subsystems: ['x'] }, 400, 'address-malformed'],
    [
      'POST',
      '/v1/credentials',
      { kind: 'certificate', name: 'x', subsystems: ['TH/GOV/DOPA/main'], certificate: 'x' },
      422,
      'request-invalid',
    ],
    ['GET', '/v1/evidence/x', undefined, 422, 'request-invalid'],
    ['GET', `/v1/evidence/${uuid}`, undefined, 404, 'exchange-unknown'],
    ['GET', `/v1/evidence/${uuid}/export`, undefined, 404, 'exchange-unknown'],
    ['GET', '/v1/evidence?limit=0', undefined, 422, 'request-invalid'],
    ['GET', '/v1/evidence?since=yesterday', undefined, 422, 'request-invalid'],
    ['GET', '/v1/evidence?client=%00', undefined, 422, 'request-invalid'],
    ['GET', '/v1/evidence?after=xyz', undefined, 422, 'request-invalid'],
    ['GET', `/v1/evidence/${uuid}/verification`, undefined, 404, 'exchange-unknown'],
    ['POST', `/v1/evidence/${uuid}/opening`, {}, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/opening`, { reason: 'short' }, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/opening`, { reason: ' '.repeat(20) }, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/opening`, { reason: 'x'.repeat(301) }, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/opening`, { reason: 'half a letter \ud800' }, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/opening`, { reason: 'a complaint of theirs' }, 404, 'exchange-unknown'],
    ['POST', `/v1/evidence/${uuid}/export`, {}, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/export`, { reason: 'a complaint of theirs' }, 404, 'exchange-unknown'],
    ['POST', `/v1/evidence/${uuid}/erase`, {}, 422, 'request-invalid'],
    ['POST', `/v1/evidence/${uuid}/erase`, { law: 'x' }, 404, 'exchange-unknown'],
    ['POST', '/v1/recover', { member: 'TH/GOV/NOBODY' }, 404, 'member-unknown'],
    ['POST', '/v1/members', { token: 'x' }, 400, 'join-token-malformed'],
    ['DELETE', '/v1/members/%00', undefined, 404, 'member-unknown'],
    ['POST', '/v1/members/x/move-out', { key: 'x' }, 422, 'request-invalid'],
    ['POST', '/v1/members/x/move-in', {}, 404, 'member-unknown'],
    ['POST', '/v1/members/x/stay', {}, 404, 'member-unknown'],
    ['DELETE', '/v1/members/TH%2FGOV%2FDOPA/evidence', undefined, 409, 'moving-not-handed-over'],
    ['POST', '/v1/members/x/hand-over', { key: 'x', sha256: 'x' }, 422, 'request-invalid'],
    ['POST', '/v1/usage', {}, 422, 'request-invalid'],
    ['POST', '/v1/services', { ...serviceAt('https://') }, 422, 'request-invalid'],
    ['POST', '/v1/services', { ...serviceAt('http://user:secret@x/') }, 422, 'request-invalid'],
    ['POST', '/v1/services', { ...serviceAt('http://x/?a=b') }, 422, 'request-invalid'],
    ['POST', '/v1/services', { ...serviceAt('file:///etc/passwd') }, 422, 'request-invalid'],
    [
      'POST',
      '/v1/services',
      { ...serviceAt('http://x'), subsystem: 'TH/GOV/RD/main' },
      403,
      'client-unknown',
    ],
    [
      'POST',
      '/v1/services',
      { ...serviceAt('http://x'), openapi: { openapi: '3.0.0' } },
      422,
      'service-description-version',
    ],
    [
      'POST',
      '/v1/services',
      { ...serviceAt('http://x'), openapi: { ...registerDescription, 'x-nul': 'a\0b' } },
      422,
      'request-invalid',
    ],
  ]
  it.each(wrong)('%s %s', async (method, path, body, status, code) => {
    expect(await refusal(method, path, body)).toEqual([status, code])
  })

  it('a body that is no JSON, of another type, or too large', async () => {
    const send = async (body: string, type: string) => {
      const answer = await fetch(`${country.dopa.admin}/v1/grants`, {
        method: 'POST',
        body,
        headers: { authorization: `Bearer ${country.dopa.adminToken}`, 'content-type': type },
      })
      return [answer.status, (await answer.json()).code]
    }
    expect(await send('{', 'application/json')).toEqual([422, 'request-invalid'])
    expect(await send('<a/>', 'application/xml')).toEqual([422, 'request-invalid'])
    expect(await send('{"__proto__":1}', 'application/json')).toEqual([422, 'request-invalid'])
    expect(await send(JSON.stringify({ x: 'a'.repeat(2_000_000) }), 'application/json')).toEqual([
      413,
      'body-too-large',
    ])
  })

  it('a description that is nested beyond reason', async () => {
    const nested = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    const answer = await fetch(`${country.dopa.admin}/v1/services`, {
      method: 'POST',
      body: JSON.stringify(serviceAt('http://x')).replace('"x-deep":0', `"x-deep":${nested}`),
      headers: {
        authorization: `Bearer ${country.dopa.adminToken}`,
        'content-type': 'application/json',
      },
    })
    expect(answer.status).toBe(422)
  })

  it('the same certificate for two credentials', async () => {
    const [signer] = country.dopa.membership.signers()
    const certificate = `-----BEGIN CERTIFICATE-----\n${Buffer.from(signer?.certificate ?? []).toString('base64')}\n-----END CERTIFICATE-----\n`
    const credential = { kind: 'certificate', name: 'x', subsystems: ['TH/GOV/DOPA/main'], certificate }
    expect((await call('POST', '/v1/credentials', { body: credential })).status).toBe(201)
    expect(await refusal('POST', '/v1/credentials', credential)).toEqual([409, 'already-registered'])
  })
})

function serviceAt(url: string) {
  return {
    subsystem: 'TH/GOV/DOPA/main',
    openapi: {
      ...registerDescription,
      info: { ...registerDescription.info, 'x-sapan-code': 'wrong' },
      'x-deep': 0,
    },
    url,
  }
}

describe('secrets', () => {
  it('of credentials are told once, and never listed', async () => {
    const made = await country.dopa.operator('POST', '/v1/credentials', {
      kind: 'oauth',
      name: 'once',
      subsystems: ['TH/GOV/DOPA/main'],
    })
    const listed = JSON.stringify(await country.dopa.operator('GET', '/v1/credentials'))
    expect(listed).toContain('once')
    expect(listed).not.toContain(String(made.secret))
    expect(listed).not.toContain('secret')
    const { rows } = await country.dopa.pool.query('select secret from gateway.credential')
    expect(rows.map(({ secret }) => secret)).not.toContain(made.secret)
  })

  it('of the operator’s API are in no answer of it', async () => {
    const answers = await Promise.all(
      actions
        .filter(([method]) => method === 'GET')
        .map(async ([, path]) => (await call('GET', path)).text()),
    )
    expect(answers.join('')).not.toContain(country.dopa.adminToken)
    expect(answers.join('')).not.toContain('PRIVATE KEY')
  })
})
