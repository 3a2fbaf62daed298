import { readConsentReceipt, readStatusList } from '@sapan/exchange'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentApi } from '../../src/consents/agency-api.ts'
import { day } from '../../src/consents/consent.ts'
import { statementsOf } from '../statements.ts'
import { viewOf } from '../status/directory.ts'
import { type ConsentHouse, consentHouse } from './house.ts'

let house: ConsentHouse
beforeAll(async () => {
  house = await consentHouse()
})
afterAll(() => house?.stop())

const payroll = 'TH/COM/PAYROLL'
let next = 1000000000000
const number = () => String(next++)

const question = (value: string, changes: Record<string, unknown> = {}) => ({
  subject: { scheme: 'national-id', value },
  consumer: `${payroll}/main`,
  service: 'TH/GOV/DOPA/population/person-v1',
  purpose: 'employee-verification',
  fields: ['name', 'status'],
  reason: { th: 'ตรวจชื่อก่อนจ่ายเงินเดือน', en: 'To check the name before paying' },
  reference: 'HR-7',
  ...changes,
})

async function asked(value = number()) {
  const account = await house.person(value)
  const { id } = await house.consents.ask(question(value), payroll)
  return { account, id, value }
}

const everything = { fields: ['name', 'status'], days: 30 }

/** What the status list says of a receipt. */
async function statusOf(receipt: string) {
  const view = viewOf([house.tokens.directoryEntry()])
  const { status } = readConsentReceipt(receipt, { view, now: house.clock() })
  const path = status.uri.slice(`${house.issuer}/status`.length)
  const { body } = await house.statuses.handler({ method: 'GET', path, headers: {}, body: new Uint8Array() })
  return readStatusList(Buffer.from(body).toString(), { view, uri: status.uri, now: house.clock() }).at(
    status.index,
  )
}

