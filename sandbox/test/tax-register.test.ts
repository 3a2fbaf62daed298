import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import { createTaxRegister, sandboxPerson, UNREGISTERED_COMPANY } from '../src/index.ts'
import { type Served, serve } from './served.ts'

let database: TestDatabase
let served: Served
let now = Date.UTC(2026, 10, 21, 3)

beforeAll(async () => {
  database = await testDatabase()
  const register = await createTaxRegister({ pool: database.pool, clock: () => now })
  await register.load()
  served = await serve(register)
}, 120_000)

afterAll(async () => {
  await served?.stop()
  await database?.drop()
})

const taxpayer = sandboxPerson('taxpayer').nationalId
const director = sandboxPerson('director').nationalId

let keys = 0
const post = (path: string, body: unknown, key = `key-of-request-${++keys}`) =>
  served.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })

const filing = (change = {}) => ({
  taxpayerId: taxpayer,
  taxYear: 2568,
  form: 'PND91',
  filedOn: '2026-11-21',
  income: 99_000_000,
  netIncome: 50_000_000,
  taxDue: 2_750_000,
  taxWithheld: 6_930_000,
  refund: 4_180_000,
  payable: 0,
  ...change,
})

describe('a return', () => {
  it.each([
    ['of a year that is not over', { taxYear: 2569 }, 409],
    ['of who has one of that year', { taxpayerId: director }, 409],
    ['of a company', { taxpayerId: UNREGISTERED_COMPANY }, 409],
    ['filed tomorrow', { filedOn: '2026-11-22' }, 400],
    ['of the common era', { taxYear: 2025 }, 400],
    ['with an amount of less than nothing', { taxDue: -1 }, 400],
    ['with half a satang', { taxDue: 0.5 }, 400],
    ['with an amount in letters', { taxDue: '2750000' }, 400],
    ['with refund and payment at once', { payable: 1 }, 400],
    ['on another form', { form: 'PND90' }, 400],
    ['of a number whose last digit is wrong', { taxpayerId: '3365341504618' }, 400],
  ])('%s is refused', async (_, change, status) => {
    expect((await post('/filing-v1/filings', filing(change))).status).toBe(status)
    expect((await served.call(`/filing-v1/taxpayers/${taxpayer}/filings/2568`)).body.state).toBe('overdue')
  })

  it('is refused without a key', async () => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify(filing())
    expect(await served.call('/filing-v1/filings', { method: 'POST', headers, body })).toMatchObject({
      status: 400,
      body: { code: 'idempotency-key-missing' },
    })
  })

  it('is recorded once, and seen in the taxpayer’s status', async () => {
    const key = 'the-same-return-again'
    const first = await post('/filing-v1/filings', filing(), key)
    expect(first).toMatchObject({ status: 201, body: { state: 'filed', refund: 4_180_000, assessments: [] } })
    expect((await post('/filing-v1/filings', filing(), key)).body).toEqual(first.body)
    expect((await post('/filing-v1/filings', filing())).status).toBe(409)
    const { body } = await served.call(`/taxpayer-v1/taxpayers/${taxpayer}/status`)
    expect(body.filings).toContainEqual({
      taxYear: 2568,
      form: 'PND91',
      state: 'filed',
      filedOn: '2026-11-21',
    })
  })

  it('is recorded once by many at once under keys of their own', async () => {
    const one = filing({ taxpayerId: sandboxPerson('partner').nationalId })
    const answers = await Promise.all([1, 2, 3, 4].map(() => post('/filing-v1/filings', one)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
  })

  it('makes a taxpayer of who never filed before', async () => {
    const taxpayerId = sandboxPerson('officer').nationalId
    expect((await served.call(`/taxpayer-v1/taxpayers/${taxpayerId}/status`)).status).toBe(404)
    expect((await post('/filing-v1/filings', filing({ taxpayerId }))).status).toBe(201)
    expect((await served.call(`/taxpayer-v1/taxpayers/${taxpayerId}/status`)).body).toMatchObject({
      status: 'active',
    })
  })
})

describe('an assessment', () => {
  const assessment = (change = {}) => ({
    kind: 'assessment',
    decidedOn: '2026-11-21',
    taxDue: 3_000_000,
    refund: 3_930_000,
    payable: 0,
    ...change,
  })
  const path = `/filing-v1/taxpayers/${taxpayer}/filings`

  it('stands before what was filed, and an appeal’s before it; all are told', async () => {
    await post(`${path}/2568/assessments`, assessment())
    const { status, body } = await post(
      `${path}/2568/assessments`,
      assessment({ kind: 'appeal', taxDue: 2_750_000, refund: 4_180_000 }),
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      refund: 4_180_000,
      assessments: [{ kind: 'appeal' }, { kind: 'assessment', refund: 3_930_000 }],
    })
  })

  it('of a year without a return is refused', async () => {
    const { nationalId } = sandboxPerson('father')
    const due = `/filing-v1/taxpayers/${nationalId}/filings/2568/assessments`
    expect((await post(due, assessment())).status).toBe(409)
    expect((await post(`${path}/2560/assessments`, assessment())).status).toBe(404)
    expect((await post(`${path}/2025/assessments`, assessment())).status).toBe(400)
  })
})

