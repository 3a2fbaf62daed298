import { createHash } from 'node:crypto'
import { registeredProblems } from '@sapan/kernel'
import { describe, expect, it } from 'vitest'
import { exchangeProblem } from '../src/problems.ts'
import { xroadError, xroadType } from '../src/xroad/error.ts'
import { requestHash } from '../src/xroad/request-hash.ts'

const sha512 = (data: Buffer | string) => createHash('sha512').update(data).digest()
const request = {
  method: 'GET',
  target: '/r1/TH/GOV/DOPA/population/person-v1/persons/1?view=short',
  rawHeaders: [
    ...['X-Road-Client', 'TH/GOV/RD/efiling'],
    ...['Host', 'gateway.example'],
    ...['User-Agent', 'curl'],
    ...['Accept', '*/*'],
    ...['X-Road-Request-Hash', 'forged'],
  ],
  requestId: 'r-1',
  messageId: 'm-1',
  body: null,
} as const
const lines =
  'GET\r\n/r1/TH/GOV/DOPA/population/person-v1/persons/1?view=short\r\nX-Road-Client:TH/GOV/RD/efiling\r\nAccept:*/*\r\n' +
  'x-road-request-id:r-1\r\n'

describe('X-Road-Request-Hash', () => {
  it('is the SHA-512 of the request’s lines, as X-Road’s RestRequest writes them', () => {
    expect(requestHash(request)).toBe(sha512(`${lines}x-road-id:m-1\r\n`).toString('base64'))
  })

  it('does not add an X-Road-Id where the caller sent one', () => {
    const rawHeaders = [...request.rawHeaders, 'X-Road-Id', 'own']
    const own = lines.replace('x-road-request-id', 'X-Road-Id:own\r\nx-road-request-id')
    expect(requestHash({ ...request, rawHeaders })).toBe(sha512(own).toString('base64'))
  })

  it('is of both digests where there is a body, also an empty one', () => {
    for (const body of [Buffer.from('x'), Buffer.alloc(0)]) {
      const both = Buffer.concat([sha512(`${lines}x-road-id:m-1\r\n`), sha512(body)])
      expect(requestHash({ ...request, body })).toBe(sha512(both).toString('base64'))
    }
  })
})

describe('X-Road’s errors', () => {
  it('have one of its three beginnings for every problem', () => {
    for (const code of registeredProblems().keys()) {
      expect(xroadType(code)).toMatch(
        /^(?:Client|Server\.ClientProxy|Server\.ServerProxy)(?:\.[A-Z][A-Za-z]+)+$/,
      )
    }
    expect(xroadType('no-grant')).toBe('Server.ServerProxy.AccessDenied')
    expect(xroadType('provider-timeout')).toBe('Server.ServerProxy.ServiceFailed.NetworkError')
  })

  it('say what the problem says', () => {
    const error = xroadError(
      exchangeProblem('no-grant', { detail: { th: 'ขอ', en: 'Ask TH/GOV/DOPA.' } }),
      'trace-1',
    )
    expect(error.type).toBe('Server.ServerProxy.AccessDenied')
    expect(error.message).toContain('Ask TH/GOV/DOPA.')
    expect(error.detail).toBe('trace-1')
  })
})
