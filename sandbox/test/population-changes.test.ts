import { isNationalId } from '@sapan/kernel'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TestDatabase } from '../../packages/kernel/test/database.ts'
import { createPopulationRegister, createRegistrarRegister, sandboxPerson } from '../src/index.ts'
import { isSyntheticNationalId } from '../src/population/numbers.ts'
import { filledPopulation } from './filled.ts'
import { type Served, serve } from './served.ts'

let database: TestDatabase
let dopa: Served
let registrars: Served

const taxpayer = sandboxPerson('taxpayer').nationalId
const child = sandboxPerson('child').nationalId
const mother = sandboxPerson('mother').nationalId
const father = sandboxPerson('father').nationalId
/** Where the newborn's parents live, and its father is the master: Khlong Toei. */
let house = ''

beforeAll(async () => {
  database = await filledPopulation()
  const clock = () => Date.UTC(2026, 10, 21, 3)
  const options = { pool: database.pool, clock }
  dopa = await serve(await createPopulationRegister(options))
  registrars = await serve(await createRegistrarRegister(options))
  const { body } = await dopa.call(`/house-v1/persons/${father}/house`)
  house = String((body.address as { houseId: string }).houseId)
}, 120_000)

afterAll(async () => {
  await dopa?.stop()
  await registrars?.stop()
  await database?.drop()
})

let keys = 0
const post = (path: string, body: unknown, key = `key-of-request-${++keys}`) =>
  dopa.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })
const houseOf = async (person: string) => {
  const { body } = await dopa.call(`/house-v1/persons/${person}/house`)
  return body as { readonly address: { readonly houseId: string }; readonly relationship: string }
}

describe('a move of more than one of a house', () => {
  const move = (change = {}) => ({
    nationalIds: [taxpayer, child],
    houseId: house,
    movedOn: '2026-11-20',
    masterId: father,
    ...change,
  })

  it('is refused where another than the present master is said to consent, and then nobody moves', async () => {
    for (const masterId of [undefined, null, mother]) {
      const { status, body } = await post('/life-event-v1/household-moves', move({ masterId }))
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'register-conflict' })
    }
    expect((await houseOf(child)).address.houseId).not.toBe(house)
  })

  it('moves all of them or nobody', async () => {
    const dead = sandboxPerson('dead').nationalId
    const { status } = await post(
      '/life-event-v1/household-moves',
      move({ nationalIds: [child, dead, taxpayer] }),
    )
    expect(status).toBe(409)
    expect((await houseOf(child)).address.houseId).not.toBe(house)
    expect((await registrars.call(`/1033/book-v1/persons/${child}/entries`)).body.entries).toEqual([])
  })

  it('goes out of one book and into the other, once for a key, and leaves a master behind', async () => {
    const key = 'the-same-move-again'
    const first = await post('/life-event-v1/household-moves', move(), key)
    expect(first).toMatchObject({
      status: 201,
      body: {
        registrar: { member: 'TH/LOC/REG1033' },
        persons: [{ fromRegistrar: { member: 'TH/GOV/REG9002' } }, {}],
      },
    })
    expect((await post('/life-event-v1/household-moves', move(), key)).body).toEqual(first.body)
    expect(await post('/life-event-v1/household-moves', move({ movedOn: '2026-11-21' }), key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    })
    expect(await houseOf(taxpayer)).toMatchObject({
      address: { houseId: house },
      relationship: 'resident',
      since: '2026-11-20',
      master: { nationalId: father },
    })
    const entries = (book: string) => registrars.call(`/${book}/book-v1/persons/${child}/entries`)
    expect((await entries('9002')).body.entries).toMatchObject([{ kind: 'move-out' }])
    expect((await entries('1033')).body.entries).toMatchObject([{ kind: 'move-in', houseId: house }])
    expect(await houseOf(sandboxPerson('spouse').nationalId)).toMatchObject({ relationship: 'head' })
  })

  it('numbers the entries of a book without gaps, also when many move at once and some are refused', async () => {
    const other = (await houseOf(sandboxPerson('spouse').nationalId)).address.houseId
    const masterId = sandboxPerson('spouse').nationalId
    await Promise.all(
      [taxpayer, taxpayer, child, child].map((one) =>
        post(
          '/life-event-v1/household-moves',
          move({ nationalIds: [one], houseId: other, movedOn: '2026-11-21', masterId }),
        ),
      ),
    )
    const { body } = await registrars.call('/9002/book-v1/entries?kind=move-in')
    const numbers = (body.entries as { number: string }[]).map(({ number }) => number)
    expect(numbers).toEqual(['9002-IN-2569-00002', '9002-IN-2569-00001'])
  })

  it.each([
    ['nobody', { nationalIds: [] }],
    ['the same person twice', { nationalIds: [taxpayer, taxpayer] }],
    ['a number whose last digit is wrong', { nationalIds: ['3365341504618'] }],
    ['a day that no calendar has', { movedOn: '2026-02-30' }],
    ['a day of the Buddhist era', { movedOn: '2569-11-20' }],
    ['a day that is to come', { movedOn: '2026-11-23' }],
    ['what the description does not have', { fee: 20 }],
    ['a house number of letters', { houseId: 'บ้านเลขที่หนึ่ง' }],
  ])('is refused with %s', async (_, change) => {
    const { status, body } = await post('/life-event-v1/household-moves', move(change))
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'register-request-invalid' })
  })

  it('is refused into a house that is not there', async () => {
    expect(await post('/life-event-v1/household-moves', move({ houseId: '10000000000' }))).toMatchObject({
      status: 404,
    })
  })
})