describe('a registration for VAT', () => {
  const place = { name: 'สำนักงานใหญ่', address: { houseNumber: '12/3', moo: 4, subdistrictCode: '201005' } }
  const registration = (change = {}) => ({
    taxpayerId: UNREGISTERED_COMPANY,
    registeredFrom: '2026-12-01',
    voluntary: true,
    places: [place, { ...place, name: 'สาขาที่หนึ่ง' }],
    ...change,
  })

  it.each([
    ['without a place of business', { places: [] }, 400],
    [
      'in a sub-district that is none',
      { places: [{ ...place, address: { ...place.address, subdistrictCode: '999999' } }] },
      400,
    ],
    ['years ahead', { registeredFrom: '2029-01-01' }, 400],
    ['of nobody', { taxpayerId: '1234567890121' }, 404],
  ])('%s is refused, and no certificate is numbered', async (_, change, status) => {
    expect((await post('/vat-v1/registrations', registration(change))).status).toBe(status)
  })

  it('gives each place a certificate, and is seen in the taxpayer’s status', async () => {
    const { status, body } = await post('/vat-v1/registrations', registration())
    expect(status).toBe(201)
    expect(body.certificates).toMatchObject([
      { number: 'PP20-2569-000001', branch: '00000', name: 'สำนักงานใหญ่' },
      { number: 'PP20-2569-000002', branch: '00001', name: 'สาขาที่หนึ่ง' },
    ])
    expect((await served.call(`/vat-v1/registrations/${UNREGISTERED_COMPANY}`)).body).toEqual(body)
    const told = await served.call(`/taxpayer-v1/taxpayers/${UNREGISTERED_COMPANY}/status`)
    expect(told.body.vat).toEqual({ registered: true, since: '2026-12-01' })
    expect((await post('/vat-v1/registrations', registration())).status).toBe(409)
  })
})

describe('salaries and tax withheld', () => {
  const of = (year: number, person = taxpayer) =>
    served.call(`/withholding-v1/persons/${person}/withholding/${year}`)

  it('are told by employer and in all', async () => {
    const { body } = await of(2568, sandboxPerson('partner').nationalId)
    const employers = body.employers as { income: number; taxWithheld: number }[]
    expect(employers).toHaveLength(2)
    expect(body.income).toBe(employers.reduce((sum, one) => sum + one.income, 0))
    expect(body.taxWithheld).toBe(employers.reduce((sum, one) => sum + one.taxWithheld, 0))
  })

  it('of a year are there once it is over', async () => {
    expect((await of(2569)).body).toMatchObject({ income: 0, employers: [] })
    now = Date.UTC(2027, 0, 10)
    expect((await of(2569)).body).toMatchObject({ income: 102_000_000 })
    now = Date.UTC(2026, 10, 21, 3)
  })

  it('are nothing for who has no employer, and refused for a year of the common era', async () => {
    expect((await of(2568, sandboxPerson('spouse').nationalId)).body).toMatchObject({
      income: 0,
      employers: [],
    })
    expect((await of(2025)).status).toBe(400)
  })
})
