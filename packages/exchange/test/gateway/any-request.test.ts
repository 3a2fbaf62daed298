import https from 'node:https'
import { registeredProblems } from '@sapan/kernel'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Country, client, service, startAgencies } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { sendRaw } from './raw.ts'
import { somebody } from './register.ts'
import { codeOf, craft, sendTo, type WireMessage } from './wire.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies({ rd: { settings: { timeouts: { headers: 0.3, request: 0.3 } } } })
})
afterAll(() => country?.stop())

const oneOf = (...values: string[]) => fc.constantFrom(...values)
const text = fc.string({ unit: 'binary', maxLength: 40 })
const path = `/r1/${service}/persons/${somebody}`

const target = fc.oneof(
  { weight: 4, arbitrary: oneOf(path, `/r1/${service}/photos/1`, `/r1/${service}/persons?family=a`, path) },
  oneOf('/', '*', '//', '/r1', '/r1/', '/oauth/token', '/listClients', '/%', 'http://x/', '?', '/problems/x'),
  oneOf('listMethods', 'allowedMethods', 'getOpenAPI?serviceCode=').map((n) => `/r1/TH/GOV/DOPA/main/${n}`),
  text.map((part) => `${path}${part}`),
  text.map((part) => `/r1/${part}`),
  text.map((part) => `/r1/TH/GOV/DOPA/main/getOpenAPI?serviceCode=${part}`),
  fc.webUrl({ withQueryParameters: true }).map((url) => `/r1/${service}${new URL(url).pathname}`),
)
const methods = oneOf(
  'GET',
  'GET',
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'get',
  'X',
)
const name = fc.oneof(
  oneOf(
    'X-Road-Client',
    'X-Road-Id',
    'X-Road-UserId',
    'X-Road-Security-Server',
    'Sapan-Purpose',
    'Sapan-Consent',
    'Sapan-Explain',
    'Sapan-Exchange',
    'Authorization',
    'Content-Type',
    'Content-Length',
    'Transfer-Encoding',
    'Content-Digest',
    'Signature',
    'Signature-Input',
    'Expect',
    'Connection',
    'Upgrade',
    'TE',
    'Trailer',
    'Accept',
    'Accept-Language',
    'traceparent',
    'Host',
    'Cookie',
    '__proto__',
  ),
  text,
)
const value = fc.oneof(
  oneOf(
    client,
    'TH/GOV/DOPA/main',
    '?1',
    'chunked',
    '3',
    '0',
    '-1',
    'close',
    'keep-alive, x-road-client',
    '100-continue',
    'h2c',
    'application/json',
    'application/problem+json',
    'Bearer x',
    'tax-assessment',
    '',
  ),
  text,
)
const header = fc.tuple(name, value).map(([key, content]) => `${key}: ${content}\r\n`)
const rawRequest = fc
  .record({
    method: methods,
    target,
    version: fc.oneof({ weight: 8, arbitrary: fc.constant('HTTP/1.1') }, oneOf('HTTP/1.0', 'HTTP/2.0', '')),
    client: oneOf(`X-Road-Client: ${client}\r\n`, `X-Road-Client: ${client}\r\n`, ''),
    headers: fc.array(header, { maxLength: 6 }),
    host: oneOf('Host: x\r\n', 'Host: x\r\n', 'Host: x\r\n', ''),
    body: fc.oneof(fc.constant(''), oneOf('{}', '0\r\n\r\n', '3\r\nabc\r\n0\r\n\r\n', 'abc'), text),
  })
  .map((r) => {
    const head = `${r.method} ${r.target} ${r.version}\r\n${r.host}${r.client}${r.headers.join('')}Connection: close\r\n`
    return Buffer.from(`${head}\r\n${r.body}`, 'latin1')
  })

