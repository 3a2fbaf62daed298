import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'
import { createUsage, type Usage } from '../../src/usage/usage.ts'
import { type TestGround, testGround } from '../ground.ts'
import { outcome } from './house.ts'

const exchange = '01939c2e-0000-7000-8000-000000000001'
const rd = { owner: 'TH/GOV/RD', gateways: ['g'], members: [{ id: 'TH/GOV/RD', name: { th: 'ส', en: 'R' } }] }
const access = {
  withheld: false,
  exchange,
  at: '2026-11-20T03:00:00.000Z',
  member: 'TH/GOV/RD',
  side: 'consumer',
  client: 'TH/GOV/RD/efiling',
  service: 'TH/GOV/DOPA/population/person-v1',
  operation: 'getPerson',
  purpose: 'tax-assessment',
  law: 'x',
  fields: ['name'],
  status: 200,
}
let ground: TestGround
let usage: Usage
const opened: { agency: string; duty: string; subject: string }[] = []
const numbers = new Map<string, string>()
const people = { subject: randomUUID(), stranger: randomUUID(), unproved: randomUUID() }

beforeAll(async () => {
  ground = await testGround()
  for (const [role, id] of Object.entries(people)) {
    await ground.pool.query(
      `insert into identity.account (id, state, ial, created_at, changed_at) values ($1, 'open', '2.3', now(), now())`,
      [id],
    )
    if (role !== 'unproved') numbers.set(id, role)
  }
  usage = createUsage(ground, {
    accounts: {
      identifiersOf: async (id) => {
        const value = numbers.get(id)
        return value === undefined ? [] : [{ scheme: 'national-id', value, proved: true }]
      },
    },
    tokens: { subject: ({ subject }) => subject },
    subjects: pairwiseSubjects(ground.hashKey),
    hasOfficers: async () => true,
    operator: 'TH/GOV/DGA',
    // The gateway tells each only of themselves.
    door: {
      operators: async () => [rd],
      ask: async ({ token }) => ({ accesses: token === 'subject' ? [access] : [], next: null }),
      prove: async ({ token }) => {
        if (token !== 'subject') throw new Error('not theirs')
        return new Uint8Array([1])
      },
    },
    casework: { open: async (_, task) => opened.push(task), stateFor: async () => [] },
  })
})
afterAll(() => ground.database.drop())

/** The page of whom it is about. */
const page = async () => (await usage.of(people.subject)).id

describe('asking an agency about an access', () => {
  it.each([
    ['subject', 'done'],
    ['stranger', 'usage-page-over'],
    ['unproved', 'usage-page-over'],
  ] as const)('as %s: %s', async (role, expected) => {
    opened.length = 0
    const place = { page: await page(), exchange }
    expect(await outcome(usage.ask(people[role], place, 'ทำไมจึงดู'))).toBe(expected)
    const task = { agency: 'TH/GOV/RD', duty: 'data-protection-officer', subject: people.subject }
    expect(opened).toMatchObject(expected === 'done' ? [task] : [])
  })

  it('is for an access of one’s own page alone', async () => {
    const own = (await usage.of(people.stranger)).id
    expect(await outcome(usage.ask(people.stranger, { page: own, exchange }, 'x'))).toBe('usage-page-over')
    const other = { page: await page(), exchange: randomUUID() }
    expect(await outcome(usage.ask(people.subject, other, 'x'))).toBe('usage-page-over')
  })
})

describe('the proof of an access', () => {
  it.each([
    ['subject', 'done'],
    ['stranger', 'usage-page-over'],
  ] as const)('as %s: %s', async (role, expected) => {
    const place = { page: await page(), exchange, member: 'TH/GOV/RD' }
    expect(await outcome(usage.prove(people[role], place))).toBe(expected)
  })
})

describe('seeing who looked', () => {
  it('needs a proved number', async () => {
    expect(await outcome(usage.of(people.unproved))).toBe('usage-unidentified')
  })
})
