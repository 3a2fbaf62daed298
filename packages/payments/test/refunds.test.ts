import { payBill, readBill } from '@sapan/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refundFault } from '../src/desk/words.ts'
import type { PaymentsOfficer } from '../src/index.ts'
import { day, dopa, hour, rd, somchai, type Town, town, transaction } from './town.ts'

let here: Town
const officer: PaymentsOfficer = { account: crypto.randomUUID(), agency: rd }
const stranger: PaymentsOfficer = { account: crypto.randomUUID(), agency: dopa }
/** No account is bound to their number. */
const stateless = '0115183923883'

beforeAll(async () => {
  here = await town()
  await here.payments.work()
})
afterAll(async () => await here[Symbol.asyncDispose]())

let orders = 0
async function order(over: { to?: string; amount?: number; payment?: string; reference?: string } = {}) {
  const request = { payer: rd, reference: `case:${++orders}:refund`, amount: 2_500, to: somchai, ...over }
  return await transaction(here.database, (client) => here.payments.refund(client, request))
}

const stateOf = async (reference: string) => (await here.payments.refundByReference(reference))?.state
const reaches = async (reference: string, state: string) => {
  await expect
    .poll(async () => {
      await here.bank.tellDue()
      return await stateOf(reference)
    })
    .toBe(state)
}

async function pay(reference: string, amount: number, telling: 'now' | 'never' = 'now') {
  const payment = await here.payments.byReference(reference)
  const bill = readBill(payment?.payload ?? '')
  if (bill === undefined) throw new Error('not a bill')
  const paid = await payBill({ pool: here.money.pool, clock: () => here.at }, { ...bill, amount }, telling)
  await here.bank.tellDue()
  return paid
}

const sentOut = async (key: string) => {
  const { rows } = await here.money.pool.query(
    `select amount::int from money.movement where direction = 'out' and (reference1 like $1 || '%' or reference2 = $1)`,
    [key],
  )
  return rows.map(({ amount }) => amount)
}

describe('why a bank could not send money', () => {
  it('is said in words; a word that nobody foresaw is quoted', () => {
    expect(refundFault('no-promptpay', 'en')).toBe('No PromptPay account is bound to this national number.')
    for (const why of ['e-17', 'constructor']) expect(refundFault(why, 'th')).toBe(`ธนาคารแจ้งรหัส “${why}”`)
  })
})

describe('a refund', () => {
  it('goes to the bank by a job, and is done when the bank says so', async () => {
    const { reference, id, state } = await order()
    expect(state).toBe('ordered')
    await reaches(reference, 'done')
    expect(await sentOut(id)).toEqual([2_500])
  })

  it('is ordered once for its reference', async () => {
    const first = await order({ reference: 'case:same:refund' })
    expect((await order({ reference: 'case:same:refund' })).id).toBe(first.id)
    await reaches('case:same:refund', 'done')
    expect(await sentOut(first.id)).toEqual([2_500])
  })

  it('is not ordered where what ordered it came to nothing', async () => {
    const reference = 'case:undone:refund'
    const request = { payer: rd, reference, amount: 5, to: somchai }
    const undone = transaction(here.database, async (client) => {
      await here.payments.refund(client, request)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await stateOf(reference)).toBeUndefined()
  })

  it('waits while the bank cannot be reached, and is sent once', async () => {
    here.isBankDown = true
    const { reference, id } = await order()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await stateOf(reference)).toBe('ordered')
    here.isBankDown = false
    await reaches(reference, 'done')
    expect(await sentOut(id)).toEqual([2_500])
  })

  it('comes back where the bank cannot carry it out, to be ordered anew with a reason', async () => {
    const { reference, id } = await order({ to: stateless })
    await reaches(reference, 'failed')
    const desk = await here.payments.deskDay(officer, '2026-11-23')
    expect(desk.refunds.find((one) => one.id === id)).toMatchObject({ state: 'failed', why: 'no-promptpay' })
    await expect(here.payments.sendAgain(stranger, id, 'ลองใหม่')).rejects.toMatchObject({
      code: 'settlement-not-found',
    })
    await here.payments.sendAgain(officer, id, 'ผูกพร้อมเพย์แล้ว')
    await reaches(reference, 'failed')
    const { rows } = await here.money.pool.query(
      'select key from money.answered where key like $1 order by key',
      [`${id}%`],
    )
    expect(rows.map(({ key }) => key)).toEqual([`${id}.1`, `${id}.2`])
  })

  it('tells nobody’s number but the bank: what lies here is sealed, and nothing is logged', async () => {
    await order({ to: somchai })
    const { rows } = await here.database.pool.query('select * from payments.refund')
    expect(JSON.stringify(rows)).not.toContain(somchai)
    expect(here.lines.join()).not.toContain(somchai)
  })

  it.each(['', '123', 'x'.repeat(13), '33653415046170'])('is not ordered to %j', async (to) => {
    await expect(order({ to })).rejects.toThrow(RangeError)
  })
})

