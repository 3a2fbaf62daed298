import { hash } from 'node:crypto'
import { Problem } from '@sapan/kernel'
import { generateSigner } from '@sapan/trust'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkContentDigest,
  contentDigest,
  contentDigestOfBody,
  parseContentDigest,
} from '../src/signature/digest.ts'
import type { SignedMessage } from '../src/signature/message.ts'
import { signatureParameters } from '../src/signature/parameters.ts'
import { parseSignedAnswer, parseSignedRequest } from '../src/signature/parse.ts'
import { signAnswer, signRequest } from '../src/signature/sign.ts'
import { signatureBase } from '../src/signature/signature-base.ts'
import { checkFreshness, lapsesAt, verifySigned } from '../src/signature/verify.ts'

const consumer = generateSigner('ecdsa-p256-sha256')
const provider = generateSigner('ed25519')
const body = Buffer.from('{"name":"สมชาย"}')
const times = { created: 1_790_000_000, expires: 1_790_000_060 }
const asConsumer = { ...times, signer: consumer, keyId: 'a1'.repeat(32), nonce: 'AAAAAAAAAAAAAAAAAAAAAA' }
const asProvider = { ...times, signer: provider, keyId: 'b2'.repeat(32), nonce: 'BBBBBBBBBBBBBBBBBBBBBB' }
const authority = 'dopa.example:8443'
const target = '/r1/TH/GOV/DOPA/population/person-v1/persons/123?view=short'

function request(): SignedMessage {
  return signRequest(
    {
      method: 'POST',
      authority: 'DOPA.example:8443',
      path: target.slice(0, target.indexOf('?')),
      query: 'view=short',
      fields: [
        ['X-Road-Client', 'TH/GOV/RD/efiling'],
        ['Sapan-Purpose', 'tax-assessment'],
        ['Content-Type', 'application/json; charset=utf-8'],
        ['Content-Digest', contentDigestOfBody(body)],
        ['accept', 'application/json'],
      ],
    },
    asConsumer,
  )
}

function answer(of: SignedMessage): SignedMessage {
  const fields = [
    ['content-digest', contentDigestOfBody(body)],
    ['content-type', 'application/json'],
    ['sapan-exchange', '1'],
  ] as const
  return signAnswer({ status: 200, fields }, of, asProvider)
}

function wire(message: SignedMessage): string[] {
  return [
    ...message.fields.flat(),
    'Signature-Input',
    message.signatureInput,
    'Signature',
    message.signature,
    'Date',
    'today',
  ]
}

/** A message with one thing altered: each string and number in it once. */
function alterations(message: SignedMessage): [what: string, altered: SignedMessage][] {
  const altered: [string, SignedMessage][] = []
  for (const key of ['method', 'authority', 'path', 'query', 'signatureInput', 'signature'] as const) {
    for (const value of [
      `${message[key]}x`,
      `X${message[key]}`,
      message[key].slice(1),
      message[key].slice(0, -1),
    ]) {
      if (value !== message[key]) altered.push([key, { ...message, [key]: value }])
    }
  }
  altered.push(['status', { ...message, status: message.status === null ? 200 : message.status + 1 }])
  altered.push(['kind', { ...message, kind: message.kind === 'request' ? 'answer' : 'request' }])
  for (const [index, [name, value]] of message.fields.entries()) {
    const replaced = (field: [string, string]) => ({
      ...message,
      fields: message.fields.map((one, n) => (n === index ? field : one)),
    })
    altered.push([`${name} value`, replaced([name, `${value}x`])])
    altered.push([`${name} name`, replaced([`${name}x`, value])])
    altered.push([`${name} removed`, { ...message, fields: message.fields.filter((_, n) => n !== index) }])
    altered.push([`${name} twice`, { ...message, fields: [...message.fields, [name, value]] }])
  }
  for (const part of ['signatureInput', 'signature'] as const) {
    const { request } = message
    for (const value of request
      ? [`${request[part]}x`, `X${request[part]}`, request[part].slice(1), `S${request[part].slice(1)}`]
      : []) {
      altered.push([
        `request ${part}`,
        { ...message, request: { signatureInput: '', signature: '', ...request, [part]: value } },
      ])
    }
  }
  altered.push(['header added', { ...message, fields: [...message.fields, ['sapan-more', '1']] }])
  return altered
}

