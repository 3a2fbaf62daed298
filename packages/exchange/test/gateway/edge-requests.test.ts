import { randomBytes, X509Certificate } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import type { Server } from 'node:http'
import https from 'node:https'
import { createRoot, exportPem, generateSigner, toPem } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../kernel/test/ports.ts'
import { isLoopback } from '../../src/gateway/edge/exchange-route.ts'
import { type Country, client, grantTerms, service, startAgencies } from './agencies.ts'
import { sendRaw } from './raw.ts'
import { answerPerson, somebody, wholePerson } from './register.ts'
import { handlesAreVisible, heldIn, leftIn } from './spilled.ts'
import { pairs } from './wire.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies({
    rd: {
      subsystems: ['main', 'locked'],
      settings: {
        withoutCredential: [client],
        timeouts: { headers: 0.6 },
        limits: { bodyBytes: 24 * 1024 * 1024 },
      },
    },
    timeoutMs: 10_000,
  })
})
afterAll(() => country?.stop())
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

const path = `/r1/${service}/persons/${somebody}`

function raw(head: string, body = '', { target = path, method = 'GET', host = 'Host: x\r\n' } = {}) {
  const lines = `${method} ${target} HTTP/1.1\r\n${host}X-Road-Client: ${client}\r\nConnection: close\r\n`
  return sendRaw(country.rd.edge, `${lines}${head}\r\n${body}`)
}

