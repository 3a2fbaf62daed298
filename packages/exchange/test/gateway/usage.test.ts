import { randomUUID } from 'node:crypto'
import { generateSigner, signJws } from '@sapan/trust'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ShownAccess, signSubjectToken, type UsagePage } from '../../src/index.ts'
import { type Country, grantTerms, startAgencies } from './agencies.ts'
import type { TestGateway } from './country.ts'
import { answerPerson, somebody } from './register.ts'
import { sendTo } from './wire.ts'

const issuer = 'https://id.example'
const identity = generateSigner('ecdsa-p256-sha256')

let country: Country

beforeAll(async () => {
  const jwk = identity.publicKey.export({ format: 'jwk' })
  country = await startAgencies({ country: { subjectTokens: [{ issuer, jwk: { ...jwk } }] } })
})
afterAll(() => country?.stop())

function token(gateway: TestGateway, subject = somebody, changes: Record<string, unknown> = {}): string {
  return signSubjectToken(
    { issuer, subject, audience: `${gateway.member}/gateway-1`, tokenId: randomUUID(), ...changes },
    { signer: identity, now: Date.now() },
  )
}

function claims(gateway: TestGateway) {
  const now = Math.floor(Date.now() / 1000)
  return {
    iss: issuer,
    sub: somebody,
    aud: `${gateway.member}/gateway-1`,
    jti: randomUUID(),
    iat: now,
    exp: now + 60,
  }
}

function signed(payload: Record<string, unknown>, signer = identity, type = 'sapan-subject+jwt'): string {
  return signJws(payload as Parameters<typeof signJws>[0], { signer, type })
}

