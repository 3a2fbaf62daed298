import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AgenciesOptions, type Country, startAgencies } from './agencies.ts'
import { missingMetrics, watchingFiles } from './named-metrics.ts'
import { answerPerson, somebody, wholePerson } from './register.ts'

const withoutLinks = { settings: { links: false } }

describe.each<[string, number, AgenciesOptions]>([
  ['over a link, which both gateways know', 1, {}],
  ['over HTTP, where the provider’s gateway knows no links', 0, { dopa: withoutLinks }],
  ['over HTTP, where the consumer’s gateway knows no links', 0, { rd: withoutLinks }],
])('an exchange %s', (_, links, agencies) => {
  let country: Country

  beforeAll(async () => {
    country = await startAgencies(agencies)
  })
  afterAll(() => country?.stop())
  beforeEach(() => {
    country.register.asked.length = 0
    country.register.answering = answerPerson
  })

  it('gives the consumer the granted fields and nothing else', async () => {
    const answer = await country.ask(`/persons/${somebody}`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ nationalId: wholePerson.nationalId, name: wholePerson.name })
    expect(answer.headers.get('x-internal')).toBeNull()
    expect(answer.headers.get('x-road-client')).toBe('TH/GOV/RD/main')
    expect(answer.headers.get('x-road-service')).toBe('TH/GOV/DOPA/main/person-v1')
    expect(answer.headers.get('x-road-request-hash')).toMatch(/^[A-Za-z0-9+/]{86}==$/)
  })

  it('goes as it can between the two', async () => {
    const { admin, adminToken } = country.rd
    const metrics = await fetch(`${admin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })
    expect(await metrics.text()).toMatch(new RegExp(`^sapan_peer_links ${links}$`, 'm'))
  })

  it('is told by every figure of which alerts and dashboard are made', async () => {
    const { admin, adminToken } = country.rd
    const gateway = await fetch(`${admin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })
    const { adminApp, adminToken: token } = country.center
    const center = await adminApp.inject({ url: '/metrics', headers: { authorization: `Bearer ${token}` } })
    const exposed = [await gateway.text(), center.body]
    expect(missingMetrics(watchingFiles(), exposed)).toEqual([])
    expect(missingMetrics('rate(sapan_exchanges_total[5m]) + sapan_exchange_total', exposed)).toEqual([
      'sapan_exchange_total',
    ])
  })

  it('is between gateways that are well, as they see themselves and each other', async () => {
    const { checks } = await country.rd.operator('GET', '/v1/checks')
    const all = checks as { code: string; outcome: string; text: { en: string } }[]
    // Tests have a database that keeps nothing over a power failure.
    const unwell = all.filter(({ code, outcome }) => outcome !== 'good' && code !== 'durability')
    expect(unwell).toEqual([])
    const told = all.filter(({ code }) => code === 'peer' || code === 'own-address')
    expect(told.map(({ text }) => text.en)).toEqual([
      '1 gateway of those whom our members ask: reached',
      `${country.rd.peer} answers with our certificate`,
    ])
  })

  it('is recorded on both sides before it is answered', async () => {
    const answer = await country.ask(`/persons/${somebody}`)
    const exchange = answer.headers.get('sapan-exchange') ?? ''
    const consumer = await country.rd.operator('GET', `/v1/evidence/${exchange}`)
    const provider = await country.dopa.operator('GET', `/v1/evidence/${exchange}`)
    for (const side of [consumer, provider]) {
      expect(side).toMatchObject({
        client: 'TH/GOV/RD/main',
        operation: 'getPerson',
        purpose: 'tax-assessment',
      })
      expect((side.records as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([
        'answer',
        'request',
      ])
    }
  })
})
