import { Writable } from 'node:stream'
import { createLogger } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, client, service, startAgencies } from './agencies.ts'
import { answerPerson, somebody } from './register.ts'

const agent = '1100000000018'
const path = '/ws/dopa/linkage/v1/link'
const route = {
  path,
  conditions: { ServiceID: '1', Version: '1' },
  ignored: ['OfficeID'],
  target: `/r1/${service}/persons/{CitizenID}`,
}

let country: Country
let key: string
let secret: string
const lines: string[] = []
const destination = new Writable({
  write(chunk, _encoding, done) {
    lines.push(String(chunk))
    done()
  },
})

beforeAll(async () => {
  country = await startAgencies({
    rd: {
      settings: { gdx: { enabled: true } },
      log: createLogger({ name: 'gdx', level: 'trace', destination }),
    },
  })
  await country.rd.operator('POST', '/v1/gdx/routes', route)
})
afterAll(() => country?.stop())
beforeEach(async () => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
  ;({ key, secret } = await consumer())
})

async function consumer(more: object = {}) {
  const made = await country.rd.operator('POST', '/v1/gdx/consumers', {
    name: 'tax',
    subsystem: client,
    ...more,
  })
  return { id: String(made.id), key: String(made.key), secret: String(made.secret) }
}

async function validate(given: { key?: string; secret?: string; agent?: string } = {}) {
  const query = new URLSearchParams({ ConsumerSecret: given.secret ?? secret, AgentID: given.agent ?? agent })
  const answer = await fetch(`${country.rd.edge}/ws/auth/validate?${query}`, {
    headers: { 'Consumer-Key': given.key ?? key },
  })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

const token = async () => String((await validate()).body.Result)

async function link(
  by: string,
  given: { key?: string; query?: string; edge?: string; accept?: string } = {},
) {
  const query = given.query ?? `OfficeID=00023&ServiceID=1&Version=1&CitizenID=${somebody}`
  const headers = {
    'Consumer-Key': given.key ?? key,
    Token: by,
    ...(given.accept ? { accept: given.accept } : {}),
  }
  const answer = await fetch(`${given.edge ?? country.rd.edge}${path}?${query}`, { headers })
  return { status: answer.status, headers: answer.headers, body: await answer.json() }
}

describe('a caller of GDX changes its base URL only', () => {
  it('and gets what its subsystem is granted, by an exchange with evidence on both sides', async () => {
    const answer = await link(await token())
    expect([answer.status, answer.body.nationalId, answer.body.religion]).toEqual([200, somebody, undefined])
    const id = answer.headers.get('sapan-exchange')
    for (const gateway of [country.rd, country.dopa]) {
      expect(JSON.stringify(await gateway.operator('GET', `/v1/evidence/${id}`))).toContain('tax-assessment')
    }
  })

  it('AgentID goes on as what the caller says; key, token and secret do not', async () => {
    const by = await token()
    await link(by)
    const headers = country.register.asked.at(-1)?.headers ?? {}
    expect(headers['x-road-userid']).toBe(agent)
    expect(headers['sapan-actor']).toBeUndefined()
    expect(JSON.stringify(headers)).not.toContain(by)
    expect(JSON.stringify(headers)).not.toContain(key)
  })

  it('also with the key and the secret that it has already', async () => {
    const had = { key: 'a-key-of-long-ago', secret: 'a secret/of long ago&' }
    await consumer(had)
    expect((await validate(had)).status).toBe(200)
  })
})

describe('a token', () => {
  const invalid = [401, 'gdx-token-invalid']
  const codeOf = ({ status, body }: { status: number; body: { Code?: string } }) => [status, body.Code]

  it('ends after 60 minutes without use, and lives on with each', async () => {
    const by = await token()
    const idle = (minutes: number) =>
      country.rd.pool.query(
        'update gateway.gdx_token set last_used_at = last_used_at - make_interval(mins => $1)',
        [minutes],
      )
    await idle(59)
    expect((await link(by)).status).toBe(200)
    await idle(59)
    expect((await link(by)).status).toBe(200)
    await idle(60)
    expect(codeOf(await link(by))).toEqual(invalid)
  })

  it('is of one consumer key', async () => {
    const other = await consumer()
    expect(codeOf(await link(await token(), { key: other.key }))).toEqual(invalid)
    expect(codeOf(await link('x'))).toEqual(invalid)
  })

  it('is known to every gateway process on the same database', async () => {
    const twin = await country.rd.twin()
    expect((await link(await token(), { edge: twin.edge })).status).toBe(200)
    await twin.stop()
  })

  it('ends with its consumer', async () => {
    const gone = await consumer()
    const by = String((await validate(gone)).body.Result)
    await country.rd.operator('DELETE', `/v1/gdx/consumers/${gone.id}`)
    expect(codeOf(await link(by, { key: gone.key }))).toEqual(invalid)
  })

  it('is kept as its hash, and who acts sealed', async () => {
    const by = await token()
    const { rows } = await country.rd.pool.query(
      'select t.*, c.* from gateway.gdx_token t join gateway.gdx_consumer c on c.id = t.consumer',
    )
    const kept = rows.map((row) =>
      Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value))),
    )
    for (const hidden of [by, secret, agent]) expect(JSON.stringify(kept)).not.toContain(hidden)
  })
})

describe('a wrong secret', () => {
  it('is refused, and after ten in a row so is the right one for a while', async () => {
    for (let n = 0; n < 10; n++) {
      expect((await validate({ secret: 'guess' })).body.Code).toBe('gdx-secret-wrong')
    }
    const locked = await validate()
    expect([locked.status, locked.body.Code]).toEqual([429, 'gdx-locked'])
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
    await country.rd.pool.query('update gateway.gdx_consumer set locked_until = now()')
    expect((await validate()).status).toBe(200)
  })

  it('of a key that nobody has is no different', async () => {
    const { status, body } = await validate({ key: 'nobodys-key' })
    expect([status, body.Code]).toEqual([401, 'gdx-secret-wrong'])
  })
})

