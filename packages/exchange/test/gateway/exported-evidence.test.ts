import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyExport } from '../../src/evidence/verify/verify-export.ts'
import { contentDigestOfBody } from '../../src/index.ts'
import { type Country, startAgencies } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { answerPerson, somebody } from './register.ts'
import { codeOf, craft, header, sendTo } from './wire.ts'

let country: Country
let skew = 0

beforeAll(async () => {
  country = await startAgencies({
    rd: { clock: () => Date.now() + skew },
    dopa: { settings: { limits: { bodyBytes: 100_000 } } },
  })
})
afterAll(() => country?.stop())
beforeEach(() => {
  skew = 0
  country.register.answering = answerPerson
})

async function check({ admin, adminToken }: TestGateway, exchange: string) {
  const answer = await fetch(`${admin}/v1/evidence/${exchange}/export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason: 'a test of the whole file' }),
  })
  const file = Buffer.from(await answer.arrayBuffer())
  const report = verifyExport(file, { roots: [country.rootFingerprint] })
  return { ...report, failed: report.findings.filter(({ passed }) => !passed) }
}

describe('what two gateways export', () => {
  it.each([
    ['a question', '/persons/ID', {}],
    ['a search', '/persons?family=a', {}],
    [
      'a change',
      '/persons/ID',
      { method: 'PUT', body: '{"name":"x"}', headers: { 'content-type': 'application/json' } },
    ],
  ] as const)('proves %s, on either side', async (_, path, init) => {
    const answer = await country.ask(path.replace('ID', somebody), init)
    const exchange = answer.headers.get('sapan-exchange') ?? ''
    expect(exchange).not.toBe('')
    for (const gateway of [country.rd, country.dopa]) {
      const report = await check(gateway, exchange)
      expect(report.failed).toEqual([])
      expect(report.complete).toBe(true)
      expect(report.proves.map(({ en }) => en).join(' ')).toMatch(/had allowed it/)
    }
  })

  it('proves an error of the register, and that it was not reached', async () => {
    country.register.answering = (_, response) => {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"title":"none","status":404,"secret":"s"}')
    }
    const missing = await country.ask(`/persons/${somebody}`)
    expect(missing.status).toBe(404)
    country.register.answering = (request) => request.socket.destroy()
    const lost = await country.ask(`/persons/${somebody}`)
    for (const answer of [missing, lost]) {
      for (const gateway of [country.rd, country.dopa]) {
        const report = await check(gateway, answer.headers.get('sapan-exchange') ?? '')
        expect(report.failed).toEqual([])
      }
    }
  })

  it.each([
    ['no-grant', { fields: { 'sapan-grant': '0'.repeat(64) } }],
    ['operation-unknown', { path: '/nothing' }],
    ['query-not-granted', { path: '/persons?born=1980' }],
    ['purpose-not-granted', { fields: { 'sapan-purpose': 'curiosity' } }],
    ['covered-header-missing', { fields: { 'sapan-purpose': undefined } }],
    ['covered-header-missing', { fields: { 'sapan-purpose': '' } }],
    ['operation-unknown', { method: 'POST', path: '/nothing', body: '{}' }],
    [
      'digest-mismatch',
      { method: 'PUT', body: '{}', fields: { 'content-digest': contentDigestOfBody(Buffer.from('x')) } },
    ],
    ['body-too-large', { method: 'PUT', body: 'x'.repeat(200_000) }],
  ])('proves a refusal, and no permission: %s', async (code, crafted) => {
    const message = craft(country, crafted)
    expect(codeOf(await sendTo(country.dopa.peer, country.rd.membership.tls(), message))).toBe(code)
    const report = await check(country.dopa, header(message, 'sapan-exchange') ?? '')
    expect(report.failed).toEqual([])
    expect(report.proves.map(({ en }) => en).join(' ')).not.toMatch(/had allowed it/)
  })

  it.each([180_000, -180_000])(
    'proves to the one who asked that it was refused for its clock (%i ms)',
    async (difference) => {
      skew = difference
      const answer = await country.ask(`/persons/${somebody}`)
      expect(answer.status).toBe(400)
      const report = await check(country.rd, answer.headers.get('sapan-exchange') ?? '')
      expect(report.failed).toEqual([])
    },
  )
})
