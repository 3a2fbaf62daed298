import { randomUUID } from 'node:crypto'
import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type OpenedExchange, signSubjectToken, type UsagePage } from '../../src/index.ts'
import { withQuestion } from '../answers/register-with-questions.ts'
import { type Country, client, grantTerms, startAgencies } from './agencies.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { answerPerson, somebody, wholePerson } from './register.ts'

const service = 'TH/GOV/DOPA/main/asked-v1'
const people = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')
const expression = 'age(record.birthDate, today) >= ask.age'

let country: Country

let issuer: TestIssuer

beforeAll(async () => {
  issuer = await startIssuer()
  const jwk = identity.publicKey.export({ format: 'jwk' })
  country = await startAgencies({
    country: { subjectTokens: [issuer.entry, { issuer: people, jwk: { ...jwk } }] },
    // Where the day begins first.
    dopa: { settings: { timeZone: 'Pacific/Kiritimati' } },
  })
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
  await dopa.operator('POST', '/v1/grants', {
    ...grantTerms,
    service,
    purpose: 'loan',
    consent: true,
    operations: { isOverAge: { fields: ['*'], query: ['age'] } },
  })
  await rd.gateway.directory.refresh()
})
afterAll(async () => {
  await country?.stop()
  await issuer?.close()
})

function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  const accept = 'application/problem+json, application/json'
  return fetch(`${country.rd.edge}/r1/${service}${path}`, {
    headers: { 'x-road-client': client, 'sapan-purpose': 'tax-assessment', accept, ...headers },
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
      const opening = { reason: 'to see what evidence holds' }
      const { records } = (await gateway.operator(
        'POST',
        `/v1/evidence/${exchange}/opening`,
        opening,
      )) as unknown as OpenedExchange
      const [request, said] = ['request', 'answer'].map((kind) => records.find((one) => one.kind === kind))
      expect(request?.body).toEqual({ text: '' })
      expect(JSON.parse(said?.body && 'text' in said.body ? said.body.text : '')).toEqual({
        answer: true,
        expression,
      })
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

  it('is told to the person whom it was about, with what was asked and answered, and the rule', async () => {
    await ask(`/persons/${somebody}/over-age?age=20`)
    for (const gateway of [country.rd, country.dopa]) {
      const token = signSubjectToken(
        { issuer: people, subject: somebody, audience: `${gateway.member}/gateway-1`, tokenId: randomUUID() },
        { signer: identity, now: Date.now() },
      )
      const { accesses } = (await gateway.operator('POST', '/v1/usage', { token })) as unknown as UsagePage
      expect(accesses[0]).toMatchObject({
        operation: 'isOverAge',
        question: { asked: [{ name: 'age', value: '20' }], answer: true, expression },
      })
    }
  })

  it('is out of the usual where it is asked about one person with many values, and the person sees that', async () => {
    const other = '1100000000006'
    const exchanges: (string | null)[] = []
    for (const age of [30, 31, 31, 31, 32, 33, 34]) {
      const answer = await ask(`/persons/${other}/over-age?age=${age}`)
      expect(answer.status).toBe(200)
      exchanges.push(answer.headers.get('sapan-exchange'))
    }
    // What is unusual is judged behind the answer: of the tests before, some may still come.
    const listed = async () => {
      const { accesses } = await country.dopa.operator('GET', '/v1/unusual')
      return (accesses as { exchange: string }[]).filter(({ exchange }) => exchanges.includes(exchange))
    }
    await expect
      .poll(listed)
      .toEqual([
        expect.objectContaining({ exchange: exchanges.at(-1), rules: ['probing'], officer: '', calls: 5 }),
      ])
  })

  it('has its day of today in the zone that the gateway is told', async () => {
    const zone = { timeZone: 'Pacific/Kiritimati', dateStyle: 'short' } as const
    const birthDate = new Intl.DateTimeFormat('sv-SE', zone).format()
    country.register.answering = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...wholePerson, birthDate }))
    }
    const answer = await ask('/persons/1100000000005/over-age?age=0')
    expect(await answer.json()).toEqual({ answer: true, expression })
    country.register.answering = answerPerson
  })

  it('under a grant that needs consent is answered to the person’s own receipt for it, and else to none', async () => {
    const receipt = (changes: object = {}) =>
      issuer.receipt({
        purpose: 'loan',
        service,
        operations: ['isOverAge'],
        fields: ['answer', 'reason', 'expression'],
        status: { uri: issuer.uri, index: 1 },
        ...changes,
      })
    const under = async (consent: string | undefined) => {
      const headers: Record<string, string> = { 'sapan-purpose': 'loan' }
      if (consent !== undefined) headers['sapan-consent'] = consent
      const answer = await ask(`/persons/${somebody}/over-age?age=21`, headers)
      const body = await answer.json()
      return [answer.status, body.code ?? body.answer]
    }
    expect(await under(receipt())).toEqual([200, true])
    expect(await under(undefined)).toEqual([403, 'consent-required'])
    expect(await under(receipt({ operations: ['getPerson'] }))).toEqual([403, 'consent-mismatch'])
    const another = { scheme: 'national-id', value: '3000000000001' }
    expect(await under(receipt({ subject: another }))).toEqual([403, 'consent-mismatch'])
  })

  it('is granted with its answer and with what is to be asked, since without them nobody could ask it', async () => {
    const give = (granted: object) =>
      country.dopa
        .operator('POST', '/v1/grants', { ...grantTerms, service, operations: { isOverAge: granted } })
        .then(
          () => 'given',
          (error: Error) => JSON.parse(error.message.slice(error.message.indexOf('{'))).en.detail,
        )
    expect(await give({ fields: ['reason'], query: ['age'] })).toBe(
      'isOverAge is a question: without answer, expression nobody could use the grant',
    )
    expect(await give({ fields: ['*'], query: [] })).toMatch(/without age nobody/)
    expect(await give({ fields: ['answer', 'expression'], query: ['age'] })).toBe('given')
  })
})
