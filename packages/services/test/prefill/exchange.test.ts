import { createLogger } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Country, client, service, startAgencies } from '../../../exchange/test/gateway/agencies.ts'
import { startIssuer, type TestIssuer } from '../../../exchange/test/gateway/issuer.ts'
import { somebody } from '../../../exchange/test/gateway/register.ts'
import type { AskAs } from '../../src/ground.ts'
import { askAgain } from '../../src/prefill/again.ts'
import { fetchFacts } from '../../src/prefill/fetch.ts'
import { sampleDefinition } from '../sample/definition.ts'
import { cel, content, evidence } from './made.ts'
import { days } from './register.ts'

let issuer: TestIssuer
let country: Country
let purposes: readonly string[] = ['tax-assessment']

beforeAll(async () => {
  issuer = await startIssuer()
  country = await startAgencies({ country: { subjectTokens: [issuer.entry] } })
})
afterAll(async () => {
  await country?.stop()
  await issuer?.close()
})

/** As the composition asks: through the agency's own gateway, by X-Road's protocol. */
const ask: AskAs = async ({ consumer, service: asked, path, purpose, actor, issue }) => {
  const answer = await fetch(`${country.rd.edge}/r1/${asked}${path}`, {
    headers: {
      'x-road-client': consumer,
      'sapan-purpose': purpose,
      ...(actor === undefined ? {} : { 'sapan-actor': actor }),
      ...(issue === undefined ? {} : { 'x-road-issue': issue }),
    },
  })
  const exchange = answer.headers.get('sapan-exchange') ?? ''
  return { status: answer.status, body: await answer.json().catch(() => undefined), exchange }
}

let index = 600
const ground = {
  ask,
  days,
  clock: Date.now,
  log: createLogger({ name: 'test', level: 'silent' }),
  rooms: {
    actorToken: async () => ({
      token: issuer.actor({
        kind: 'mandate',
        officer: undefined as never,
        act: { sub: 'opaque-2' },
        represents: { kind: 'company', id: '0105561234567' },
        scope: 'file-tax',
        purposes,
        status: { uri: issuer.uri, index: index++ },
      }),
      expiresIn: 300,
    }),
  },
}

const person = evidence('person', {
  service,
  operation: 'getPerson',
  path: '/persons/{id}',
  parameters: { id: cel('applicant.id') },
  purpose: 'tax-assessment',
  fields: ['name', 'birthDate'],
  shows: [{ field: 'name.given', label: { th: 'ชื่อ', en: 'Name' } }],
  again: true,
})
const definition = { ...sampleDefinition(), consumer: client, evidence: [person] }
const draft = content({ applicant: { ...content().applicant, id: somebody, mandate: 'm' } })
const me = { kind: 'applicant', account: 'a', session: 's', level: { ial: '2.3', aal: '2.2' } } as const

describe('through real gateways', () => {
  it('a register is asked by the person’s token, and gives what is granted, with its exchange’s evidence', async () => {
    const { person: fact } = await fetchFacts(ground, definition, draft, me)
    expect(fact).toMatchObject({ state: 'fetched', data: { name: { given: expect.any(String) } } })
    expect(fact?.data).not.toHaveProperty('birthDate')
    expect(fact?.data).not.toHaveProperty('nationalId')
    const proof = await country.dopa.operator('GET', `/v1/evidence/${fact?.exchange}`)
    expect(proof).toMatchObject({ purpose: 'tax-assessment', actor: { kind: 'mandate', proven: true } })
  })

  it('a mandate that is not for the purpose gets nothing, and the form is typed', async () => {
    purposes = ['citizen-service']
    const { person: fact } = await fetchFacts(ground, definition, draft, me)
    purposes = ['tax-assessment']
    expect(fact).toMatchObject({ state: 'unavailable', problem: 'refused' })
    expect(fact).not.toHaveProperty('data')
  })

  it('at the decision the agency’s system asks, and the register is told for which case', async () => {
    const facts = await fetchFacts(ground, definition, draft, me)
    const agreed = { person: { ...facts.person, agreed: true } as NonNullable<typeof facts.person> }
    country.register.asked.length = 0
    const again = await askAgain(
      ground,
      definition,
      { ...draft, facts: agreed },
      { kind: 'system', case: 'RD-2569-000042' },
    )
    expect(again).toMatchObject({ differences: [], silent: [], asked: [{ evidence: 'person' }] })
    expect(country.register.asked[0]?.headers).toMatchObject({ 'x-road-issue': 'RD-2569-000042' })
  })

  it('a register whose gateway is gone keeps nobody waiting longer than is set', async () => {
    await country.dopa.stop()
    const { person: fact } = await fetchFacts(ground, definition, draft, me, { patience: 1_000 })
    expect(fact?.state).toBe('unavailable')
  })
})
