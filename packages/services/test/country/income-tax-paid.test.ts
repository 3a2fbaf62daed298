import { randomUUID } from 'node:crypto'
import type { Officer } from '@sapan/casework'
import { inTransaction } from '@sapan/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { people } from '../submission/office.ts'
import { revenue, type TaxOffice, taxOffice } from './tax-office.ts'

const baht = (amount: number) => Math.round(amount * 100)
const day = 86_400_000

/** A Monday in March, in time for the year 2568. */
const march = Date.parse('2026-03-02T10:00:00+07:00')
/** Seven months and a day after the last day, the 8th of April. */
const november = Date.parse('2026-11-09T10:00:00+07:00')

/** 600,000 less 100,000 and 60,000: 440,000, of which 21,500 is the tax. */
const wages = baht(600_000)
const tax = baht(21_500)

let office: TaxOffice
beforeEach(async () => {
  office = await taxOffice(march)
})
afterEach(async () => await office[Symbol.asyncDispose]())

const reaches = (id: string, state: string) =>
  expect.poll(() => office.state(id), { timeout: 20_000 }).toBe(state)
const until = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 20_000 })

const officerOf = (...duties: string[]): Officer => ({ account: randomUUID(), agency: revenue, duties })
const assessor = officerOf('case-officer')
const approver = officerOf('approver')
const judge = officerOf('appeals')

async function reviewed(id: string): Promise<void> {
  const { caseVersion: version } = await office.ground.cases.read(assessor, id)
  await office.ground.cases.review(assessor, { case: id, version }, 'ตรวจแล้ว')
}

/** Satang. */
interface Inputs {
  readonly assessedTax?: number
  readonly fine?: number
}

async function decided(officer: Officer, id: string, outcome: string, inputs: Inputs): Promise<void> {
  const { caseVersion: version } = await office.ground.cases.read(officer, id)
  const favours = outcome === 'accepted'
  const reasons = favours ? [] : [{ id: 'allowance-not-proved', words: 'ไม่มีหลักฐาน' }]
  const ruling = { outcome, favours, reasons, inputs: { ...inputs } }
  await office.ground.cases.decide(officer, { case: id, version }, ruling)
  await reaches(id, 'completed')
}

async function appealed(id: string): Promise<void> {
  const { cases, pool } = office.ground
  const person = { account: people.mali.account, parties: [] }
  const { caseVersion: version } = await cases.find(person, id)
  await inTransaction(pool, (client) => cases.appeal(client, person, { case: id, version }, 'มีหลักฐาน'))
}

describe('a return in time, with tax to be paid', () => {
  it('is decided by rule as soon as the bank says that it was paid, and is in the register', async () => {
    const id = await office.file({ wages, taxWithheld: baht(20_000) })
    expect(await office.state(id)).toBe('awaiting-payment')
    const bill = await office.bill(id)
    expect(bill.amount).toBe(baht(1_500))
    await office.pay(bill)
    await reaches(id, 'completed')
    const found = await office.ground.cases.byId(office.ground.pool, id)
    expect(found?.decision).toMatchObject({ outcome: 'accepted' })
    expect(found?.decision?.by).toBeUndefined()
    expect(await office.filed()).toMatchObject({
      state: 'filed',
      filedOn: '2026-03-02',
      payable: baht(1_500),
    })
    await expect(office.bill(id, 'payment')).rejects.toThrow('nothing')
  })

  it('may be paid in three parts from 3,000 baht: with it, and one and two months later', async () => {
    const id = await office.file({ wages, taxWithheld: 0, wantsInstalments: true })
    const first = await office.bill(id)
    // 21,500.00 in three: 7,166.66, and what does not divide with the first.
    expect(first.amount).toBe(716_668)
    await office.pay(first)
    await reaches(id, 'completed')
    const rest = await office.bill(id, 'payment')
    const days = rest.parts.map(({ amount, dueAt }) => [amount, office.ground.days.dateOf(dueAt)])
    // The 2nd of May is a Saturday, and the 4th a Monday.
    expect(days).toEqual([
      [716_666, '2026-04-02'],
      [716_666, '2026-05-04'],
    ])
    office.at += 30 * day
    await office.pay(rest)
    expect(await office.bill(id, 'payment')).toMatchObject({ state: 'partly-paid' })
    office.at += 30 * day
    await office.pay(await office.bill(id, 'payment'))
    expect(await office.bill(id, 'payment')).toMatchObject({ state: 'paid', paid: 1_433_332 })
  })

  it('a part that is not paid in time is owed all the same, and seen to by an officer when it comes', async () => {
    const id = await office.file({ wages, taxWithheld: 0, wantsInstalments: true })
    await office.pay(await office.bill(id))
    await reaches(id, 'completed')
    office.at += 100 * day
    await office.payments.lapseDue()
    const rest = await office.bill(id, 'payment')
    expect(rest.state).toBe('waiting')
    await office.pay(rest)
    await office.pay(await office.bill(id, 'payment'))
    expect(await office.bill(id, 'payment')).toMatchObject({ state: 'late' })
  })

  it('below 3,000 baht has no parts, nor one that nobody asked to be divided', async () => {
    const id = await office.file({ wages, taxWithheld: 0, wantsInstalments: false })
    expect((await office.bill(id)).amount).toBe(tax)
  })

  it('lapses where nobody pays within the time that it has', async () => {
    const id = await office.file({ wages, taxWithheld: 0, wantsInstalments: false })
    office.at += 40 * day
    await office.ground.cases.lapse()
    expect(await office.state(id)).toBe('lapsed')
    expect(await office.filed()).not.toMatchObject({ state: 'filed' })
  })
})

