import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OfficersHouse, type TestOfficer } from '../officers/house.ts'
import { type Cast, castOf, eachOf, outcome } from './house.ts'

let house: OfficersHouse
let cast: Cast
let target: TestOfficer
beforeAll(async () => {
  house = await OfficersHouse.open()
  cast = await castOf(house)
  target = await house.officer('TH/GOV/DOPA', [])
})
afterAll(() => house.ground.database.drop())

const give = (who: TestOfficer, duty: string, to = target.appointment) =>
  house.officers.giveDuty(who, to, { duty, role: '', behalf: '', from: '', till: '' })

describe('giving the duty of a registrar (POST /desk/officers/:officer/duties)', () => {
  eachOf(
    () => cast,
    {
      administrator: 'done',
      acting: 'done',
      withoutDuty: 'officer-duty-missing',
      ofAnotherAgency: 'officer-not-found',
      expired: 'officer-duty-missing',
      ended: 'officer-duty-missing',
      borrowed: 'officer-duty-missing',
      nobody: 'officer-duty-missing',
    },
    (who) => give(who, 'registrar'),
  )
})

describe('making somebody administrator', () => {
  eachOf(
    () => cast,
    {
      administrator: 'done',
      // Who stands in for one makes none.
      acting: 'officer-duty-beyond',
      withoutDuty: 'officer-duty-missing',
      ofAnotherAgency: 'officer-not-found',
      expired: 'officer-duty-missing',
      ended: 'officer-duty-missing',
      borrowed: 'officer-duty-missing',
      nobody: 'officer-duty-missing',
    },
    (who) => give(who, 'administrator'),
  )
})

describe('giving a duty to oneself', () => {
  it.each([
    ['administrator', 'signer', 'officer-duty-own'],
    ['administrator', 'data-protection-officer', 'officer-duty-own'],
    ['administrator', 'case-officer', 'done'],
    ['acting', 'administrator', 'officer-duty-beyond'],
    ['withoutDuty', 'case-officer', 'officer-duty-missing'],
  ] as const)('%s, of %s: %s', async (name, duty, expected) => {
    const who = cast[name]
    expect(await outcome(give(who, duty, who.appointment))).toBe(expected)
  })

  it('is not possible by a file either', async () => {
    const { nationalId } = await house.officers.find(cast.administrator, cast.administrator.appointment)
    const file = `national_id,given_name,family_name,title_th,duties\n${nationalId},สมชาย,ใจดี,นักปกครอง,administrator|signer`
    const report = await house.officers.import(cast.administrator, Buffer.from(file))
    expect(report.lines).toMatchObject([{ outcome: 'refused', faults: [{ field: 'duties' }] }])
  })

  it('nor by setting longer days for one’s own appointment', async () => {
    const fields = new Map([
      ['given_name', 'สมชาย'],
      ['family_name', 'ใจดี'],
      ['title_th', 'นักปกครอง'],
      ['till', '2036-01-01'],
    ] as const)
    expect(
      await outcome(house.officers.change(cast.administrator, cast.administrator.appointment, { fields })),
    ).toBe('officer-entry-invalid')
  })
})
