import { afterAll, beforeAll, describe } from 'vitest'
import { dopa, OfficersHouse } from '../officers/house.ts'
import { type Cast, castOf, eachOf } from './house.ts'

let house: OfficersHouse
let cast: Cast
beforeAll(async () => {
  house = await OfficersHouse.open()
  cast = await castOf(house)
})
afterAll(() => house.ground.database.drop())

const expected = {
  administrator: 'done',
  acting: 'done',
  withoutDuty: 'officer-duty-missing',
  ofAnotherAgency: 'officer-not-found',
  expired: 'officer-duty-missing',
  ended: 'officer-duty-missing',
  borrowed: 'officer-duty-missing',
  nobody: 'officer-duty-missing',
} as const

describe('ending an appointment (POST /desk/officers/:officer/end)', () => {
  eachOf(
    () => cast,
    expected,
    async (who) => house.officers.end(who, (await house.officer(dopa, ['registrar'])).appointment),
  )
})

describe('ending a duty (POST /desk/officers/:officer/duties/:duty/end)', () => {
  eachOf(
    () => cast,
    expected,
    async (who) => {
      const { appointment } = await house.officer(dopa, ['registrar'])
      const { held } = await house.officers.find(cast.administrator, appointment)
      return house.officers.endDuty(who, appointment, held[0]?.id ?? '')
    },
  )
})
