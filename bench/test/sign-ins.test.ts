import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnswerReader } from '../src/identity/answer-reader.ts'
import { requestText } from '../src/identity/connection.ts'
import { Cookies } from '../src/identity/cookies.ts'
import { figuresOf } from '../src/identity/figures.ts'
import { partsOf } from '../src/identity/page-weight.ts'
import { Passkeys } from '../src/identity/passkey.ts'
import { accountOf, authenticatorOf } from '../src/identity/people.ts'

const answers = [
  'HTTP/1.1 303 See Other\r\nLocation: /a\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n',
  'HTTP/1.1 204 No Content\r\n\r\n',
] as const

describe('the browser of the load generator', () => {
  it('reads every answer whole, wherever the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(answers.length - 1), { maxLength: 8 }),
        fc.array(fc.nat(800), { maxLength: 12 }),
        (kinds, cuts) => {
          const stream = Buffer.from(kinds.map((kind) => answers[kind]).join(''))
          const places = [...cuts.map((at) => Math.min(at, stream.length)), 0, stream.length].sort(
            (a, b) => a - b,
          )
          const reader = new AnswerReader()
          const seen = places.slice(1).flatMap((end, at) => reader.read(stream.subarray(places[at], end)))
          const expected = kinds.map((kind) => ['', 'hello', 'abcde', ''][kind])
          expect(seen.map(({ body }) => body.toString())).toEqual(expected)
          expect(seen.map(({ status }) => status)).toEqual(kinds.map((kind) => [303, 200, 200, 204][kind]))
        },
      ),
    )
  })

  it('keeps each line of a header by itself', () => {
    const [answer] = new AnswerReader().read(Buffer.from(answers[0]))
    expect(answer?.headers.get('set-cookie')).toEqual(['a=1', 'b=2'])
  })

  it('sends a cookie below its path, until it is taken away', () => {
    const cookies = new Cookies()
    cookies.take([
      'session=1=2; Path=/; HttpOnly',
      'waiting=3; path=/sign-in/u',
      'old=4; path=/; max-age=100',
    ])
    expect(cookies.of('/sign-in/u')).toBe('session=1=2; waiting=3; old=4')
    expect(cookies.of('/oidc/token')).toBe('session=1=2; old=4')
    cookies.take(['old=5; Max-Age=0; path=/', 'waiting=; path=/sign-in/u'])
    expect(cookies.of('/sign-in/u')).toBe('session=1=2')
  })

  it('says how long a form is', () => {
    const text = requestText({ method: 'POST', path: '/f', form: { name: 'สม หญิง' } }, 'localhost:1')
    const [head = '', body = ''] = text.split('\r\n\r\n')
    expect(head).toContain(`content-length: ${body.length}`)
    expect(new URLSearchParams(body).get('name')).toBe('สม หญิง')
  })

  it('signs as the passkey of whoever it is', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const { response } = JSON.parse(new Passkeys(pem, 'http://localhost:1').answer(7, { challenge: 'c' }))
    const bytes = (name: string) => Buffer.from(response[name], 'base64url')
    expect(bytes('userHandle').toString('hex')).toBe(accountOf(7).replaceAll('-', ''))
    expect(JSON.parse(bytes('clientDataJSON').toString())).toMatchObject({
      challenge: 'c',
      type: 'webauthn.get',
    })
    const hash = createHash('sha256').update(bytes('clientDataJSON')).digest()
    const signed = Buffer.concat([bytes('authenticatorData'), hash])
    expect(verify('sha256', signed, createPublicKey(pem), bytes('signature'))).toBe(true)
  })
})

describe('figures', () => {
  it('are of what ended in time', () => {
    const times = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect(figuresOf(times, 4)).toEqual({ count: 100, perSecond: 25, p50: 51, p99: 100 })
    expect(figuresOf([], 4)).toEqual({ count: 0, perSecond: 0, p50: 4000, p99: 4000 })
  })

  it('people have ids of their own, in the order of their numbers', () => {
    const numbers = [0, 1, 9999, 10_000, 999_999]
    const ids = numbers.map(accountOf)
    expect(ids.toSorted()).toEqual(ids)
    expect(new Set([...ids, ...numbers.map(authenticatorOf)]).size).toBe(10)
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('a page weighs with its style sheets and scripts, without its icon', () => {
    const html =
      '<link rel="stylesheet" href="/a.css?v=1&amp;w=2"><link rel="icon" href="/m.svg"><script type="module" src="/b.js"></script>'
    expect(partsOf(html)).toEqual(['/a.css?v=1&w=2', '/b.js'])
  })
})