/** The gateway's own count of what it could not foresee. */
async function faults({ admin, adminToken }: TestGateway): Promise<string[]> {
  const answer = await fetch(`${admin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })
  return (await answer.text()).split('\n').filter((line) => line.includes('"gateway-fault"'))
}

function isForeseen(status: number, code: string): boolean {
  const type = registeredProblems().get(code)
  return type !== undefined && type.status === status && status !== 500
}

describe('whatever comes to the edge', () => {
  it('is answered, by the service or by a registered problem, and never by a fault', async () => {
    await fc.assert(
      fc.asyncProperty(rawRequest, async (bytes) => {
        const answer = await sendRaw(country.rd.edge, bytes)
        expect(answer.status, bytes.toString('latin1')).toBeGreaterThanOrEqual(200)
        if (answer.status >= 400 && answer.body !== '') {
          expect([answer.status, answer.code], bytes.toString('latin1')).toSatisfy(([status, code]) =>
            isForeseen(status, code),
          )
        }
      }),
      { numRuns: 150 },
    )
    expect(await faults(country.rd)).toEqual([])
    expect(await faults(country.dopa)).toEqual([])
  })

  it('and is no HTTP at all is answered by a problem, or the connection is ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (bytes) => {
        const answer = await sendRaw(country.rd.edge, Buffer.from(bytes), { thenEnd: true })
        if (answer.status !== 0) expect(isForeseen(answer.status, answer.code)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('leaves a gateway that works', async () => {
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  })
})

describe('whatever another gateway sends', () => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 4 })
  afterAll(() => agent.destroy())

  const covered = fc.dictionary(
    oneOf(
      'x-road-client',
      'x-road-id',
      'sapan-exchange',
      'sapan-sender',
      'sapan-receiver',
      'sapan-service',
      'sapan-purpose',
      'sapan-grant',
      'sapan-explain',
      'sapan-other',
      'content-type',
      'content-encoding',
      'transfer-encoding',
      'connection',
      'expect',
      'upgrade',
      'host-name',
      'accept',
    ),
    fc.oneof(
      oneOf(
        client,
        'TH/GOV/DOPA',
        'TH/GOV/RD',
        service,
        '?1',
        'gzip',
        'chunked',
        'close',
        '',
        '100-continue',
      ),
      fc.string({ maxLength: 60 }).map((s) => s.trim()),
    ),
    { maxKeys: 4 },
  )
  const crafted = fc.record({
    method: oneOf('GET', 'GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS'),
    path: oneOf(
      `/persons/${somebody}`,
      `/persons/${somebody}`,
      '/photos/1',
      '/persons?family=a',
      '/persons?born=1',
      '',
    ),
    body: oneOf('', '', '{}', 'x', '{"a":1,"a":2}'),
    fields: covered,
    created: fc.integer({ min: -100, max: 20 }),
  })

  it('really signed, is answered, by the service or by a signed, registered problem', async () => {
    await fc.assert(
      fc.asyncProperty(crafted, async ({ created, ...rest }) => {
        const now = Math.floor(Date.now() / 1000)
        // Half of them are fresh, or nothing behind the clock would ever be seen.
        const message = craft(country, { ...rest, created: created < -50 ? now : now + Math.min(created, 4) })
        const answer = await send(message)
        if (answer === null) return
        const { headers } = answer
        const [own] = country.rd.membership.signers()
        if (own && headers.some(([key]) => key === 'sapan-problem')) {
          expect([answer.status, codeOf(answer)], JSON.stringify(rest)).toSatisfy(([status, code]) =>
            isForeseen(status, code),
          )
        }
      }),
      { numRuns: 200 },
    )
    expect(await faults(country.dopa)).toEqual([])
  })

  it('altered anywhere, is answered by a registered problem, and no system is asked', async () => {
    country.register.asked.length = 0
    const mutation = fc.record({ header: fc.nat(), at: fc.nat(), to: fc.integer({ min: 33, max: 126 }) })
    await fc.assert(
      fc.asyncProperty(mutation, async ({ header: which, at, to }) => {
        const message = craft(country)
        const index = which % message.headers.length
        const [key, content] = message.headers[index] ?? ['', '']
        const place = at % content.length
        const changed = content.slice(0, place) + String.fromCharCode(to) + content.slice(place + 1)
        if (changed === content || key === 'host') return
        message.headers[index] = [key, changed]
        const answer = await send(message)
        expect(answer && isForeseen(answer.status, codeOf(answer)), `${key}: ${changed}`).toBe(true)
      }),
      { numRuns: 150 },
    )
    expect(country.register.asked).toEqual([])
    expect(await faults(country.dopa)).toEqual([])
  })

  it('leaves a gateway that works', async () => {
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  })

  /** Null where node's own client would not send it. */
  async function send(message: Omit<WireMessage, 'status'>): Promise<WireMessage | null> {
    try {
      return await sendTo(country.dopa.peer, country.rd.membership.tls(), message, agent)
    } catch (error) {
      // What can't be read gets an answer with a body, since nobody knows that it was a HEAD.
      const unread =
        message.method === 'HEAD' && /HPE_CLOSED/.test(String(Reflect.get(Object(error), 'code')))
      if (error instanceof TypeError || unread) return null
      throw error
    }
  }
})
