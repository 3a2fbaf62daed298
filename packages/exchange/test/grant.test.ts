import { Problem } from '@sapan/kernel'
import { generateSigner } from '@sapan/trust'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chooseGrant, type GrantQuestion } from '../src/grant/choose.ts'
import { type Grant, grantHash, readGrant, signGrant } from '../src/grant/grant.ts'
import { readGrantPayload } from '../src/grant/payload.ts'
import { RateLimiter } from '../src/grant/rate.ts'

const grant: Grant = {
  id: 'g1',
  consumer: 'TH/GOV/RD/efiling',
  service: 'TH/GOV/DOPA/population/person-v1',
  provider: 'TH/GOV/DOPA',
  operations: {
    getPerson: { fields: ['nationalId', 'name.given'], query: ['view'] },
    searchPersons: { fields: ['persons.name'], query: [] },
  },
  purpose: 'tax-assessment',
  law: { act: { th: 'ประมวลรัษฎากร', en: 'Revenue Code' }, section: '19' },
  rate: { calls: 10, seconds: 60 },
  notBefore: '2026-01-01T00:00:00Z',
  expires: '2027-01-01T00:00:00Z',
  consent: false,
}
const question: GrantQuestion = {
  consumer: grant.consumer,
  service: grant.service,
  operation: 'getPerson',
  queryNames: [],
  at: Date.parse('2026-06-01T00:00:00Z'),
}

describe('chooseGrant', () => {
  it('takes the only live grant, and says that its purpose is implied', () => {
    expect(chooseGrant([grant], question)).toStrictEqual({
      grant,
      operation: grant.operations.getPerson,
      impliedPurpose: true,
    })
    expect(chooseGrant([grant], { ...question, purpose: 'tax-assessment' }).impliedPurpose).toBe(false)
  })

  const other = { ...grant, id: 'g2', purpose: 'refund' }
  const table: [what: string, grants: Grant[], change: Partial<GrantQuestion>, code: string][] = [
    ['no grant at all', [], {}, 'no-grant'],
    ['a grant to another subsystem', [grant], { consumer: 'TH/GOV/RD/other' }, 'no-grant'],
    ['a grant on another service', [grant], { service: 'TH/GOV/DOPA/population/person-v2' }, 'no-grant'],
    ['a purpose without grant', [grant], { purpose: 'curiosity' }, 'purpose-not-granted'],
    ['an operation that is not granted', [grant], { operation: 'deletePerson' }, 'operation-not-granted'],
    [
      'an operation named like an inherited member',
      [grant],
      { operation: 'constructor' },
      'operation-not-granted',
    ],
    [
      'a moment before the grant begins',
      [grant],
      { at: Date.parse(grant.notBefore) - 1 },
      'grant-not-yet-valid',
    ],
    ['the moment when the grant begins', [grant], { at: Date.parse(grant.notBefore) }, ''],
    ['the last moment of the grant', [grant], { at: Date.parse(grant.expires) - 1 }, ''],
    ['the moment when the grant ends', [grant], { at: Date.parse(grant.expires) }, 'grant-expired'],
    ['several purposes and none named', [grant, other], {}, 'purpose-required'],
    ['several purposes and one named', [grant, other], { purpose: 'refund' }, ''],
    [
      'several purposes of which one has expired',
      [grant, { ...other, expires: '2026-02-01T00:00:00Z' }],
      {},
      '',
    ],
    ['several purposes of which one has the operation', [grant, { ...other, operations: {} }], {}, ''],
    ['a query parameter that is granted', [grant], { queryNames: ['view'] }, ''],
    [
      'a query parameter that is not granted',
      [grant],
      { queryNames: ['view', 'nationalId'] },
      'query-not-granted',
    ],
    [
      'a query parameter granted for another operation',
      [grant],
      { operation: 'searchPersons', queryNames: ['view'] },
      'query-not-granted',
    ],
    ['a grant that needs consent, which is the next step’s to check', [{ ...grant, consent: true }], {}, ''],
    ['one grant with consent and one without', [{ ...grant, consent: true }, grant], {}, ''],
  ]
  it.each(table)('answers %s', (_, grants, change, code) => {
    expect(refused(() => chooseGrant(grants, { ...question, ...change }))?.code ?? '').toBe(code)
  })

  it('takes among grants of one purpose the one that allows the query and lasts longest', () => {
    const longer = {
      ...grant,
      id: 'g3',
      expires: '2028-01-01T00:00:00Z',
      operations: { getPerson: { fields: [], query: [] } },
    }
    expect(chooseGrant([grant, longer], question).grant.id).toBe('g3')
    expect(chooseGrant([grant, longer], { ...question, queryNames: ['view'] }).grant.id).toBe('g1')
  })

  it('lists the purposes, the provider and the operation to ask for', () => {
    const ambiguous = refused(() => chooseGrant([grant, other], question))
    expect(ambiguous?.extensions.purposes).toStrictEqual(['refund', 'tax-assessment'])
    const denied = refused(() => chooseGrant([], question))
    for (const text of [denied?.detail?.en, denied?.detail?.th]) {
      for (const part of ['TH/GOV/DOPA', question.consumer, question.service, 'getPerson'])
        expect(text).toContain(part)
    }
  })

  it('names ungranted query parameters, but nothing that may be a person’s number', () => {
    const denied = refused(() =>
      chooseGrant([grant], { ...question, queryNames: ['familyName', '1234567890123', 'id=1'] }),
    )
    expect(denied?.extensions.parameters).toStrictEqual(['familyName'])
    expect(JSON.stringify([denied?.detail, denied?.extensions])).not.toContain('1234567890123')
  })
})

