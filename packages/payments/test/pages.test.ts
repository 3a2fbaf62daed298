import type { Text } from '@sapan/kernel'
import { payBill, readBill } from '@sapan/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paymentDeskRoutes, paymentRoutes } from '../src/index.ts'
import { paymentsProblems } from '../src/problems.ts'
import { dateOf, day, dopa, hour, rd, type Town, town } from './town.ts'

let here: Town
/** Registers that do not answer. */
let silent: readonly Text[] = []
beforeAll(async () => {
  here = await town((payments) => [
    ...paymentRoutes<string, string>({
      payments,
      clock: () => here.at,
      accountOf: (who) => who,
      silentOf: async () => silent,
      memberName: () => ({ th: 'กรมสรรพากร', en: 'Revenue Department' }),
      bankPage: {
        address: `${here?.bankOrigin ?? 'http://127.0.0.1:1'}/bill`,
        name: { th: 'ธนาคารสมมติ', en: 'the bank' },
      },
      needs: 'in',
    }).filter(({ machine }) => machine !== true),
    ...paymentDeskRoutes<string, string>({
      payments,
      clock: () => here.at,
      dateOf,
      officerOf: (who) => ({ account: who, agency: rd }),
      needs: 'in',
    }),
  ])
})
afterAll(async () => await here[Symbol.asyncDispose]())

function browser(who: string) {
  const cookies = new Map([['who', who]])
  let key = ''
  const call = async (path: string, init: RequestInit) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(here.origin + path, {
      redirect: 'manual',
      ...init,
      headers: { cookie, ...init.headers },
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const text = await response.text()
    key = /name="form-key" value="([^"]+)"/.exec(text)?.[1] ?? key
    return { status: response.status, text, to: response.headers.get('location') ?? '' }
  }
  return {
    get: (path: string, language = 'en') => call(path, { headers: { 'accept-language': language } }),
    post: (path: string, fields: Record<string, string> = {}) =>
      call(path, {
        method: 'POST',
        headers: { origin: here.origin, 'accept-language': 'en' },
        body: new URLSearchParams({ ...fields, 'form-key': key }),
      }),
  }
}

async function pay(payload: string, amount?: number, telling: 'now' | 'never' = 'now') {
  const bill = readBill(payload)
  if (bill?.amount === undefined) throw new Error('not a bill')
  const paid = await payBill(
    { pool: here.money.pool, clock: () => here.at },
    { ...bill, amount: amount ?? bill.amount },
    telling,
  )
  await here.bank.tellDue()
  return paid
}

