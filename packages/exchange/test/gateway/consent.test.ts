import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ConsentReceipt } from '../../src/index.ts'
import { type Country, grantTerms, startAgencies } from './agencies.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { answerPerson, somebody } from './register.ts'
import { codeOf, craft, sendTo } from './wire.ts'

const another = '3000000000001'
let issuer: TestIssuer
let country: Country
let grant = ''
let index = 100

beforeAll(async () => {
  issuer = await startIssuer()
  country = await startAgencies({ country: { subjectTokens: [issuer.entry] } })
  const { hash } = await country.dopa.operator('POST', '/v1/grants', {
    ...grantTerms,
    purpose: 'loan',
    consent: true,
  })
  grant = String(hash)
  await country.rd.gateway.directory.refresh()
})
afterAll(async () => {
  await country?.stop()
  await issuer?.close()
})
beforeEach(() => {
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

const receipt = (changes: Partial<ConsentReceipt> = {}) =>
  issuer.receipt({ purpose: 'loan', status: { uri: issuer.uri, index: index++ }, ...changes })

async function ask(consent: string | undefined, path = `/persons/${somebody}`) {
  const headers = { 'sapan-purpose': 'loan', accept: 'application/problem+json' }
  const answer = await country.ask(path, {
    headers: consent === undefined ? headers : { ...headers, 'sapan-consent': consent },
  })
  const body = await answer.json()
  return { status: answer.status, code: String(body.code ?? ''), body }
}

/** The same call as a consumer's gateway would send it that checks nothing. */
async function send(consent: string | undefined, path = `/persons/${somebody}`) {
  const fields = { 'sapan-grant': grant, 'sapan-purpose': 'loan', 'sapan-consent': consent }
  const answer = await sendTo(
    country.dopa.peer,
    country.rd.membership.tls(),
    craft({ ...country, grant }, { path, fields }),
  )
  return { status: answer.status, code: codeOf(answer), body: JSON.parse(answer.body.toString()) }
}

describe('a grant that needs consent', () => {
  it('is answered to a valid receipt, with the fields that both the grant and the person allow', async () => {
    expect(await ask(receipt())).toMatchObject({
      status: 200,
      body: { nationalId: somebody, name: { given: 'สมชาย' } },
    })
    const narrow = await ask(receipt({ fields: ['name.given', 'religion'] }))
    expect(narrow.body).toEqual({ name: { given: 'สมชาย' } })
  })

  it('is named in the evidence with its receipt, at both gateways', async () => {
    const id = 'consent-in-evidence'
    const answer = await country.ask(`/persons/${somebody}`, {
      headers: { 'sapan-purpose': 'loan', 'sapan-consent': receipt({ id }) },
    })
    const exchange = answer.headers.get('sapan-exchange')
    for (const gateway of [country.rd, country.dopa]) {
      expect(await gateway.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({ consent: { id } })
    }
  })

  const refused: [what: string, jws: () => string | undefined, code: string][] = [
    ['without a receipt', () => undefined, 'consent-required'],
    ['to what is none', () => 'yes', 'consent-invalid'],
    ['to another kind of token', () => issuer.actor(), 'consent-invalid'],
    ['to one that its issuer did not sign', () => forged(), 'consent-invalid'],
    ['to one without a signature', () => unsigned(), 'consent-invalid'],
    ['to one of an unknown issuer', () => receipt({ issuer: 'https://other.example' }), 'consent-invalid'],
    ['to one whose list is elsewhere', () => elsewhere('http://127.0.0.1:1/status/1'), 'consent-invalid'],
    ['to one whose list is above', () => elsewhere(`${issuer.entry.statusLists}/../x`), 'consent-invalid'],
    ['to one that is from the future', () => receipt({ issuedAt: Date.now() + 60_000 }), 'consent-invalid'],
    ['to one that has run out', () => receipt({ expires: Date.now() - 1000 }), 'consent-expired'],
    ['for another purpose', () => receipt({ purpose: 'tax-assessment' }), 'consent-mismatch'],
    ['of another provider', () => receipt({ provider: 'TH/GOV/RD' }), 'consent-mismatch'],
    ['for another service', () => receipt({ service: 'TH/GOV/DOPA/main/house-v1' }), 'consent-mismatch'],
    ['for another operation', () => receipt({ operations: ['findPersons'] }), 'consent-mismatch'],
    ['for another consumer', () => receipt({ consumer: 'TH/GOV/RD/other' }), 'consent-mismatch'],
    ['for fields that are not granted', () => receipt({ fields: ['religion'] }), 'consent-mismatch'],
    ['of another person', () => receipt({ subject: person(another) }), 'consent-mismatch'],
  ]
  const person = (value: string) => ({ scheme: 'national-id', value })
  const elsewhere = (uri: string) => receipt({ status: { uri, index: 1 } })
  const forged = () => issuer.receipt({ purpose: 'loan' }, generateSigner('ecdsa-p256-sha256'))
  const unsigned = () => {
    const [, payload] = receipt().split('.')
    return `${Buffer.from('{"alg":"none","typ":"sapan-consent+jwt"}').toString('base64url')}.${payload}.`
  }
  it.each(refused)('is refused %s, at each gateway by itself, and nobody is asked', async (_, jws, code) => {
    expect(await ask(jws())).toMatchObject({ code })
    expect(await send(jws())).toMatchObject({ code })
    expect(country.register.asked).toEqual([])
  })

  it('is refused to two receipts at once', async () => {
    const message = craft(
      { ...country, grant },
      { fields: { 'sapan-purpose': 'loan', 'sapan-consent': receipt() } },
    )
    const doubled = {
      ...message,
      headers: [...message.headers, ['sapan-consent', receipt()] as [string, string]],
    }
    const answer = await sendTo(country.dopa.peer, country.rd.membership.tls(), doubled)
    expect(codeOf(answer)).toBe('covered-header-duplicate')
    expect(country.register.asked).toEqual([])
  })

  it('is refused where the request does not say whom it is about', async () => {
    for (const call of [ask, send]) {
      const answer = await call(receipt(), '/persons?family=a')
      expect(answer).toMatchObject({ code: 'consent-mismatch', body: { mismatch: 'person' } })
    }
    expect(country.register.asked).toEqual([])
  })

  it('tells in no refusal whose consent it was', async () => {
    const answer = await ask(receipt({ subject: person(another) }))
    expect(JSON.stringify(answer.body)).not.toMatch(`${somebody}|${another}`)
  })
})

describe('an answer under a consent', () => {
  it('that names another person does not leave the provider’s gateway', async () => {
    await country.dopa.operator('POST', '/v1/services', {
      subsystem: 'TH/GOV/DOPA/main',
      openapi: householdDescription,
      url: country.register.url,
      timeoutMs: 2_000,
    })
    const household = 'TH/GOV/DOPA/main/household-v1'
    await country.dopa.operator('POST', '/v1/grants', {
      ...grantTerms,
      service: household,
      operations: { getHousehold: { fields: ['*'], query: [] } },
      consent: true,
    })
    await country.rd.gateway.directory.refresh()
    const call = async (members: string[]) => {
      country.register.answering = (_request, response) => {
        const persons = members.map((nationalId) => ({ nationalId }))
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ persons }))
      }
      const consent = issuer.receipt({
        service: household,
        fields: ['*'],
        status: { uri: issuer.uri, index: index++ },
      })
      const answer = await fetch(`${country.rd.edge}/r1/${household}/households/${somebody}`, {
        headers: {
          'x-road-client': 'TH/GOV/RD/main',
          accept: 'application/problem+json',
          'sapan-consent': consent,
        },
      })
      return { status: answer.status, text: await answer.text() }
    }
    expect((await call([somebody])).status).toBe(200)
    const refused = await call([somebody, another])
    expect(refused.text).toContain('consent-mismatch')
    expect(refused.text).not.toContain(another)
  })

  it('does not leave where the consent was withdrawn while the register was asked', async () => {
    const at = index++
    country.register.answering = (request, response, body) => {
      issuer.set(at, 'withdrawn')
      setTimeout(() => answerPerson(request, response, body), 200)
    }
    expect(await ask(receipt({ status: { uri: issuer.uri, index: at } }))).toMatchObject({
      code: 'consent-withdrawn',
    })
  })
})