describe('a call is read strictly', () => {
  it.each([
    [
      'another service number',
      `OfficeID=1&ServiceID=2&Version=1&CitizenID=${somebody}`,
      404,
      'gdx-route-unknown',
    ],
    ['no person', 'OfficeID=1&ServiceID=1&Version=1', 400, 'gdx-query-invalid'],
    ['an empty person', 'ServiceID=1&Version=1&CitizenID=', 400, 'gdx-query-invalid'],
    ['a parameter twice', 'ServiceID=1&Version=1&CitizenID=1&CitizenID=2', 400, 'gdx-query-invalid'],
    ['a parameter that nobody named', 'ServiceID=1&Version=1&CitizenID=1&all=1', 400, 'gdx-query-invalid'],
    ['another path', 'ServiceID=1&Version=1&CitizenID=..%2f..%2fphotos%2f1', 400, 'path-malformed'],
    ['another path by dots', 'ServiceID=1&Version=1&CitizenID=..', 400, 'path-malformed'],
    ['bytes that are no text', 'ServiceID=1&Version=1&CitizenID=%ff', 400, 'gdx-query-invalid'],
  ])('%s', async (_, query, status, code) => {
    const answer = await link(await token(), { query })
    expect([answer.status, answer.body.Code]).toEqual([status, code])
    expect(country.register.asked).toEqual([])
  })

  it.each(['', '12', '11000000000189', 'abcdefghijklm'])('AgentID “%s” is none', async (wrong) => {
    expect((await validate({ agent: wrong })).body.Code).toBe('gdx-query-invalid')
  })

  it('a value stays one value', async () => {
    await link(await token(), { query: 'ServiceID=1&Version=1&CitizenID=1%3Fa%3Db%26c' })
    expect(country.register.asked.at(-1)?.url).toBe('/persons/1%3Fa%3Db%26c')
  })

  it('no other method than GET', async () => {
    const answer = await fetch(`${country.rd.edge}/ws/auth/validate`, { method: 'POST', body: 'x' })
    expect([answer.status, (await answer.json()).Code]).toEqual([405, 'gdx-get-only'])
  })
})

describe('a refusal', () => {
  it('is JSON with a message, or a problem for who asks for one', async () => {
    const plain = await link('x')
    expect(plain.body).toMatchObject({
      Message: expect.any(String),
      TraceID: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const problem = await link('x', { accept: 'application/problem+json' })
    expect([problem.headers.get('content-type'), problem.body.code]).toEqual([
      'application/problem+json',
      'gdx-token-invalid',
    ])
  })

  it('of the exchange comes as it is', async () => {
    await country.rd.operator('POST', '/v1/gdx/routes', {
      ...route,
      conditions: { ServiceID: '9' },
      ignored: [],
      purpose: 'curiosity',
    })
    const answer = await link(await token(), { query: `ServiceID=9&CitizenID=${somebody}` })
    expect([answer.status, answer.body.Code]).toEqual([403, 'purpose-not-granted'])
  })
})

describe('the operator', () => {
  it('sees who still calls so, its weak points, and the way off it; no secret', async () => {
    await link(await token())
    const listed = await country.rd.operator('GET', '/v1/gdx')
    const own = (listed.consumers as { key: string; lastUsed: string | null }[]).find(
      (one) => one.key === key,
    )
    expect(Date.parse(own?.lastUsed ?? '')).toBeGreaterThan(Date.now() - 60_000)
    expect(listed).toMatchObject({
      enabled: true,
      weakPoints: expect.any(Array),
      wayOff: expect.any(Array),
    })
    expect(JSON.stringify(listed)).not.toContain(secret)
  })

  it.each([
    ['a placeholder in place of the service', { target: '/r1/TH/GOV/DOPA/main/{S}/persons/1' }],
    ['a parameter named twice', { ignored: ['CitizenID'] }],
    ['the address of tokens', { path: '/ws/auth/validate' }],
  ])('cannot set up %s', async (_, change) => {
    await expect(country.rd.operator('POST', '/v1/gdx/routes', { ...route, ...change })).rejects.toThrow(
      'gdx-route-invalid',
    )
  })

  it('cannot set one call up twice', async () => {
    const again = country.rd.operator('POST', '/v1/gdx/routes', route)
    await expect(again).rejects.toThrow('already-registered')
  })
})

it('nothing secret or personal is in any line of the log, nor in what metrics tell', async () => {
  const by = await token()
  await link(by)
  await link(by, { query: `ServiceID=1&Version=1&CitizenID=${somebody}&x=1` })
  await validate({ secret: 'a-wrong-secret' })
  country.register.answering = (_request, response) =>
    response.writeHead(500, { 'content-type': 'application/json' }).end('{}')
  await link(by)
  const metrics = await fetch(`${country.rd.admin}/metrics`, {
    headers: { authorization: `Bearer ${country.rd.adminToken}` },
  })
  const told = lines.join('') + (await metrics.text())
  expect(told).toContain('"getPerson"')
  for (const hidden of [somebody, agent, secret, by, key, 'a-wrong-secret'])
    expect(told).not.toContain(hidden)
})

it('is closed unless the operator opens it', async () => {
  const answer = await fetch(`${country.dopa.edge}/ws/auth/validate?ConsumerSecret=x&AgentID=${agent}`)
  expect([answer.status, (await answer.json()).code]).toEqual([404, 'resource-unknown'])
})