async function codeFor(target: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await sendRaw(
    country.rd.edge,
    `GET ${target} HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\nConnection: close\r\n${Object.entries(
      headers,
    )
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  )
  return answer.code
}

describe('X-Road-Client', () => {
  it('must be there', async () => {
    const answer = await fetch(`${country.rd.edge}${path}`)
    expect(answer.status).toBe(400)
    expect((await answer.json()).message).toContain('(client-header-missing)')
  })

  it('must be there once', async () => {
    const answer = await raw(`X-Road-Client: ${client}\r\n`)
    expect([answer.status, answer.code]).toEqual([400, 'client-header-duplicate'])
  })

  it('twice in different cases is still twice', async () => {
    expect((await raw('x-ROAD-client: TH/GOV/RD/locked\r\n')).code).toBe('client-header-duplicate')
  })

  it.each([
    ['is not an address', 'RD', 'address-malformed'],
    ['has a part too many', `${client}/x`, 'address-malformed'],
    ['is another member’s', 'TH/GOV/DOPA/main', 'client-unknown'],
    ['is not registered', 'TH/GOV/RD/nothing', 'client-unknown'],
  ])('that %s is refused: %s', async (_, value, code) => {
    const answer = await fetch(`${country.rd.edge}${path}`, { headers: { 'x-road-client': value } })
    expect((await answer.json()).message).toContain(`(${code})`)
  })

  it('is also held against the credential for metaservices', async () => {
    const answer = await fetch(`${country.rd.edge}/r1/TH/GOV/DOPA/main/listMethods`, {
      headers: { 'x-road-client': 'TH/GOV/RD/locked' },
    })
    expect([answer.status, (await answer.json()).message]).toEqual([
      401,
      expect.stringContaining('(credential-required)'),
    ])
  })
})

describe('a credential', () => {
  const locked = 'TH/GOV/RD/locked'
  const own = certificateOfASystem()

  beforeAll(async () => {
    await country.dopa.operator('POST', '/v1/grants', { ...grantTerms, consumer: locked, purpose: 'audit' })
    await country.rd.gateway.directory.refresh()
    await country.rd.operator('POST', '/v1/credentials', {
      kind: 'certificate',
      name: 'ระบบ',
      subsystems: [locked],
      certificate: own.cert,
    })
  })

  it('is needed for a subsystem that the operator has not opened', async () => {
    const answer = await fetch(`${country.rd.edge}${path}`, { headers: { 'x-road-client': locked } })
    expect([answer.status, (await answer.json()).message]).toEqual([
      401,
      expect.stringContaining('(credential-required)'),
    ])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('is needed for every subsystem by a caller who is not on this machine', () => {
    expect(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(
      ['10.0.0.1', '::ffff:10.0.0.1', '::2', '1.127.0.0', 'fe80::127.0.0.1', '', undefined].map(isLoopback),
    ).toEqual([false, false, false, false, false, false, false])
  })

  it('by certificate speaks for the subsystems that the operator has listed', async () => {
    const answer = await overTls(own, locked)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      200,
      { nationalId: somebody, name: wholePerson.name },
    ])
  })

  it('by certificate does not speak for another’s subsystem, even one that needs none', async () => {
    const answer = await overTls(own, client)
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('(client-not-allowed)')])
  })

  it('by a certificate that nobody has registered is unknown', async () => {
    const answer = await overTls(certificateOfASystem(), locked)
    expect([answer.status, answer.body]).toEqual([401, expect.stringContaining('(credential-unknown)')])
  })

  it('by a certificate that has ended is unknown', async () => {
    const ended = certificateOfASystem(Date.now() - 3 * 365 * 86_400_000)
    expect(new X509Certificate(ended.cert).validToDate.getTime()).toBeLessThan(Date.now())
    await country.rd.operator('POST', '/v1/credentials', {
      kind: 'certificate',
      name: 'old',
      subsystems: [locked],
      certificate: ended.cert,
    })
    const answer = await overTls(ended, locked)
    expect([answer.status, answer.body]).toEqual([401, expect.stringContaining('(credential-unknown)')])
  })

  it('by OAuth speaks for the subsystems that the operator has listed, until it is removed', async () => {
    const system = await country.rd.operator('POST', '/v1/credentials', {
      kind: 'oauth',
      name: 'ระบบ',
      subsystems: [locked],
    })
    const { access_token: token } = await (await tokenFor(String(system.id), String(system.secret))).json()
    const ask = (subsystem: string, authorization = `Bearer ${token}`) =>
      fetch(`${country.rd.edge}${path}`, { headers: { 'x-road-client': subsystem, authorization } })
    expect((await ask(locked)).status).toBe(200)
    const another = await ask(client)
    expect([another.status, (await another.json()).message]).toEqual([
      403,
      expect.stringContaining('(client-not-allowed)'),
    ])
    expect(country.register.asked.at(-1)?.headers.authorization).toBeUndefined()
    for (const wrong of ['Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic eDp5', 'Bearer', '']) {
      const answer = await ask(locked, wrong)
      expect([answer.status, (await answer.json()).message]).toEqual([
        401,
        expect.stringContaining('(credential-unknown)'),
      ])
    }
    await country.rd.operator('DELETE', `/v1/credentials/${system.id}`)
    expect((await ask(locked)).status).toBe(401)
  })

  it.each([
    ['an unknown client', 'x', 'y'],
    ['an id that looks like one', '00000000-0000-4000-8000-000000000000', 'y'],
    ['an id with a NUL', 'a\0b', 'y'],
    ['an empty id', '', ''],
  ])('by OAuth is not given to %s', async (_, id, secret) => {
    const answer = await tokenFor(id, secret)
    expect([answer.status, (await answer.json()).code]).toEqual([401, 'credential-unknown'])
  })

  it('by OAuth is not given for another grant type, nor for what is no form', async () => {
    const wrong = await tokenFor('x', 'y', 'password')
    expect([wrong.status, (await wrong.json()).code]).toEqual([422, 'request-invalid'])
    const json = await fetch(`${country.rd.edge}/oauth/token`, { method: 'POST', body: '{}' })
    expect([json.status, (await json.json()).code]).toEqual([422, 'request-invalid'])
  })

  function tokenFor(id: string, secret: string, grantType = 'client_credentials') {
    const form = { grant_type: grantType, client_id: id, client_secret: secret }
    return fetch(`${country.rd.edge}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })
  }
})

