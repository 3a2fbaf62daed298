import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { payBill, readBill } from '@sapan/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bankPath, type Payment } from '../src/index.ts'
import { billers, day, dopa, hour, noon, rd, type Town, town } from './town.ts'

let here: Town
const paidJobs: Record<string, unknown>[] = []
const oddJobs: Record<string, unknown>[] = []
beforeAll(async () => {
  here = await town()
  await here.jobs.work('payments.paid', async (data) => void paidJobs.push(data))
  await here.jobs.work('payments.odd', async (data) => void oddJobs.push(data))
})
afterAll(async () => await here[Symbol.asyncDispose]())

/** Somebody scans the code and pays, and the bank tells. */
async function pay(
  { payload }: Payment,
  over: { amount?: number; telling?: 'now' | 'twice' | 'never' } = {},
) {
  const bill = readBill(payload)
  if (bill === undefined) throw new Error('not a bill')
  const ground = { pool: here.money.pool, clock: () => here.at }
  const amount = over.amount ?? bill.amount ?? 0
  const transaction = await payBill(ground, { ...bill, amount }, over.telling ?? 'now')
  await here.bank.tellDue()
  return transaction
}

/** Signs as the bank does, with its own key from its own table, or with another. */
async function signed(body: string, over: { header?: object; key?: 'bank' | 'other'; at?: number } = {}) {
  const { rows } = await here.money.pool.query('select private from money.signing_key')
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const key = over.key === 'other' ? other : { key: rows[0].private, format: 'jwk' as const }
  const head = Buffer.from(
    JSON.stringify({
      alg: 'ES256',
      kid: 'bank-1',
      typ: 'bank-message+jws',
      iat: Math.floor((over.at ?? here.at) / 1000),
      nonce: randomBytes(16).toString('base64url'),
      ...over.header,
    }),
  ).toString('base64url')
  const input = Buffer.from(`${head}.${Buffer.from(body).toString('base64url')}`)
  const sum = sign('sha256', input, { ...('key' in key ? key : { key }), dsaEncoding: 'ieee-p1363' })
  return `${head}..${sum.toString('base64url')}`
}

let count = 0
function message(payment: Payment, over: Record<string, unknown> = {}): string {
  return JSON.stringify({
    kind: 'payment',
    transaction: `TEST${++count}`,
    biller: billers.get(rd),
    reference1: payment.bankReference,
    reference2: '0',
    amount: payment.amount,
    currency: 'THB',
    paidAt: new Date(here.at).toISOString(),
    ...over,
  })
}

const stateOf = async ({ reference }: Payment) => {
  const found = await here.payments.byReference(reference)
  return { state: found?.state, paid: found?.paid }
}

const deskOf = async (agency = rd) =>
  await here.payments.deskDay({ account: crypto.randomUUID(), agency }, '2026-11-23')

describe('money that is not as it was asked for', () => {
  const oddOf = ({ id }: Payment) => oddJobs.filter(({ payment }) => payment === id).map(({ odd }) => odd)

  it('is told of by a job: too little, too much, again, late; and not what is right', async () => {
    const [part, twice, late, right] = await Promise.all([1, 2, 3, 4].map(() => here.request()))
    if (!part || !twice || !late || !right) throw new Error('four were asked for')
    await pay(part, { amount: 100 })
    await pay(twice, { telling: 'twice' })
    await pay(twice)
    await pay(right)
    here.at += 40 * day
    await pay(late)
    here.at = noon
    await expect.poll(() => oddOf(late)).toEqual(['late'])
    await expect.poll(() => oddOf(twice)).toEqual(['overpaid'])
    await expect.poll(() => oddOf(part)).toEqual(['partly-paid'])
    expect(oddOf(right)).toEqual([])
  })

  it('is not too little where somebody pays in the parts that they chose', async () => {
    const instalments = [noon + 10 * day, noon + 20 * day]
    const payment = await here.request({ instalments, isDivided: true })
    await pay(payment, { amount: payment.amount / 2 })
    await pay(payment, { amount: payment.amount })
    await expect.poll(() => oddOf(payment)).toEqual(['overpaid'])
  })
})

