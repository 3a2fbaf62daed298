import { randomUUID } from 'node:crypto'
import { caseworkMigrations, createCasework } from '@sapan/casework'
import { migrate, WorkingDays } from '@sapan/kernel'
import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accessRoutes } from '../../src/desk/access/routes.ts'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'
import { type UnusualDoor, watchUnusual } from '../../src/usage/unusual/watch.ts'
import type { Visitor } from '../../src/visitor.ts'
import { type TestGround, testGround } from '../ground.ts'
import { shown, visitor } from '../visit.ts'

const [rd, dopa] = ['TH/GOV/RD', 'TH/GOV/DOPA']
let ground: TestGround
let casework: ReturnType<typeof createCasework>
let visit: ReturnType<typeof visitor>
let subjects: ReturnType<typeof pairwiseSubjects>
/** Agencies that have a data-protection officer. */
const staffed = new Set([rd, dopa])

beforeAll(async () => {
  ground = await testGround()
  await migrate(ground.pool, 'casework', caseworkMigrations)
  subjects = pairwiseSubjects(ground.hashKey)
  casework = createCasework({
    ...ground,
    days: new WorkingDays(loadCountry().calendar),
    officers: { colleagues: async () => [], nameOf: async () => undefined },
    tell: async () => {},
  })
  const words = {
    member: () => undefined,
    service: () => undefined,
    operation: () => undefined,
    purpose: () => undefined,
    field: () => undefined,
  }
  visit = visitor(accessRoutes({ casework, words, subjects }))
})
afterAll(() => ground.database.drop())

const culprit: string = randomUUID()

function access(number: number) {
  return {
    number,
    exchange: String(randomUUID()),
    at: ground.clock(),
    member: dopa,
    client: `${rd}/efiling`,
    service: `${dopa}/population/person-v1`,
    purpose: 'tax-assessment',
    officer: subjects.subjectOf(rd, culprit),
    duty: 'case-officer',
    rules: ['volume', 'no-case'],
    calls: 77,
  }
}

class Door implements UnusualDoor {
  readonly gateway = `gateway ${randomUUID()}`
  accesses = [access(1), access(2)]
  isSilent = false

  async list(after: number): Promise<unknown> {
    if (this.isSilent) throw new Error('no answer')
    return { accesses: this.accesses.filter(({ number }) => number > after) }
  }

  async evidence(): Promise<unknown> {
    const title = { th: 'นิติกร', en: 'Legal officer <b>' }
    return {
      actor: { proven: true, officer: { agency: rd, title } },
      records: [{ fields: [] }, { fields: ['name', 'address'] }],
    }
  }
}

function officer(agency = rd, account: string = randomUUID(), duties = ['data-protection-officer']): Visitor {
  const level = { ial: '2.3', aal: '2.2' }
  const signedIn = { account, name: 'O', session: 's', level, authenticatedAt: ground.clock() }
  return { ...signedIn, officer: { appointment: 'a', agency, duties } }
}

const watch = (...doors: UnusualDoor[]) =>
  watchUnusual(ground, { doors, casework, hasOfficers: async (agency) => staffed.has(agency) })

let door: Door
beforeEach(() => {
  door = new Door()
  staffed.add(rd)
})

async function waitingAt(agency: string): Promise<string[]> {
  const account = randomUUID()
  const query = { show: 'waiting', sort: 'opened', descending: true, limit: 100 } as const
  const found = await casework.list({ account, agency, duties: ['data-protection-officer'] }, query)
  const mine = door.accesses.map(({ exchange }) => exchange)
  return found.tasks.filter(({ reference }) => mine.includes(reference ?? '')).map(({ id }) => id)
}

describe('what gateways found unusual', () => {
  it('becomes a task of the officer’s own agency, once each', async () => {
    expect(await watch(door)).toBe(2)
    expect(await watch(door)).toBe(0)
    door.accesses.push(access(3))
    expect(await watch(door)).toBe(1)
    expect(await waitingAt(rd)).toHaveLength(3)
  })

  it('becomes one task where several processes look at once', async () => {
    const opened = await Promise.all([watch(door), watch(door), watch(door)])
    expect(opened.reduce((sum, one) => sum + one)).toBe(2)
    expect(await waitingAt(rd)).toHaveLength(2)
  })

  it('is a task of the one whose data it was, where the other has nobody for it', async () => {
    staffed.delete(rd)
    await watch(door)
    expect(await waitingAt(dopa)).toHaveLength(2)
  })

  it.each<[string, (one: Door) => void]>([
    ['is silent', (one) => (one.isSilent = true)],
    ['answers something else', (one) => (one.accesses = [{ ...access(1), exchange: '../../etc' }])],
  ])('is read from the others where one %s', async (_what, breaks) => {
    const broken = new Door()
    breaks(broken)
    expect(await watch(broken, door)).toBe(2)
  })
})

describe('a data-protection officer', () => {
  async function one(): Promise<string> {
    await watch(door)
    return (await waitingAt(rd))[0] ?? ''
  }
  const decide = (who: Visitor, task: string, form: Record<string, string>) =>
    visit(who, ['POST', `/desk/access/${task}`], { form: { version: '1', ...form } }).then(
      shown,
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
    )

  it.each(['th', 'en'] as const)('sees in %s who looked, at what, and why it is here', async (language) => {
    const task = await one()
    expect(shown(await visit(officer(), ['GET', '/desk/access'], { language }))).toContain(task)
    const page = shown(await visit(officer(), ['GET', `/desk/access/${task}`], { language }))
    expect(page).toContain(language === 'th' ? 'นิติกร' : 'Legal officer &lt;b>')
    expect(page).toContain(language === 'th' ? 'ไม่มีเลขเรื่อง' : 'No case behind it')
    for (const said of ['address', '77']) expect(page).toContain(said)
  })

  it.each(['in-order', 'misuse'])('decides “%s”, with reasons, once', async (decision) => {
    const [who, task] = [officer(), await one()]
    const form = { decision, reasons: 'Asked of the superior.' }
    expect(await decide(who, task, form)).toBe(`to /desk/access/${task}`)
    expect(await decide(who, task, form)).toMatch(/^task-/)
    const page = shown(await visit(who, ['GET', `/desk/access/${task}`]))
    expect(page).toContain('Asked of the superior.')
    expect(page).not.toContain('<form')
  })

  it.each([{ decision: 'misuse', reasons: ' ' }, { reasons: 'Why' }, { decision: 'maybe', reasons: 'Why' }])(
    'is asked again where something is missing: %j',
    async (form) => {
      expect(await decide(officer(), await one(), form)).toContain('Choose a decision')
    },
  )

  it.each<[string, () => Visitor, string]>([
    ['of another agency', () => officer(dopa), 'task-not-found'],
    ['whose own access it was', () => officer(rd, culprit), 'access-about-oneself'],
    ['with another duty', () => officer(rd, randomUUID(), ['case-officer']), 'officer-duty-missing'],
  ])('%s does not decide', async (_who, who, code) => {
    expect(await decide(who(), await one(), { decision: 'in-order', reasons: 'Why' })).toBe(code)
  })
})
