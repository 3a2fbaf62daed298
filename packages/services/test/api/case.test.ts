import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import { field } from '../form/made.ts'
import { boatLicence } from '../submission/made.ts'
import { type ApiOffice, any, mali, openApiOffice, type Sent, somchai } from './office.ts'

let api: ApiOffice
beforeAll(async () => {
  const { workflow } = boatLicence()
  const asks = [field('whole', { id: 'seats', label: { th: 'ที่นั่ง', en: 'Seats' } })]
  const decisions = workflow.decisions.map((rule) => ({ ...rule, asks }))
  api = await openApiOffice({ workflow: { ...workflow, decisions } })
})
afterAll(() => api[Symbol.asyncDispose]())

const call = (path: string, sent?: Sent) => api.call(path, sent)
const at = (id: string) => `/api/applications/${id}`
const handedIn = async () => await api.office.submit(await api.office.draft())
const say = (id: string, doing: string, body: unknown, more: Partial<Sent> = {}) =>
  call(`${at(id)}/${doing}`, { method: 'POST', body, as: mali, headers: any, ...more })

describe('withdrawing by program', () => {
  it('is done by who saw the case as it is, and once under a key', async () => {
    const id = await handedIn()
    const { etag } = await call(at(id), { as: mali })
    expect((await say(id, 'withdraw', {}, { headers: {} })).value.code).toBe('api-precondition-needed')
    const key = { 'idempotency-key': '"w-1"' }
    const body = { text: 'ยื่นผิด' }
    const stale = await say(id, 'withdraw', body, { headers: { 'if-match': `"${id}.99"`, ...key } })
    expect([stale.status, stale.value.code]).toEqual([412, 'api-precondition-failed'])
    // Mended, it is sent again under its key.
    const headers = { 'if-match': etag, ...key }
    const first = await say(id, 'withdraw', body, { headers })
    expect([first.status, first.value.state, first.etag === etag]).toEqual([200, 'withdrawn', false])
    expect((await say(id, 'withdraw', body, { headers })).value).toEqual(first.value)
    expect((await call(at(id), { as: mali })).etag).toBe(first.etag)
    expect((await say(id, 'withdraw', {})).value.code).toBe('case-transition-not-allowed')
  })

  it('gets one through of two at once', async () => {
    const id = await handedIn()
    const { etag } = await call(at(id), { as: mali })
    const headers = { 'if-match': etag }
    const both = await Promise.all([1, 2].map(() => say(id, 'withdraw', {}, { headers })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  })
})

describe('appealing by program', () => {
  it('has grounds, which the case keeps as they were written', async () => {
    const id = await api.office.decided('refused')
    const without = await say(id, 'appeal', {})
    expect([without.status, without.value.errors[0].pointer]).toEqual([422, '/text'])
    expect((await say(id, 'appeal', { text: 'ก'.repeat(4001) })).status).toBe(422)
    expect((await say(id, 'appeal', { text: 'too early' })).status).toBe(409)
    await carryOut(api.office.ground, id)
    const { etag } = await call(at(id), { as: mali })
    const done = await say(id, 'appeal', { text: ' เรือซ่อมแล้ว ' }, { headers: { 'if-match': etag } })
    expect([done.status, done.value.state]).toEqual([200, 'appealed'])
    const person = { account: mali, parties: [] }
    const story = await api.office.cases.storyOf(person, id)
    expect(story.find(({ action }) => action === 'appeal')?.words?.text).toBe('เรือซ่อมแล้ว')
  })
})

describe('a decision by program', () => {
  it('is read once it is carried out, with what the officer filled in, as on the page', async () => {
    const id = await api.office.decided('granted', { seats: 4 })
    expect((await call(at(id), { as: mali })).value).not.toHaveProperty('decision')
    await carryOut(api.office.ground, id)
    const filledIn = [{ id: 'seats', type: 'whole', label: { th: 'ที่นั่ง', en: 'Seats' }, value: 4 }]
    expect((await call(at(id), { as: mali })).value.decision).toMatchObject({ outcome: 'granted', filledIn })
  })
})

describe('what is to be paid', () => {
  it('is nothing that the application does not have', async () => {
    const id = await handedIn()
    const { status, value } = await call(`${at(id)}/payments/${id}`, { as: mali })
    expect([status, value.code]).toEqual([404, 'api-payment-unknown'])
  })

  it('is told with its code, its reference and what is owed', async () => {
    const id = await api.office.submit(await api.office.draft({ answers: { boat: 'เรือใบ', metres: 6 } }))
    const { value: whole } = await call(at(id), { as: mali })
    expect(whole.payments[0]).toMatchObject({ state: 'waiting', payload: expect.stringMatching(/^0002/) })
    expect(whole.payments[0].parts).toEqual([
      { owed: whole.payments[0].amount, dueAt: whole.payments[0].dueAt },
    ])
    for (const payment of whole.payments) {
      const { value } = await call(`${at(id)}/payments/${payment.id}`, { as: mali })
      expect(value).toEqual(payment)
      expect((await call(`${at(id)}/payments/${payment.id}`, { as: somchai })).status).toBe(404)
    }
  })
})

describe('what others send', () => {
  it.each(['withdraw', 'appeal'])(
    '%s: the case is not there, which is logged, and stays as it is',
    async (doing) => {
      const id = await handedIn()
      const before = (await call(at(id), { as: mali })).etag
      const { status, value } = await say(id, doing, { text: 'x' }, { as: somchai })
      expect([status, value.code]).toEqual([404, 'case-not-found'])
      expect(api.office.lines.some((line) => line.includes(id) && line.includes('refused'))).toBe(true)
      expect((await call(`${at(id)}/${doing}`, { method: 'POST', body: {}, headers: any })).status).toBe(401)
      expect((await call(at(id), { as: mali })).etag).toBe(before)
    },
  )

  it('brings no fault, whatever it is', async () => {
    const id = await handedIn()
    for (const doing of ['withdraw', 'appeal'])
      for (const body of [
        '[]',
        '{',
        '{"text":7}',
        '{"text":"\\u0000"}',
        '{"text":"","text":{}}',
        '{"__proto__":1}',
        '{"a":1}',
      ]) {
        const answer = await say(id, doing, body)
        expect([answer.status, answer.type], body).toEqual([400, 'application/problem+json'])
      }
  })
})
