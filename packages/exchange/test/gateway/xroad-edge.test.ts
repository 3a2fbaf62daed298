import { createHash } from 'node:crypto'
import { type IncomingHttpHeaders, request } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, client, grantTerms, service, startAgencies } from './agencies.ts'
import { answerPerson, registerDescription, somebody } from './register.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies()
})
afterAll(() => country?.stop())
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

const problem = 'application/problem+json'

describe('an answer, for a client of X-Road', () => {
  it('says whose it is, to which service, and by which numbers it is found again', async () => {
    const answer = await country.ask(`/persons/${somebody}`, { headers: { 'x-road-id': 'my number 7' } })
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-road-client': client,
      'x-road-service': service,
      'x-road-id': 'my number 7',
      'x-road-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-road-request-hash': expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
      'content-type': 'application/json',
    })
    expect(answer.headers.get('x-road-request-id')).toBe(answer.headers.get('sapan-exchange'))
  })

  it('has a number of ours where the caller sent none, which the provider’s system is told as well', async () => {
    const answer = await country.ask(`/persons/${somebody}`)
    const id = answer.headers.get('x-road-id')
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(country.register.asked.at(-1)?.headers['x-road-id']).toBe(id)
  })

  it.each([
    ['without a body', 'GET', `/persons/${somebody}`, Buffer.alloc(0)],
    ['with a small body', 'POST', '/photos/1', Buffer.from('x')],
    ['with a body that is spilled', 'POST', '/photos/1', Buffer.alloc(700_000, 7)],
  ])('has the hash of the request as the caller wrote it, %s', async (_, method, path, body) => {
    country.register.answering = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    const headers = ['X-Road-Client', client, 'X-Road-Id', '7', 'Content-Type', 'image/jpeg', 'X-Mine', 'a']
    const answer = await plain(method, path, headers, body)
    const lines = [method, `/r1/${service}${path}`]
    for (let n = 0; n < headers.length; n += 2) lines.push(`${headers[n]}:${headers[n + 1]}`)
    lines.push(`x-road-request-id:${answer['x-road-request-id']}`)
    const head = lines.map((line) => `${line}\r\n`).join('')
    const sha512 = (data: string | Uint8Array) => createHash('sha512').update(data).digest()
    const expected = body.length === 0 ? sha512(head) : sha512(Buffer.concat([sha512(head), sha512(body)]))
    expect(answer['x-road-request-hash']).toBe(expected.toString('base64'))
  })

  it('passes the caller’s own X-Road headers on', async () => {
    await country.ask(`/persons/${somebody}`, {
      headers: { 'x-road-userid': 'TH1234', 'x-road-issue': '42', 'x-road-represented-party': 'COM/1' },
    })
    expect(country.register.asked.at(-1)?.headers).toMatchObject({
      'x-road-userid': 'TH1234',
      'x-road-issue': '42',
      'x-road-represented-party': 'COM/1',
    })
  })

  it('asks the provider’s system for JSON where the caller says nothing, else for what the caller says', async () => {
    await plain('GET', `/persons/${somebody}`, ['X-Road-Client', client], Buffer.alloc(0))
    expect(country.register.asked.at(-1)?.headers.accept).toBe('application/json')
    await country.ask(`/persons/${somebody}`, { headers: { accept: 'application/json;q=0.5' } })
    expect(country.register.asked.at(-1)?.headers.accept).toBe('application/json;q=0.5')
  })

  it('goes only through the gateway that the caller names', async () => {
    const through = (id: string) =>
      country.ask(`/persons/${somebody}`, { headers: { 'x-road-security-server': id } })
    expect((await through('TH/GOV/DOPA/gateway-1')).status).toBe(200)
    const other = await through('TH/GOV/RD/gateway-1')
    expect([other.status, (await other.json()).message]).toEqual([
      502,
      expect.stringContaining('(provider-without-gateway)'),
    ])
  })
})

