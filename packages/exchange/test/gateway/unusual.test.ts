import { randomUUID } from 'node:crypto'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GatewaySettings } from '../../src/gateway/settings.ts'
import { unusualRules } from '../../src/gateway/unusual/rules.ts'
import { signSubjectToken } from '../../src/index.ts'
import { type Country, startAgencies } from './agencies.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { somebody } from './register.ts'

const unusual = { leastPerHour: 2, timesUsual: 4, casePurposes: ['tax-assessment'] }
const { unusual: settings } = Value.Default(GatewaySettings, { unusual }) as GatewaySettings

describe('an access of an officer', () => {
  const usual = {
    at: Date.parse('2026-11-20T03:00:00Z'),
    purpose: 'tax-assessment',
    case: '1',
    inHour: 1,
    usual: 1,
    isHoliday: false,
  }
  it.each([
    ['at ten on a Friday', {}, []],
    ['with no case, for a purpose that needs one', { case: undefined }, ['no-case']],
    ['with no case, for another purpose', { case: undefined, purpose: 'audit' }, []],
    ['on a Saturday', { at: Date.parse('2026-11-21T03:00:00Z') }, ['hour']],
    ['before seven in Bangkok', { at: Date.parse('2026-11-19T23:59:00Z') }, ['hour']],
    ['at seven in Bangkok', { at: Date.parse('2026-11-20T00:00:00Z') }, []],
    ['at seven in the evening', { at: Date.parse('2026-11-20T12:00:00Z') }, ['hour']],
    ['on a holiday', { isHoliday: true }, ['hour']],
    ['as often as may be, with nothing before', { inHour: 2, usual: 0 }, []],
    ['more often, with nothing before', { inHour: 3, usual: 0 }, ['volume']],
    ['four times as often as usual', { inHour: 8, usual: 2 }, []],
    ['more than that', { inHour: 9, usual: 2 }, ['volume']],
  ])('%s is unusual in %j: %j', (_, change, rules) => {
    expect(unusualRules({ ...usual, ...change }, settings)).toEqual(rules)
  })
})

describe('a provider’s gateway', () => {
  let issuer: TestIssuer
  let country: Country
  beforeAll(async () => {
    issuer = await startIssuer()
    country = await startAgencies({
      country: { subjectTokens: [issuer.entry] },
      dopa: { settings: { unusual: settings } },
    })
  })
  afterAll(async () => {
    await country?.stop()
    await issuer?.close()
  })

  it('tells its operator what was unusual, and the person', async () => {
    const exchanges: (string | null)[] = []
    for (let n = 0; n < 3; n++) {
      const actor = issuer.actor()
      const answer = await country.ask(`/persons/${somebody}`, { headers: { 'sapan-actor': actor } })
      exchanges.push(answer.headers.get('sapan-exchange'))
    }
    const listed = async () =>
      (await country.dopa.operator('GET', '/v1/unusual')).accesses as { rules: string[] }[]
    await expect.poll(listed).toContainEqual(
      expect.objectContaining({
        exchange: exchanges[2],
        duty: 'tax-officer',
        officer: 'opaque-1',
        calls: 3,
        rules: expect.arrayContaining(['volume']),
      }),
    )
    expect(JSON.stringify(await listed())).not.toContain(somebody)
    const claims = { issuer: issuer.entry.issuer, subject: somebody, tokenId: randomUUID() }
    const token = signSubjectToken(
      { ...claims, audience: 'TH/GOV/DOPA/gateway-1' },
      { signer: issuer.next, now: Date.now() },
    )
    const { accesses } = await country.dopa.operator('POST', '/v1/usage', { token })
    expect(accesses).toContainEqual(
      expect.objectContaining({ exchange: exchanges[2], unusual: expect.arrayContaining(['volume']) }),
    )
  })
})