describe('an agency that asks for a consent', () => {
  it('is answered alike whether the person has an account or not, and one with an account is told', async () => {
    const value = number()
    const account = await house.person(value)
    const known = await house.consents.ask(question(value), payroll)
    const unknown = await house.consents.ask(question(number()), payroll)
    expect([known.state, unknown.state, Object.keys(known)]).toEqual(['asked', 'asked', Object.keys(unknown)])
    await house.consents.announce()
    await house.consents.announce()
    expect(house.told.filter((notice) => notice.account === account)).toMatchObject([
      { title: { en: 'Payroll asks for your consent' }, link: `/me/consents/${known.id}` },
    ])
  })

  it('makes the same work whether the person has an account or not', async () => {
    const value = number()
    await house.person(value)
    const known = await statementsOf(() => house.consents.ask(question(value), payroll))
    expect(known.length).toBeGreaterThan(5)
    expect(await statementsOf(() => house.consents.ask(question(number()), payroll))).toEqual(known)
  })

  it('asks a person once for the same, while the question waits', async () => {
    const { account, id, value } = await asked()
    const again = { fields: ['status', 'name'], reference: 'HR-8' }
    const both = await Promise.all([1, 2].map(() => house.consents.ask(question(value, again), payroll)))
    expect(both).toEqual([1, 2].map(() => ({ id, state: 'asked' })))
    const { id: other } = await house.consents.ask(question(value, { fields: ['name'] }), payroll)
    expect(other).not.toBe(id)
    await house.consents.refuse({ account }, id)
    expect((await house.consents.ask(question(value), payroll)).id).not.toBe(id)
  })

  it('asks a person no more than five times a day, also with all its systems at once', async () => {
    const value = number()
    const ask = (at: number, member = payroll) =>
      house.consents.ask(
        question(value, { consumer: `${member}/system-${at}`, fields: [`name.part${at}`] }),
        member,
      )
    const made = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map((at) => ask(at)))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    await expect(ask(8)).rejects.toThrow('consent-too-many')
    await expect(ask(1, 'TH/GOV/RD')).resolves.toMatchObject({ state: 'asked' })
    house.pass(day + 1)
    await expect(ask(8)).resolves.toMatchObject({ state: 'asked' })
  })

  it('names a purpose that the country has words for', async () => {
    const { value } = await asked()
    const asking = house.consents.ask(question(value, { purpose: 'because' }), payroll)
    await expect(asking).rejects.toMatchObject({ code: 'consent-question-invalid' })
  })

  it('does not reach who refused for good, until they let it', async () => {
    const { account, id, value } = await asked()
    await house.consents.refuse({ account }, id, true)
    const again = () => house.consents.ask(question(value, { fields: ['address'] }), payroll)
    for (let i = 0; i < 7; i++) expect(await again()).toEqual({ id, state: 'refused' })
    expect(await house.consents.of(account)).toMatchObject([{ id, state: 'refused', unwanted: true }])
    // For another purpose, and another agency, it is another question.
    const others = [
      house.consents.ask(question(value, { purpose: 'withholding-tax' }), payroll),
      house.consents.ask(question(value, { consumer: 'TH/GOV/RD/main' }), 'TH/GOV/RD'),
    ]
    expect((await Promise.all(others)).map(({ state }) => state)).toEqual(['asked', 'asked'])
    await house.consents.allowAsking({ account }, id)
    expect(await again()).toMatchObject({ state: 'asked' })
    expect(house.recorded.filter((event) => event.account === account).map(({ kind }) => kind)).toEqual([
      'consent-unwanted',
      'consent-wanted',
    ])
  })

  it('is heard by who proves the number later', async () => {
    const value = number()
    const { id } = await house.consents.ask(question(value), payroll)
    const account = await house.person(value)
    expect((await house.consents.of(account)).map((consent) => consent.id)).toEqual([id])
  })

  it.each([
    ['for another member', { consumer: 'TH/GOV/RD/main' }],
    ['for what is no subsystem', { consumer: 'me' }],
    ['for what is no service', { service: 'TH/GOV/DOPA' }],
    ['for no fields', { fields: [] }],
    ['for fields that are none', { fields: ['a..b'] }],
    ['without a reason', { reason: { th: '', en: '' } }],
    ['with a member that nobody knows', { extra: 1 }],
    ['with a NUL in its reason', { reason: { th: 'เหตุ\0ผล', en: 'reason' } }],
    ['with a reason that turns the writing round', { reason: { th: 'เหตุผล', en: 'for \u202egnihton' } }],
    ['with half a letter', { reference: '\ud800' }],
  ])('is refused %s', async (_, changes) => {
    await expect(house.consents.ask(question(number(), changes), payroll)).rejects.toThrow(
      'consent-question-invalid',
    )
  })

  it('gets the receipt when the person has consented, and no other agency does', async () => {
    const { account, id, value } = await asked()
    await house.consents.give({ account }, id, { fields: ['name'], days: 90 })
    const { state, receipt = '' } = await house.consents.answerFor(id, payroll)
    const view = viewOf([house.tokens.directoryEntry()])
    expect(state).toBe('given')
    expect(readConsentReceipt(receipt, { view, now: house.clock() })).toMatchObject({
      id,
      subject: { scheme: 'national-id', value },
      purpose: 'employee-verification',
      provider: 'TH/GOV/DOPA',
      consumer: `${payroll}/main`,
      fields: ['name'],
      operations: null,
      expires: Math.floor((house.clock() + 90 * day) / 1000) * 1000,
    })
    await expect(house.consents.answerFor(id, 'TH/COM/PAY')).rejects.toThrow('consent-not-found')
    await expect(house.consents.answerFor('x', payroll)).rejects.toThrow('consent-not-found')
  })
})