describe('signed messages', () => {
  it('verify as they were sent and received', () => {
    const sent = request()
    const received = parseSignedRequest('POST', authority, target, wire(sent))
    expect(received).toStrictEqual(sent)
    expect(verifySigned(received, consumer)).toBe(true)
    const answered = answer(received)
    const back = parseSignedAnswer(200, wire(answered), sent)
    expect(back).toStrictEqual(answered)
    expect(verifySigned(back, provider)).toBe(true)
    expect(signatureParameters(back)).toStrictEqual({
      ...times,
      nonce: asProvider.nonce,
      keyId: asProvider.keyId,
      algorithm: 'ed25519',
      tree: false,
      tag: 'sapan-exchange',
    })
  })

  it('sign a base as RFC 9421 §2.5 writes it', () => {
    const lines = signatureBase(request()).split('\n')
    const parameters = `;created=1790000000;expires=1790000060;nonce="${asConsumer.nonce}";keyid="${asConsumer.keyId}"`
    expect(lines).toStrictEqual([
      '"@method": POST',
      '"@authority": dopa.example:8443',
      '"@path": /r1/TH/GOV/DOPA/population/person-v1/persons/123',
      '"@query": ?view=short',
      '"accept": application/json',
      `"content-digest": sha-256=:${hash('sha256', body, 'base64')}:`,
      '"content-type": application/json; charset=utf-8',
      '"sapan-purpose": tax-assessment',
      '"x-road-client": TH/GOV/RD/efiling',
      '"@signature-params": ("@method" "@authority" "@path" "@query" "accept" "content-digest" "content-type" ' +
        `"sapan-purpose" "x-road-client")${parameters};alg="ecdsa-p256-sha256";tag="sapan-exchange"`,
    ])
  })

  it('fail when any one thing is altered', () => {
    const sent = request()
    for (const [what, altered] of alterations(sent))
      expect([what, verifySigned(altered, consumer)]).toStrictEqual([what, false])
    const answered = answer(sent)
    for (const [what, altered] of alterations(answered))
      expect([what, verifySigned(altered, provider)]).toStrictEqual([what, false])
    const other = request()
    for (const part of ['signature', 'signatureInput'] as const) {
      const moved = {
        ...answered,
        request: { signatureInput: sent.signatureInput, signature: sent.signature },
      }
      moved.request[part] =
        part === 'signature' ? other.signature : other.signatureInput.replace('created=1', 'created=2')
      expect(verifySigned(moved, provider)).toBe(false)
    }
    expect(verifySigned({ ...answered, request: null }, provider)).toBe(false)
  })

  it('fail when any one character of the header section is altered', () => {
    const sent = request()
    const headers = wire(sent)
    const at = fc.nat({ max: headers.length - 3 }).chain((index) =>
      fc.record({
        index: fc.constant(index),
        place: fc.nat({ max: Math.max(0, (headers[index] ?? '').length - 1) }),
        letter: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      }),
    )
    fc.assert(
      fc.property(at, ({ index, place, letter }) => {
        const text = headers[index] ?? ''
        const altered = text.slice(0, place) + letter + text.slice(place + 1)
        fc.pre(altered.toLowerCase() !== text.toLowerCase() || (index % 2 === 1 && altered !== text))
        expect(accepted(headers.with(index, altered))).toBe(false)
      }),
      { numRuns: 3000 },
    )
  })

  it('fail under another key, and under another algorithm', () => {
    const sent = request()
    expect(verifySigned(sent, generateSigner('ecdsa-p256-sha256'))).toBe(false)
    expect(verifySigned(sent, provider)).toBe(false)
    expect(verifySigned(sent, { algorithm: 'ed25519', publicKey: consumer.publicKey })).toBe(false)
  })

  it('bind an answer to its own request', () => {
    const first = request()
    const second = { ...request() }
    const answered = answer(first)
    expect(verifySigned(parseSignedAnswer(200, wire(answered), second), provider)).toBe(false)
    expect(verifySigned(parseSignedAnswer(201, wire(answered), first), provider)).toBe(false)
  })

  function accepted(rawHeaders: string[]): boolean {
    try {
      return verifySigned(parseSignedRequest('POST', authority, target, rawHeaders), consumer)
    } catch (error) {
      if (error instanceof Problem) return false
      throw error
    }
  }
})