describe('a signed grant', () => {
  const signer = generateSigner('ecdsa-p256-sha256')

  it('is read again as it was, and is its provider’s', () => {
    const withheld = { ...grant, withheldUntil: '2026-12-01T00:00:00Z', rate: null }
    for (const one of [grant, withheld]) {
      const jws = signGrant(one, { signer, chain: [Buffer.from('certificate')] })
      const read = readGrant(jws)
      expect(read.grant).toStrictEqual(one)
      expect(read.hash).toBe(grantHash(jws))
      expect(read.hash).toMatch(/^[0-9a-f]{64}$/)
      expect(read.chain).toStrictEqual([Buffer.from('certificate')])
      expect(read.verify(signer.publicKey)).toBe(true)
      expect(read.verify(generateSigner('ecdsa-p256-sha256').publicKey)).toBe(false)
    }
  })

  it('is refused where anything in it is not as it must be', () => {
    const bad: object[] = [
      { more: 1 },
      { consumer: 'TH/GOV/RD' },
      { provider: 'TH/GOV/RD' },
      { operations: {} },
      { operations: { getPerson: { fields: ['a..b'], query: [] } } },
      { operations: { getPerson: { fields: ['a.*'], query: [] } } },
      { operations: { getPerson: { fields: 'name', query: [] } } },
      { operations: { getPerson: { fields: [], query: [], more: [] } } },
      { purpose: '' },
      { purpose: 'Tax assessment' },
      { law: { act: { th: 'ก' }, section: '1' } },
      { rate: { calls: 0, seconds: 1 } },
      { rate: { calls: 1.5, seconds: 1 } },
      { rate: undefined },
      { notBefore: 'yesterday' },
      { notBefore: '2026-13-01T00:00:00Z' },
      { expires: grant.notBefore },
      { consent: 'no' },
      { withheldUntil: 1 },
    ]
    for (const change of bad) {
      const code = refused(() => readGrantPayload({ ...grant, ...change }))?.code
      expect([change, code === 'grant-malformed' || code === 'address-malformed']).toStrictEqual([
        change,
        true,
      ])
    }
  })
})

describe('RateLimiter', () => {
  it('allows the calls of one interval at once, then as fast as the rate fills', () => {
    let now = 0
    const rates = new RateLimiter(() => now)
    const rate = { calls: 10, seconds: 60 }
    for (let n = 0; n < 10; n++) rates.take('g', rate)
    expect(refused(() => rates.take('g', rate))?.extensions.retryAfter).toBe(6)
    rates.take('other', rate)
    now = 5_999
    expect(refused(() => rates.take('g', rate))?.extensions.retryAfter).toBe(1)
    now = 6_000
    rates.take('g', rate)
    expect(refused(() => rates.take('g', rate))?.code).toBe('rate-exceeded')
  })

  it('never limits a grant without a rate', () => {
    const rates = new RateLimiter(() => 0)
    for (let n = 0; n < 1000; n++) rates.take('g', null)
  })

  it('fills nothing when the clock is set back, and goes on from there', () => {
    let now = 1_000_000
    const rates = new RateLimiter(() => now)
    rates.take('g', { calls: 1, seconds: 10 })
    now = 0
    expect(refused(() => rates.take('g', { calls: 1, seconds: 10 }))?.code).toBe('rate-exceeded')
    now = 10_000
    rates.take('g', { calls: 1, seconds: 10 })
  })

  it('allows in no span of time more than one bucket and what filled meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 3000 }), { maxLength: 100 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (steps, calls, seconds) => {
          let now = 0
          let allowed = 0
          const rates = new RateLimiter(() => now)
          for (const step of steps) {
            now += step
            if (!refused(() => rates.take('g', { calls, seconds }))) allowed++
            expect(allowed).toBeLessThanOrEqual(calls + (now / 1000) * (calls / seconds) + 1e-6)
          }
        },
      ),
    )
  })
})

describe('a condition that this gateway does not know', () => {
  it.each([
    ['in the grant', { ...grant, weekdays: 'Mo-Fr' }],
    ['in its rate', { ...grant, rate: { calls: 10, seconds: 60, per: 'subject' } }],
    ['in its law', { ...grant, law: { ...grant.law, until: '2026-07-01' } }],
    ['in an operation', { ...grant, operations: { getPerson: { fields: [], query: [], rows: 1 } } }],
  ])('is not passed over: %s', (_, payload) => {
    expect(refused(() => readGrantPayload(payload))?.code).toBe('grant-malformed')
  })
})

function refused(act: () => unknown): Problem | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}
