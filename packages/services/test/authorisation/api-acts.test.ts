import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { type ApiOffice, any, mali, openApiOffice, somchai } from '../api/office.ts'
import { evidence } from '../prefill/made.ts'
import { monday, officer, people, mali as submitter } from '../submission/office.ts'

const company = { scheme: 'juristic-id', id: '0105561234567' } as const
const partner = people.somchai.number
const title = { th: 'บริษัท เรือทอง จำกัด', en: 'Golden Boat' }
const directorsMandates = [randomUUID(), randomUUID()] as const

let api: ApiOffice
/** What identity was asked to let them do, and writes into histories. */
const recorded: object[] = []
/** Whether the first person still directs the company. */
let isDirector = true
/** The kinds of acts of which the mandate says that they may do them. */
let scopes = [{ code: 'apply', how: 'alone' }]
beforeAll(async () => {
  api = await openApiOffice({
    applicant: { as: ['self', 'company'], scope: 'apply' },
    evidence: [evidence('person', { fields: ['name'] })],
  })
  const held = (account: string) =>
    isDirector && account === mali
      ? [{ id: 'mandate', source: 'company', name: title, scopes, content: { number: company.id } }]
      : []
  const mandates = {
    of: async (account: string) => held(account),
    interests: async (account: string) => ({ held: held(account), silent: [] }),
    own: async (_doer: unknown, id: string) => ({ id, source: 'company', suspended: !isDirector }),
    mayBeUnderAge: async () => false,
    act: async (_doer: unknown, mandate: string, request: object) => {
      recorded.push(request)
      return { mandate }
    },
  }
  Object.assign(api.office.ground.rooms, { mandates, officers: { holdersOf: async () => [] } })
})
afterAll(() => api?.[Symbol.asyncDispose]())
beforeEach(() => {
  isDirector = true
  scopes = [{ code: 'apply', how: 'alone' }]
})

interface Act {
  /** Below the case. */
  readonly at: (id: string) => Promise<string>
  readonly body?: object
  /** As which it can be done. */
  readonly made: (content?: object) => Promise<string>
}

const handedIn = async (content: object = {}) =>
  await api.office.submit(await api.office.draft(content), submitter(api.office.at))

async function asked(content: object = {}): Promise<string> {
  const id = await handedIn(content)
  const { cases } = api.office
  const { caseVersion } = await cases.read(officer, id)
  const taken = await cases.take(officer, { case: id, version: caseVersion })
  await cases.ask(officer, { case: id, version: taken.caseVersion }, 'เรือสีอะไร')
  return id
}

async function refused(content: object = {}): Promise<string> {
  const id = await handedIn(content)
  const { cases, ground } = api.office
  const { caseVersion } = await cases.read(officer, id)
  const taken = await cases.take(officer, { case: id, version: caseVersion })
  const ruling = { outcome: 'refused', favours: false, reasons: [{ id: 'unsafe', words: 'x' }], inputs: {} }
  await cases.decide(officer, { case: id, version: taken.caseVersion }, ruling)
  await carryOut(ground, id)
  return id
}

const large = { answers: { boat: 'เรือใบ', metres: 6 } }
const below = (act: string) => async (id: string) => `/api/applications/${id}/${act}`

/** What the payment is called, the applicant knows; that somebody else knows it too does not help them. */
async function paymentOf(id: string): Promise<string> {
  const { value } = await api.call(`/api/applications/${id}`, { as: mali })
  return `/api/applications/${id}/payments/${value.payments[0]?.id}`
}

const acts: Readonly<Record<string, Act>> = {
  withdraw: { at: below('withdraw'), body: {}, made: asked },
  appeal: { at: below('appeal'), body: { text: 'เรือซ่อมแล้ว' }, made: refused },
  reply: { at: below('reply'), body: { text: 'สีแดง' }, made: asked },
  asked: { at: below('reply'), made: asked },
  payment: { at: paymentOf, made: (content) => handedIn({ ...large, ...content }) },
}

async function send(id: string, { at, body }: Act, as: string | undefined) {
  const sent = { ...(body && { body, method: 'POST' }), ...(as !== undefined && { as }), headers: any }
  const { status, value, type } = await api.call(await at(id), sent)
  return { status, code: value?.code, type }
}

const problem = 'application/problem+json'
const story = async (id: string) => (await api.office.cases.byId(api.office.ground.pool, id))?.caseVersion

/** That nobody who tries gets anywhere: the same as for a case that never was, and nothing of it changes. */
async function expectNotDone(id: string, act: Act, as: string | undefined, [status, code]: [number, string]) {
  const before = await story(id)
  expect(await send(id, act, as)).toEqual({ status, code, type: problem })
  expect(await story(id)).toBe(before)
}

