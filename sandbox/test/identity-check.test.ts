import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import { createPopulationRegister, sandboxLaserCode } from '../src/index.ts'
import { type Served, serve } from './served.ts'

const LIVING = '3365341504617'
const DEAD = '3405433409288'
const OLD = '3375570287983'
const CHILD = '1905276917272'

let database: TestDatabase
let served: Served
let now = Date.UTC(2026, 10, 21, 3)

beforeAll(async () => {
  database = await testDatabase({ population: new URL('../migrations/population/', import.meta.url) })
  const sql = `insert into population.person select i, 'male', 'mr', 'ก', 'K', null, null, b::date, '100101', d::date,
    'single', null, null, null, null, 'h', 'head' from unnest($1::text[], $2::text[], $3::text[]) as t (i, b, d)`
  await database.pool.query(sql, [
    [LIVING, DEAD, OLD, CHILD],
    ['1984-02-29', '1950-05-05', '1941-01-01', '2023-01-01'],
    [null, '2026-01-01', null, null],
  ])
  served = await serve(await createPopulationRegister({ pool: database.pool, clock: () => now }))
})

beforeEach(() => {
  now += 60_000
})

afterAll(async () => {
  await served?.stop()
  await database?.drop()
})

const check = (nationalId: string, birthDate: string, cardCode = sandboxLaserCode(nationalId)) =>
  served.call('/identity-v1/checks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ nationalId, cardCode, birthDate }),
  })

describe('a check of a card', () => {
  it('finds number, card code and birth date together, and tells names and the state of the card', async () => {
    expect(await check(LIVING, '1984-02-29')).toMatchObject({
      status: 200,
      body: {
        match: true,
        nationalId: LIVING,
        cardStatus: 'valid',
        name: { th: { given: 'ก', family: null } },
      },
    })
    const spoken = sandboxLaserCode(LIVING).replaceAll('-', '').toLowerCase()
    expect((await check(LIVING, '1984-02-29', spoken)).body).toMatchObject({ match: true })
  })

  it('answers the same whichever part is wrong, and for nobody, and for who has no card yet', async () => {
    const answers = [
      await check(LIVING, '1984-02-28'),
      await check(LIVING, '1984-02-29', 'SX0-0000000-00'),
      await check('1234567890121', '1984-02-29'),
      await check(CHILD, '2023-01-01'),
    ]
    for (const { status, body } of answers) expect([status, body]).toEqual([200, { match: false }])
  })

  it('says that the card of a dead person was cancelled', async () => {
    expect((await check(DEAD, '1950-05-05')).body).toMatchObject({ match: true, cardStatus: 'cancelled' })
  })

  it('knows births of old without a day, which count as the first, and accepts no less for others', async () => {
    expect((await check(OLD, '1941')).body).toMatchObject({ match: true, birthDate: '1941' })
    expect((await check(OLD, '1941-01-01')).body).toMatchObject({ match: true, birthDate: '1941' })
    expect((await check(LIVING, '1984')).body).toEqual({ match: false })
    expect((await check(LIVING, '1984-02')).body).toEqual({ match: false })
  })

  it.each([
    ['1984-02-30', LIVING],
    ['1984-13', LIVING],
    ['01/05/1984', LIVING],
    ['1984-02-29', '3365341504616'],
  ])('is refused for the date %s and the number %s', async (birthDate, nationalId) => {
    expect(await check(nationalId, birthDate)).toMatchObject({
      status: 400,
      body: { code: 'register-request-invalid' },
    })
  })

  it('is slowed for one number, right or wrong, for a minute and no longer', async () => {
    for (let i = 0; i < 6; i++) expect((await check(LIVING, '1984-02-28')).status).toBe(200)
    expect(await check(LIVING, '1984-02-29')).toMatchObject({
      status: 429,
      body: { code: 'register-too-many-checks' },
    })
    expect((await check(OLD, '1941')).status).toBe(200)
    now += 60_000
    expect((await check(LIVING, '1984-02-29')).body).toMatchObject({ match: true })
  })
})

describe('card codes', () => {
  it('are marked as the sandbox’s and follow from the number alone', () => {
    expect(sandboxLaserCode(LIVING)).toMatch(/^SX\d-\d{7}-\d{2}$/)
    expect(sandboxLaserCode(LIVING)).toBe(sandboxLaserCode(LIVING))
    expect(sandboxLaserCode(LIVING)).not.toBe(sandboxLaserCode(OLD))
  })
})