describe('a refusal', () => {
  it('has X-Road’s shape unless the caller asks for another', async () => {
    const answer = await country.ask('/nothing')
    const { type, message, detail } = await answer.json()
    expect([answer.status, type, answer.headers.get('x-road-error')]).toEqual([
      404,
      'Server.ServerProxy.UnknownService',
      'Server.ServerProxy.UnknownService',
    ])
    expect(message).toContain('(operation-unknown)')
    expect(detail).toMatch(/^[0-9a-f]{32}$/)
  })

  it('says how it is encoded', async () => {
    expect((await country.ask('/nothing')).headers.get('content-type')).toBe('application/json;charset=utf-8')
  })

  it('of another version of the protocol has X-Road’s shape too', async () => {
    const answer = await fetch(`${country.rd.edge}/r9/${service}/persons/1`)
    expect([answer.status, (await answer.json()).type]).toEqual([400, 'Client.InvalidRequest'])
  })

  it('is a problem where Accept has it, in the caller’s language, with the other one beside', async () => {
    const ask = async (language: string) => {
      const answer = await country.ask('/nothing', {
        headers: { accept: problem, 'accept-language': language },
      })
      return { type: answer.headers.get('content-type'), body: await answer.json() }
    }
    const thai = await ask('th')
    const english = await ask('en-GB,en;q=0.9')
    expect(thai.type).toContain(problem)
    expect(thai.body).toMatchObject({
      code: 'operation-unknown',
      status: 404,
      title: 'บริการนี้ไม่มีการทำงานดังกล่าว',
    })
    expect(thai.body.en.title).toBe('The service has no such operation')
    expect(english.body.title).toBe('The service has no such operation')
    expect(english.body.next).toMatch(/getOpenAPI/)
    expect(english.body.type).toBe(`${country.rd.edge}/problems/operation-unknown`)
    expect(english.body.traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('carries the caller’s trace', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'
    const answer = await country.ask('/nothing', { headers: { traceparent } })
    expect((await answer.json()).detail).toBe('4bf92f3577b34da6a3ce929d0e0e4736')
    await country.ask(`/persons/${somebody}`, { headers: { traceparent } })
    expect(country.register.asked.at(-1)?.headers.traceparent).toContain('4bf92f3577b34da6a3ce929d0e0e4736')
  })

  it('is never kept by a cache', async () => {
    expect((await country.ask('/nothing')).headers.get('cache-control')).toBe('no-store')
  })
})

describe('the metaservices', () => {
  const ask = async (path: string) => {
    const answer = await fetch(`${country.rd.edge}${path}`, { headers: { 'x-road-client': client } })
    expect(answer.headers.get('content-type')).toMatch(/^application\/json; ?charset=utf-8$/)
    return { status: answer.status, body: await answer.json() }
  }
  const dopa = {
    xroad_instance: 'TH',
    member_class: 'GOV',
    member_code: 'DOPA',
    subsystem_code: 'main',
  }

  it('listClients: every subsystem', async () => {
    const { body } = await ask('/listClients')
    expect(body.member).toContainEqual(
      expect.objectContaining({ id: expect.objectContaining({ object_type: 'SUBSYSTEM', ...dopa }) }),
    )
    expect(body.member.length).toBe(2)
  })

  it('listMethods: what a provider has', async () => {
    const { status, body } = await ask('/r1/TH/GOV/DOPA/main/listMethods')
    expect(status).toBe(200)
    expect(body.service).toEqual([
      expect.objectContaining({
        object_type: 'SERVICE',
        ...dopa,
        service_code: 'person-v1',
        service_type: 'OPENAPI',
        endpoint_list: expect.arrayContaining([{ method: 'GET', path: '/persons/*' }]),
      }),
    ])
    expect(body.service[0].endpoint_list.length).toBe(5)
  })

  it('allowedMethods: what of it this client may do', async () => {
    await country.dopa.operator('POST', '/v1/services', {
      subsystem: 'TH/GOV/DOPA/main',
      openapi: { ...registerDescription, info: { ...registerDescription.info, 'x-sapan-code': 'other' } },
      url: country.register.url,
    })
    await country.dopa.operator('POST', '/v1/grants', {
      ...grantTerms,
      service: 'TH/GOV/DOPA/main/other-v1',
      operations: { getPerson: { fields: ['name'], query: [] } },
    })
    await country.rd.gateway.directory.refresh()
    const { body } = await ask('/r1/TH/GOV/DOPA/main/allowedMethods')
    const endpoints = Object.fromEntries(
      body.service.map((one: { service_code: string; endpoint_list: unknown[] }) => [
        one.service_code,
        one.endpoint_list,
      ]),
    )
    expect(endpoints['other-v1']).toEqual([{ method: 'GET', path: '/persons/*' }])
    expect(endpoints['person-v1'].length).toBe(5)
  })

  it('getOpenAPI: the description, as it was given', async () => {
    const { body } = await ask('/r1/TH/GOV/DOPA/main/getOpenAPI?serviceCode=person-v1')
    expect(body).toEqual(registerDescription)
  })

  it.each([
    ['/r1/TH/GOV/DOPA/main/getOpenAPI', 422, 'request-invalid'],
    ['/r1/TH/GOV/DOPA/main/getOpenAPI?serviceCode=nothing-v1', 404, 'service-unknown'],
    ['/r1/TH/GOV/DOPA/main/getOpenAPI?serviceCode=%00', 400, 'address-malformed'],
    ['/r1/TH/GOV/DOPA/nothing/listMethods', 404, 'service-unknown'],
    ['/r1/TH/GOV/NOBODY/main/allowedMethods', 404, 'service-unknown'],
    ['/r1/TH/GOV/DOPA/%zz/listMethods', 404, 'service-unknown'],
  ])('%s is refused: %i %s', async (path, status, code) => {
    const answer = await ask(path)
    expect([answer.status, answer.body.message]).toEqual([status, expect.stringContaining(`(${code})`)])
  })

  it('need to know who asks', async () => {
    const answer = await fetch(`${country.rd.edge}/r1/TH/GOV/DOPA/main/listMethods`)
    expect([answer.status, (await answer.json()).message]).toEqual([
      400,
      expect.stringContaining('(client-header-missing)'),
    ])
  })
})

describe('an exchange that is explained', () => {
  it('tells each step’s decision, on both sides', async () => {
    const answer = await country.ask(`/persons/${somebody}`, { headers: { 'sapan-explain': '?1' } })
    const decisions = JSON.parse(
      Buffer.from(answer.headers.get('sapan-decisions') ?? '', 'base64url').toString(),
    )
    const steps = decisions.map(
      ({ side, step, outcome }: Record<string, string>) => `${side} ${step} ${outcome}`,
    )
    expect(steps[0]).toBe('consumer parseAddress passed')
    expect(steps).toContain('provider checkGrant passed')
    expect(steps.at(-1)).toBe('consumer recordAnswer passed')
  })

  it('tells which step refused, and names nobody', async () => {
    const answer = await country.ask(`/persons/${somebody}/x`, { headers: { 'sapan-explain': '?1' } })
    const told = Buffer.from(answer.headers.get('sapan-decisions') ?? '', 'base64url').toString()
    expect(JSON.parse(told).at(-1)).toMatchObject({ step: 'findService', outcome: 'refused' })
    expect(told).not.toContain(somebody)
  })

  it('is told to nobody else', async () => {
    expect((await country.ask(`/persons/${somebody}`)).headers.get('sapan-decisions')).toBeNull()
  })
})

/** A request with these headers and no others of a library; the answer's headers. */
function plain(method: string, path: string, headers: string[], body: Uint8Array) {
  return new Promise<IncomingHttpHeaders>((resolve, reject) => {
    const { hostname, port } = new URL(country.rd.edge)
    const length = body.length > 0 ? ['Content-Length', String(body.length)] : []
    request({
      hostname,
      port,
      method,
      path: `/r1/${service}${path}`,
      headers: ['Host', 'x', ...headers, ...length],
    })
      .once('error', reject)
      .once('response', (response) => {
        response.resume()
        resolve(response.headers)
      })
      .end(body)
  })
}