describe('parseSignedRequest', () => {
  const sent = request()
  const headers = wire(sent)
  const code = (rawHeaders: string[]) =>
    refusal(() => parseSignedRequest('POST', authority, target, rawHeaders))
  const without = (name: string) => {
    const index = headers.findIndex((one) => one.toLowerCase() === name)
    return headers.toSpliced(index, 2)
  }
  const withInput = (change: (input: string) => string) =>
    headers.with(headers.indexOf('Signature-Input') + 1, change(sent.signatureInput))
  const withSignature = (signature: string) => headers.with(headers.indexOf('Signature') + 1, signature)

  it('refuses a message without signature', () => {
    expect(code(without('signature'))).toBe('signature-missing')
    expect(code(without('signature-input'))).toBe('signature-missing')
  })

  it('refuses a header that must be covered and is not', () => {
    expect(code([...headers, 'X-Road-UserId', 'EE123'])).toBe('covered-header-unsigned')
    expect(code([...headers, 'sapan-consent', '1'])).toBe('covered-header-unsigned')
    expect(code(withInput((input) => input.replace(' "content-type"', '')))).toBe('covered-header-unsigned')
    expect(code(withInput((input) => input.replace(' "content-digest"', '')))).toBe('covered-header-unsigned')
  })

  it('refuses a covered header that is missing or there twice', () => {
    expect(code(without('sapan-purpose'))).toBe('covered-header-missing')
    expect(code(without('accept'))).toBe('covered-header-missing')
    expect(code(without('content-digest'))).toBe('digest-missing')
    expect(code([...headers, 'x-road-client', 'TH/GOV/RD/efiling'])).toBe('covered-header-duplicate')
    expect(code([...headers, 'ACCEPT', 'text/html'])).toBe('covered-header-duplicate')
    expect(code([...headers, 'Signature', sent.signature])).toBe('signature-malformed')
    expect(code([...headers, 'Date', 'again'])).toBe('')
  })

  it('refuses a signature input that is not ours in canonical form', () => {
    const changes: ((input: string) => string)[] = [
      (input) => `${input}, ${input.replace('sapan=', 'other=')}`,
      (input) => `${input}, ${input}`,
      (input) => input.replace('sapan=', 'sig1='),
      (input) => input.replace('"@method" ', ''),
      (input) => input.replace('"@query"', '"@query-param";name="view"'),
      (input) => input.replace('"@method"', '"@method" "@method"'),
      (input) => input.replace('"@method" ', '"@method"  '),
      (input) => input.replace('"accept"', '"accept";sf'),
      (input) => input.replace('"accept"', '"Accept"'),
      (input) => input.replace('"@path"', '"@status"'),
      (input) => input.replace(';tag="sapan-exchange"', ''),
      (input) => input.replace('tag="sapan-exchange"', 'tag="other"'),
      (input) => input.replace(';created', '; created'),
      (input) => input.replace('created=1', 'created=01'),
      (input) => input.replace('created=1790000000', 'created=-1'),
      (input) => input.replace('created=1790000000', 'created=1790000000.5'),
      (input) => input.replace(/nonce="[^"]*"/, 'nonce=""'),
      (input) => input.replace(/nonce="[^"]*"/, 'nonce="a\\"b"'),
      (input) => input.replace(/;nonce="[^"]*"/, ''),
      (input) => input.replace(';nonce', ';created=1;nonce'),
      (input) => `${input};more=1`,
      (input) => `${input} `,
      () => '',
      () => 'sapan=()',
      () => `sapan=(${'"a" '.repeat(10_000)})`,
    ]
    for (const [n, change] of changes.entries())
      expect([n, code(withInput(change))]).toStrictEqual([n, 'signature-malformed'])
    expect(code(withInput((input) => input.replace('ecdsa-p256-sha256', 'hmac-sha256')))).toBe(
      'signature-algorithm-unsupported',
    )
    expect(code(withInput((input) => input.replace('ecdsa-p256-sha256', 'none')))).toBe(
      'signature-algorithm-unsupported',
    )
  })

  it('refuses a signature that is not 64 bytes in canonical base64', () => {
    const base64 = sent.signature.slice(7, -1)
    const bad = ['', 'sapan=::', 'sapan=x', `other=:${base64}:`, `sapan=:${base64}`, `sapan=:${base64}:;a=1`]
    bad.push(
      `sapan=:${base64.slice(0, -2)}:`,
      `sapan=:${base64.slice(0, 84)}==:`,
      `sapan=:-${base64.slice(1)}:`,
    )
    bad.push(`sapan=: ${base64}:`, `sapan=:${Buffer.alloc(65).toString('base64')}:`)
    for (const signature of bad)
      expect([signature, code(withSignature(signature))]).toStrictEqual([signature, 'signature-malformed'])
  })

  it('refuses header values that are not one line of ASCII', () => {
    const around = ['a\xa0', '\xa0a', 'a\r\n', '\x0ba', '\ufeffa']
    for (const value of ['a\r\nb', 'a\nb', 'a\0b', 'สมชาย', 'a\x7f', ...around]) {
      const index = headers.indexOf('sapan-purpose') + 1
      expect(code(headers.with(index, value))).toBe('header-malformed')
      expect(
        refusal(() =>
          signRequest({ method: 'GET', authority, path: '/', query: '', fields: [['x', value]] }, asConsumer),
        ),
      ).toBe('header-malformed')
    }
  })

  it('never throws anything but a problem', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom('signature', 'signature-input', 'content-digest', sent.signatureInput, sent.signature),
    )
    fc.assert(
      fc.property(fc.array(text), fc.string(), fc.string(), (rawHeaders, method, rawTarget) => {
        refusal(() => parseSignedRequest(method, authority, rawTarget, rawHeaders))
        refusal(() => parseSignedAnswer(200, rawHeaders, sent))
      }),
    )
  })
})