describe('an address', () => {
  it.each([
    ['%', 'path-malformed'],
    ['%zz', 'path-malformed'],
    ['%2', 'path-malformed'],
    ['%00', 'path-malformed'],
    ['%0d%0aX-Road-Client:%20x', 'path-malformed'],
    ['%2e%2e', 'path-malformed'],
    ['..', 'path-malformed'],
    ['.', 'path-malformed'],
    ['%2F', 'path-malformed'],
    ['%5c', 'path-malformed'],
    ['\\', 'path-malformed'],
    ['a;b', 'path-malformed'],
    ['a//b', 'path-malformed'],
    ['%ff', 'path-malformed'],
    ['%c0%ae', 'path-malformed'],
    ['a#b', 'path-malformed'],
    ['<', 'path-malformed'],
    ['x?family=%', 'path-malformed'],
    ['x?family=%00', 'path-malformed'],
    ['x?%ff=1', 'path-malformed'],
    ['a'.repeat(8_100), 'path-malformed'],
  ])('with %s in it is refused: %s', async (part, code) => {
    expect(await codeFor(`/r1/${service}/persons/${part}`)).toBe(code)
    expect(country.register.asked).toEqual([])
  })

  it.each([
    ['/r1/TH/GOV/DOPA/main', 'address-malformed'],
    ['/r1/TH', 'address-malformed'],
    ['/r1/', 'address-malformed'],
    ['/r1/TH/GOV/D%20PA/main/person-v1/persons/1', 'address-malformed'],
    ['/r1/TH/GOV/NOBODY/main/person-v1/persons/1', 'member-unknown'],
    ['/r1/TH/GOV/DOPA/main/nothing-v1/persons/1', 'service-unknown'],
    ['/r1/TH/GOV/DOPA/nothing/person-v1/persons/1', 'service-unknown'],
    [`/r1/${service}/nothing`, 'operation-unknown'],
    [`/r1/${service}/persons/1/`, 'operation-unknown'],
    [`/r1/${service}`, 'operation-unknown'],
    ['/r1', 'resource-unknown'],
    ['/nothing', 'resource-unknown'],
    ['/%zz', 'request-invalid'],
    ['http://other.example/r1/x', 'resource-unknown'],
    ['*', 'resource-unknown'],
  ])('%s: %s', async (target, code) => {
    expect(await codeFor(target)).toBe(code)
  })

  it('goes to the provider’s system as it came, byte for byte', async () => {
    country.register.answering = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"persons":[]}')
    }
    const query = '?family=%E0%B8%AA%E0%B8%A1+x%2Fy%26z&family=[]{}|^`!$(),*:@/?;family='
    const answer = await sendRaw(
      country.rd.edge,
      `GET /r1/${service}/persons${query} HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\n\r\n`,
    )
    expect([answer.status, country.register.asked.at(-1)?.url]).toEqual([200, `/persons${query}`])
  })

  it('keeps its own percent-encoding', async () => {
    const answer = await sendRaw(
      country.rd.edge,
      `GET /r1/${service}/persons/%31~a%20b%e0%b8%81 HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\n\r\n`,
    )
    expect([answer.status, country.register.asked.at(-1)?.url]).toEqual([200, '/persons/%31~a%20b%e0%b8%81'])
  })
})

