import { randomUUID } from 'node:crypto'
import { inTransaction } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { credit } from '../../../payments/src/callback/credit.ts'
import { sendRefund } from '../../../payments/src/refund/send.ts'
import type { ServicesGround } from '../../src/ground.ts'
import { failedRefund, oddMoney } from '../../src/submission/money-news.ts'
import { agency } from './made.ts'
import { type BoatOffice, boatOffice, people } from './office.ts'

let office: BoatOffice
let ground: ServicesGround
const cashier = randomUUID()
const biller = '099400016551234'

beforeAll(async () => {
  office = await boatOffice()
  const holdersOf = async (of: string, duty: string) =>
    of === agency && duty === 'cashier' ? [{ account: cashier, name: 'การเงิน' }] : []
  const rooms: object = { ...office.ground.rooms, officers: { holdersOf } }
  ground = { ...office.ground, rooms: rooms as ServicesGround['rooms'] }
})
afterAll(() => office?.[Symbol.asyncDispose]())

/** What payments stand on here, with a bank that carries out nothing. */
const payments = () => ({
  ...office.ground,
  billers: new Map([[agency, biller]]),
  bank: {
    transfer: async () => ({ state: 'refused', why: 'no-promptpay' }) as const,
    statement: async () => [],
  },
  bankKeys: { keys: [] },
})

async function owing(): Promise<string> {
  const id = await office.submit(await office.draft({ answers: { boat: 'เรือ', metres: 9 } }))
  return `case:${id}:fee`
}

async function pay(reference: string, amount: number): Promise<void> {
  const payment = await office.payments.byReference(reference)
  await inTransaction(ground.pool, (client) =>
    credit(payments(), client, {
      ...{ kind: 'payment', transaction: randomUUID(), biller, amount, currency: 'THB', paidAt: office.at },
      ...{ reference1: payment?.bankReference ?? '', reference2: '0' },
    }),
  )
}

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

describe('a refund that the bank cannot send', () => {
  it('is told to whom it was for at each attempt, with what they can do, and to the cashier', async () => {
    const reference = await owing()
    const id = reference.split(':')[1] ?? ''
    const order = { payer: agency, reference: `case:${id}:refund`, amount: 500, to: people.mali.number }
    const refund = await inTransaction(ground.pool, (client) => office.payments.refund(client, order))
    await failedRefund(ground, 'cashier', order.reference)
    expect(await noticesOf(people.mali.account, `refund:${refund.id}:%`)).toEqual([])
    await sendRefund(payments(), { refund: refund.id })
    await failedRefund(ground, 'cashier', order.reference)
    await failedRefund(ground, 'cashier', order.reference)
    const link = `/me/applications/${id}`
    expect(await noticesOf(people.mali.account, `refund:${refund.id}:%`)).toMatchObject([{ link }])
    office.at += 3_600_000
    const who = { account: cashier, agency }
    await office.payments.sendAgain(who, refund.id, 'ผูกพร้อมเพย์แล้ว')
    await sendRefund(payments(), { refund: refund.id })
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
    await sendRefund(payments(), { refund: back?.id ?? '' })
    await failedRefund(ground, 'cashier', back?.reference ?? '')
    const link = `/me/payments/${payment?.id}`
    expect(await noticesOf(people.mali.account, `refund:${back?.id}:%`)).toMatchObject([{ link }])
  })
})
