import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Country, grantTerms, service, startAgencies } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { registerDescription, somebody } from './register.ts'
import { sendTo } from './wire.ts'

let country: Country
let dbd: TestGateway
let exchange: string

beforeAll(async () => {
  country = await startAgencies()
  dbd = await country.join('DBD')
  await country.dopa.operator('POST', '/v1/grants', { ...grantTerms, consumer: 'TH/GOV/DBD/main' })
  await Promise.all([country.rd, country.dopa].map(({ gateway }) => gateway.directory.refresh()))
  exchange = (await country.ask(`/persons/${somebody}`)).headers.get('sapan-exchange') ?? ''
})
afterAll(() => country?.stop())

async function ask(gateway: TestGateway, method: string, target: string, body?: unknown) {
  const bytes = Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  const answer = await sendTo(country.dopa.peer, gateway.membership.tls(), {
    method,
    target,
    headers: [
      ['host', new URL(country.dopa.peer).host],
      ...(body === undefined
        ? []
        : ([
            ['content-type', 'application/json'],
            ['content-length', String(bytes.length)],
          ] as [string, string][])),
    ],
    body: bytes,
  })
  const text = answer.body.toString()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

describe('grants', () => {
  const consumers = ({ body }: { body: { grants: string[] } }) =>
    body.grants.map(
      (jws) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()).consumer,
    )

  it('are shown to the gateway of the member that holds them, and only those', async () => {
    expect(consumers(await ask(country.rd, 'GET', '/sapan/v1/grants'))).toEqual(['TH/GOV/RD/main'])
    expect(consumers(await ask(dbd, 'GET', '/sapan/v1/grants'))).toEqual(['TH/GOV/DBD/main'])
  })

  it('of a member whose name begins alike are another’s', async () => {
    const db = await country.join('DB')
    await country.dopa.gateway.directory.refresh()
    expect(consumers(await ask(db, 'GET', '/sapan/v1/grants'))).toEqual([])
  })

  it('can’t be asked for by another’s name', async () => {
    expect(consumers(await ask(dbd, 'GET', '/sapan/v1/grants?member=TH/GOV/RD'))).toEqual(['TH/GOV/DBD/main'])
  })
})

describe('descriptions', () => {
  it('are shown to every gateway, as they were given', async () => {
    const { status, body } = await ask(
      dbd,
      'GET',
      `/sapan/v1/description?service=${encodeURIComponent(service)}`,
    )
    expect([status, body]).toEqual([200, registerDescription])
  })

  it.each(['', '?service=', '?service=x', '?service=%00', '?service=constructor', '?service=a&service=b'])(
    'of nothing are refused: %s',
    async (query) => {
      const { status, body } = await ask(dbd, 'GET', `/sapan/v1/description${query}`)
      expect([404, 422]).toContain(status)
      expect(['service-unknown', 'request-invalid']).toContain(body.code)
    },
  )
})

describe('whether an exchange is recorded', () => {
  const question = (more = {}) => ({ member: 'TH/GOV/DOPA', exchange, side: 'provider', ...more })

  it('is told to the other party of it', async () => {
    const { body } = await ask(country.rd, 'POST', '/sapan/v1/recorded', question())
    expect(body.kinds.sort()).toEqual(['answer', 'request'])
  })

  it('is told to nobody else, who can’t tell it from one that never was', async () => {
    const none = { status: 200, body: { kinds: [] } }
    expect(await ask(dbd, 'POST', '/sapan/v1/recorded', question())).toEqual(none)
    const never = question({ exchange: '01890000-0000-7000-8000-000000000000' })
    expect(await ask(country.rd, 'POST', '/sapan/v1/recorded', never)).toEqual(none)
    expect(await ask(country.rd, 'POST', '/sapan/v1/recorded', question({ side: 'consumer' }))).toEqual(none)
    expect(await ask(country.rd, 'POST', '/sapan/v1/recorded', question({ member: 'TH/GOV/RD' }))).toEqual(
      none,
    )
    expect(await ask(country.rd, 'POST', '/sapan/v1/recorded', question({ member: 'a\0b' }))).toEqual(none)
  })

  it.each([
    ['without a number', { exchange: undefined }],
    ['with a number that is none', { exchange: 'x' }],
    ['with a side that is none', { side: 'both' }],
    ['with a member that is none', { member: 7 }],
  ])('is refused to a question %s', async (_, more) => {
    const { status, body } = await ask(country.rd, 'POST', '/sapan/v1/recorded', question(more))
    expect([status, body.code]).toEqual([422, 'request-invalid'])
  })
})

describe('everything else', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/sapan/v1/nothing'],
    ['POST', '/sapan/v1/grants'],
    ['DELETE', '/sapan/v1/grants'],
    ['GET', '/v1/status'],
    ['GET', '/metrics'],
    ['GET', '/health'],
    ['GET', '/r1'],
    ['GET', '/listClients'],
    ['POST', '/oauth/token'],
  ])('%s %s is not there', async (method, path) => {
    const { status, body } = await ask(country.rd, method, path)
    expect([status, body.code]).toEqual([404, 'resource-unknown'])
  })

  it('that is no JSON, or too much of it, is refused', async () => {
    expect((await ask(country.rd, 'POST', '/sapan/v1/recorded', '{')).body.code).toBe('request-invalid')
    const large = JSON.stringify({ x: 'a'.repeat(100_000) })
    expect((await ask(country.rd, 'POST', '/sapan/v1/recorded', large)).body.code).toBe('body-too-large')
  })
})