describe('a header', () => {
  it.each([
    ['that is there twice', 'X-Mine: a\r\nX-Mine: b\r\n', 'header-duplicate'],
    ['Content-Type twice', 'Content-Type: a/b\r\nContent-Type: c/d\r\n', 'header-duplicate'],
    ['Sapan-Purpose twice', 'Sapan-Purpose: a\r\nSapan-Purpose: b\r\n', 'header-duplicate'],
    ['with letters beyond ASCII', 'X-Mine: \xe0\xb8\x81\r\n', 'header-malformed'],
    ['with a name that can’t be signed', `${'x'.repeat(65)}: a\r\n`, 'header-malformed'],
    ['with a NUL', 'X-Mine: a\0b\r\n', 'request-malformed'],
    ['with a lone carriage return', 'X-Mine: a\rX-Road-Client: b\r\n', 'request-malformed'],
    ['that ends with a bare line feed', 'X-Mine: a\nX-Other: b\r\n', 'request-malformed'],
    ['that goes on in the next line', 'X-Mine: a\r\n b\r\n', 'request-malformed'],
    ['with a space before its colon', 'X-Mine : a\r\n', 'request-malformed'],
    ['without a name', ': a\r\n', 'request-malformed'],
    ['without a colon', 'X-Mine\r\n', 'request-malformed'],
    ['that expects what nobody knows', 'Expect: tea\r\n', 'header-malformed'],
  ])('%s is refused: %#', async (_, head, code) => {
    const answer = await raw(head)
    expect([answer.status, answer.code]).toEqual([400, code])
    expect(country.register.asked).toEqual([])
  })

  it.each([
    ['no Host', ''],
    ['two Hosts', 'Host: a\r\nHost: b\r\n'],
  ])('%s is refused', async (_, host) => {
    expect(await raw('', '', { host })).toMatchObject({ status: 400, code: 'request-malformed' })
  })

  it('too many are refused', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `X-Mine-${n}: a\r\n`).join('')
    expect(await raw(many)).toMatchObject({ status: 431, code: 'headers-too-large' })
    const short = Array.from({ length: 3_000 }, (_, n) => `a${n}:\r\n`).join('')
    expect(await raw(short)).toMatchObject({ status: 431, code: 'headers-too-large' })
  })

  it('too large is refused', async () => {
    expect(await raw(`X-Mine: ${'a'.repeat(40_000)}\r\n`)).toMatchObject({
      status: 431,
      code: 'headers-too-large',
    })
  })

  it('that belongs to the connection or to gateways goes no further', async () => {
    const planted = {
      authorization: '',
      cookie: 'a=b',
      'x-forwarded-for': '10.0.0.1',
      'sapan-grant': 'x',
      'sapan-sender': 'TH/GOV/DOPA',
      'sapan-exchange': 'x',
      'x-road-service': 'x',
      'x-hop': 'x',
    }
    const { authorization: _, ...sent } = planted
    const head = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`)
    const answer = await raw(`${head.join('')}Connection: x-hop\r\nX-Road-UserId: 12\r\nAccept: a/b\r\n`)
    expect(answer.status).toBe(200)
    const headers = country.register.asked.at(-1)?.headers ?? {}
    expect(headers).toMatchObject({
      accept: 'a/b',
      'x-road-userid': '12',
      'x-road-client': client,
      'sapan-sender': 'TH/GOV/RD',
    })
    for (const name of ['cookie', 'x-forwarded-for', 'x-hop', 'sapan-grant', 'x-road-service']) {
      expect(headers[name]).toBeUndefined()
    }
    expect(headers['sapan-exchange']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('that the service does not describe does not reach its system, above all none that speaks for method, address or user', async () => {
    const planted = [
      ...['X-HTTP-Method-Override: DELETE', 'X-Method-Override: DELETE', 'X-HTTP-Method: DELETE'],
      ...['X-Original-URL: /admin', 'X-Rewrite-URL: /admin', 'X-Remote-User: root', 'X-Real-IP: 127.0.0.1'],
      ...[
        'If-Modified-Since: Mon, 23 Nov 2026 00:00:00 GMT',
        'Range: bytes=0-0',
        '__proto__: a',
        'constructor: b',
      ],
    ]
    const answer = await raw(`${planted.join('\r\n')}\r\nX-Mine: a\r\n`)
    expect(answer.status).toBe(200)
    const { method, url, headers } = country.register.asked.at(-1) ?? {}
    expect([method, url]).toEqual(['GET', `/persons/${somebody}`])
    expect(Object.keys(headers ?? {}).sort()).toEqual(
      [
        ...[
          'accept',
          'accept-encoding',
          'connection',
          'host',
          'sapan-exchange',
          'sapan-purpose',
          'sapan-sender',
        ],
        ...['sapan-service', 'traceparent', 'x-mine', 'x-road-client', 'x-road-id'],
      ].sort(),
    )
  })

  it('about the answer as a whole reaches the system where all of it was granted', async () => {
    const head = { 'x-road-client': client, 'if-none-match': '"a"' }
    await fetch(`${country.rd.edge}/r1/${service}/photos/${somebody}`, { headers: head })
    expect(country.register.asked.at(-1)?.headers).toMatchObject({ 'if-none-match': '"a"' })
  })
})

describe('a request whose length can be read in two ways', () => {
  const post = { method: 'POST', target: `/r1/${service}/photos/1` }
  it.each([
    ['both lengths', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['both lengths, the other way round', 'Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', '0\r\n\r\n'],
    ['two lengths', 'Content-Length: 4\r\nContent-Length: 5\r\n', 'abcd'],
    ['the same length twice', 'Content-Length: 4\r\nContent-Length: 4\r\n', 'abcd'],
    ['a list of lengths', 'Content-Length: 4, 4\r\n', 'abcd'],
    ['a length with a sign', 'Content-Length: +4\r\n', 'abcd'],
    ['a length that is no number', 'Content-Length: 0x4\r\n', 'abcd'],
    ['a length without end', `Content-Length: ${'9'.repeat(30)}\r\n`, 'abcd'],
    ['chunked not last', 'Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'],
    ['an encoding that is not chunked', 'Transfer-Encoding: gzip\r\n', 'abcd'],
    ['two encodings', 'Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'],
    ['a disguised encoding', 'Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'],
    ['a chunk whose size is no number', 'Transfer-Encoding: chunked\r\n', 'x\r\nab\r\n0\r\n\r\n'],
    ['a chunk with a sign', 'Transfer-Encoding: chunked\r\n', '-2\r\nab\r\n0\r\n\r\n'],
    ['a chunk longer than it says', 'Transfer-Encoding: chunked\r\n', '2\r\nabcd\r\n0\r\n\r\n'],
    ['a chunk size without end', 'Transfer-Encoding: chunked\r\n', `${'f'.repeat(20)}\r\nab\r\n0\r\n\r\n`],
    ['a chunk that ends with a bare line feed', 'Transfer-Encoding: chunked\r\n', '2\nab\n0\n\n'],
    ['a chunk with an endless extension', 'Transfer-Encoding: chunked\r\n', `2;${'a'.repeat(20_000)}\r\nab`],
  ])('%s: is refused, and no second answer follows', async (_, head, body) => {
    const answer = await raw(head, body, post)
    expect([answer.status, answer.answers]).toEqual([400, 1])
    expect(['request-smuggling', 'request-malformed']).toContain(answer.code)
    expect(country.register.asked).toEqual([])
  })

  it('a second request hidden in a body is a body', async () => {
    country.register.answering = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end('x')
    }
    const hidden = `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\n\r\n`
    const answer = await raw(`Content-Length: ${hidden.length}\r\n`, hidden, post)
    expect([answer.status, answer.answers]).toEqual([200, 1])
    expect(country.register.asked.map(({ method, body }) => [method, body.toString()])).toEqual([
      ['POST', hidden],
    ])
  })

  it('a body behind a GET that says nothing of it is another request, which is refused as such', async () => {
    const answer = await sendRaw(
      country.rd.edge,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\n\r\nabcd efgh\r\n\r\n`,
    )
    expect(answer.answers).toBeLessThanOrEqual(2)
    expect(country.register.asked.length).toBeLessThanOrEqual(1)
  })

  it.each(['CONNECT x:1', 'CONNECT /', 'TRACE /', 'PROPFIND /', 'get /', 'PRI *'])(
    '%s is answered by a problem',
    async (line) => {
      const answer = await sendRaw(
        country.rd.edge,
        `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      )
      expect(['method-not-supported', 'request-malformed', 'resource-unknown']).toContain(answer.code)
    },
  )

  it.each(['TRACE', 'PROPFIND', 'QUERY'])('the method %s can’t be exchanged', async (method) => {
    expect(await raw('', '', { method })).toMatchObject({ status: 405, code: 'method-not-supported' })
  })

  it('also behind another on the same connection is answered', async () => {
    const good = `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\n\r\n`
    const bad = 'GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'
    const both = await sendRaw(country.rd.edge, [good, bad], { answers: 2 })
    expect(both.text).toMatch(/^HTTP\/1\.1 200 [\s\S]*HTTP\/1\.1 400 [\s\S]*request-smuggling/)
  })

  it('what is not HTTP is answered by a problem', async () => {
    const answer = await sendRaw(country.rd.edge, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03')
    expect([answer.status, answer.code]).toEqual([400, 'request-malformed'])
  })
})

describe('a caller who is slow', () => {
  const servers: Server[] = []
  let edge = ''
  let slowHeaders: ReturnType<typeof sendRaw>
  const post = `POST /r1/${service}/photos/1 HTTP/1.1\r\nHost: x\r\nX-Road-Client: ${client}\r\n`

  beforeAll(async () => {
    edge = await listening({ requestTimeout: 700 })
    // Each time limit is tried alone: this one has no other that could end it.
    const ofHeaders = await listening({ headersTimeout: 700, requestTimeout: 0 })
    slowHeaders = sendRaw(ofHeaders, `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Road-`)
  })
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function listening(limits: { headersTimeout?: number; requestTimeout: number }): Promise<string> {
    const port = await freePort()
    const server = Object.assign(country.rd.gateway.edgeServer(), limits)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return `http://127.0.0.1:${port}`
  }

  it('with the headers is answered that time is over', async () => {
    const answer = await slowHeaders
    expect([answer.status, answer.code]).toEqual([408, 'request-timeout'])
  })

  it('with the body is answered that time is over, and nothing is sent on', async () => {
    const answer = await sendRaw(edge, `${post}Content-Length: 10\r\n\r\nabc`)
    expect([answer.status, answer.code]).toEqual([408, 'request-timeout'])
    expect(country.register.asked).toEqual([])
  })

  it('and goes away in the middle leaves nothing behind', async () => {
    const part = `${post}Content-Length: 9000000\r\n\r\n${'a'.repeat(600_000)}`
    const answer = await sendRaw(edge, part, { thenEnd: true })
    expect([answer.status, answer.code]).toEqual([400, 'request-incomplete'])
    expect(country.register.asked).toEqual([])
    await expect.poll(() => leftIn(country.rd.spillDirectory)).toEqual([])
  })
})