describe('parseSignedAnswer', () => {
  it('says of an answer only that it cannot be used', () => {
    const sent = request()
    const headers = wire(answer(sent))
    expect(refusal(() => parseSignedAnswer(200, [], sent))).toBe('answer-signature-missing')
    expect(refusal(() => parseSignedAnswer(200, [...headers, 'Sapan-More', '1'], sent))).toBe(
      'answer-signature-invalid',
    )
    const unbound = headers.map((value) => value.replace(' "signature";req;key="sapan"', ''))
    expect(refusal(() => parseSignedAnswer(200, unbound, sent))).toBe('answer-signature-invalid')
  })
})

describe('signRequest', () => {
  it('refuses what it could not verify again', () => {
    const parts = {
      method: 'GET',
      authority,
      path: '/r1/x',
      query: '',
      fields: [['content-digest', contentDigestOfBody(body)]] as const,
    }
    expect(() => signRequest({ ...parts, method: 'get' }, asConsumer)).toThrow(RangeError)
    expect(() => signRequest({ ...parts, path: '/a b' }, asConsumer)).toThrow(RangeError)
    expect(() => signRequest({ ...parts, path: '/a\n"@method": POST' }, asConsumer)).toThrow(RangeError)
    expect(() => signRequest(parts, { ...asConsumer, created: Date.now() })).toThrow(RangeError)
    expect(() => signRequest(parts, { ...asConsumer, nonce: 'short' })).toThrow(RangeError)
    expect(() => signRequest(parts, { ...asConsumer, keyId: 'a"b' })).toThrow(RangeError)
    expect(refusal(() => signRequest({ ...parts, fields: [] }, asConsumer))).toBe('digest-missing')
    expect(
      refusal(() => signRequest({ ...parts, fields: [...parts.fields, ['A', '1'], ['a', '1']] }, asConsumer)),
    ).toBe('header-duplicate')
  })
})

describe('checkFreshness', () => {
  const limits = { skew: 10, longestLife: 60 }
  const check = (created: number, expires: number, now: number) =>
    refusal(() => checkFreshness({ ...signatureParameters(request()), created, expires }, now * 1000, limits))

  it('accepts within the life and the skew of clocks, and refuses before and after', () => {
    expect(check(1000, 1060, 1000)).toBe('')
    expect(check(1000, 1060, 990)).toBe('')
    expect(check(1000, 1060, 989)).toBe('message-from-future')
    expect(check(1000, 1060, 1070)).toBe('')
    expect(check(1000, 1060, 1071)).toBe('message-stale')
  })

  it('accepts until the very millisecond that lapsesAt tells, until when a message must be remembered', () => {
    const lapse = lapsesAt({ ...signatureParameters(request()), created: 1000, expires: 1060 }, limits.skew)
    expect(check(1000, 1060, (lapse - 1) / 1000)).toBe('')
    expect(check(1000, 1060, lapse / 1000)).toBe('message-stale')
  })

  it('refuses a signature that gives itself a longer life than nonces are kept', () => {
    expect(check(1000, 1061, 1000)).toBe('message-stale')
    expect(check(1000, 999, 1000)).toBe('message-stale')
  })
})

describe('Content-Digest', () => {
  const sha256 = hash('sha256', body, 'buffer')

  it('is what RFC 9530 shows', () => {
    expect(contentDigestOfBody(Buffer.from('{"hello": "world"}\n'))).toBe(
      'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:',
    )
    expect(contentDigest(sha256)).toBe(contentDigestOfBody(body))
  })

  it('is checked by its SHA-256, other algorithms passed over', () => {
    expect(refusal(() => checkContentDigest(contentDigest(sha256), sha256))).toBe('')
    expect(refusal(() => checkContentDigest(`sha-512=:AAAA:, ${contentDigest(sha256)}`, sha256))).toBe('')
    expect(refusal(() => checkContentDigest(contentDigest(sha256), Buffer.alloc(32)))).toBe('digest-mismatch')
    expect(parseContentDigest(contentDigest(sha256))).toStrictEqual(sha256)
  })

  it('is missing where it states no SHA-256 or two', () => {
    for (const value of [
      '',
      'sha-512=:AAAA:',
      'sha-256=:AAAA:',
      'sha-256=AAAA',
      `${contentDigest(sha256)},${contentDigest(sha256)}`,
      'x',
    ]) {
      expect(refusal(() => checkContentDigest(value, sha256))).toBe('digest-missing')
    }
  })
})

function refusal(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}