describe.each(Object.entries(acts))('what a program does on an application: %s', (name, act) => {
  it('is for the applicant’s own', async () => {
    expect((await send(await act.made(), act, mali)).status).toBe(200)
  })

  it('is not for who has no token, one that is none, or one without the scope', async () => {
    const id = await act.made()
    await expectNotDone(id, act, undefined, [401, 'api-token-needed'])
    await expectNotDone(id, act, 'nobody', [401, 'api-token-invalid'])
    await expectNotDone(id, act, `${mali}-poor`, [403, 'api-scope-missing'])
  })

  it('is not there for another person, which is logged', async () => {
    const id = await act.made()
    api.office.lines.length = 0
    await expectNotDone(id, act, somchai, [404, 'case-not-found'])
    expect(api.office.lines.some((line) => line.includes(somchai) && line.includes(id))).toBe(true)
  })

  it('is not there for who was only asked for their consent to it', async () => {
    const id = await handedIn({ answers: { boat: 'เรือใบ', metres: 4, partner } })
    const before = await story(id)
    const { status } = await send(id, act, somchai)
    expect(status).toBe(404)
    expect(await story(id)).toBe(before)
  })

  it.skipIf(name === 'payment')('is for who acts for a company, as long as they do', async () => {
    const applicant = { account: mali, kind: 'company', ...company, name: title, mandate: 'mandate' }
    const id = await act.made({ applicant })
    isDirector = false
    await expectNotDone(id, act, mali, [404, 'case-not-found'])
    const { value } = await api.call(`/api/applications/${id}`, { as: mali })
    expect(value.links).toEqual({})
    isDirector = true
    scopes = [{ code: 'see-documents', how: 'alone' }]
    await expectNotDone(id, act, mali, [404, 'case-not-found'])
    scopes = [{ code: 'apply', how: 'alone' }]
    expect((await send(id, act, mali)).status).toBe(200)
  })
})

describe('what a program does for a company', () => {
  const applicant = { account: mali, kind: 'company', ...company, name: title, mandate: 'mandate' }
  const scope = { scope: 'apply' }

  it.each([
    ['withdraw', { seal: true }, { ...scope, seal: true }],
    ['appeal', { text: 'เรือซ่อมแล้ว', seal: true }, { ...scope, seal: true }],
    ['reply', { text: 'สีแดง' }, { ...scope, preparing: true }],
  ])('is done under their mandate, and stands in the histories of both: %s', async (name, body, expected) => {
    const act = acts[name]
    const id = (await act?.made({ applicant })) ?? ''
    recorded.length = 0
    expect(act && (await send(id, { ...act, body }, mali)).status).toBe(200)
    expect(recorded).toEqual([{ ...expected, agency: expect.any(String) }])
    recorded.length = 0
    const own = (await act?.made()) ?? ''
    expect(act && (await send(own, act, mali)).status).toBe(200)
    expect(recorded).toEqual([])
  })

  it('has the seal put to it as a yes or no', async () => {
    const id = await asked({ applicant })
    expect(await send(id, { ...acts.withdraw, body: { seal: 'yes' } } as Act, mali)).toMatchObject({
      code: 'api-body-malformed',
    })
  })
})

describe('a dispute of what a register says', () => {
  const body = { path: 'name', text: 'สะกดผิด' }
  const fact = {
    state: 'fetched',
    askedAt: monday,
    agreed: true,
    exchange: 'x',
    data: { name: 'มะลิ' },
  } as const
  const at = (draft: string) => `/api/services/boat-licence/drafts/${draft}/facts/person/disputes`
  const dispute = async (draft: string, as?: string, mandate?: string) => {
    const headers = { ...any, ...(mandate !== undefined && { 'sapan-mandate': mandate }) }
    const sent = { body, method: 'POST', headers, ...(as !== undefined && { as }) }
    const { status, value } = await api.call(at(draft), sent)
    return [status, value.code]
  }
  const tasks = async () =>
    (await api.office.database.pool.query('select from casework.task where kind = $1', ['register-dispute']))
      .rowCount

  it('is for whose draft it is, and for nobody else', async () => {
    const { id } = await api.office.draft({ facts: { person: fact } })
    expect(await dispute(id)).toEqual([401, 'api-token-needed'])
    expect(await dispute(id, 'nobody')).toEqual([401, 'api-token-invalid'])
    expect(await dispute(id, `${mali}-poor`)).toEqual([403, 'api-scope-missing'])
    expect(await dispute(id, somchai)).toEqual([404, 'draft-not-found'])
    expect(await tasks()).toBe(0)
    expect((await dispute(id, mali))[0]).toBe(200)
    expect(await tasks()).toBe(1)
  })

  it('is not for whose level is too low', async () => {
    const { id } = await api.office.draft({ facts: { person: fact } })
    api.setLevel('1.0')
    const answer = await dispute(id, mali)
    api.setLevel('2.1')
    expect(answer).toEqual([401, 'api-level-too-low'])
  })
})

describe('what a program hands in for a company', () => {
  it('is under the mandate of whose program it is, whoever filled it in', async () => {
    const of = (account: string) => (account === mali ? directorsMandates[0] : directorsMandates[1])
    const covered = { source: 'company', content: { number: company.id, name: title, scopes: ['apply'] } }
    const { rooms } = api.office.ground
    const { mandates } = rooms
    const acted: string[] = []
    const own = async (_: object, id: string) => ({ ...covered, id })
    const act = async ({ account }: { account: string }, id: string) => {
      if (id !== of(account)) throw new Error('a mandate of somebody else')
      acted.push(account)
    }
    Object.assign(rooms, { mandates: { ...mandates, own, act } })
    const applicant = { account: mali, kind: 'company', ...company, name: title, mandate: of(mali) } as const
    const owner = { account: mali, party: company }
    const { content } = await api.office.draft({ applicant, facts: {} })
    const version = { service: 'boat-licence', version: 1 }
    const draft = await api.office.drafts.create(owner, { ...version, content })
    const { status, value } = await api.call(`/api/services/boat-licence/drafts/${draft.id}/submit`, {
      ...{ as: somchai, body: { declared: true } },
      headers: { ...any, 'sapan-mandate': of(somchai) },
    })
    Object.assign(rooms, { mandates })
    expect([status, acted]).toEqual([201, [somchai]])
    expect(await api.office.cases.byId(api.office.ground.pool, value.id)).toMatchObject({
      applicant: somchai,
    })
  })
})
