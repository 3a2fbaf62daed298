import { payBill, readBill } from '@sapan/sandbox'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DayRange, PaymentRequest } from '../src/index.ts'
import { dateOf, day, days, holidays, noon, rd, type Town, town, transaction } from './town.ts'

let here: Town
const told: { readonly queue: string; readonly payment: unknown; readonly due: unknown }[] = []

beforeAll(async () => {
  here = await town()
  for (const queue of ['payments.due-soon', 'payments.overdue'])
    await here.jobs.work(queue, async ({ payment, due }) => void told.push({ queue, payment, due }))
})
afterAll(async () => await here?.[Symbol.asyncDispose]())
/** Nothing of one test is asked for in the next. */
afterEach(async () => {
  here.at = noon
  holidays.clear()
  const { rows } = await here.database.pool.query<{ reference: string }>(
    'select reference from payments.payment where next_due_at is not null',
  )
  for (const { reference } of rows)
    await transaction(here.database, (client) => here.payments.callOffWhole(client, reference))
})

/** The last millisecond of a day in Bangkok. */
const endOf = (date: string) => Date.parse(`${date}T23:59:59.999+07:00`)
const rangeOf = (date: string): DayRange => [
  new Date(`${date}T00:00:00+07:00`),
  new Date(Date.parse(`${date}T00:00:00+07:00`) + day),
]

async function holiday(...dates: string[]): Promise<number> {
  for (const date of dates) holidays.set(date, { th: 'วันหยุดพิเศษ', en: 'Special holiday' })
  let moved = 0
  for (let more = -1; more !== 0; moved += more) more = await here.payments.postpone(dates.map(rangeOf))
  return moved
}

async function asked(over: Partial<PaymentRequest> = {}) {
  const { reference } = await here.request(over)
  return {
    now: async () => {
      const found = await here.payments.byReference(reference)
      if (found === undefined) throw new Error('not there')
      return found
    },
    pay: async (amount?: number) => {
      const bill = readBill((await here.payments.byReference(reference))?.payload ?? '')
      if (bill?.amount === undefined) throw new Error('not a bill')
      const bank = { pool: here.money.pool, clock: () => here.at }
      await payBill(bank, { ...bill, amount: amount ?? bill.amount }, 'now')
      await here.bank.tellDue()
    },
  }
}

describe('a payment that is due on a day that became a holiday', () => {
  it('is due on the next working day, once, and paid in time then', async () => {
    // A Friday; the next working day is Monday.
    const one = await asked({ dueAt: endOf('2026-11-27') })
    const other = await asked({ dueAt: endOf('2026-11-26') })
    expect(await holiday('2026-11-27')).toBe(1)
    expect(await one.now()).toMatchObject({ dueAt: endOf('2026-11-30'), isPostponed: true })
    expect(await other.now()).not.toHaveProperty('isPostponed')
    expect(await here.payments.postpone([rangeOf('2026-11-27')])).toBe(0)
    here.at = endOf('2026-11-30')
    expect(await here.payments.lapseDue()).toBe(1)
    await one.pay()
    expect((await one.now()).state).toBe('paid')
  })

  it('is never due earlier: a holiday that is taken back leaves it where it was told', async () => {
    const one = await asked({ dueAt: endOf('2026-11-27') })
    await holiday('2026-11-27')
    holidays.clear()
    expect(await here.payments.postpone([rangeOf('2026-11-27'), rangeOf('2026-11-30')])).toBe(0)
    expect((await one.now()).dueAt).toBe(endOf('2026-11-30'))
  })

  it('has all its parts moved, those chosen and those that may be chosen', async () => {
    const instalments = [endOf('2026-11-27'), endOf('2026-12-28')]
    const chosen = await asked({ instalments, isDivided: true, dueAt: endOf('2026-12-28'), stays: true })
    const account = crypto.randomUUID()
    const open = await asked({ instalments, dueAt: endOf('2026-11-27'), account })
    expect(await holiday('2026-12-28', '2026-11-27')).toBe(2)
    const moved = [endOf('2026-11-30'), endOf('2026-12-29')]
    expect((await chosen.now()).parts.map(({ dueAt }) => dueAt)).toEqual(moved)
    expect(await open.now()).toMatchObject({ instalments: moved, dueAt: endOf('2026-11-30') })
    await here.payments.payInParts({ account }, (await open.now()).id)
    expect((await open.now()).parts.map(({ dueAt }) => dueAt)).toEqual(moved)
    here.at = endOf('2026-11-30')
    await chosen.pay()
    here.at = endOf('2026-12-29')
    await chosen.pay()
    expect((await chosen.now()).state).toBe('paid')
  })

  it('may have two parts on one day then, and both are asked for', async () => {
    const instalments = [endOf('2026-11-26'), endOf('2026-11-27')]
    const one = await asked({ instalments, isDivided: true, dueAt: endOf('2026-11-27') })
    await holiday('2026-11-26')
    expect((await one.now()).parts.map(({ dueAt }) => dateOf(dueAt))).toEqual(['2026-11-27', '2026-11-27'])
  })

  it('that is paid, or was called off, is left alone', async () => {
    const paid = await asked({ dueAt: endOf('2026-11-27') })
    await paid.pay()
    expect(await holiday('2026-11-27')).toBe(0)
    expect((await paid.now()).dueAt).toBe(endOf('2026-11-27'))
  })
})

