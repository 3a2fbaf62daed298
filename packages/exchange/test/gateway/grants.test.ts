import { uuidv7 } from '@sapan/kernel'
import { fromPem } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { grantHash, readGrant, signGrant } from '../../src/index.ts'
import { type Country, client, grantTerms, service, startAgencies } from './agencies.ts'
import { answerPerson, somebody, wholePerson } from './register.ts'
import { codeOf, craft, header, issued, sendTo, type WireMessage } from './wire.ts'

const hour = 3_600_000

let country: Country
let ahead = 0

beforeAll(async () => {
  const clock = () => Date.now() + ahead
  country = await startAgencies({
    rd: { clock, subsystems: subsystems() },
    dopa: { clock },
  })
})
afterAll(() => country?.stop())
beforeEach(() => {
  ahead = 0
  country.register.asked.length = 0
  country.register.answering = answerPerson
})

/** A subsystem for each test, so that the grants of one don't serve another. */
function subsystems() {
  return ['main', ...Array.from({ length: 20 }, (_, n) => `s${n}`)]
}
let used = 0

interface Party {
  readonly client: string
  give(terms?: Record<string, unknown>): Promise<string>
  ask(
    path?: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; code: string; answer: Response; body: Record<string, unknown> }>
}

function party(): Party {
  const id = `TH/GOV/RD/s${used++}`
  return {
    client: id,
    give: async (terms = {}) => {
      const { hash } = await country.dopa.operator('POST', '/v1/grants', {
        ...grantTerms,
        consumer: id,
        ...terms,
      })
      await country.rd.gateway.directory.refresh()
      return String(hash)
    },
    ask: async (path = `/persons/${somebody}`, headers = {}) => {
      const answer = await fetch(`${country.rd.edge}/r1/${service}${path}`, {
        headers: { 'x-road-client': id, accept: 'application/problem+json', ...headers },
      })
      const body = await answer.json()
      return { status: answer.status, code: body.code, answer, body }
    },
  }
}

const only = (operations: Record<string, unknown>) => ({ operations })
const name = { getPerson: { fields: ['name'], query: [] } }

