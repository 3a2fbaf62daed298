import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import { createPayments, type PaymentsHouse } from '@sapan/payments'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { carryOut } from '../../src/effects/carry-out.ts'
import type { ServicesGround } from '../../src/ground.ts'
import { feePaid, follow } from '../../src/submission/follow.ts'
import { dueMoney, failedRefund, oddMoney } from '../../src/submission/money-news.ts'
import { agency, boatLicence } from './made.ts'
import { type BoatOffice, boatOffice, officer, people } from './office.ts'
import { portal } from './portal.ts'

let office: BoatOffice
let ground: ServicesGround
const cashier = randomUUID()
const biller = '099400016551234'
const bankKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
let house: PaymentsHouse
/** Until then the bank says nothing. */
let bankAnswers = Promise.resolve()

beforeAll(async () => {
  const unpaid = {
    ...{ law: 'boats', section: '9' },
    about: { th: 'เรียกเก็บส่วนที่ค้าง', en: 'What is owed is called in' },
  }
  office = await boatOffice({ workflow: { ...boatLicence().workflow, unpaid } })
  const holdersOf = async (of: string, duty: string) =>
    of === agency && duty === 'cashier' ? [{ account: cashier, name: 'การเงิน' }] : []
  const rooms: object = { ...office.ground.rooms, officers: { holdersOf } }
  ground = { ...office.ground, rooms: rooms as ServicesGround['rooms'] }
  house = createPayments(payments())
  await house.work()
})
afterAll(() => office?.[Symbol.asyncDispose]())

/** What payments stand on here, with a bank that carries out nothing. */
const payments = () => ({
  ...office.ground,
  billers: new Map([[agency, biller]]),
  bank: {
    transfer: async () => {
      await bankAnswers
      return { state: 'refused', why: 'no-promptpay' } as const
    },
    statement: async () => [],
  },
  bankKeys: {
    keys: [{ ...bankKey.publicKey.export({ format: 'jwk' }), kid: 'bank', alg: 'ES256', use: 'sig' }],
  },
})

const endOfDay = (date: string) => Date.parse(`${date}T23:59:59.999+07:00`)

async function owing(): Promise<string> {
  const id = await office.submit(await office.draft({ answers: { boat: 'เรือ', metres: 9 } }))
  return `case:${id}:fee`
}

async function pay(reference: string, amount: number): Promise<void> {
  const payment = await office.payments.byReference(reference)
  const body = JSON.stringify({
    ...{ kind: 'payment', transaction: randomBytes(8).toString('hex').toUpperCase(), biller, amount },
    ...{ reference1: payment?.bankReference, reference2: '0', currency: 'THB' },
    paidAt: new Date(office.at).toISOString(),
  })
  await house.take(Buffer.from(body), signed(body))
}

