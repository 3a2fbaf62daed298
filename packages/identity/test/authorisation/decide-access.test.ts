import { randomUUID } from 'node:crypto'
import { caseworkMigrations, createCasework } from '@sapan/casework'
import { migrate, WorkingDays } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessRoutes } from '../../src/desk/access/routes.ts'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'
import { watchUnusual } from '../../src/usage/unusual/watch.ts'
import type { Visitor } from '../../src/visitor.ts'
import { type TestGround, testGround } from '../ground.ts'
import { visitor } from '../visit.ts'
import { outcome } from './house.ts'

const [rd, dopa] = ['TH/GOV/RD', 'TH/GOV/DOPA']
const dpo = 'data-protection-officer'
const culprit = randomUUID()
let ground: TestGround
let casework: ReturnType<typeof createCasework>
let visit: ReturnType<typeof visitor>
let tasks: string[]

beforeAll(async () => {
  ground = await testGround()
  await migrate(ground.pool, 'casework', caseworkMigrations)
  const subjects = pairwiseSubjects(ground.hashKey)
  casework = createCasework({
    ...ground,
    days: new WorkingDays(loadCountry().calendar),
    officers: { colleagues: async () => [], nameOf: async () => undefined },
    tell: async () => {},
  })
  const nothing = () => undefined
  const words = { member: nothing, service: nothing, operation: nothing, purpose: nothing, field: nothing }
  visit = visitor(accessRoutes({ casework, words, subjects }))
  const access = (number: number) => ({
    number,
    exchange: randomUUID(),
    at: ground.clock(),
    member: dopa,
    client: `${rd}/efiling`,
    service: `${dopa}/population/person-v1`,
    purpose: 'tax-assessment',
    officer: subjects.subjectOf(rd, culprit),
    duty: 'case-officer',
    rules: ['volume'],
    calls: 77,
  })
  const door = {
    gateway: 'gateway',
    list: async (after: number) => ({
      accesses: [1, 2, 3, 4, 5].map(access).filter(({ number }) => number > after),
    }),
    evidence: async () => ({ actor: { proven: true, officer: { agency: rd } }, records: [] }),
  }
  await watchUnusual(ground, { doors: [door], casework, hasOfficers: async () => true })
  const query = { show: 'waiting', sort: 'opened', descending: true, limit: 10 } as const
  const all = await casework.list({ account: randomUUID(), agency: rd, duties: [dpo] }, query)
  tasks = all.tasks.map(({ id }) => id)
})
afterAll(() => ground.database.drop())

function officer(agency: string, duties: readonly string[], account: string = randomUUID()): Visitor {
  const level = { ial: '2.3', aal: '2.2' }
  const signedIn = { account, name: 'O', session: 's', level, authenticatedAt: ground.clock() }
  return { ...signedIn, officer: { appointment: 'a', agency, duties } }
}

const decide = async (who: Visitor) => {
  const task = tasks[0] ?? ''
  const form = { decision: 'in-order', reasons: 'ตรวจแล้ว', version: '1' }
  return outcome(visit(who, ['POST', `/desk/access/${task}`], { form }))
}

describe('deciding about an unusual access (POST /desk/access/:task)', () => {
  it.each([
    ['with another duty', () => officer(rd, ['case-officer', 'administrator']), 'officer-duty-missing'],
    ['of another agency', () => officer(dopa, [dpo]), 'task-not-found'],
    ['whose own access it is', () => officer(rd, [dpo], culprit), 'access-about-oneself'],
    ['of the agency, with the duty', () => officer(rd, [dpo]), 'done'],
  ] as const)('by an officer %s', async (_who, who, expected) => {
    expect(await decide(who())).toBe(expected)
  })

  it('is for nobody without an appointment', async () => {
    const { officer: _none, ...citizen } = officer(rd, [dpo])
    expect(await decide(citizen)).not.toBe('done')
  })
})
