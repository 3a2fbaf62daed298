import { generateSigner } from '@sapan/trust'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ActorToken } from '../../src/index.ts'
import { type Country, grantTerms, startAgencies } from './agencies.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { somebody } from './register.ts'
import { codeOf, craft, sendTo } from './wire.ts'

let issuer: TestIssuer
let country: Country
let index = 200

beforeAll(async () => {
  issuer = await startIssuer()
  country = await startAgencies({ country: { subjectTokens: [issuer.entry] } })
})
afterAll(async () => {
  await country?.stop()
  await issuer?.close()
})
beforeEach(() => {
  country.register.asked.length = 0
})

const actor = (changes: Partial<ActorToken> = {}) =>
  issuer.actor({ status: { uri: issuer.uri, index: index++ }, ...changes })

async function ask(jws: string | undefined, purpose = 'tax-assessment') {
  const headers = { 'sapan-purpose': purpose, accept: 'application/problem+json', 'x-road-userid': 'boss' }
  const answer = await country.ask(`/persons/${somebody}`, {
    headers: jws === undefined ? headers : { ...headers, 'sapan-actor': jws },
  })
  const body = await answer.json()
  return { status: answer.status, code: body.code ?? '', exchange: answer.headers.get('sapan-exchange') }
}

async function send(jws: string, grant = country.grant, purpose = 'tax-assessment') {
  const fields = { 'sapan-actor': jws, 'sapan-purpose': purpose }
  const message = craft({ ...country, grant }, { fields })
  return codeOf(await sendTo(country.dopa.peer, country.rd.membership.tls(), message))
}

describe('who acts', () => {
  it('stands in the evidence of both gateways with the role that was proven, and not what the caller claims', async () => {
    const { exchange, status } = await ask(actor())
    expect(status).toBe(200)
    for (const gateway of [country.rd, country.dopa]) {
      const view = await gateway.operator('GET', `/v1/evidence/${exchange}`)
      expect(view.actor).toEqual({
        subject: 'opaque-1',
        kind: 'officer',
        officer: {
          agency: 'TH/GOV/RD',
          duty: 'tax-officer',
          title: { th: 'นักวิชาการสรรพากร', en: 'Revenue officer' },
        },
        case: 'RD-2569-001',
        proven: true,
      })
    }
  })

  it('is not said where no token was sent', async () => {
    const { exchange } = await ask(undefined)
    expect(await country.dopa.operator('GET', `/v1/evidence/${exchange}`)).toMatchObject({ actor: null })
  })

  it('is never told to the agency’s system as a credential', async () => {
    await ask(actor())
    expect(country.register.asked[0]?.headers['sapan-actor']).toBeUndefined()
  })

  const refused: [what: string, jws: () => string, code: string][] = [
    ['that is none', () => 'me', 'actor-invalid'],
    ['that is empty', () => '', 'actor-invalid'],
    ['for another agency', () => actor({ audience: 'TH/GOV/DOPA' }), 'actor-invalid'],
    [
      'that has run out',
      () => actor({ issuedAt: Date.now() - 300_000, expires: Date.now() - 1 }),
      'actor-invalid',
    ],
    ['from the future', () => actor({ issuedAt: Date.now() + 60_000 }), 'actor-invalid'],
    ['of an unknown issuer', () => actor({ issuer: 'https://other.example' }), 'actor-invalid'],
    ['that another signed', () => issuer.actor({}, generateSigner('ecdsa-p256-sha256')), 'actor-invalid'],
    ['of an officer without a role', () => withoutRole(), 'actor-invalid'],
    ['of another kind', () => issuer.receipt(), 'actor-invalid'],
    [
      'whose session’s list is elsewhere',
      () => actor({ session: { uri: 'http://127.0.0.1:1/s', index: 1 } }),
      'actor-invalid',
    ],
    ['whose session is no place in a list', () => actor({ session: {} as never }), 'actor-invalid'],
    [
      'whose list is elsewhere',
      () => actor({ status: { uri: 'http://127.0.0.1:1/s', index: 1 } }),
      'actor-invalid',
    ],
  ]
  const withoutRole = () => {
    const token: Partial<ActorToken> = { kind: 'officer' }
    return actor({ ...token, officer: undefined as never })
  }
  it.each(refused)('is refused with a token %s, at each gateway by itself', async (_, jws, code) => {
    expect(await ask(jws())).toMatchObject({ code })
    expect(await send(jws())).toBe(code)
    expect(country.register.asked).toEqual([])
  })

  it('is refused once they may not act any more', async () => {
    const at = index++
    const jws = actor({ status: { uri: issuer.uri, index: at } })
    expect((await ask(jws)).status).toBe(200)
    issuer.set(at, 'suspended')
    await expect.poll(async () => (await ask(jws)).code).toBe('actor-withdrawn')
    await expect.poll(() => send(jws)).toBe('actor-withdrawn')
  })

  it('is refused once the session is over in which it was given, though the mandate holds', async () => {
    const [mandate, session] = [index++, index++]
    const place = (at: number) => ({ uri: issuer.uri, index: at })
    const jws = actor({ status: place(mandate), session: place(session) })
    expect((await ask(jws)).status).toBe(200)
    issuer.set(session, 'withdrawn')
    await expect.poll(async () => (await ask(jws)).code).toBe('actor-withdrawn')
    await expect.poll(() => send(jws)).toBe('actor-withdrawn')
  })
})

