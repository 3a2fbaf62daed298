import { createServer, type Server } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Country, client, grantTerms, startAgencies } from './agencies.ts'
import { type Answering, answerPerson, registerDescription, somebody, wholePerson } from './register.ts'
import { leftIn } from './spilled.ts'

let country: Country

beforeAll(async () => {
  country = await startAgencies({
    dopa: { settings: { limits: { bodyBytes: 3_000_000, filterBytes: 1_000_000 } } },
    timeoutMs: 700,
  })
})
afterAll(() => country?.stop())
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

function json(
  body: string | Buffer,
  status = 200,
  headers: Record<string, string | string[]> = {},
): Answering {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
}

async function ask(answering: Answering, path = `/persons/${somebody}`, init = {}) {
  country.register.answering = answering
  const answer = await country.ask(path, init)
  const text = await answer.text()
  return { status: answer.status, text, code: codeIn(text), answer }
}

function codeIn(text: string): string {
  return /\(([a-z0-9-]+)\)","detail"/.exec(text)?.[1] ?? ''
}

describe('an answer that can’t be held against the grant is withheld', () => {
  const deep = (levels: number) => `${'{"name":'.repeat(levels)}1${'}'.repeat(levels)}`
  const answers: [what: string, code: string, answering: Answering][] = [
    ['is text', 'answer-not-json', type('text/plain', 'สมชาย')],
    ['says nothing of its type', 'answer-not-json', (_, response) => response.writeHead(200).end('{}')],
    ['is HTML', 'answer-not-json', type('text/html', '<p>สมชาย</p>')],
    ['is XML', 'answer-not-json', type('application/xml', '<a/>')],
    ['only looks like JSON by its type', 'answer-not-json', json('สมชาย')],
    ['is cut off', 'answer-not-json', json('{"nationalId":"1"')],
    ['has something behind its end', 'answer-not-json', json('{"nationalId":"1"}{"a":1}')],
    ['is not UTF-8', 'answer-not-json', json(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
    ['is in another character set', 'answer-not-json', json(Buffer.from('{"a":"b"}', 'utf16le'))],
    ['begins with a byte order mark', 'answer-not-json', json('\ufeff{"nationalId":"1"}')],
    ['has a comment', 'answer-not-json', json('{"nationalId":"1"/* x */}')],
    ['has NaN', 'answer-not-json', json('{"nationalId":NaN}')],
    ['has a lone surrogate', 'answer-not-json', json('{"nationalId":"\\ud800"}')],
    ['has a key twice', 'answer-duplicate-keys', json('{"nationalId":"1","nationalId":"2"}')],
    [
      'has a key twice, once in disguise',
      'answer-duplicate-keys',
      json('{"name":{"given":"a","g\\u0069ven":"b"}}'),
    ],
    ['has a key twice where nothing was granted', 'answer-duplicate-keys', json('{"x":{"a":1,"a":2}}')],
    ['is nested too deeply', 'answer-too-deep', json(deep(200))],
    ['is nested beyond reason', 'answer-too-deep', json('['.repeat(400_000))],
    ['is compressed', 'answer-encoded', json(gzipSync('{}'), 200, { 'content-encoding': 'gzip' })],
    [
      'has two types',
      'provider-answer-invalid',
      rawly('Content-Type: application/json\r\nContent-Type: text/plain\r\n'),
    ],
    [
      'is larger than fields can be cut from',
      'provider-answer-too-large',
      json(`{"x":"${'a'.repeat(1_200_000)}"}`),
    ],
    ['is larger than anything may be', 'provider-answer-too-large', json(`{"x":"${'a'.repeat(3_200_000)}"}`)],
  ]
  it.each(answers)('because it %s: %s', async (_, code, answering) => {
    const { status, text, answer } = await ask(answering)
    expect([status, codeIn(text)]).toEqual([502, code])
    expect(text).not.toContain('สมชาย')
    expect(answer.headers.get('sapan-exchange')).not.toBeNull()
    await expect.poll(() => leftIn(country.dopa.spillDirectory)).toEqual([])
  })

  it('where everything is granted, a compressed one too: nobody could see whom it is about', async () => {
    const { status, code } = await ask(
      type('image/jpeg', gzipSync('x'), { 'content-encoding': 'gzip' }),
      '/photos/1',
    )
    expect([status, code]).toEqual([502, 'answer-encoded'])
  })
})

describe('a provider’s system that', () => {
  it('is slow to begin is given up', async () => {
    const { status, code } = await ask((_request, response) => {
      setTimeout(() => answerPerson(_request, response, Buffer.alloc(0)), 5_000).unref()
    })
    expect([status, code]).toEqual([504, 'provider-timeout'])
  })

  it('drips is given up, however long it goes on', async () => {
    const { status, code } = await ask((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 100)
      response.once('close', () => clearInterval(timer))
    })
    expect([status, code]).toEqual([504, 'provider-timeout'])
  })

  it('breaks off before it answers', async () => {
    const { status, code } = await ask((request) => request.socket.destroy())
    expect([status, code]).toEqual([502, 'provider-connection-lost'])
  })

  it('breaks off in the middle of its answer', async () => {
    const { status, code } = await ask((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 })
      response.write('{"nationalId":"1"', () => request.socket.destroy())
    })
    expect([status, code]).toEqual([502, 'provider-connection-lost'])
  })

  it('ends its answer before the length that it said', async () => {
    const { status, code } = await ask((request) => {
      request.socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{}')
    })
    expect([status, code]).toEqual([502, 'provider-connection-lost'])
  })

  const garbage: [what: string, bytes: string][] = [
    ['speaks no HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['answers with bytes', '\x00\x01\x02\xff\xfe'],
    ['has a status that is none', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['has a header that is none', 'HTTP/1.1 200 OK\r\nx y: z\r\n\r\n'],
    ['has both lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'],
    ['has two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
    ['has chunks that are none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['has endless headers', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
  ]
  it.each(garbage)('%s is told apart from one that can’t be reached', async (_, bytes) => {
    const { status, code } = await ask((request) => request.socket.end(Buffer.from(bytes, 'latin1')))
    expect(status).toBe(502)
    expect(['provider-answer-invalid', 'provider-connection-lost']).toContain(code)
  })

  it('is down', async () => {
    const port = await closedPort()
    await country.dopa.operator('POST', '/v1/services', {
      subsystem: 'TH/GOV/DOPA/main',
      openapi: described('down'),
      url: `http://127.0.0.1:${port}`,
    })
    await give('down-v1')
    const answer = await fetch(`${country.rd.edge}/r1/TH/GOV/DOPA/main/down-v1/persons/1`, {
      headers: { 'x-road-client': client },
    })
    expect([answer.status, codeIn(await answer.text())]).toEqual([502, 'provider-unreachable'])
  })

  it('sends a second answer behind the first reaches nobody with it', async () => {
    const whole = '{"nationalId":"1"}'
    const first = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${whole.length}\r\n\r\n${whole}`
    const second = first.replace('"1"', '"2"')
    expect((await ask((request) => request.socket.write(first + second))).text).toBe(whole)
    expect((await ask(answerPerson)).text).toContain(somebody)
  })
})

describe('what was not granted stays, wherever it stands', () => {
  it('in objects, in arrays, beside and below', async () => {
    const person = { ...wholePerson, secret: { nationalId: 'x' }, name: { ...wholePerson.name, nick: 'x' } }
    const { text } = await ask(
      json(JSON.stringify({ persons: [person, 7, [person], null], total: 2 })),
      '/persons?family=a',
    )
    expect(JSON.parse(text)).toEqual({ persons: [{ nationalId: somebody }, [{ nationalId: somebody }]] })
  })

  it('where a plain value stands in an object’s place', async () => {
    expect((await ask(json('{"persons":"สมชาย"}'), '/persons?family=a')).text).toBe('{}')
    expect((await ask(json('"สมชาย"'))).text).toBe('null')
    expect((await ask(json('[1,"สมชาย"]'))).text).toBe('[]')
  })

  it('in error answers, of which only type, title, status and the granted fields remain', async () => {
    const error = {
      type: 'about:blank',
      title: 'No',
      status: 404,
      detail: 'สมชาย ใจดี',
      birthDate: '1980-05-17',
      nationalId: somebody,
    }
    const { status, text } = await ask(
      json(JSON.stringify(error), 404, { 'content-type': 'application/problem+json' }),
    )
    expect([status, JSON.parse(text)]).toEqual([
      404,
      { type: 'about:blank', title: 'No', status: 404, nationalId: somebody },
    ])
  })

  it.each([
    ['text', type('text/plain', 'สมชาย', {}, 500)],
    ['HTML', type('text/html', 'สมชาย', {}, 404)],
    ['compressed', json(gzipSync('สมชาย'), 500, { 'content-encoding': 'gzip' })],
  ])('in an error answer that is %s, which loses its body and keeps its status', async (_, answering) => {
    const { status, text } = await ask(answering)
    expect([[404, 500].includes(status), text]).toEqual([true, ''])
  })

  it('in headers', async () => {
    const { answer } = await ask(
      json('{}', 200, {
        'set-cookie': ['a=b', 'c=d'],
        'x-internal': 'secret',
        'sapan-problem': 'no-grant',
        'sapan-exchange': 'x',
        'x-road-service': 'x',
        server: 'secret',
        etag: '"secret"',
        'content-language': 'th',
      }),
    )
    expect(answer.status).toBe(200)
    const names = [...answer.headers.keys()]
    for (const name of ['set-cookie', 'x-internal', 'sapan-problem', 'server', 'etag']) {
      expect(names).not.toContain(name)
    }
    expect(answer.headers.get('content-language')).toBe('th')
    expect(answer.headers.get('x-road-service')).toBe('TH/GOV/DOPA/main/person-v1')
  })
})

describe('what was granted passes as it is', () => {
  it('numbers and strings, as they were written', async () => {
    const exact = '{"nationalId":12345678901234567890.10e2,"name":{"given":"\\u0e2a\\/","family":1E-400}}'
    expect((await ask(json(exact))).text).toBe(exact)
  })

  it.each([200, 201, 202, 206, 299, 400, 401, 403, 404, 409, 418, 422, 429, 451, 500, 502, 503, 504, 599])(
    'the status %i',
    async (status) => {
      expect((await ask(json('{}', status))).status).toBe(status)
    },
  )

  it.each([204, 304])('the status %i, without a body', async (status) => {
    const { answer, text } = await ask((_request, response) => response.writeHead(status).end())
    expect([answer.status, text]).toEqual([status, ''])
  })

  it.each([301, 302, 303, 307, 308])('the status %i, without being followed', async (status) => {
    const { answer } = await ask(
      (_request, response) => response.writeHead(status, { location: '/elsewhere' }).end(),
      undefined,
      { redirect: 'manual' },
    )
    expect(answer.status).toBe(status)
    expect(answer.headers.get('location')).toBeNull()
    expect(country.register.asked.length).toBe(1)
  })

  it('an early hint is passed over', async () => {
    const { answer, text } = await ask((request, response) => {
      response.writeEarlyHints({ link: '</a>; rel=preload' }, () =>
        answerPerson(request, response, Buffer.alloc(0)),
      )
    })
    expect([answer.status, JSON.parse(text).nationalId]).toEqual([200, somebody])
  })

  it('a status that is a change of protocol is not', async () => {
    const { status, code } = await ask((request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')
    })
    expect(status).toBe(502)
    expect(code).toMatch(/^provider-/)
  })

  it('an empty answer', async () => {
    const { answer, text } = await ask(json(''))
    expect([answer.status, text]).toEqual([200, ''])
  })
})

describe('evidence', () => {
  it('is kept on both sides of how each of these ended', async () => {
    const { answer } = await ask(json('{"a":1,"a":2}'))
    const exchange = answer.headers.get('sapan-exchange')
    for (const gateway of [country.rd, country.dopa]) {
      const { records } = await gateway.operator('GET', `/v1/evidence/${exchange}`)
      expect(records).toEqual([
        expect.objectContaining({ kind: 'request' }),
        expect.objectContaining({ kind: 'answer', problem: 'answer-duplicate-keys', status: 502 }),
      ])
    }
  })
})

function type(contentType: string, body: string | Buffer, headers = {}, status = 200): Answering {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': contentType, ...headers }).end(body)
  }
}

function rawly(head: string): Answering {
  return (request) => {
    request.socket.end(`HTTP/1.1 200 OK\r\n${head}Content-Length: 2\r\n\r\n{}`)
  }
}

function described(code: string) {
  return { ...registerDescription, info: { ...registerDescription.info, 'x-sapan-code': code } }
}

async function give(serviceCode: string): Promise<void> {
  await country.dopa.operator('POST', '/v1/grants', {
    ...grantTerms,
    service: `TH/GOV/DOPA/main/${serviceCode}`,
  })
  await country.rd.gateway.directory.refresh()
}

async function closedPort(): Promise<number> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 1
}