describe('a birth', () => {
  const birth = (change = {}) => ({
    noticeNumber: 'SPH-000001',
    name: { th: { given: 'ใบบัว', family: 'เนตรสว่าง' }, en: { given: 'Baibua', family: 'Netsawang' } },
    sex: 'female',
    birthDate: '2026-11-18',
    birthTime: '02:43',
    weight: 3023,
    birthSubdistrict: '103301',
    motherId: mother,
    fatherId: father,
    houseId: house,
    ...change,
  })

  it.each([
    ['whose mother is a man', { motherId: father, fatherId: null }, 409],
    ['whose father is a woman', { fatherId: sandboxPerson('spouse').nationalId }, 409],
    ['in a house of neither parent', { houseId: '90579800130' }, 409],
    [
      'with a family name of neither parent',
      { name: { ...birth().name, th: { given: 'ใบบัว', family: 'สุขใจ' } } },
      409,
    ],
    ['before its mother was grown', { birthDate: '1999-01-01' }, 409],
    ['of a mother whom nobody knows', { motherId: '1234567890121' }, 404],
    ['that is to come', { birthDate: '2026-11-22' }, 400],
    ['told before it happened', { notifiedOn: '2026-11-17' }, 400],
    ['at an impossible hour', { birthTime: '24:00' }, 400],
    [
      'with markup for a name',
      { name: { ...birth().name, th: { given: '<b>ก</b>', family: 'เนตรสว่าง' } } },
      400,
    ],
    ['on the 29th of February of a year without', { birthDate: '2026-02-29' }, 400],
  ])('%s is refused', async (_, change, status) => {
    expect((await post('/life-event-v1/births', birth(change))).status).toBe(status)
  })

  it('gives the child a number of its own and a place in the house, and the registrar an entry', async () => {
    const key = 'the-same-birth-again'
    const first = await post('/life-event-v1/births', birth(), key)
    expect(first).toMatchObject({
      status: 201,
      body: { late: false, certificateNumber: '1033-BIRTH-2569-00001' },
    })
    const id = String(first.body.nationalId)
    expect(isNationalId(id) && isSyntheticNationalId(id) && id.startsWith('1')).toBe(true)
    expect((await post('/life-event-v1/births', birth(), key)).body).toEqual(first.body)
    expect((await dopa.call(`/life-event-v1/births/${id}`)).body).toEqual(first.body)
    const { body: family } = await dopa.call(`/family-v1/persons/${father}/family`)
    expect(family.children).toContainEqual(
      expect.objectContaining({ nationalId: id, birthDate: '2026-11-18' }),
    )
    const { body: registration } = await dopa.call(`/house-v1/persons/${id}/house/registration`)
    expect(registration.members).toContainEqual(
      expect.objectContaining({ nationalId: id, relationship: 'child', nationality: 'THA' }),
    )
    expect((await registrars.call(`/1033/book-v1/persons/${id}/entries`)).body.entries).toMatchObject([
      { kind: 'birth', happenedOn: '2026-11-18' },
    ])
  })

  it('is registered once by a notice, however many ask at once', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => post('/life-event-v1/births', birth({ noticeNumber: 'SPH-000777' }))),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  })

  it('that was told after fifteen days has a number that begins with 2', async () => {
    const late = birth({ noticeNumber: 'SPH-000900', birthDate: '2026-11-05' })
    const { body } = await post('/life-event-v1/births', late)
    expect(body).toMatchObject({ late: true, nationalId: expect.stringMatching(/^2/) })
    const lastDay = birth({ noticeNumber: 'SPH-000901', birthDate: '2026-11-06' })
    expect((await post('/life-event-v1/births', lastDay)).body).toMatchObject({ late: false })
  })
})

describe('a copy of a house registration', () => {
  it('is numbered and found again by who got it', async () => {
    const { status, body } = await post('/house-v1/copies', { nationalId: mother, houseId: house })
    expect(status).toBe(201)
    expect((await dopa.call(`/house-v1/persons/${mother}/copies`)).body).toEqual({
      nationalId: mother,
      copies: [body],
    })
  })

  it('is refused of a house in which the person is no more', async () => {
    const { status } = await post('/house-v1/copies', { nationalId: mother, houseId: '90579800130' })
    expect(status).toBe(409)
  })
})

describe('a house by its address', () => {
  it('is found with its registrar and without anybody who lives there', async () => {
    const { body } = await dopa.call('/address-v1/houses?subdistrictCode=103303&houseNumber=295')
    const [first] = body.houses as readonly unknown[]
    expect(first).toMatchObject({
      address: { houseId: house },
      registrar: { member: 'TH/LOC/REG1033', en: 'Registrar, Khlong Toei District' },
    })
    expect(JSON.stringify(body)).not.toContain(father)
  })

  it('whose district’s registrar is no member says so', async () => {
    const { body } = await dopa.call(`/house-v1/persons/${sandboxPerson('employee').nationalId}/house`)
    expect(body).toMatchObject({ registrar: { member: 'TH/LOC/REG1025' } })
    const all = await dopa.call('/address-v1/houses?subdistrictCode=500101&houseNumber=1')
    for (const { registrar } of all.body.houses as { registrar: { member: unknown } }[])
      expect(registrar.member).toBeNull()
  })

  it.each([
    'subdistrictCode=1&houseNumber=1',
    'subdistrictCode=103303',
    "subdistrictCode=103303&houseNumber='",
  ])('is refused with %s', async (query) => {
    expect((await dopa.call(`/address-v1/houses?${query}`)).status).toBe(400)
  })
})