describe('a person', () => {
  it('gives a consent for some of the fields, which holds by its status', async () => {
    const { account, id } = await asked()
    const given = await house.consents.give({ account, session: 's1' }, id, everything)
    expect(given).toMatchObject({ state: 'given', expires: house.clock() + 30 * day })
    const { receipt = '' } = await house.consents.answerFor(id, payroll)
    expect(await statusOf(receipt)).toBe('valid')
    expect(house.recorded).toContainEqual(
      expect.objectContaining({ account, kind: 'consent-given', session: 's1' }),
    )
  })

  it('keeps what they gave in sight, however much is asked of them afterwards', async () => {
    const { account, id } = await asked()
    await house.consents.give({ account }, id, everything)
    await house.pool.query(
      `insert into identity.consent (id, scheme, subject_hash, state, consumer, provider, service, purpose,
         fields, reason_th, reason_en, reference, asked_at, asked_until)
       select gen_random_uuid(), scheme, subject_hash, 'asked', consumer, provider, service, purpose, fields,
         reason_th, reason_en, '', asked_at + interval '1 hour', asked_at + interval '1 day'
       from identity.consent, generate_series(1, 501) where id = $1`,
      [id],
    )
    expect((await house.consents.of(account)).at(-1)).toMatchObject({ id, state: 'given' })
  })

  it('can’t consent to nothing, to what was not asked, or for ever', async () => {
    const { account, id } = await asked()
    for (const choice of [
      { fields: [], days: 30 },
      { fields: ['religion'], days: 30 },
      { fields: ['name'], days: 31 },
      { fields: ['name'], days: Number.NaN },
    ]) {
      await expect(house.consents.give({ account }, id, choice)).rejects.toThrow('consent-choice-invalid')
    }
  })

  it('decides once', async () => {
    const { account, id } = await asked()
    await house.consents.refuse({ account }, id)
    await expect(house.consents.give({ account }, id, everything)).rejects.toThrow('consent-decided')
    expect(await house.consents.answerFor(id, payroll)).toEqual({ id, state: 'refused' })
  })

  it('decides once, also where two do so at the same time', async () => {
    const { account, id } = await asked()
    const both = [house.consents.give({ account }, id, everything), house.consents.refuse({ account }, id)]
    const outcomes = await Promise.allSettled(both)
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  })

  it('withdraws a consent, and its receipt holds no longer', async () => {
    const { account, id } = await asked()
    await house.consents.give({ account }, id, everything)
    const { receipt = '' } = await house.consents.answerFor(id, payroll)
    await house.consents.withdraw({ account }, id)
    expect(await statusOf(receipt)).toBe('withdrawn')
    expect(await house.consents.answerFor(id, payroll)).toEqual({ id, state: 'withdrawn' })
    await expect(house.consents.withdraw({ account }, id)).rejects.toThrow('consent-decided')
  })

  it('sees nothing of another’s, and can’t decide it', async () => {
    const { id } = await asked()
    const other = await house.person(number())
    expect(await house.consents.of(other)).toEqual([])
    await expect(house.consents.find(other, id)).rejects.toThrow('consent-not-found')
    await expect(house.consents.give({ account: other }, id, everything)).rejects.toThrow('consent-not-found')
    await expect(house.consents.refuse({ account: other }, id)).rejects.toThrow('consent-not-found')
    await expect(house.consents.withdraw({ account: other }, id)).rejects.toThrow('consent-not-found')
  })

  it('is told once before a consent ends, and sees that it is over', async () => {
    const { account, id } = await asked()
    await house.consents.give({ account }, id, everything)
    house.pass(20 * day)
    await house.consents.remind()
    await house.consents.remind()
    const titles = house.told.filter((notice) => notice.account === account).map(({ title }) => title.en)
    expect(titles.filter((title) => title.includes('about to end')).length).toBe(1)
    house.pass(10 * day)
    expect(await house.consents.find(account, id)).toMatchObject({ state: 'lapsed' })
    expect(await house.consents.answerFor(id, payroll)).toEqual({ id, state: 'lapsed' })
  })

  it('can’t answer a question whose time is over', async () => {
    const { account, id } = await asked()
    house.pass(31 * day)
    await expect(house.consents.give({ account }, id, everything)).rejects.toThrow('consent-decided')
  })
})

describe('the door of agencies', () => {
  const request = (method: string, path: string, body: string, member = payroll) => {
    const api = consentApi({
      consents: house.consents,
      authenticate: async () => member,
      base: 'https://id.example',
    })
    return api({ method, path, headers: {}, body: Buffer.from(body) })
  }
  const json = (body: Uint8Array) => JSON.parse(Buffer.from(body).toString())

  it('takes a question and tells how it stands', async () => {
    const made = await request('POST', '/', JSON.stringify(question(number())))
    const { id } = json(made.body)
    expect(made.status).toBe(201)
    expect(json((await request('GET', `/${id}`, '')).body)).toEqual({ id, state: 'asked' })
    expect((await request('GET', `/${id}`, '', 'TH/GOV/RD')).status).toBe(404)
  })

  it.each(['', '{', '[]', 'null', '"x"'])('refuses the body %j', async (body) => {
    const { status, body: document } = await request('POST', '/', body)
    expect([status, json(document).code]).toEqual([422, 'consent-question-invalid'])
  })
})