describe('a body', () => {
  const echo = () => {
    country.register.answering = (_request, response, body) => {
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(body)
    }
  }
  const post = (body: Buffer | ReadableStream, headers = {}) =>
    country.ask('/photos/1', {
      method: 'POST',
      body,
      headers: { 'content-type': 'image/jpeg', ...headers },
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit & { headers: Record<string, string> })

  it('of any bytes arrives as it was, both ways', async () => {
    echo()
    const body = Buffer.concat([Buffer.from([0, 255, 13, 10, 0xef, 0xbb, 0xbf]), randomBytes(5_000)])
    const answer = await post(body)
    expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true)
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
  })

  it('in chunks arrives whole, with its length', async () => {
    echo()
    const parts = [randomBytes(1_000), randomBytes(70_000), randomBytes(3)]
    const answer = await post(
      new ReadableStream({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          controller.close()
        },
      }),
    )
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.concat(parts))).toBe(true)
    expect(country.register.asked.at(-1)?.headers['content-length']).toBe('71003')
  })

  it('of 20 MB is put into files without names on its way, of which nothing is left afterwards', async () => {
    const named: string[] = []
    const held: number[] = []
    country.register.answering = async (_request, response, received) => {
      for (const { spillDirectory } of [country.rd, country.dopa]) {
        named.push(...(await readdir(spillDirectory)))
        held.push((await heldIn(spillDirectory)).length)
      }
      response.writeHead(200, { 'content-type': 'image/jpeg' }).end(received)
    }
    const body = randomBytes(20 * 1024 * 1024)
    const answer = await post(body)
    expect(named).toEqual([])
    if (handlesAreVisible) expect(held).toEqual([1, 1])
    expect(answer.status).toBe(200)
    const back = Buffer.from(await answer.arrayBuffer())
    expect(back.equals(body)).toBe(true)
    for (const { spillDirectory } of [country.rd, country.dopa]) {
      await expect.poll(() => leftIn(spillDirectory)).toEqual([])
    }
  })

  it('over the limit is refused, whether it says its length or not', async () => {
    const big = Buffer.alloc(25 * 1024 * 1024)
    for (const body of [big, streamOf(big)]) {
      const answer = await post(body)
      expect([answer.status, (await answer.json()).message]).toEqual([
        413,
        expect.stringContaining('(body-too-large)'),
      ])
    }
    expect(country.register.asked).toEqual([])
    await expect.poll(() => leftIn(country.rd.spillDirectory)).toEqual([])
  })

  it('that says that it is over the limit is refused before a byte of it was sent', async () => {
    const target = `/r1/${service}/photos/1`
    const answer = await raw('Content-Length: 26000000\r\n', '', { method: 'POST', target })
    expect([answer.status, answer.code]).toEqual([413, 'body-too-large'])
  })

  it('is asked for where the caller waits to be', async () => {
    echo()
    const answer = await raw('Content-Length: 3\r\nExpect: 100-continue\r\n', 'abc', {
      method: 'POST',
      target: `/r1/${service}/photos/1`,
    })
    expect([answer.status, answer.body]).toEqual([200, 'abc'])
  })

  it('is not asked for where the call is refused anyway', async () => {
    const answer = await sendRaw(
      country.rd.edge,
      `POST /r1/${service}/photos/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\nExpect: 100-continue\r\n\r\n`,
    )
    expect([answer.status, answer.code]).toEqual([400, 'client-header-missing'])
  })
})