describe('a refund of a payment', () => {
  it('to who has no number at PromptPay goes back to the accounts that paid, once', async () => {
    const { reference } = await here.request()
    for (const amount of [4_000, 6_000]) await pay(reference, amount)
    const request = { payer: rd, reference: 'case:abroad:refund', payment: reference }
    const back = async (amount: number) =>
      await transaction(here.database, (client) => here.payments.refund(client, { ...request, amount }))
    await expect(back(10_001)).rejects.toMatchObject({ code: 'refund-too-large' })
    const first = await back(7_000)
    expect(first).toMatchObject({ reference: request.reference, amount: 6_000, payment: reference })
    expect(await here.payments.refundByReference(`${request.reference}/2`)).toMatchObject({ amount: 1_000 })
    expect(await back(7_000)).toMatchObject({ id: first.id })
    expect(await here.payments.byReference(reference)).toMatchObject({ paid: 3_000 })
  })

  it('gives back what was paid and no more', async () => {
    const { reference } = await here.request()
    await pay(reference, 10_000)
    await expect(order({ payment: reference, amount: 10_001 })).rejects.toMatchObject({
      code: 'refund-too-large',
    })
    await order({ payment: reference, amount: 4_000 })
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid', paid: 6_000 })
    await expect(order({ payment: reference, amount: 6_001 })).rejects.toMatchObject({
      code: 'refund-too-large',
    })
    await order({ payment: reference, amount: 6_000 })
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'refunded', paid: 0 })
  })

  it('of what is no longer asked for is the rest of what came; later money is too much', async () => {
    const { reference } = await here.request()
    await pay(reference, 4_000)
    for (let times = 0; times < 2; times++) {
      await transaction(here.database, (client) => here.payments.callOff(client, reference))
    }
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid', paid: 4_000 })
    await pay(reference, 6_000)
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'overpaid', paid: 10_000 })
    // What an officer will give back is not the agency's.
    expect(await here.payments.keptOf({ payments: [reference], refunds: [] })).toBe(4_000)
  })

  it('of one that was overpaid is of what was asked for; what was too much goes back beside it', async () => {
    const { id, reference } = await here.request()
    const transaction = await pay(reference, 15_000)
    await order({ payment: reference, amount: 10_000 })
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'overpaid', paid: 5_000 })
    await here.payments.giveBack(officer, id, 'จ่ายเกิน')
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'refunded', paid: 0 })
    await expect.poll(() => sentOut(transaction)).toEqual([5_000])
  })

  it('leaves what the agency has: what was paid, less what went back and what was given beside it', async () => {
    const { reference } = await here.request()
    await pay(reference, 10_000)
    await order({ payment: reference, amount: 3_000 })
    const given = await order({ amount: 9_500 })
    const moves = { payments: [reference, 'case:none:fee'], refunds: [given.reference] }
    expect(await here.payments.keptOf(moves)).toBe(-2_500)
  })

  it('gives back no more than there is, when two order at once', async () => {
    const { reference } = await here.request()
    await pay(reference, 10_000)
    const tries = await Promise.allSettled([1, 2, 3].map(() => order({ payment: reference, amount: 6_000 })))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await here.payments.byReference(reference)).toMatchObject({ paid: 4_000 })
  })
})