/** As the bank signs: ES256 over the body, which is sent beside it (RFC 7515, appendix F). */
function signed(body: string): string {
  const nonce = randomBytes(16).toString('base64url')
  const iat = Math.floor(office.at / 1000)
  const said = JSON.stringify({ alg: 'ES256', kid: 'bank', typ: 'bank-message+jws', iat, nonce })
  const head = Buffer.from(said).toString('base64url')
  const input = Buffer.from(`${head}.${Buffer.from(body).toString('base64url')}`)
  const sum = sign('sha256', input, { key: bankKey.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${head}..${sum.toString('base64url')}`
}

/** The job has handed it to the bank, which could not. */
const failed = async (reference: string) =>
  await expect
    .poll(async () => (await house.refundByReference(reference))?.state, { timeout: 20_000 })
    .toBe('failed')

/** Does what the job of the payment says. */
async function told(reference: string): Promise<void> {
  const found = await office.payments.byReference(reference)
  await oddMoney(ground, 'cashier', { reference, payment: found?.id ?? '', odd: found?.state })
}

const noticesOf = async (account: string, like: string) => {
  const { rows } = await ground.pool.query<{ link: string; key: string }>(
    'select link, key from notices.message where account = $1 and key like $2',
    [account, like],
  )
  return rows
}

describe('money that is not as it was asked for', () => {
  it('too much: who paid is told once, without the amount, and so is the cashier', async () => {
    const reference = await owing()
    await pay(reference, 10_000)
    await pay(reference, 10_000)
    await told(reference)
    await told(reference)
    const found = await office.payments.byReference(reference)
    const key = `money:${found?.id}:overpaid:%`
    expect(await noticesOf(people.mali.account, key)).toMatchObject([{ link: `/me/payments/${found?.id}` }])
    expect(await noticesOf(cashier, key)).toMatchObject([{ link: '/desk/payments' }])
  })

  it('too little: who paid is told what is left to do, and no cashier while it may still come', async () => {
    const reference = await owing()
    await pay(reference, 4_000)
    await told(reference)
    const found = await office.payments.byReference(reference)
    const key = `money:${found?.id}:partly-paid:%`
    expect(await noticesOf(people.mali.account, key)).toHaveLength(1)
    expect(await noticesOf(cashier, key)).toEqual([])
  })

  it('settled before it was told, is told no more', async () => {
    const reference = await owing()
    await pay(reference, 4_000)
    await pay(reference, 6_000)
    const found = await office.payments.byReference(reference)
    await oddMoney(ground, 'cashier', { reference, payment: found?.id ?? '', odd: 'partly-paid' })
    expect(await noticesOf(people.mali.account, `money:${found?.id}:%`)).toEqual([])
  })
})

describe('money that is due', () => {
  const due = endOfDay('2026-12-15')
  /** A debt of a decision, in one part or two. */
  async function debt(over: object = {}): Promise<{ readonly reference: string; readonly link: string }> {
    const id = await office.submit(await office.draft())
    const reference = `case:${id}:payment`
    const { account } = people.mali
    const request = { payee: agency, reference, amount: 9_000, dueAt: due, stays: true, account, ...over }
    await inTransaction(ground.pool, (client) => house.request(client, request))
    return { reference, link: `/me/applications/${id}` }
  }
  const told = async ({ reference }: { reference: string }) => {
    const found = await office.payments.byReference(reference)
    const rows = await noticesOf(people.mali.account, `money:${found?.id}:%due%`)
    return rows.map(({ link, key }) => [link, key.split(':')[2]]).sort()
  }

  it('soon, and then over: who pays is told each once, and led to the case', async () => {
    const one = await debt()
    for (const what of ['due-soon', 'due-soon', 'overdue', 'overdue'] as const)
      await dueMoney(ground, what, { ...one, due })
    expect(await told(one)).toEqual([
      [one.link, 'due-soon'],
      [one.link, 'overdue'],
    ])
  })

  it('of which a part is there is called the rest', async () => {
    const one = await debt()
    await pay(one.reference, 4_000)
    await dueMoney(ground, 'due-soon', { ...one, due })
    await dueMoney(ground, 'overdue', { ...one, due })
    expect(await told(one)).toEqual([
      [one.link, 'rest-due-soon'],
      [one.link, 'rest-overdue'],
    ])
  })

  it('and was paid before it was told, or is due at another time now, is told to nobody', async () => {
    const paid = await debt()
    await pay(paid.reference, 9_000)
    const moved = await debt()
    await dueMoney(ground, 'overdue', { ...paid, due })
    await dueMoney(ground, 'overdue', { ...moved, due: due - 86_400_000 })
    expect([await told(paid), await told(moved)]).toEqual([[], []])
  })

  it('stands on the case: how much now, how much in all, until when; once over, what the law says', async () => {
    const last = endOfDay('2027-01-15')
    const one = await debt({ instalments: [due, last], isDivided: true, dueAt: last })
    await using site = await portal(office)
    const shown = async () => (await site.as(people.mali.account).get(one.link, 'en')).text
    const before = await shown()
    expect(before).toContain('To pay now 45.00 baht')
    expect(before).toContain('All that is left 90.00 baht')
    expect(before).toContain('15 Dec 2026, 23:59')
    expect(before).not.toContain('It is overdue')
    const at = office.at
    office.at = due + 1
    const after = await shown()
    office.at = at
    expect(after).toContain('It is overdue, and still has to be paid')
    expect(after).toContain('What is owed is called in (Boats Act')
  })
})

describe('money of who has no number at a bank of this country', () => {
  it('goes back to the account that paid the fee, once, and the case is completed', async () => {
    const applicant = {
      account: people.mali.account,
      kind: 'person',
      scheme: 'passport',
      id: 'DEU:C01X00T47',
    } as const
    const name = { th: 'มาเรีย', en: 'Maria' }
    const answers = { boat: 'เรือ', metres: 9 }
    const id = await office.submit(await office.draft({ answers, applicant: { ...applicant, name } }))
    await pay(`case:${id}:fee`, 10_000)
    await feePaid(ground, `case:${id}:fee`)
    const { caseVersion } = await office.cases.read(officer, id)
    const { caseVersion: version } = await office.cases.take(officer, { case: id, version: caseVersion })
    const ruling = { outcome: 'refused', favours: false, reasons: [{ id: 'unsafe', words: 'x' }], inputs: {} }
    await office.cases.decide(officer, { case: id, version }, ruling)
    const { promise, resolve } = Promise.withResolvers<void>()
    bankAnswers = promise
    onTestFinished(() => resolve())
    expect(await carryOut(ground, id)).toBe('completed')
    expect(await office.payments.refundByReference(`case:${id}:refund`)).toMatchObject({
      amount: 10_000,
      payment: `case:${id}:fee`,
    })
    await using site = await portal(office)
    const { text } = await site.as(people.mali.account).get(`/me/applications/${id}`, 'en')
    expect(text).toContain('On its way back to the account that paid')
  })
})

describe('the fee of a case that ended before it was paid', () => {
  async function left(action: 'withdraw' | 'lapse', before = 0): Promise<string> {
    const reference = await owing()
    if (before > 0) await pay(reference, before)
    const [, id = ''] = reference.split(':')
    const mali = { account: people.mali.account, parties: [] }
    const event =
      action === 'lapse'
        ? await lapsed(id)
        : await inTransaction(ground.pool, (client) =>
            office.cases.withdraw(client, mali, { case: id, version: 1 }),
          )
    await follow(ground, action, { case: id, event: event.caseVersion })
    return reference
  }

  async function lapsed(id: string) {
    const at = office.at
    office.at += 60 * 86_400_000
    await office.cases.lapse()
    office.at = at
    return (await office.cases.byId(ground.pool, id)) ?? { caseVersion: 0 }
  }

  const stateOf = async (reference: string) => (await office.payments.byReference(reference))?.state

  it('is asked for no more', async () => {
    expect(await stateOf(await left('withdraw'))).toBe('called-off')
    expect(await stateOf(await left('lapse'))).toBe('called-off')
  })

  it('is offered no more on the page of the case, from the moment that it ended', async () => {
    const [, id = ''] = (await owing()).split(':')
    await using site = await portal(office)
    const page = async () => (await site.as(people.mali.account).get(`/me/applications/${id}`, 'en')).text
    expect(await page()).toContain(`/me/applications/${id}/pay`)
    await lapsed(id)
    expect(await page()).not.toContain(`/me/applications/${id}/pay`)
  })

  it('that is paid all the same is too much: who paid is told, and a cashier gives it back', async () => {
    const reference = await left('withdraw')
    await pay(reference, 10_000)
    expect(await stateOf(reference)).toBe('overpaid')
    await told(reference)
    const found = await office.payments.byReference(reference)
    expect(await noticesOf(people.mali.account, `money:${found?.id}:overpaid:%`)).toHaveLength(1)
    expect(await noticesOf(cashier, `money:${found?.id}:overpaid:%`)).toHaveLength(1)
  })

  it('of which a part was there keeps none of it', async () => {
    const reference = await left('withdraw', 4_000)
    expect(await office.payments.byReference(reference)).toMatchObject({ state: 'overpaid', amount: 10_000 })
    const { rows } = await ground.pool.query(
      `select amount from payments.event where kind = 'called-off' and payment =
         (select id from payments.payment where reference = $1)`,
      [reference],
    )
    expect(rows).toEqual([{ amount: '0' }])
  })

  it('that the bank tells of only after the case had ended is no payment of it either', async () => {
    const reference = await owing()
    await pay(reference, 10_000)
    const [, id = ''] = reference.split(':')
    await lapsed(id)
    expect(await stateOf(reference)).toBe('paid')
    await feePaid(ground, reference)
    await feePaid(ground, reference)
    expect(await stateOf(reference)).toBe('overpaid')
    await told(reference)
    const found = await office.payments.byReference(reference)
    expect(await noticesOf(cashier, `money:${found?.id}:overpaid:%`)).toHaveLength(1)
  })
})

describe('a refund that the bank cannot send', () => {
  it('is told to whom it was for at each attempt, with what they can do, and to the cashier', async () => {
    const reference = await owing()
    const id = reference.split(':')[1] ?? ''
    const order = { payer: agency, reference: `case:${id}:refund`, amount: 500, to: people.mali.number }
    const refund = await inTransaction(ground.pool, (client) => office.payments.refund(client, order))
    await failed(order.reference)
    await failedRefund(ground, 'cashier', order.reference)
    await failedRefund(ground, 'cashier', order.reference)
    const link = `/me/applications/${id}`
    expect(await noticesOf(people.mali.account, `refund:${refund.id}:%`)).toMatchObject([{ link }])
    office.at += 3_600_000
    const who = { account: cashier, agency }
    await office.payments.sendAgain(who, refund.id, 'ผูกพร้อมเพย์แล้ว')
    await failed(order.reference)
    await failedRefund(ground, 'cashier', order.reference)
    expect(await noticesOf(people.mali.account, `refund:${refund.id}:%`)).toHaveLength(2)
    expect(await noticesOf(cashier, `refund:${refund.id}:%`)).toHaveLength(2)
  })

  it('of money that goes back to where it came from is told to who paid', async () => {
    const reference = await owing()
    await pay(reference, 10_000)
    await pay(reference, 300)
    const payment = await office.payments.byReference(reference)
    await office.payments.giveBack({ account: cashier, agency }, payment?.id ?? '', 'ชำระเกิน')
    const { rows } = await ground.pool.query<{ id: string; reference: string }>(
      `select id, reference from payments.refund where reference like $1`,
      [`payment:${payment?.id}:%`],
    )
    const [back] = rows
    await failed(back?.reference ?? '')
    await failedRefund(ground, 'cashier', back?.reference ?? '')
    const link = `/me/payments/${payment?.id}`
    expect(await noticesOf(people.mali.account, `refund:${back?.id}:%`)).toMatchObject([{ link }])
  })
})