describe('who acts for another', () => {
  const forAnother = (changes: Partial<ActorToken> = {}) =>
    actor({
      kind: 'mandate',
      officer: undefined as never,
      act: { sub: 'opaque-1' },
      represents: { kind: 'person', id: somebody },
      scope: 'file-tax',
      purposes: ['tax-assessment'],
      ...changes,
    })

  it('is answered for the purposes of what they were let do, which stands in the evidence', async () => {
    const { status, exchange } = await ask(forAnother())
    expect(status).toBe(200)
    for (const gateway of [country.rd, country.dopa]) {
      const view = await gateway.operator('GET', `/v1/evidence/${exchange}`)
      expect(view.actor).toMatchObject({ kind: 'mandate', scope: 'file-tax', purposes: ['tax-assessment'] })
    }
  })

  const outside: [what: string, changes: Partial<ActorToken>][] = [
    ['for other purposes', { scope: 'move-house', purposes: ['address-change'] }],
    ['for no purpose', { purposes: [] }],
    ['that does not say for what', { scope: undefined as never, purposes: undefined as never }],
    ['of a helper, for other purposes', { kind: 'helper', purposes: ['citizen-service'] }],
  ]
  it.each(outside)('is refused with a token %s, at each gateway by itself', async (_, changes) => {
    expect(await ask(forAnother(changes))).toMatchObject({ status: 403, code: 'actor-scope-outside' })
    expect(await send(forAnother(changes))).toBe('actor-scope-outside')
    expect(country.register.asked).toEqual([])
  })
})

describe('a grant for officers', () => {
  let grant = ''
  beforeAll(async () => {
    const terms = { ...grantTerms, purpose: 'audit', actor: 'officer' }
    grant = String((await country.dopa.operator('POST', '/v1/grants', terms)).hash)
    await country.rd.gateway.directory.refresh()
  })

  it('is for a proven officer, and for nobody else', async () => {
    expect((await ask(actor(), 'audit')).status).toBe(200)
    const { officer: _, ...person } = { kind: 'person' as const, officer: undefined }
    for (const jws of [undefined, issuer.actor({ ...person, officer: undefined as never })]) {
      expect((await ask(jws, 'audit')).code).toBe('actor-required')
    }
    expect(await send(issuer.actor({ ...person, officer: undefined as never }), grant, 'audit')).toBe(
      'actor-required',
    )
  })

  it('can’t be for a kind that there is not', async () => {
    const terms = { ...grantTerms, purpose: 'audit', actor: 'robot' }
    await expect(country.dopa.operator('POST', '/v1/grants', terms)).rejects.toThrow('422')
  })
})
