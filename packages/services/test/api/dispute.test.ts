import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../src/application/fact.ts'
import { evidence } from '../prefill/made.ts'
import { monday } from '../submission/office.ts'
import { type ApiOffice, any, mali, openApiOffice, type Sent, somchai } from './office.ts'

let api: ApiOffice
beforeAll(async () => {
  const person = evidence('person', { fields: ['name', 'children.name'] })
  api = await openApiOffice({ evidence: [person] })
  const officers = { holdersOf: async () => [] }
  Object.assign(api.office.ground.rooms, { officers })
})
afterAll(() => api[Symbol.asyncDispose]())

const data = { name: 'มะลิ', children: [{ name: 'แดง' }, { name: 'ดำ' }], secret: 'x' }
const agreed: Fact = { state: 'fetched', askedAt: monday, agreed: true, exchange: 'x1', data }

async function draft(person: Fact = agreed): Promise<string> {
  const { id } = await api.office.draft({ facts: { person } })
  return `/api/services/boat-licence/drafts/${id}`
}

const say = (at: string, body: unknown, more: Partial<Sent> = {}) =>
  api.call(`${at}/facts/person/disputes`, { method: 'POST', body, as: mali, headers: any, ...more })
const tasks = async () => {
  const all = await api.office.ground.casework.stateFor(mali)
  return all.filter(({ kind }) => kind === 'register-dispute')
}

describe('a value of a register that is wrong, told by program', () => {
  it('becomes one task at its owner, however often it is sent, and is marked in the draft', async () => {
    const at = await draft()
    const { etag } = await api.call(at, { as: mali })
    const body = { path: 'children.1.name', text: ' ดำรง ตามสูติบัตร ' }
    expect((await say(at, body, { headers: {} })).value.code).toBe('api-precondition-needed')
    const first = await say(at, body, { headers: { 'if-match': etag } })
    expect([first.status, first.etag === etag]).toEqual([200, false])
    expect(first.value.facts[0]).toMatchObject({ id: 'person', disputed: ['children.1.name'] })
    const stale = await say(at, body, { headers: { 'if-match': etag } })
    expect(stale.value.code).toBe('api-precondition-failed')
    expect((await say(at, body)).status).toBe(200)
    const [task, ...others] = await tasks()
    expect([task?.reference, others]).toEqual(['x1/children.1.name', []])
  })

  it('names a value that the person is shown, and says what is right', async () => {
    const at = await draft()
    for (const path of ['secret', 'children.9.name', '__proto__', '', 'name.x']) {
      const { status, value } = await say(at, { path, text: 'x' })
      expect([path, status, value.code]).toEqual([path, 404, 'fact-not-found'])
    }
    for (const text of [undefined, ' ', 'x'.repeat(2001), 'a\u202eb']) {
      const { status, value } = await say(at, { path: 'name', text })
      expect([status, value.errors?.[0].pointer]).toEqual([422, '/text'])
    }
    for (const body of [{}, { path: 7, text: 'x' }, { path: 'name', text: 7 }, { path: 'name', words: 'x' }])
      expect((await say(at, body)).value.code).toBe('api-body-malformed')
  })

  it('is nothing of what waited too long for their word', async () => {
    const { agreed: _, ...undecided } = agreed
    const at = await draft({ ...undecided, askedAt: monday - 2 * 3_600_000 })
    expect((await say(at, { path: 'name', text: 'x' })).value.code).toBe('fact-not-found')
    expect((await api.call(at, { as: mali })).value.facts[0]).not.toHaveProperty('data')
  })

  it('is nobody else’s', async () => {
    const at = await draft()
    const before = (await tasks()).length
    expect((await say(at, { path: 'name', text: 'x' }, { as: somchai })).value.code).toBe('draft-not-found')
    expect((await tasks()).length).toBe(before)
  })
})