describe('who pays', () => {
  const of = async (payment: string) => {
    while ((await here.payments.remind(50)) > 0);
    return told.filter((one) => one.payment === payment).map(({ queue, due }) => [queue, due])
  }
  const reaches = (payment: string, expected: readonly unknown[]) =>
    expect.poll(() => of(payment), { timeout: 20_000 }).toEqual(expected)

  it('is told before each time by which some of it is due, and after it where it stays owed', async () => {
    const instalments = [endOf('2026-11-30'), endOf('2026-12-30')]
    const one = await asked({ instalments, isDivided: true, dueAt: endOf('2026-12-30'), stays: true })
    const { id } = await one.now()
    expect(await of(id)).toEqual([])
    const first = ['payments.due-soon', instalments[0]]
    here.at = endOf('2026-11-28')
    await reaches(id, [first])
    await one.pay()
    here.at = endOf('2026-12-05')
    await reaches(id, [first])
    here.at = endOf('2026-12-29')
    const second = ['payments.due-soon', instalments[1]]
    await reaches(id, [first, second])
    await one.pay(1)
    here.at = endOf('2026-12-30') + 1
    await reaches(id, [first, second, ['payments.overdue', instalments[1]]])
    here.at += 40 * day
    expect(await of(id)).toHaveLength(3)
    expect((await one.now()).state).toBe('partly-paid')
  })

  it('is told anew of a time that was moved', async () => {
    const one = await asked({ dueAt: endOf('2026-11-27'), stays: true })
    const { id } = await one.now()
    here.at = endOf('2026-11-26')
    const before = ['payments.due-soon', endOf('2026-11-27')]
    await reaches(id, [before])
    await holiday('2026-11-27')
    here.at = endOf('2026-11-28')
    await reaches(id, [before, ['payments.due-soon', endOf('2026-11-30')]])
  })

  it('is not told of what was asked today, of what was paid, nor that over is what only lapses', async () => {
    const fresh = await asked({ dueAt: here.at + 2 * day })
    const paid = await asked({ dueAt: here.at + 4 * day, stays: true })
    const lapsing = await asked({ dueAt: here.at + 2 * day })
    await paid.pay()
    expect(await of((await fresh.now()).id)).toEqual([])
    here.at += 3 * day
    expect(await of((await paid.now()).id)).toEqual([])
    expect(await of((await lapsing.now()).id)).toEqual([])
  })
})

describe('the desk', () => {
  it('shows debts whose time is over, also a part of one, and no longer once they are paid', async () => {
    const officer = { account: crypto.randomUUID(), agency: rd }
    const instalments = [endOf('2026-11-30'), endOf('2026-12-30')]
    const one = await asked({ instalments, isDivided: true, dueAt: endOf('2026-12-30'), stays: true })
    const { id } = await one.now()
    const shown = async () =>
      (await here.payments.deskDay(officer, days.dateOf(here.at))).payments.some((row) => row.id === id)
    expect(await shown()).toBe(false)
    here.at = endOf('2026-11-30') + 1
    expect(await shown()).toBe(true)
    await one.pay()
    expect(await shown()).toBe(false)
  })
})