describe('a call', () => {
  it('without a grant is refused, and the caller is told what to ask for', async () => {
    const { ask, client: consumer } = party()
    const { status, code, body } = await ask()
    expect([status, code]).toEqual([403, 'no-grant'])
    expect(body).toMatchObject({ provider: 'TH/GOV/DOPA', consumer, service, operation: 'getPerson' })
    expect(country.register.asked).toEqual([])
  })

  it('under a grant of another subsystem of the same member is refused', async () => {
    expect((await party().ask()).code).toBe('no-grant')
  })

  it('under a grant that has expired is refused, from the very moment', async () => {
    const { give, ask } = party()
    await give({ expires: new Date(Date.now() + hour).toISOString() })
    expect((await ask()).status).toBe(200)
    ahead = hour + 1_000
    expect(await ask()).toMatchObject({ status: 403, code: 'grant-expired' })
  })

  it('under a grant that is not yet valid is refused', async () => {
    const { give, ask } = party()
    await give({ notBefore: new Date(Date.now() + hour).toISOString() })
    expect(await ask()).toMatchObject({ status: 403, code: 'grant-not-yet-valid' })
    ahead = hour + 1_000
    expect((await ask()).status).toBe(200)
  })

  it('under a grant that was withdrawn is refused at both ends', async () => {
    const { give, ask, client: consumer } = party()
    const hash = await give()
    expect((await ask()).status).toBe(200)
    await country.dopa.operator('DELETE', `/v1/grants/${hash}`)
    // The provider's own gateway first: at once, even for a consumer who has not heard of it.
    const heard = await send(craft(country, { fields: { 'x-road-client': consumer, 'sapan-grant': hash } }))
    expect(codeOf(heard)).toBe('no-grant')
    await country.rd.gateway.directory.refresh()
    expect(await ask()).toMatchObject({ status: 403, code: 'no-grant' })
    expect(country.register.asked.length).toBe(1)
  })

  it('under several grants must name its purpose, and is told which there are', async () => {
    const { give, ask } = party()
    await give({ purpose: 'tax-assessment' })
    await give({ purpose: 'refund', ...only(name) })
    const { status, code, body } = await ask()
    expect([status, code, body.purposes]).toEqual([400, 'purpose-required', ['refund', 'tax-assessment']])
    const named = await ask(undefined, { 'sapan-purpose': 'refund' })
    expect([named.status, named.body]).toEqual([200, { name: wholePerson.name }])
    expect(named.answer.headers.get('sapan-purpose')).toBe('refund')
  })

  it('for a purpose that was not granted is refused', async () => {
    const { give, ask } = party()
    await give()
    const { status, code, body } = await ask(undefined, { 'sapan-purpose': 'curiosity' })
    expect([status, code, body.purposes]).toEqual([403, 'purpose-not-granted', ['tax-assessment']])
  })

  it('without a purpose, where one grant fits, has the grant’s, and evidence says that it was implied', async () => {
    const { give, ask } = party()
    await give()
    for (const [headers, implied] of [
      [{}, true],
      [{ 'sapan-purpose': 'tax-assessment' }, false],
    ] as const) {
      const { answer } = await ask(undefined, headers)
      const exchange = answer.headers.get('sapan-exchange')
      expect(await country.rd.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({
        purpose: 'tax-assessment',
        impliedPurpose: implied,
      })
    }
  })

  it('of an operation that was not granted is refused', async () => {
    const { give, ask } = party()
    await give(only(name))
    expect(await ask('/persons?family=x')).toMatchObject({ status: 403, code: 'operation-not-granted' })
  })

  it.each([
    ['that was not granted', '?family=a&born=1980', ['born']],
    ['that the service does not know', '?family=a&nationalId=1', ['nationalId']],
    ['that is disguised by its encoding', '?family=a&%62orn=1980', ['born']],
    ['behind a semicolon', '?family=a;born=1980', ['born']],
    ['without a value', '?born', ['born']],
    ['in another case', '?Family=a', ['Family']],
    ['with brackets', '?family[]=a', ['family[]']],
    ['that looks like a number of a person', '?1234567890121', []],
  ])(
    'with a query parameter %s is refused, and the values are not repeated',
    async (_, query, parameters) => {
      const answer = await fetch(`${country.rd.edge}/r1/${service}/persons${query}`, {
        headers: { 'x-road-client': client, accept: 'application/problem+json' },
      })
      const body = await answer.json()
      expect([answer.status, body.code, body.parameters]).toEqual([403, 'query-not-granted', parameters])
      expect(JSON.stringify(body)).not.toContain('1980')
      expect(JSON.stringify(body)).not.toContain('1234567890121')
      expect(country.register.asked).toEqual([])
    },
  )

  it('beyond the grant’s rate is refused, says when to come back, and is heard again then', async () => {
    const { give, ask } = party()
    await give({ rate: { calls: 2, seconds: 60 } })
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200])
    const { status, code, answer, body } = await ask()
    expect([status, code, body.retryAfter]).toEqual([429, 'rate-exceeded', 30])
    expect(answer.headers.get('retry-after')).toBe('30')
    ahead = 31_000
    expect((await ask()).status).toBe(200)
    expect(country.register.asked.length).toBe(3)
  })

  it('under a grant that needs consent is always denied, without a receipt and with what is none', async () => {
    const { give, ask } = party()
    await give({ consent: true })
    expect(await ask()).toMatchObject({ status: 403, code: 'consent-required' })
    const withReceipt = await ask(undefined, { 'sapan-consent': 'a receipt' })
    expect(withReceipt).toMatchObject({ status: 403, code: 'consent-invalid' })
    expect(country.register.asked).toEqual([])
  })

  it('names in no refusal whose data was asked for', async () => {
    const { answer, body } = await party().ask()
    expect(JSON.stringify([body, [...answer.headers]])).not.toContain(somebody)
  })
})

describe('a grant', () => {
  it('can only name what the service has', async () => {
    const { give } = party()
    await expect(give(only({ nothing: { fields: ['*'], query: [] } }))).rejects.toThrow('request-invalid')
    await expect(give(only({ getPerson: { fields: ['salary'], query: [] } }))).rejects.toThrow(
      'request-invalid',
    )
    await expect(give(only({ getPerson: { fields: ['name'], query: ['family'] } }))).rejects.toThrow(
      'request-invalid',
    )
    await expect(give({ service: `${service}9` })).rejects.toThrow('service-unknown')
    await expect(give({ expires: 'tomorrow' })).rejects.toThrow(/grant-malformed|request-invalid/)
    await expect(give({ purpose: '' })).rejects.toThrow(/grant-malformed|request-invalid/)
    await expect(give({ consumer: 'nobody' })).rejects.toThrow(/address-malformed|grant-malformed/)
  })

  it('outlives the certificate under which it was signed, which the directory then no longer lists', async () => {
    const { ask, client: consumer } = party()
    await publish(signedWith({ uris: ['sapan:member:TH/GOV/DOPA'], profile: 'signing' }, consumer))
    expect(await ask()).toMatchObject({ status: 200 })
  })

  it.each([
    ['another member', { uris: ['sapan:member:TH/GOV/RD'], profile: 'signing' as const }],
    ['a gateway', { uris: ['sapan:member:TH/GOV/DOPA'], profile: 'tls' as const }],
  ])('signed by %s is none, though its hash is published', async (_, certificate) => {
    const { ask, client: consumer } = party()
    await publish(signedWith(certificate, consumer))
    expect(await ask()).toMatchObject({ status: 403, code: 'no-grant' })
  })

  it('is given to no other member’s gateway', async () => {
    const dbd = await country.join('DBD')
    await country.dopa.gateway.directory.refresh()
    const list = (gateway: typeof dbd) =>
      sendTo(country.dopa.peer, gateway.membership.tls(), {
        method: 'GET',
        target: '/sapan/v1/grants',
        headers: [['host', new URL(country.dopa.peer).host]],
        body: Buffer.alloc(0),
      })
    expect(JSON.parse((await list(dbd)).body.toString())).toEqual({ grants: [] })
    expect(JSON.parse((await list(country.rd)).body.toString()).grants.length).toBeGreaterThan(1)
  })
})

