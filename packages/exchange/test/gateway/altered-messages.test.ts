import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contentDigestOfBody, parseSignedRequest, signAnswer } from '../../src/index.ts'
import { type Country, service, startAgencies } from './agencies.ts'
import { type Middleman, startMiddleman } from './middleman.ts'
import { answerPerson, somebody } from './register.ts'
import { codeOf, craft, header, sendTo, type WireMessage } from './wire.ts'

let country: Country
let middleman: Middleman

beforeAll(async () => {
  country = await startAgencies({ dopa: { behindMiddleman: true } })
  middleman = await startMiddleman(country.rd, country.dopa)
})
afterAll(async () => {
  await middleman?.close()
  await country?.stop()
})
beforeEach(() => {
  middleman.reset()
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

const photo = { method: 'POST', body: Buffer.from([1, 2, 3]), headers: { 'content-type': 'image/jpeg' } }

function withHeader(message: WireMessage, name: string, change: (value: string) => string): WireMessage {
  return {
    ...message,
    headers: message.headers.map(([key, value]) => [key, key.toLowerCase() === name ? change(value) : value]),
  }
}

function without(message: WireMessage, name: string): WireMessage {
  return { ...message, headers: message.headers.filter(([key]) => key.toLowerCase() !== name) }
}

/** What RD's system is told. */
async function told(path = `/persons/${somebody}`, init = {}): Promise<{ status: number; code: string }> {
  const answer = await country.ask(path, init)
  const { message } = await answer.json()
  return { status: answer.status, code: /\(([a-z0-9-]+)\)$/.exec(message)?.[1] ?? message }
}

describe('with an honest middleman', () => {
  it('an exchange goes through', async () => {
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
  })
})

describe('a request altered on its way is refused, and the provider’s system is not asked', () => {
  const altered: [what: string, code: string, alter: (message: WireMessage) => WireMessage, init?: object][] =
    [
      [
        'the path',
        'signature-invalid',
        (m) => ({ ...m, target: m.target.replace(somebody, '1234567890199') }),
      ],
      ['the query', 'signature-invalid', (m) => ({ ...m, target: `${m.target}?family=x` })],
      ['the method', 'signature-invalid', (m) => ({ ...m, method: 'PUT' })],
      ['the addressee', 'signature-invalid', (m) => withHeader(m, 'host', () => 'elsewhere:443')],
      ['the client', 'signature-invalid', (m) => withHeader(m, 'x-road-client', () => 'TH/GOV/RD/other')],
      ['the purpose', 'signature-invalid', (m) => withHeader(m, 'sapan-purpose', () => 'curiosity')],
      ['the grant', 'signature-invalid', (m) => withHeader(m, 'sapan-grant', () => '0'.repeat(64))],
      [
        'the service named in a header',
        'signature-invalid',
        (m) => withHeader(m, 'sapan-service', () => `${service}9`),
      ],
      [
        'the time it was made',
        'signature-invalid',
        (m) =>
          withHeader(m, 'signature-input', (v) => v.replace(/created=(\d+)/, (_, n) => `created=${n - 1}`)),
      ],
      [
        'the nonce',
        'signature-invalid',
        (m) => withHeader(m, 'signature-input', (v) => v.replace(/nonce="./, 'nonce="_')),
      ],
      [
        'the body’s digest',
        'signature-invalid',
        (m) => withHeader(m, 'content-digest', () => contentDigestOfBody(Buffer.from('x'))),
      ],
      [
        'the body',
        'digest-mismatch',
        (m) => ({ ...m, body: Buffer.from([1, 2, 4]) }),
        { path: '/photos/7', ...photo },
      ],
      [
        'the content type',
        'signature-invalid',
        (m) => withHeader(m, 'content-type', () => 'text/html'),
        { path: '/photos/7', ...photo },
      ],
      ['a covered header taken out', 'covered-header-missing', (m) => without(m, 'sapan-purpose')],
      [
        'an unsigned X-Road header put in',
        'covered-header-unsigned',
        (m) => ({ ...m, headers: [...m.headers, ['X-Road-UserId', 'somebody']] }),
      ],
      [
        'an unsigned Sapan header put in',
        'covered-header-unsigned',
        (m) => ({ ...m, headers: [...m.headers, ['Sapan-Consent', 'yes']] }),
      ],
      [
        'a signed header doubled',
        'covered-header-duplicate',
        (m) => ({ ...m, headers: [...m.headers, ['Sapan-Purpose', 'curiosity']] }),
      ],
      ['the digest taken out', 'digest-missing', (m) => without(m, 'content-digest')],
      [
        'a covered header taken out of the list that is signed',
        'covered-header-unsigned',
        (m) => withHeader(m, 'signature-input', (v) => v.replace(' "sapan-grant"', '')),
      ],
      [
        'the signing key',
        'signature-key-unknown',
        (m) =>
          withHeader(m, 'signature-input', (v) => v.replace(/keyid="[^"]+"/, `keyid="${'0'.repeat(64)}"`)),
      ],
      [
        'the algorithm',
        'signature-invalid',
        (m) => withHeader(m, 'signature-input', (v) => v.replace('ecdsa-p256-sha256', 'ed25519')),
      ],
      [
        'the algorithm, to one that is not understood',
        'signature-algorithm-unsupported',
        (m) => withHeader(m, 'signature-input', (v) => v.replace('ecdsa-p256-sha256', 'hmac-sha256')),
      ],
      [
        'the tag',
        'signature-malformed',
        (m) => withHeader(m, 'signature-input', (v) => v.replace('tag="sapan-exchange"', 'tag="other"')),
      ],
    ]

  it.each(altered)('%s: %s', async (_, code, alter, init) => {
    const { path = `/persons/${somebody}`, ...rest }: { path?: string } = init ?? {}
    middleman.onRequest = alter
    const answer = await told(path, rest)
    expect(middleman.lastAnswer && codeOf(middleman.lastAnswer)).toBe(code)
    // What binds the refusal to the request was altered as well here, so that RD can't take it for an answer to its own.
    const unbound = ['answer-signature-invalid', 'answer-signature-missing']
    expect([code, ...unbound]).toContain(answer.code)
    expect(country.register.asked).toEqual([])
  })

  it('the signature itself: the refusal is bound to the altered one, so the consumer does not take it', async () => {
    middleman.onRequest = (m) =>
      withHeader(m, 'signature', (v) => v.replace(/:(.)/, (_, c) => `:${c === 'A' ? 'B' : 'A'}`))
    expect(await told()).toEqual({ status: 502, code: 'answer-signature-invalid' })
    expect(middleman.lastAnswer && codeOf(middleman.lastAnswer)).toBe('signature-invalid')
  })

  it('the signature taken out', async () => {
    middleman.onRequest = (m) => without(without(m, 'signature'), 'signature-input')
    expect(await told()).toEqual({ status: 502, code: 'answer-signature-missing' })
    expect(middleman.lastAnswer && codeOf(middleman.lastAnswer)).toBe('signature-missing')
  })
})

describe('an answer altered on its way is refused, and nothing of it is passed on', () => {
  const altered: [what: string, code: string, alter: (answer: WireMessage) => WireMessage][] = [
    ['the status', 'answer-signature-invalid', (a) => ({ ...a, status: 201 })],
    ['the body', 'answer-digest-mismatch', (a) => replaced(a, a.body.toString().replace('สมชาย', 'สมหญิง'))],
    [
      'body and digest together',
      'answer-signature-invalid',
      (a) => {
        const body = Buffer.from('{"nationalId":"9"}')
        return withHeader(replaced(a, body), 'content-digest', () => contentDigestOfBody(body))
      },
    ],
    ['the content type', 'answer-signature-invalid', (a) => withHeader(a, 'content-type', () => 'text/html')],
    ['the signature', 'answer-signature-invalid', (a) => withHeader(a, 'signature', () => 'sapan=:AAAA:')],
    ['the signature taken out', 'answer-signature-missing', (a) => without(a, 'signature')],
    ['the digest taken out', 'answer-signature-invalid', (a) => without(a, 'content-digest')],
    [
      'an unsigned header of ours put in',
      'answer-signature-invalid',
      (a) => ({ ...a, headers: [...a.headers, ['Sapan-Problem', 'no-grant']] }),
    ],
    [
      'an unsigned X-Road header put in',
      'answer-signature-invalid',
      (a) => ({ ...a, headers: [...a.headers, ['X-Road-Service', 'TH/GOV/DOPA/main/other-v1']] }),
    ],
    ['an answer that is no answer of a gateway', 'answer-signature-missing', (a) => ({ ...a, headers: [] })],
  ]

  it.each(altered)('%s: %s', async (_, code, alter) => {
    middleman.onAnswer = alter
    expect(await told()).toEqual({ status: 502, code })
  })

  it('a header beside the signed ones is harmless and not passed on', async () => {
    middleman.onAnswer = (a) => ({ ...a, headers: [...a.headers, ['Set-Cookie', 'a=b']] })
    const answer = await country.ask(`/persons/${somebody}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  it('an answer to another request is not taken for this one’s', async () => {
    let first: WireMessage | undefined
    middleman.onAnswer = (answer) => {
      first ??= answer
      return first
    }
    expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
    expect(await told()).toEqual({ status: 502, code: 'answer-signature-invalid' })
  })

  it('an answer signed by another member is not the provider’s', async () => {
    const [rd] = country.rd.membership.signers()
    if (!rd) throw new Error('RD has no signer')
    let asked: WireMessage | undefined
    middleman.onRequest = (message) => {
      asked = message
      return message
    }
    middleman.onAnswer = (answer) => signedAnew(asked, answer, rd)
    expect(await told()).toEqual({ status: 502, code: 'answer-signature-invalid' })
  })

  it('an answer signed with a key that nobody knows is not the provider’s', async () => {
    const stranger = { signer: generateSigner('ecdsa-p256-sha256'), keyId: '1'.repeat(64) }
    let asked: WireMessage | undefined
    middleman.onRequest = (message) => {
      asked = message
      return message
    }
    middleman.onAnswer = (answer) => signedAnew(asked, answer, stranger)
    expect(await told()).toEqual({ status: 502, code: 'answer-signature-invalid' })
  })

  it.each<[what: string, alter: (fields: [string, string][]) => [string, string][], later: number]>([
    ['names no exchange', (fields) => fields.filter(([name]) => name !== 'sapan-exchange'), 0],
    [
      'names another exchange',
      (fields) =>
        fields.map(([name, value]) => [name, name === 'sapan-exchange' ? value.replace(/.$/, 'g') : value]),
      0,
    ],
    ['is of yesterday', (fields) => fields, -86_400],
    ['is of tomorrow', (fields) => fields, 86_400],
  ])(
    'an answer to this very request that %s is refused: its evidence would not hold',
    async (_, alter, later) => {
      const [dopa] = country.dopa.membership.signers()
      if (!dopa) throw new Error('DOPA has no signer')
      let asked: WireMessage | undefined
      middleman.onRequest = (message) => {
        asked = message
        return message
      }
      const covered = ({ headers }: WireMessage) => headers.filter(([name]) => name === 'sapan-exchange')
      middleman.onAnswer = (answer) => signedAnew(asked, answer, dopa, { also: covered(answer) })
      expect((await country.ask(`/persons/${somebody}`)).status).toBe(200)
      middleman.onAnswer = (answer) =>
        signedAnew(asked, answer, dopa, { also: alter(covered(answer)), later })
      expect(await told()).toEqual({ status: 502, code: 'answer-signature-invalid' })
    },
  )

  it('leaves evidence at the consumer of how it ended', async () => {
    middleman.onAnswer = (a) => ({ ...a, status: 201 })
    const answer = await country.ask(`/persons/${somebody}`)
    const exchange = answer.headers.get('sapan-exchange')
    const { records } = await country.rd.operator('GET', `/v1/evidence/${exchange}`)
    expect(records).toEqual([
      expect.objectContaining({ kind: 'request' }),
      expect.objectContaining({ kind: 'failure', problem: 'answer-signature-invalid' }),
    ])
  })
})

describe('a connection', () => {
  it('that breaks off before the answer is whole ends the exchange, with evidence', async () => {
    middleman.onAnswer = () => {
      throw new Error('cut')
    }
    expect(await told()).toEqual({ status: 502, code: 'gateway-connection-lost' })
  })
})

describe('a message that the other gateway really signed', () => {
  it('is answered', async () => {
    const answer = await send(craft(country))
    expect(answer.status).toBe(200)
  })

  const dishonest: [what: string, code: string, crafted: Parameters<typeof craft>[1]][] = [
    ['for another member as sender', 'signature-invalid', { fields: { 'sapan-sender': 'TH/GOV/DOPA' } }],
    [
      'for a subsystem of another member',
      'signature-invalid',
      { fields: { 'x-road-client': 'TH/GOV/DOPA/main' } },
    ],
    [
      'for a subsystem that is not registered',
      'signature-invalid',
      { fields: { 'x-road-client': 'TH/GOV/RD/nothing' } },
    ],
    ['without the client', 'covered-header-missing', { fields: { 'x-road-client': undefined } }],
    ['without an exchange id', 'covered-header-missing', { fields: { 'sapan-exchange': undefined } }],
    ['with an exchange id that is none', 'header-malformed', { fields: { 'sapan-exchange': 'x' } }],
    [
      'with an exchange id of another time',
      'header-malformed',
      { fields: { 'sapan-exchange': '01890000-0000-7000-8000-000000000000' } },
    ],
    ['for another receiver', 'message-for-another', { fields: { 'sapan-receiver': 'TH/GOV/RD' } }],
    [
      'for another service than in the path',
      'message-for-another',
      { fields: { 'sapan-service': `${service}9` } },
    ],
    ['to another address', 'message-for-another', { authority: 'another.example:1' }],
    ['without a receiver', 'covered-header-missing', { fields: { 'sapan-receiver': undefined } }],
    ['for a service that nobody has', 'service-unknown', serviceOf('TH/GOV/DOPA/main/nothing-v1')],
    ['for an operation that nobody has', 'operation-unknown', { path: '/nothing' }],
    ['with a path of two readings', 'path-malformed', { path: '/persons/..%2f1' }],
    ['with a dot segment', 'path-malformed', { path: '/persons/../photos/1' }],
  ]
  it.each(dishonest)('%s is refused: %s', async (_, code, crafted) => {
    country.register.asked.length = 0
    const answer = await send(craft(country, crafted))
    expect(codeOf(answer)).toBe(code)
    expect(country.register.asked).toEqual([])
  })

  it('reaches the provider’s system without the headers of connections and credentials that it put in', async () => {
    const planted = {
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
      'proxy-authorization': 'Basic x',
      'sapan-extra': 'yes',
      te: 'trailers',
      'x-mine': 'passes',
    }
    const answer = await send(craft(country, { fields: planted }))
    expect(answer.status).toBe(200)
    const headers = country.register.asked.at(-1)?.headers ?? {}
    expect(headers['x-mine']).toBe('passes')
    for (const name of Object.keys(planted).filter((name) => name !== 'x-mine')) {
      expect(headers[name]).toBeUndefined()
    }
    expect(headers.host).toBe(new URL(country.register.url).host)
  })

  it('with an answer in words, HEAD has none and its digest is that of nothing', async () => {
    const answer = await send(craft(country, { method: 'HEAD', path: '/nothing' }))
    expect([answer.status, header(answer, 'sapan-problem')]).toEqual([404, 'operation-unknown'])
    expect(header(answer, 'content-digest')).toBe(contentDigestOfBody(Buffer.alloc(0)))
  })
})

function serviceOf(id: string) {
  return { target: `/r1/${id}/persons/1`, fields: { 'sapan-service': id } }
}

function send(message: Omit<WireMessage, 'status'>) {
  return sendTo(country.dopa.peerListens, country.rd.membership.tls(), message)
}

function replaced(answer: WireMessage, body: string | Buffer): WireMessage {
  const bytes = Buffer.from(body)
  return withHeader({ ...answer, body: bytes }, 'content-length', () => String(bytes.length))
}

function signedAnew(
  asked: WireMessage | undefined,
  answer: WireMessage,
  { signer, keyId }: Pick<Parameters<typeof signAnswer>[2], 'signer' | 'keyId'>,
  { also = [], later = 0 }: { also?: [string, string][]; later?: number } = {},
): WireMessage {
  if (!asked) throw new Error('nothing was asked')
  const { method, target, headers } = asked
  const request = parseSignedRequest(method, header(asked, 'host') ?? '', target, headers.flat())
  const created = Math.floor(Date.now() / 1000) + later
  const content = answer.headers.filter(([name]) => name.startsWith('content-') && name !== 'content-length')
  const signed = signAnswer({ status: answer.status, fields: [...content, ...also] }, request, {
    signer,
    keyId,
    created,
    expires: created + 60,
    nonce: 'a'.repeat(22),
  })
  return {
    ...answer,
    headers: [
      ...signed.fields,
      ['signature-input', signed.signatureInput],
      ['signature', signed.signature],
      ['content-length', String(answer.body.length)],
    ],
  }
}
