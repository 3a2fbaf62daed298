import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRegister } from '../../src/officers/check-register.ts'
import { officersCountry as country } from '../officers/country.ts'
import { dopa, OfficersHouse, raw, rd } from '../officers/house.ts'
import { type Cast, castOf, eachOf } from './house.ts'

let house: OfficersHouse
let cast: Cast
beforeAll(async () => {
  house = await OfficersHouse.open()
  cast = await castOf(house)
})
afterAll(() => house.ground.database.drop())

const refused = {
  withoutDuty: 'officer-duty-missing',
  expired: 'officer-duty-missing',
  ended: 'officer-duty-missing',
  borrowed: 'officer-duty-missing',
  nobody: 'officer-duty-missing',
} as const
const ofOneAgency = {
  administrator: 'done',
  acting: 'done',
  ofAnotherAgency: 'officer-not-found',
  ...refused,
} as const

describe('adding an officer (POST /desk/officers/new)', () => {
  eachOf(
    () => cast,
    // To their own agency: the form says nothing of where.
    { ...ofOneAgency, ofAnotherAgency: 'done' },
    (who) => house.officers.add(who, raw({ national_id: house.nextNumber() })),
  )

  it('adds to the agency of who does it', async () => {
    const { id } = await house.officers.add(cast.ofAnotherAgency, raw({ national_id: house.nextNumber() }))
    expect((await house.officers.find(cast.ofAnotherAgency, id)).agency).toBe(rd)
  })
})

describe('changing an officer (POST /desk/officers/:officer/change)', () => {
  eachOf(
    () => cast,
    ofOneAgency,
    async (who) => {
      const { appointment, nationalId } = await house.officer(dopa, ['registrar'])
      return house.officers.change(who, appointment, raw({ national_id: nationalId, title_th: 'อื่น' }))
    },
  )
})

describe('asking the register about an officer (POST /desk/officers/:officer/check)', () => {
  eachOf(
    () => cast,
    ofOneAgency,
    async (who, name) => {
      let asked = 0
      const register = {
        officers: house.officers,
        ask: async () => {
          asked += 1
          return { status: 200, body: { officer: true, agency: { th: 'ก', en: 'A' } }, exchange: 'x' }
        },
        agencyName: () => ({ th: 'ก' }),
      }
      const { appointment } = await house.officer(dopa, ['registrar'])
      try {
        await checkRegister({ ...house.ground, country }, register, who, appointment)
      } finally {
        // A register is not asked for who may not know the answer.
        expect(asked).toBe(ofOneAgency[name] === 'done' ? 1 : 0)
      }
    },
  )
})