describe('the provider’s gateway does not believe the consumer’s', () => {
  const dishonest: [what: string, code: string, crafted: Parameters<typeof craft>[1]][] = [
    ['that names no grant', 'no-grant', { fields: { 'sapan-grant': undefined } }],
    ['that names a grant which never was', 'no-grant', { fields: { 'sapan-grant': 'f'.repeat(64) } }],
    ['that names a grant’s property', 'no-grant', { fields: { 'sapan-grant': 'constructor' } }],
    [
      'that asks for an operation beyond the grant',
      'operation-not-granted',
      { fields: { 'sapan-grant': 'NARROW' }, path: '/photos/1' },
    ],
    ['that searches by an ungranted parameter', 'query-not-granted', { path: '/persons?born=1980-05-17' }],
    [
      'that names a purpose beside the grant’s',
      'purpose-not-granted',
      { fields: { 'sapan-purpose': 'curiosity' } },
    ],
    [
      'that names a grant which is another subsystem’s',
      'no-grant',
      { fields: { 'sapan-grant': 'NARROW', 'x-road-client': client } },
    ],
    ['that names a grant which needs consent', 'consent-required', { fields: { 'sapan-grant': 'CONSENT' } }],
    ['that names a grant which has expired', 'grant-expired', { fields: { 'sapan-grant': 'EXPIRED' } }],
  ]
  const named = new Map<string, { hash: string; client: string }>()

  beforeAll(async () => {
    for (const [key, terms] of [
      ['NARROW', only(name)],
      ['CONSENT', { consent: true }],
      ['EXPIRED', { notBefore: '2020-01-01T00:00:00Z', expires: '2021-01-01T00:00:00Z' }],
    ] as const) {
      const { give, client: consumer } = party()
      named.set(key, { hash: await give(terms), client: consumer })
    }
  })

  it.each(dishonest)('%s: %s', async (_, code, crafted) => {
    const grant = named.get(crafted?.fields?.['sapan-grant'] ?? '')
    const fields = grant
      ? { 'x-road-client': grant.client, ...crafted?.fields, 'sapan-grant': grant.hash }
      : crafted?.fields
    const answer = await send(craft(country, { ...crafted, ...(fields ? { fields } : {}) }))
    expect(codeOf(answer)).toBe(code)
    expect(header(answer, 'signature')).toBeDefined()
    expect(country.register.asked).toEqual([])
  })

  it('that asks for more than was granted gets what was granted', async () => {
    const grant = named.get('NARROW')
    const answer = await send(
      craft(country, {
        fields: { 'x-road-client': grant?.client, 'sapan-grant': grant?.hash, 'sapan-fields': '*' },
      }),
    )
    expect(JSON.parse(answer.body.toString())).toEqual({ name: wholePerson.name })
  })
})

function send(message: Omit<WireMessage, 'status'>): Promise<WireMessage> {
  return sendTo(country.dopa.peer, country.rd.membership.tls(), message)
}

function signedWith(certificate: Parameters<typeof issued>[1], consumer: string): string {
  const { signer, cert } = issued(country, certificate)
  const grant = {
    ...grantTerms,
    id: uuidv7(),
    provider: 'TH/GOV/DOPA',
    consumer,
    rate: null,
    consent: false,
  }
  return signGrant(grant, { signer, chain: [...fromPem(cert), country.root] })
}

/** Puts a grant among those that DOPA has given, as if it had been given long ago. */
async function publish(jws: string): Promise<void> {
  const hash = grantHash(jws)
  const { consumer } = readGrant(jws).grant
  await country.dopa.pool.query(
    'insert into gateway.grant_issued (hash, provider, service, consumer, jws) values ($1, $2, $3, $4, $5)',
    [hash, 'TH/GOV/DOPA', service, consumer, jws],
  )
  await country.dopa.membership.publisher.grants('TH/GOV/DOPA', { publish: [hash], withdraw: [] })
  await country.dopa.restart()
  await country.rd.gateway.directory.refresh()
}