describe('the methods', () => {
  it('HEAD has the answer’s head and no body', async () => {
    const answer = await country.ask(`/persons/${somebody}`, { method: 'HEAD' })
    expect([answer.status, await answer.text(), country.register.asked.at(-1)?.method]).toEqual([
      200,
      '',
      'HEAD',
    ])
  })

  it('HEAD that is refused has its problem’s code in a header', async () => {
    const answer = await country.ask('/nothing', { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([404, ''])
    expect(answer.headers.get('x-road-error')).toBe('Server.ServerProxy.UnknownService')
  })

  it('OPTIONS that the service does not describe is an operation like any other, and opens nothing to browsers', async () => {
    const answer = await country.ask(`/persons/${somebody}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'GET' },
    })
    expect((await answer.json()).message).toContain('(operation-unknown)')
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

function streamOf(bytes: Buffer): ReadableStream {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + 65_536))
      at += 65_536
    },
  })
}

function certificateOfASystem(now = Date.now()) {
  const signer = generateSigner('ecdsa-p256-sha256')
  const { certificate } = createRoot({ subject: { commonName: 'a system' }, signer, now, years: 1 })
  return { key: exportPem(signer), cert: toPem(certificate) }
}

function overTls(
  identity: { key: string; cert: string },
  subsystem: string,
): Promise<{ status: number; body: string; headers: [string, string][] }> {
  return new Promise((resolve, reject) => {
    https
      .get(`${country.rd.edgeTls}${path}`, {
        ...identity,
        agent: false,
        rejectUnauthorized: false,
        headers: { 'x-road-client': subsystem },
      })
      .once('error', reject)
      .once('response', async (response) => {
        let body = ''
        for await (const chunk of response.setEncoding('utf8')) body += chunk
        resolve({ status: response.statusCode ?? 0, body, headers: pairs(response.rawHeaders) })
      })
  })
}
