import { isNationalId } from '@sapan/kernel'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import {
  createImmigrationRegister,
  sandboxForeigner,
  sandboxPassportHolder,
  sandboxTraveller,
  type WellKnownTraveller,
} from '../src/index.ts'
import { foreignerNumber } from '../src/registers/imm/foreigner-number.ts'
import { mrzCheckDigit, passportMrz } from '../src/travellers/mrz.ts'
import { createTravellers } from '../src/travellers/travellers.ts'
import { type Served, serve } from './served.ts'

let database: TestDatabase
let served: Served
let now = Date.UTC(2026, 10, 21, 3)

beforeAll(async () => {
  database = await testDatabase()
  const register = await createImmigrationRegister({ pool: database.pool, clock: () => now })
  expect(await register.load()).toBe('filled')
  expect(await register.load()).toBe('kept')
  served = await serve(register)
})

afterAll(async () => {
  await served?.stop()
  await database?.drop()
})

const post = (path: string, body: unknown) =>
  served.call(`/traveller-v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const asked = ({ passport, birthDate, expiry }: WellKnownTraveller) => ({ passport, birthDate, expiry })

describe('a check of a passport', () => {
  it.each(['worker', 'one-name', 'birth-year-only'] as const)('finds the traveller “%s”', async (kind) => {
    const traveller = sandboxTraveller(kind)
    expect(await post('/checks', asked(traveller))).toMatchObject({
      status: 200,
      body: {
        match: true,
        name: traveller.name,
        nationality: traveller.nationality,
        birthDate: traveller.birthDate,
        permittedStay: { until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      },
    })
  })

  it('answers the same whichever part is wrong', async () => {
    const right = asked(sandboxTraveller())
    for (const wrong of [
      { passport: 'GBR:SMT999999' },
      { birthDate: '1970-01-01' },
      { expiry: '2031-01-01' },
    ])
      expect((await post('/checks', { ...right, ...wrong })).body).toEqual({ match: false })
  })

  it.each([{ birthDate: '1970-02-30' }, { expiry: '2031' }, { passport: 'gbr:1' }])(
    'is refused with %o',
    async (wrong) => {
      expect(await post('/checks', { ...asked(sandboxTraveller()), ...wrong })).toMatchObject({
        status: 400,
        body: { code: 'register-request-invalid' },
      })
    },
  )
})

describe('a foreigner number', () => {
  it('is the same however often and however many at once ask for it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('/foreigner-numbers', asked(sandboxTraveller()))),
    )
    const numbers = new Set(answers.map(({ body }) => String(body.foreignerNumber)))
    expect(numbers.size).toBe(1)
    const [number = ''] = numbers
    expect(isNationalId(number)).toBe(true)
    expect(number).toMatch(/^91051/)
    expect(await served.call(`/traveller-v1/foreigners/${number}`)).toMatchObject({
      status: 200,
      body: { foreignerNumber: number, name: sandboxTraveller().name },
    })
    expect((await post('/checks', asked(sandboxTraveller()))).body).toMatchObject({ foreignerNumber: number })
  })

  it('stays when the passport is renewed', async () => {
    const [first] = [asked(sandboxTraveller())]
    await database.pool.query(
      `insert into immigration.passport select 'GBR:SMT900001', traveller_id, '2036-01-01'
       from immigration.passport where passport = $1`,
      [first?.passport],
    )
    const before = await post('/foreigner-numbers', first)
    const after = await post('/foreigner-numbers', {
      ...first,
      passport: 'GBR:SMT900001',
      expiry: '2036-01-01',
    })
    expect(after.body).toEqual(before.body)
  })

  it('is given without gaps, and a refusal takes none', async () => {
    const serial = async () =>
      (await database.pool.query<{ last: number }>('select last from immigration.number_serial')).rows[0]
        ?.last
    const before = (await serial()) ?? 0
    expect(
      (await post('/foreigner-numbers', { ...asked(sandboxTraveller()), birthDate: '1900' })).status,
    ).toBe(404)
    now = Date.UTC(2050, 0, 1)
    const late = await post('/foreigner-numbers', asked(sandboxTraveller('birth-year-only')))
    now = Date.UTC(2026, 10, 21, 3)
    expect(late).toMatchObject({ status: 409, body: { code: 'register-conflict' } })
    const { body } = await post('/foreigner-numbers', asked(sandboxTraveller('one-name')))
    expect(body.foreignerNumber).toBe(foreignerNumber(before + 1))
    expect(await serial()).toBe(before + 1)
  })

  it('is found for nobody else', async () => {
    expect((await served.call('/traveller-v1/foreigners/1234567890121')).status).toBe(404)
    expect((await served.call('/traveller-v1/foreigners/1234567890120')).status).toBe(400)
  })
})

describe('passports of the sandbox', () => {
  it('are marked by SMT, with lines as ICAO 9303 has them', () => {
    for (const { page } of createTravellers()) {
      expect(page.number).toMatch(/^SMT\d{6}$/)
      for (const line of passportMrz(page)) expect(line).toMatch(/^[A-Z0-9<]{44}$/)
    }
  })

  it('are written as the specimen of ICAO 9303-4 is', () => {
    const page = { issuingState: 'UTO', number: 'L898902C3', family: 'Eriksson', given: 'Anna Maria' }
    const dates = {
      nationality: 'UTO',
      birthDate: '1974-08-12',
      sex: 'female',
      expiry: '2012-04-15',
    } as const
    const [first, second] = passportMrz({ ...page, ...dates })
    expect(first).toBe('P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<')
    expect(second.slice(0, 28)).toBe('L898902C36UTO7408122F1204159')
    expect(mrzCheckDigit('ZE184226B<<<<<')).toBe('1')
  })
})

describe('a 90-day report', () => {
  const { foreignerNumber } = sandboxForeigner()
  const day = Date.UTC(2026, 10, 21, 3)
  const stay = async () => (await served.call(`/residence-v1/foreigners/${foreignerNumber}/stay`)).body
  let keys = 0
  const report = (change = {}, key = `key-of-report-${++keys}`) =>
    served.call('/residence-v1/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        foreignerNumber,
        reportedOn: new Date(now).toISOString().slice(0, 10),
        residence: { houseNumber: '295', subdistrictCode: '103303' },
        ...change,
      }),
    })

  beforeEach(() => {
    now = day
  })

  it('is due in five days for the well-known foreigner, ninety days after the entry', async () => {
    expect(await stay()).toMatchObject({
      foreignerNumber,
      nationality: 'DEU',
      permittedStay: { kind: 'long-term' },
      enteredOn: '2026-08-28',
      dueOn: '2026-11-26',
      reportableFrom: '2026-11-11',
      reportableUntil: '2026-12-03',
      late: false,
      overstayed: false,
      residence: null,
    })
  })

  it.each([
    ['tomorrow', { reportedOn: '2026-11-22' }, 400],
    ['on the 29th of February of a year without', { reportedOn: '2026-02-29' }, 400],
    ['from nowhere', { residence: { houseNumber: '1', subdistrictCode: '999999' } }, 400],
    ['of nobody', { foreignerNumber: '9105100000009' }, 400],
    ['too early', { reportedOn: '2026-11-10' }, 409],
  ])('%s is refused', async (_, change, status) => {
    expect((await report(change)).status).toBe(status)
  })

  it('is recorded once, and the next is due ninety days later', async () => {
    const key = 'the-same-report-again'
    const first = await report({}, key)
    expect(first).toMatchObject({
      status: 201,
      body: { number: 'TM47-2569-000001', late: false, nextDueOn: '2027-02-19' },
    })
    expect((await report({}, key)).body).toEqual(first.body)
    expect((await report()).status).toBe(409)
    expect(await stay()).toMatchObject({
      lastReportOn: '2026-11-21',
      dueOn: '2027-02-19',
      residence: { houseNumber: '295', district: { code: '1033' } },
    })
  })

  it('is late after seven days, and refused once the permission has ended', async () => {
    now = Date.UTC(2027, 1, 27, 3)
    expect((await stay()).late).toBe(true)
    expect((await report()).body).toMatchObject({ late: true })
    now = Date.UTC(2035, 0, 1)
    expect(await stay()).toMatchObject({ overstayed: true, late: true })
    expect((await report()).status).toBe(409)
  })
})

describe('a foreigner who has only a passport', () => {
  const { passport } = sandboxPassportHolder()
  const stay = (of: string) => served.call(`/residence-v1/passports/${encodeURIComponent(of)}/stay`)
  const report = (who: object) =>
    served.call('/residence-v1/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': JSON.stringify(who) },
      body: JSON.stringify({
        ...who,
        reportedOn: '2026-11-21',
        residence: { houseNumber: '295', subdistrictCode: '103303' },
      }),
    })

  beforeEach(() => {
    now = Date.UTC(2026, 10, 21, 3)
  })

  it('is found by it, with a report that is due', async () => {
    const body = { foreignerNumber: null, passport, nationality: 'FRA', dueOn: '2026-11-26', late: false }
    expect(await stay(passport)).toMatchObject({ status: 200, body })
  })

  it.each([
    ['FRA:SMT999999', 404],
    ['SMT999999', 400],
    ['../foreigners', 400],
  ])('%s is nobody’s', async (other, status) => {
    expect((await stay(other)).status).toBe(status)
  })

  it('is reported by it, and by nothing else beside it', async () => {
    const { foreignerNumber } = sandboxForeigner()
    for (const who of [{}, { passport, foreignerNumber }, { passport: 'SMT1' }])
      expect((await report(who)).status).toBe(400)
    expect((await report({ passport: 'FRA:SMT999999' })).status).toBe(404)
    const made = { passport, foreignerNumber: null, late: false, nextDueOn: '2027-02-19' }
    expect(await report({ passport })).toMatchObject({ status: 201, body: made })
    expect((await stay(passport)).body).toMatchObject({ lastReportOn: '2026-11-21', dueOn: '2027-02-19' })
  })

  it('is still found by it once they were given a number, which is then told', async () => {
    const { body } = await post('/foreigner-numbers', asked(sandboxPassportHolder()))
    expect((await stay(passport)).body).toMatchObject({ passport, foreignerNumber: body.foreignerNumber })
  })
})