describe('money that the bank tells of', () => {
  it('pays what its code asked for, and lets the case go on once', async () => {
    const payment = await here.request()
    await pay(payment)
    expect(await stateOf(payment)).toEqual({ state: 'paid', paid: 10_000 })
    await expect.poll(() => paidJobs).toContainEqual({ payment: payment.id, reference: payment.reference })
    expect(paidJobs.filter((one) => one.payment === payment.id)).toHaveLength(1)
  })

  it('is counted once however often it is told', async () => {
    const payment = await here.request()
    await pay(payment, { telling: 'twice' })
    const body = message(payment, { transaction: 'TWICE1', amount: 5 })
    const results = await Promise.all([0, 1, 2, 3].map(async () => await here.send(body, await signed(body))))
    expect(results.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(results.filter(({ body }) => body.repeated === false)).toHaveLength(1)
    expect(await stateOf(payment)).toEqual({ state: 'overpaid', paid: 10_005 })
  })

  it('waits for the rest where it is not enough, and asks for the rest alone', async () => {
    const payment = await here.request()
    await pay(payment, { amount: 4_000 })
    expect(await stateOf(payment)).toEqual({ state: 'partly-paid', paid: 4_000 })
    const rest = await here.payments.byReference(payment.reference)
    expect(readBill(rest?.payload ?? '')?.amount).toBe(6_000)
    await pay(rest ?? payment)
    expect(await stateOf(payment)).toEqual({ state: 'paid', paid: 10_000 })
  })

  it('is too much where it is too much, which the desk sees and the case does not wait for', async () => {
    const payment = await here.request()
    await pay(payment, { amount: 12_345 })
    expect(await stateOf(payment)).toEqual({ state: 'overpaid', paid: 12_345 })
    expect((await deskOf()).payments.map(({ id }) => id)).toContain(payment.id)
    await expect.poll(() => paidJobs.map((one) => one.payment)).toContain(payment.id)
  })

  it('that came to the bank after its time is late, and lets nothing go on', async () => {
    const payment = await here.request({ dueAt: here.at - hour })
    await pay(payment)
    expect(await stateOf(payment)).toEqual({ state: 'late', paid: 10_000 })
    expect((await deskOf()).payments.map(({ id }) => id)).toContain(payment.id)
    expect(paidJobs.map((one) => one.payment)).not.toContain(payment.id)
  })

  it('of a debt finds it still there when its time is over, and is late', async () => {
    const instalments = [here.at + day, here.at + 2 * day]
    const payment = await here.request({
      stays: true,
      isDivided: true,
      instalments,
      dueAt: here.at + 2 * day,
    })
    expect(payment.parts.map(({ amount }) => amount)).toEqual([5_000, 5_000])
    here.at += 3 * day
    await here.payments.lapseDue()
    expect((await stateOf(payment)).state).toBe('waiting')
    await pay(payment)
    const rest = await here.payments.byReference(payment.reference)
    await pay(rest ?? payment)
    expect((await stateOf(payment)).state).toBe('late')
    here.at -= 3 * day
  })

  it('that came in time and was told late is in time, though the payment had lapsed', async () => {
    const payment = await here.request({ dueAt: here.at - hour })
    await here.payments.lapseDue()
    expect((await stateOf(payment)).state).toBe('lapsed')
    const body = message(payment, { paidAt: new Date(here.at - 2 * hour).toISOString() })
    expect((await here.send(body, await signed(body))).status).toBe(200)
    expect(await stateOf(payment)).toEqual({ state: 'paid', paid: 10_000 })
  })

  it.each([
    ['unknown-reference', { reference1: 'NOBODYASKEDFORTHIS00' }],
    ['wrong-payee', { biller: billers.get(dopa) }],
    ['wrong-payee', { biller: '099999999999999' }],
    ['wrong-currency', { currency: 'USD' }],
  ])('is kept as %s with %j, counts for nothing, and comes to the desk', async (outcome, over) => {
    const payment = await here.request()
    const transaction = `STRAY${++count}`
    const body = message(payment, { transaction, ...over })
    const answer = await here.send(body, await signed(body))
    expect(answer).toMatchObject({ status: 200, body: { transaction, outcome } })
    expect(await stateOf(payment)).toEqual({ state: 'waiting', paid: 0 })
    const desk = await deskOf('biller' in over && over.biller === billers.get(dopa) ? dopa : rd)
    expect(desk.stray.find((one) => one.transaction === transaction)).toMatchObject({ outcome })
  })

  it('of which the bank says something else later stays as it was first, and the desk sees it', async () => {
    const payment = await here.request()
    const transaction = `SAID${++count}`
    const first = message(payment, { transaction })
    const second = message(payment, { transaction, amount: 99 })
    expect((await here.send(first, await signed(first))).status).toBe(200)
    const answer = await here.send(second, await signed(second))
    expect(answer).toMatchObject({ status: 409, body: { code: 'bank-transaction-contradicted' } })
    expect(await stateOf(payment)).toEqual({ state: 'paid', paid: 10_000 })
    const [stray] = (await deskOf()).stray.filter((one) => one.transaction === transaction)
    expect(stray).toMatchObject({ isContradicted: true })
  })
})

describe('a message that is not the bank’s', () => {
  const refusals = async () => new Map((await deskOf()).refused.map(({ reason, count }) => [reason, count]))

  it.each([
    ['no signature', async () => undefined],
    ['rubbish', async () => '!..!'],
    ['three parts', async (body: string) => (await signed(body)).replace('..', '.e30.')],
    ['another key', (body: string) => signed(body, { key: 'other' })],
    ['a key that nobody has', (body: string) => signed(body, { header: { kid: 'bank-9' } })],
    ['no algorithm', (body: string) => signed(body, { header: { alg: 'none' } })],
    ['a key that both know', (body: string) => signed(body, { header: { alg: 'HS256' } })],
    ['another type', (body: string) => signed(body, { header: { typ: 'JWT' } })],
    ['no nonce', (body: string) => signed(body, { header: { nonce: undefined } })],
    ['no time', (body: string) => signed(body, { header: { iat: undefined } })],
    ['a critical header', (body: string) => signed(body, { header: { crit: ['b64'], b64: false } })],
    ['the signature of another body', () => signed('{}')],
  ])('with %s pays nothing, and is counted', async (_name, signature) => {
    const payment = await here.request()
    const body = message(payment)
    const before = (await refusals()).get('bank-signature-invalid') ?? 0
    const answer = await here.send(body, await signature(body))
    expect(answer).toMatchObject({ status: 401, body: { code: 'bank-signature-invalid' } })
    expect((await refusals()).get('bank-signature-invalid')).toBe(before + 1)
    expect(await stateOf(payment)).toEqual({ state: 'waiting', paid: 0 })
  })

  it.each([-301, 62])('or was signed %i seconds from now pays nothing', async (seconds) => {
    const body = message(await here.request())
    const answer = await here.send(body, await signed(body, { at: here.at + seconds * 1000 }))
    expect(answer).toMatchObject({ status: 401, body: { code: 'bank-message-stale' } })
  })

  it('or is a recording of one that was is refused, and nothing is counted twice', async () => {
    const payment = await here.request()
    const body = message(payment)
    const signature = await signed(body)
    expect((await here.send(body, signature)).status).toBe(200)
    const again = await here.send(body, signature)
    expect(again).toMatchObject({ status: 409, body: { code: 'bank-message-replayed' } })
    expect(await stateOf(payment)).toEqual({ state: 'paid', paid: 10_000 })
  })
})

describe('a message of the bank’s that cannot be read', () => {
  it.each([
    ['', {}],
    ['[]', {}],
    ['null', {}],
    ['{"kind":"payment"', {}],
    ['\u0000', {}],
    ['', { amount: 0 }],
    ['', { amount: -5 }],
    ['', { amount: 1.5 }],
    ['', { amount: '100' }],
    ['', { amount: 1e300 }],
    ['', { amount: null }],
    ['', { transaction: "x'; drop table payments.payment; --" }],
    ['', { transaction: 'A'.repeat(65) }],
    ['', { transaction: 7 }],
    ['', { reference1: '' }],
    ['', { reference1: 'a\u0000b' }],
    ['', { biller: 'x' }],
    ['', { currency: 'baht' }],
    ['', { paidAt: 'yesterday' }],
    ['', { paidAt: '2026-02-30T99:00:00Z' }],
    ['', { paidAt: '2569-11-23T12:00:00+07:00' }],
    ['', { paidAt: new Date(noon + 400_000).toISOString() }],
    ['', { kind: 'gift' }],
    ['', { kind: 'transfer', order: 'x y', state: 'done' }],
    ['', { kind: 'transfer', order: 'x', state: 'lost' }],
  ])('is refused with 400: %j %j', async (text, over) => {
    const isText = Object.keys(over).length === 0
    const body = isText ? text : message(await here.request(), over)
    const answer = await here.send(body, await signed(body))
    expect(answer).toMatchObject({ status: 400 })
  })

  it('is refused where it is no JSON at all', async () => {
    const response = await fetch(here.origin + bankPath, {
      method: 'POST',
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(response.status).toBe(400)
  })
})

describe('a day that was told of', () => {
  it('is forgotten no nonce of while it could be used again', async () => {
    const body = message(await here.request())
    const signature = await signed(body, { at: here.at - 299_000 })
    expect((await here.send(body, signature)).status).toBe(200)
    const { rows } = await here.database.pool.query(
      'select max(expires_at) > $1::timestamptz as kept from payments.nonce',
      [new Date(here.at)],
    )
    expect(rows).toEqual([{ kept: true }])
    here.at += day
    expect((await here.send(body, signature)).status).toBe(401)
    here.at -= day
  })
})