async function usage(
  gateway: TestGateway,
  jws: string,
  more = {},
): Promise<{ status: number; code?: string; page: UsagePage }> {
  const answer = await fetch(`${gateway.admin}/v1/usage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ token: jws, ...more }),
  })
  const body = await answer.json()
  return { status: answer.status, code: body.code, page: body }
}

const shown = ({ accesses }: UsagePage) =>
  accesses.filter((access): access is ShownAccess => !access.withheld)

describe('who looked at my data', () => {
  it('is there at both gateways as soon as the answer is, with purpose, law and fields', async () => {
    const answer = await country.ask(`/persons/${somebody}`)
    const exchange = answer.headers.get('sapan-exchange')
    for (const gateway of [country.rd, country.dopa]) {
      const { page } = await usage(gateway, token(gateway))
      expect(shown(page)[0]).toMatchObject({
        exchange,
        client: 'TH/GOV/RD/main',
        service: 'TH/GOV/DOPA/main/person-v1',
        operation: 'getPerson',
        purpose: 'tax-assessment',
        law: expect.stringContaining('ม. 19'),
        fields: ['nationalId', 'name'],
        status: 200,
      })
    }
  })

  it('tells of an access whose answer was lost on the way, because the register was asked all the same', async () => {
    const person = '1111111111119'
    let seen: UsagePage | undefined
    country.register.answering = (_request, response) => {
      void usage(country.dopa, token(country.dopa, person)).then(({ page }) => {
        seen = page
        response.destroy()
      })
    }
    await country.ask(`/persons/${person}`)
    country.register.answering = answerPerson
    expect(shown(seen ?? { accesses: [], next: null })[0]).toMatchObject({ operation: 'getPerson' })
  })

  it('tells of everybody whom an answer names, and of nobody else', async () => {
    country.register.answering = (_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"persons":[{"nationalId":"3000000000001"},{"nationalId":"3000000000002"}]}')
    }
    await country.ask('/persons?family=a')
    for (const [subject, n] of [
      ['3000000000001', 1],
      ['3000000000002', 1],
      ['3000000000003', 0],
    ] as const) {
      for (const gateway of [country.rd, country.dopa]) {
        const { page } = await usage(gateway, token(gateway, subject))
        expect(shown(page).length).toBe(n)
      }
    }
  })

  it('tells of those at the provider too whom the consumer was not shown', async () => {
    await country.dopa.operator('POST', '/v1/grants', {
      ...grantTerms,
      purpose: 'statistics',
      operations: { findPersons: { fields: ['persons.birthDate'], query: [] } },
    })
    await country.rd.gateway.directory.refresh()
    country.register.answering = (_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"persons":[{"nationalId":"3000000000009","birthDate":"1980-01-01"}]}')
    }
    const answer = await country.ask('/persons', { headers: { 'sapan-purpose': 'statistics' } })
    expect(await answer.json()).toEqual({ persons: [{ birthDate: '1980-01-01' }] })
    const { page } = await usage(country.dopa, token(country.dopa, '3000000000009'))
    expect(shown(page)).toMatchObject([{ purpose: 'statistics', fields: ['persons.birthDate'] }])
  })

  it('is not decided by what a caller says of it', async () => {
    await country.ask('/photos/3000000000077', { headers: { 'x-road-userid': somebody } })
    const { page } = await usage(country.dopa, token(country.dopa, '3000000000077'))
    expect(shown(page).length).toBe(1)
  })

  it.each([
    ['with hyphens', '3-0000-00000-66-1'],
    ['in Thai digits', '๓๐๐๐๐๐๐๐๐๐๖๖๑'],
    ['in wide digits', '３０００００００００６６１'],
    ['with blanks and marks', ' 3000000000661\u200b.'],
  ])('is not hidden by a number that the register reads as the same: %s', async (_, written) => {
    const before = shown((await usage(country.dopa, token(country.dopa, '3000000000661'))).page).length
    const answer = await country.ask(`/persons/${encodeURIComponent(written)}`)
    expect(answer.status).toBe(200)
    for (const gateway of [country.rd, country.dopa]) {
      const { page } = await usage(gateway, token(gateway, '3000000000661'))
      expect(shown(page).length).toBe(before + 1)
    }
  })

  it('that the law withholds says only until when', async () => {
    await country.dopa.operator('POST', '/v1/grants', {
      ...grantTerms,
      purpose: 'investigation',
      withheldUntil: '2090-01-01T00:00:00Z',
    })
    await country.rd.gateway.directory.refresh()
    await country.ask('/persons/3000000000055', { headers: { 'sapan-purpose': 'investigation' } })
    for (const gateway of [country.rd, country.dopa]) {
      const { page } = await usage(gateway, token(gateway, '3000000000055'))
      expect(page.accesses).toEqual([{ withheld: true, withheldUntil: '2090-01-01T00:00:00.000Z' }])
    }
  })

  describe('and who opened what was said', () => {
    const person = '3000000000088'
    const reason = 'ตรวจเรื่องร้องเรียนเลขที่ 12/2569'
    const asked = async () => {
      const headers = { 'sapan-purpose': 'tax-assessment' }
      const answer = await country.ask(`/persons/${person}`, { headers })
      return String(answer.headers.get('sapan-exchange'))
    }
    const open = (gateway: TestGateway, exchange: string) =>
      gateway.operator('POST', `/v1/evidence/${exchange}/opening`, { reason })

    it('with their reason, at the member whose operator it was, and at no other', async () => {
      const exchange = await asked()
      const opened = await open(country.dopa, exchange)
      expect(opened).toMatchObject({
        by: 'operator',
        reason,
        records: [{ kind: 'request' }, { kind: 'answer' }],
      })
      expect(JSON.stringify(opened.records)).toContain(person)
      const at = async (gateway: TestGateway) => shown((await usage(gateway, token(gateway, person))).page)[0]
      expect((await at(country.dopa))?.openings).toEqual([{ at: opened.at, reason }])
      expect(await at(country.rd)).not.toHaveProperty('openings')
      expect(await country.dopa.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({
        openings: [{ at: opened.at, by: 'operator', reason }],
      })
    })

    it('is told of no exchange whose opening could not be kept', async () => {
      const exchange = await asked()
      await country.dopa.pool.query('alter table evidence.statement rename to statement_away')
      const answer = await fetch(`${country.dopa.admin}/v1/evidence/${exchange}/opening`, {
        method: 'POST',
        headers: { authorization: `Bearer ${country.dopa.adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason }),
      })
      await country.dopa.pool.query('alter table evidence.statement_away rename to statement')
      expect(answer.ok).toBe(false)
      expect(await answer.text()).not.toContain(person)
    })
  })

  it('comes in pages', async () => {
    const headers = { 'sapan-purpose': 'tax-assessment' }
    for (let n = 0; n < 3; n++) await country.ask('/persons/3000000000066', { headers })
    const first = await usage(country.rd, token(country.rd, '3000000000066'), { limit: 2 })
    const second = await usage(country.rd, token(country.rd, '3000000000066'), {
      limit: 2,
      after: first.page.next,
    })
    expect([shown(first.page).length, shown(second.page).length, second.page.next]).toEqual([2, 1, null])
  })
})