describe('an officer of the agency', () => {
  it('takes late money for money in time, so that the case goes on', async () => {
    const { id, reference } = await here.request({ dueAt: here.at - hour })
    await pay(reference, 10_000)
    await expect(here.payments.acceptLate(stranger, id, 'x')).rejects.toMatchObject({
      code: 'settlement-not-found',
    })
    await expect(here.payments.acceptLate(officer, id, ' ')).rejects.toMatchObject({
      code: 'settlement-reason-missing',
    })
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'late' })
    await here.payments.acceptLate(officer, id, 'ระบบธนาคารขัดข้อง')
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid' })
    await expect(here.payments.acceptLate(officer, id, 'again')).rejects.toMatchObject({
      code: 'settlement-not-found',
    })
  })

  it('sends back what is too much to where it came from, the last first', async () => {
    const { id, reference } = await here.request()
    const first = await pay(reference, 9_000)
    const second = await pay(reference, 500)
    const third = await pay(reference, 2_000)
    await here.payments.giveBack(officer, id, 'จ่ายเกิน')
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid', paid: 10_000 })
    await expect.poll(() => sentOut(third)).toEqual([1_500])
    expect([await sentOut(first), await sentOut(second)]).toEqual([[], []])
  })

  it('sends back all of what came late, and nothing of a payment that is right', async () => {
    const late = await here.request({ dueAt: here.at - hour })
    const transaction = await pay(late.reference, 10_000)
    await here.payments.giveBack(officer, late.id, 'เลยกำหนด')
    expect(await here.payments.byReference(late.reference)).toMatchObject({ state: 'refunded', paid: 0 })
    await expect.poll(() => sentOut(transaction)).toEqual([10_000])
    const right = await here.request()
    await pay(right.reference, 10_000)
    await expect(here.payments.giveBack(officer, right.id, 'x')).rejects.toMatchObject({
      code: 'settlement-not-found',
    })
  })

  it('gives back nothing of a payment that may still be completed', async () => {
    const { id, reference } = await here.request()
    await pay(reference, 1)
    await expect(here.payments.giveBack(officer, id, 'x')).rejects.toMatchObject({
      code: 'settlement-not-found',
    })
  })

  it.each(['', 'x', "'; --", '00000000-0000-7000-8000-000000000000'])(
    'settles nothing that is not there: %j',
    async (id) => {
      for (const deed of ['acceptLate', 'giveBack', 'sendAgain', 'noteDifference', 'returnMoney'] as const) {
        await expect(here.payments[deed](officer, id, 'x')).rejects.toMatchObject({
          code: 'settlement-not-found',
        })
      }
    },
  )
})

describe('a day held against the bank’s', () => {
  it('differs in nothing where everything was told', async () => {
    await here.bank.tellDue()
    await expect.poll(async () => (await here.payments.reconcile(rd, '2026-11-23')).length).toBe(0)
    const { compared } = await here.payments.deskDay(officer, '2026-11-23')
    expect(compared?.ours).toEqual(compared?.theirs)
    expect(compared?.ours.inCount).toBeGreaterThan(5)
    expect(compared?.ours.outCount).toBeGreaterThan(3)
  })

  it('finds money that was never told, which an officer books; the case goes on', async () => {
    here.at += day
    const { reference } = await here.request()
    const transaction = await pay(reference, 10_000, 'never')
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'waiting' })
    await here.payments.reconcile(rd, '2026-11-24')
    await here.payments.reconcile(rd, '2026-11-24')
    const { differences } = await here.payments.deskDay(officer, '2026-11-24')
    expect(differences).toMatchObject([{ kind: 'unknown-here', transaction, state: 'open' }])
    const id = differences[0]?.id ?? ''
    await expect(here.payments.bookDifference(stranger, id, 'x')).rejects.toMatchObject({
      code: 'settlement-not-found',
    })
    await here.payments.bookDifference(officer, id, 'ธนาคารยืนยันทางโทรศัพท์')
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid' })
    expect(await here.payments.reconcile(rd, '2026-11-24')).toEqual([])
    here.at -= day
  })

  it('finds what the bank does not have, and what it has otherwise', async () => {
    here.at += 2 * day
    const references = [await here.request(), await here.request()].map(({ reference }) => reference)
    const [lost = '', other = ''] = await Promise.all(references.map((reference) => pay(reference, 10_000)))
    await here.bank.tellDue()
    await here.money.pool.query('delete from money.movement where transaction = $1', [lost])
    await here.money.pool.query('update money.movement set amount = amount + 1 where transaction = $1', [
      other,
    ])
    await here.payments.reconcile(rd, '2026-11-25')
    const { differences, compared } = await here.payments.deskDay(officer, '2026-11-25')
    const found = differences
      .filter((one) => one.day === '2026-11-25')
      .map(({ kind, transaction }) => [kind, transaction])
    expect(found.sort()).toEqual([
      ['amount-differs', other],
      ['unknown-there', lost],
    ])
    expect(compared).toMatchObject({ ours: { in: 20_000 }, theirs: { in: 10_001 } })
    // What the bank mends is not there any more; what an officer has noted stays noted.
    await here.money.pool.query('update money.movement set amount = amount - 1 where transaction = $1', [
      other,
    ])
    const lostId = differences.find((one) => one.transaction === lost)?.id ?? ''
    await here.payments.noteDifference(officer, lostId, 'แจ้งธนาคารแล้ว')
    await here.payments.reconcile(rd, '2026-11-25')
    const after = (await here.payments.deskDay(officer, '2026-11-25')).differences
    expect(after.filter((one) => one.day === '2026-11-25')).toMatchObject([
      { transaction: lost, state: 'settled' },
    ])
    here.at -= 2 * day
  })

  it('is not compared at all where the bank cannot be reached', async () => {
    here.isBankDown = true
    await expect(here.payments.reconcile(rd, '2026-11-23')).rejects.toThrow()
    here.isBankDown = false
  })
})
