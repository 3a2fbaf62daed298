import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withQuestion } from '../answers/register-with-questions.ts'
import { type Country, client, grantTerms, startAgencies } from './agencies.ts'
import { answerPerson, somebody, wholePerson } from './register.ts'

const service = 'TH/GOV/DOPA/main/asked-v1'
const expression = 'age(record.birthDate, today) >= ask.age'

let country: Country

beforeAll(async () => {
  country = await startAgencies()
  const { dopa, rd, register } = country
  await dopa.operator('POST', '/v1/services', {
    subsystem: 'TH/GOV/DOPA/main',
    openapi: withQuestion(),
    url: register.url,
  })
  await dopa.operator('POST', '/v1/grants', {
    ...grantTerms,
    service,
    operations: { isOverAge: { fields: ['answer', 'reason', 'expression'], query: ['age'] } },
  })
  await rd.gateway.directory.refresh()
})
afterAll(() => country?.stop())

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const accept = 'application/problem+json, application/json'
  return fetch(`${country.rd.edge}/r1/${service}${path}`, {
    headers: { 'x-road-client': client, accept, ...headers },
  })
}

describe('a question', () => {
  it('is answered from the record, of which nothing leaves the provider', async () => {
    const { register, rd, dopa } = country
    const answer = await ask(`/persons/${somebody}/over-age?age=20`, { 'if-none-match': '"x"' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ answer: true, expression })
    expect(answer.headers.get('x-internal')).toBeNull()
    const { method, url, headers } = register.asked.at(-1) ?? {}
    expect([method, url]).toEqual(['GET', `/persons/${somebody}`])
    expect(headers?.['if-none-match']).toBeUndefined()
    const exchange = answer.headers.get('sapan-exchange')
    for (const gateway of [rd, dopa]) {
      const kept = await gateway.operator('GET', `/v1/evidence/${exchange}`)
      const all = JSON.stringify(kept)
      for (const secret of [wholePerson.birthDate, wholePerson.name.given, wholePerson.religion])
        expect(all.includes(secret)).toBe(false)
      expect(kept).toMatchObject({ operation: 'isOverAge', status: 200 })
    }
  })

  it('is all that was granted: the record itself is refused', async () => {
    const answer = await ask(`/persons/${somebody}`)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'operation-not-granted' })
  })

  it('is refused where it is not whole, before the register is asked', async () => {
    const before = country.register.asked.length
    for (const query of ['', '?age=old']) {
      const answer = await ask(`/persons/1100000000001/over-age${query}`)
      expect([answer.status, (await answer.json()).code]).toEqual([422, 'request-invalid'])
    }
    expect(country.register.asked.length).toBe(before)
  })

  it('has no answer where the register has no record, and gives nothing of what it says when it fails', async () => {
    const { register } = country
    register.answering = (_request, response) => response.writeHead(404).end('nobody like สมชาย')
    const none = await ask('/persons/1100000000002/over-age?age=20')
    expect(await none.json()).toEqual({ answer: null, reason: 'no-record', expression })
    register.answering = (_request, response) => {
      response.writeHead(409, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ title: 'สมชาย is 46' }))
    }
    const failed = await ask('/persons/1100000000002/over-age?age=20')
    const text = await failed.text()
    expect([failed.status, text.includes('สมชาย')]).toEqual([502, false])
    expect(JSON.parse(text).code).toBe('question-unanswered')
    register.answering = answerPerson
  })

  it('is not asked again and again about one person', async () => {
    const other = '1100000000003'
    for (let age = 40; age < 48; age++)
      expect((await ask(`/persons/${other}/over-age?age=${age}`)).status).toBe(200)
    const refused = await ask(`/persons/${other}/over-age?age=48`)
    expect([refused.status, (await refused.json()).code]).toEqual([429, 'question-asked-too-often'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('/persons/1100000000004/over-age?age=48')).status).toBe(200)
  })
})