describe('a consent that is', () => {
  it.each(['withdrawn', 'suspended'] as const)(
    '%s is refused at each gateway from then on',
    async (status) => {
      const at = index++
      const jws = receipt({ status: { uri: issuer.uri, index: at } })
      expect((await ask(jws)).status).toBe(200)
      issuer.set(at, status)
      await expect.poll(async () => (await ask(jws)).code).toBe('consent-withdrawn')
      await expect.poll(async () => (await send(jws)).code).toBe('consent-withdrawn')
    },
  )

  it('beyond the end of its list is no consent', async () => {
    const jws = receipt({ status: { uri: issuer.uri, index: 5000 } })
    expect(await ask(jws)).toMatchObject({ code: 'consent-status-stale' })
  })
})

/** A household's answer names everybody who lives there. */
const text = (en: string) => ({ 'x-sapan-text': { th: en, en } })
const householdDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Households',
    version: 'v1',
    ...text('Households'),
    'x-sapan-code': 'household',
    'x-sapan-personal': true,
  },
  paths: {
    '/households/{id}': {
      get: {
        operationId: 'getHousehold',
        ...text('Read'),
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' }, ...text('Number') },
        ],
        'x-sapan-subject': [
          { in: 'path', name: 'id' },
          { in: 'answer', pointer: '/persons/*/nationalId' },
        ],
        responses: {
          '200': {
            description: 'ok',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    persons: {
                      type: 'array',
                      ...text('People'),
                      items: {
                        type: 'object',
                        properties: { nationalId: { type: 'string', ...text('Number') } },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

describe('an issuer', () => {
  it('may sign with its next key as soon as the directory names that beside the one before', async () => {
    for (const by of [undefined, issuer.next]) {
      const jws = issuer.receipt({ purpose: 'loan', status: { uri: issuer.uri, index: index++ } }, by)
      expect((await ask(jws)).status).toBe(200)
      expect((await send(jws)).status).toBe(200)
    }
  })
})