describe('the page of a payment', () => {
  it('shows the amount, the time, the code as a picture and as text, and then that it is paid', async () => {
    const account = crypto.randomUUID()
    const { id, payload } = await here.request({ account, amount: 123_450 })
    const person = browser(account)
    const before = await person.get(`/me/payments/${id}`)
    expect(before.text).toContain('1,234.50 baht')
    expect(before.text).toContain('<svg')
    expect(before.text).toContain(payload)
    // Who comes back from the bank sooner than its word does is told not to pay twice.
    expect((await person.get('/me/payments')).text).toContain('do not pay again')
    await pay(payload)
    expect((await person.get('/me/payments')).text).not.toContain('do not pay again')
    const after = await person.get(`/me/payments/${id}`)
    expect(after.text).toContain('All of it has arrived')
    expect(after.text).not.toContain(payload)
    expect((await person.get('/me/payments', 'th')).text).toContain('ชำระแล้ว')
  })

  it('of another is not there, and the attempt is logged', async () => {
    const { id } = await here.request({ account: crypto.randomUUID() })
    const other = crypto.randomUUID()
    const stranger = browser(other)
    await stranger.get('/desk/payments')
    const before = here.lines.length
    expect((await stranger.get(`/me/payments/${id}`)).status).toBe(404)
    expect((await stranger.post(`/me/payments/${id}/instalments`)).status).toBe(404)
    expect(here.lines.slice(before).filter((line) => line.includes(other))).toHaveLength(2)
    for (const bad of ['x', '%27--', '00000000-0000-7000-8000-000000000000']) {
      expect((await stranger.get(`/me/payments/${bad}`)).status).toBe(404)
    }
    expect((await stranger.get('/me/payments')).text).toContain('There is nothing to pay')
  })

  it('that may be a party’s is not called another’s while no register says for whom one acts', async () => {
    const [account, other] = [crypto.randomUUID(), crypto.randomUUID()]
    const { id } = await here.request({ account })
    silent = [{ th: 'ทะเบียนบริษัท', en: 'the company register' }]
    try {
      const stranger = browser(other)
      const refused = await stranger.get(`/me/payments/${id}`)
      expect(refused.status).toBe(503)
      expect(refused.text).toContain('There is no answer from the company register')
      await stranger.get('/desk/payments')
      expect((await stranger.post(`/me/payments/${id}/instalments`)).status).toBe(503)
      expect((await stranger.get('/me/payments')).text).toContain('the company register: not answering')
      expect((await browser(account).get(`/me/payments/${id}`)).status).toBe(200)
    } finally {
      silent = []
    }
  })

  it('lets a person choose to pay in parts, each with its code, once', async () => {
    const account = crypto.randomUUID()
    const instalments = [here.at + day, here.at + 31 * day, here.at + 61 * day]
    const { id, reference } = await here.request({ account, amount: 300_001, instalments })
    const person = browser(account)
    expect((await person.get(`/me/payments/${id}`)).text).toContain('Pay in instalments')
    expect(await person.post(`/me/payments/${id}/instalments`)).toMatchObject({ status: 303 })
    expect((await person.post(`/me/payments/${id}/instalments`)).status).toBe(409)
    for (const [amount, number] of [
      [100_001, '1'],
      [100_000, '2'],
      [100_000, '3'],
    ]) {
      const payment = await here.payments.byReference(reference)
      const bill = readBill(payment?.payload ?? '')
      expect(bill).toMatchObject({ amount, reference2: number })
      await pay(payment?.payload ?? '')
    }
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid', paid: 300_001 })
    expect((await here.payments.receipt(reference))?.transactions).toHaveLength(3)
  })

  it('of a party is seen and divided as far as a mandate to pay reaches', async () => {
    const party = 'hash-of-a-person'
    const { id } = await here.request({ party, amount: 200_000 })
    const [account, { payee }] = [
      crypto.randomUUID(),
      await here.payments.open({ account: '', reach: [{ party }] }, id),
    ]
    const beyond = [{ party, most: 199_999 }, { party, payees: ['TH/GOV/ELSE'] }, { party: 'hash-of-others' }]
    for (const reach of [[], ...beyond.map((one) => [one])]) {
      expect(await here.payments.list({ account, reach })).toEqual([])
      await expect(here.payments.open({ account, reach }, id)).rejects.toThrow('payment-not-found')
      await expect(here.payments.payInParts({ account, reach }, id)).rejects.toThrow('payment-not-found')
    }
    const reach = [{ party, payees: [payee], most: 200_000 }]
    expect(await here.payments.list({ account, reach })).toMatchObject([{ id }])
  })

  it('of a party is divided by who acts for it now, not by whom it was asked of and does so no more', async () => {
    const [agent, party] = [crypto.randomUUID(), 'hash-of-a-company']
    const instalments = [here.at + day, here.at + 31 * day]
    const { id } = await here.request({ account: agent, party, amount: 200_000, instalments })
    const person = browser(agent)
    const { status, text } = await person.get(`/me/payments/${id}`)
    expect(status).toBe(200)
    expect(text).not.toContain('Pay in instalments')
    await person.get('/desk/payments')
    expect((await person.post(`/me/payments/${id}/instalments`)).status).toBe(404)
    await here.payments.payInParts({ account: crypto.randomUUID(), reach: [{ party }] }, id)
    expect((await here.payments.open({ account: agent }, id)).parts).toHaveLength(2)
  })

  it('offers no parts where none are allowed, or once something was paid', async () => {
    const account = crypto.randomUUID()
    const instalments = [here.at + day, here.at + 31 * day]
    const whole = await here.request({ account })
    const begun = await here.request({ account, instalments })
    await pay(begun.payload, 1)
    const person = browser(account)
    await person.get('/desk/payments')
    for (const { id } of [whole, begun]) {
      expect((await person.get(`/me/payments/${id}`)).text).not.toContain('Pay in instalments')
      expect((await person.post(`/me/payments/${id}/instalments`)).status).toBe(409)
    }
  })

  it('has no receipt of what is not paid in full', async () => {
    const { reference, payload } = await here.request()
    expect(await here.payments.receipt(reference)).toBeUndefined()
    await pay(payload, 1)
    expect(await here.payments.receipt(reference)).toBeUndefined()
  })
})