describe('the question is answered only to a token', () => {
  const bad: [what: string, jws: (gateway: TestGateway) => string][] = [
    ['of the person’s own issuer', () => signed(claims(country.rd), generateSigner('ecdsa-p256-sha256'))],
    ['whose issuer the directory lists', (g) => signed({ ...claims(g), iss: 'https://other.example' })],
    ['for this gateway', () => token(country.dopa)],
    ['that has not lapsed', (g) => signed({ ...claims(g), iat: 1_000, exp: 1_060 })],
    [
      'that is not from the future',
      (g) => signed({ ...claims(g), iat: claims(g).iat + 60, exp: claims(g).exp + 60 }),
    ],
    ['with a short life', (g) => signed({ ...claims(g), exp: claims(g).exp + 3600 })],
    [
      'with an end',
      ({ member: _, ...g }) => signed({ ...claims({ member: _, ...g } as TestGateway), exp: undefined }),
    ],
    ['with a number of its own', (g) => signed({ ...claims(g), jti: undefined })],
    ['about a person', (g) => signed({ ...claims(g), sub: 7 })],
    ['of this kind', (g) => signed(claims(g), identity, 'JWT')],
    ['that is one', () => 'x.y.z'],
    ['that is anything', () => ''],
  ]
  it.each(bad)('%s', async (_, jws) => {
    const { status, code } = await usage(country.rd, jws(country.rd))
    expect([status, code]).toEqual([401, 'subject-token-invalid'])
  })

  it('that has lost its signature', async () => {
    const [head, payload] = token(country.rd).split('.')
    const none = Buffer.from('{"alg":"none","typ":"sapan-subject+jwt"}').toString('base64url')
    for (const jws of [`${head}.${payload}.`, `${none}.${payload}.`]) {
      expect(await usage(country.rd, jws)).toMatchObject({ status: 401, code: 'subject-token-invalid' })
    }
  })

  it('once', async () => {
    const jws = token(country.rd)
    expect((await usage(country.rd, jws)).status).toBe(200)
    expect(await usage(country.rd, jws)).toMatchObject({ status: 409, code: 'message-replayed' })
  })

  it('also to another gateway, which sees nothing but its answer', async () => {
    const ask = (jws: string) =>
      sendTo(country.dopa.peer, country.rd.membership.tls(), {
        method: 'POST',
        target: '/sapan/v1/usage',
        headers: [
          ['host', new URL(country.dopa.peer).host],
          ['content-type', 'application/json'],
          ['content-length', String(JSON.stringify({ token: jws }).length)],
        ],
        body: Buffer.from(JSON.stringify({ token: jws })),
      })
    const good = await ask(token(country.dopa))
    expect([good.status, shown(JSON.parse(good.body.toString())).length > 0]).toEqual([200, true])
    const bad = await ask(token(country.rd))
    expect([bad.status, JSON.parse(bad.body.toString()).code]).toEqual([401, 'subject-token-invalid'])
  })

  it('whatever its number is made of', async () => {
    for (const jti of ['x'.repeat(3_000), 'a\u0000b', '\ud800']) {
      const { status } = await usage(country.rd, signed({ ...claims(country.rd), jti }))
      expect([200, 401, 422]).toContain(status)
    }
  })
})