describe('a return that is late', () => {
  it('has 1.5 % a month or part of it on the tax, is looked at, and may be fined', async () => {
    office.at = november
    const id = await office.file({ wages, taxWithheld: baht(20_000) })
    const bill = await office.bill(id)
    // 1,500 and eight months begun of 22.50.
    expect(bill.amount).toBe(baht(1_500 + 8 * 22.5))
    await office.pay(bill)
    await reaches(id, 'in-review')
    await reviewed(id)
    await decided(approver, id, 'accepted', { fine: baht(200) })
    expect(await office.bill(id, 'payment')).toMatchObject({ amount: baht(200), state: 'waiting' })
  })

  it('with a refund has its fine set off against it', async () => {
    office.at = november
    const id = await office.file({ wages, taxWithheld: baht(30_000), wantsRefund: true })
    await reaches(id, 'in-review')
    await reviewed(id)
    await decided(approver, id, 'accepted', { fine: baht(500) })
    await until(() => office.refunded(id)).toBe(baht(8_500 - 500))
  })
})

describe('a return that is assessed otherwise, and appealed', () => {
  /** Claims 8,500 back; 3,000 more tax than was withheld is assessed, a fortnight before the last day. */
  async function assessed(): Promise<string> {
    const id = await office.file({ wages, taxWithheld: baht(30_000), wantsRefund: true })
    await reaches(id, 'in-review')
    await reviewed(id)
    await decided(approver, id, 'assessed', { assessedTax: baht(33_000) })
    return id
  }

  it('calls in the tax that is missing; in favour on appeal, calls it off and gives the refund', async () => {
    const id = await assessed()
    expect(await office.bill(id, 'payment')).toMatchObject({ amount: baht(3_000), state: 'waiting' })
    await appealed(id)
    // The appeal postpones nothing.
    expect((await office.bill(id, 'payment')).state).toBe('waiting')
    await decided(judge, id, 'accepted', {})
    expect((await office.bill(id, 'payment')).state).toBe('called-off')
    await until(() => office.refunded(id, 'appeal/refund')).toBe(baht(8_500))
    expect(await office.filed()).toMatchObject({ refund: baht(8_500), payable: 0 })
  })

  it('gives back on appeal what was paid by then', async () => {
    const id = await assessed()
    await office.pay(await office.bill(id, 'payment'))
    await appealed(id)
    await decided(judge, id, 'accepted', {})
    await until(() => office.refunded(id, 'appeal/refund')).toBe(baht(8_500 + 3_000))
  })

  it('what is paid for a bill that was called off goes back by an officer, and counts for nothing', async () => {
    const id = await assessed()
    const bill = await office.bill(id, 'payment')
    await appealed(id)
    await decided(judge, id, 'accepted', {})
    await office.pay(bill)
    expect(await office.bill(id, 'payment')).toMatchObject({ state: 'overpaid' })
  })

  it('again assessed otherwise on appeal, owes the difference to what was settled', async () => {
    const id = await assessed()
    await office.pay(await office.bill(id, 'payment'))
    await appealed(id)
    await decided(judge, id, 'assessed', { assessedTax: baht(31_000) })
    await until(() => office.refunded(id, 'appeal/refund')).toBe(baht(2_000))
    expect(await office.filed()).toMatchObject({ taxDue: baht(31_000), payable: baht(1_000), refund: 0 })
  })

  it('assessed late, has a surcharge on what is missing up to the first decision, and no more by the appeal', async () => {
    office.at = november
    const id = await assessed()
    // Eight months begun: 12 % of 3,000.
    expect((await office.bill(id, 'payment')).amount).toBe(baht(3_000 + 360))
    await appealed(id)
    office.at += 20 * day
    await decided(judge, id, 'assessed', { assessedTax: baht(33_000) })
    expect((await office.bill(id, 'payment')).state).toBe('called-off')
    expect(await office.bill(id, 'appeal/payment')).toMatchObject({ amount: baht(3_360), state: 'waiting' })
  })

  it('not accepted at all, gives back all that was paid', async () => {
    office.at = november
    const id = await office.file({ wages, taxWithheld: baht(20_000) })
    await office.pay(await office.bill(id))
    await reaches(id, 'in-review')
    await reviewed(id)
    await decided(approver, id, 'refused', {})
    await until(() => office.refunded(id)).toBe(baht(1_680))
  })
})