describe('the desk’s page of payments', () => {
  const officer = crypto.randomUUID()

  it('compares a day by a press, shows what differs, and settles it with a reason', async () => {
    const desk = browser(officer)
    const { reference, payload } = await here.request()
    const transaction = await pay(payload, undefined, 'never')
    expect((await desk.get('/desk/payments?day=2026-11-23')).text).toContain('was not compared yet')
    expect((await desk.post('/desk/payments/compare', { day: '2026-11-23' })).status).toBe(303)
    const { text } = await desk.get('/desk/payments?day=2026-11-23')
    expect(text).toContain(transaction)
    const subject = /name="subject" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const without = await desk.post('/desk/payments/settle', { subject, day: '2026-11-23', what: 'book' })
    expect(without.status).toBe(422)
    expect(without.text).toContain(`href="#why-${subject}"`)
    const fields = { subject, day: '2026-11-23', what: 'book', [`why-${subject}`]: 'ธนาคารยืนยัน' }
    expect((await desk.post('/desk/payments/settle', fields)).status).toBe(303)
    expect(await here.payments.byReference(reference)).toMatchObject({ state: 'paid' })
    expect((await desk.post('/desk/payments/settle', fields)).status).toBe(404)
  })

  it('shows late and overpaid payments and failed messages', async () => {
    const late = await here.request({ dueAt: here.at - hour })
    await pay(late.payload)
    await here.send('{}', 'forged')
    const { text } = await browser(officer).get('/desk/payments', 'th')
    expect(text).toContain(late.bankReference)
    expect(text).toContain('รับไว้เสมือนทันกำหนด')
    // What can be done about it stands beside it.
    expect(text).toContain('รับไว้แล้วเรื่องเดินต่อ หรือคืนเงิน')
    // In words, with the code by which its page is found.
    expect(text).toContain(paymentsProblems['bank-signature-invalid'].title.th)
    expect(text).toContain('bank-signature-invalid')
  })

  it.each(['x', '2569-11-23', '2026-02-30', '2026-1-1', ''])('shows no day %j', async (value) => {
    const desk = browser(officer)
    expect((await desk.get(`/desk/payments?day=${value}`)).status).toBe(400)
  })

  it('does nothing about another agency’s money, whatever the deed', async () => {
    const late = await here.request({ dueAt: here.at - hour })
    const transaction = await pay(late.payload)
    const other = { account: officer, agency: dopa }
    const { payments } = here
    for (const deed of [
      () => payments.acceptLate(other, late.id, 'y'),
      () => payments.giveBack(other, late.id, 'y'),
      () => payments.returnMoney(other, transaction, 'y'),
      () => payments.noteMoney(other, transaction, 'y'),
      () => payments.noteDifference(other, late.id, 'y'),
      () => payments.bookDifference(other, late.id, 'y'),
      () => payments.sendAgain(other, late.id, 'y'),
    ])
      await expect(deed()).rejects.toMatchObject({ code: 'settlement-not-found' })
    expect(await payments.byReference(late.reference)).toMatchObject({ state: 'late' })
    expect((await payments.deskDay(other, '2026-11-23')).payments).toEqual([])
  })

  it('does nothing that is not a deed', async () => {
    const desk = browser(officer)
    await desk.get('/desk/payments')
    for (const what of ['', 'toString', 'constructor', 'x']) {
      const answer = await desk.post('/desk/payments/settle', {
        subject: 'x',
        what,
        'why-x': 'y',
        day: '2026-11-23',
      })
      expect(answer.status).toBe(404)
    }
  })
})
