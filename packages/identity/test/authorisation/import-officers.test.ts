import { afterAll, beforeAll, describe } from 'vitest'
import { numberOf, OfficersHouse } from '../officers/house.ts'
import { type Cast, castOf, eachOf } from './house.ts'

let house: OfficersHouse
let cast: Cast
beforeAll(async () => {
  house = await OfficersHouse.open()
  cast = await castOf(house)
})
afterAll(() => house.ground.database.drop())

describe('bringing in a file of officers', () => {
  eachOf(
    () => cast,
    {
      administrator: 'done',
      acting: 'done',
      // Of their own agency: the file says nothing of where it is brought in.
      ofAnotherAgency: 'done',
      withoutDuty: 'officer-duty-missing',
      expired: 'officer-duty-missing',
      ended: 'officer-duty-missing',
      borrowed: 'officer-duty-missing',
      nobody: 'officer-duty-missing',
    },
    (who, name) => {
      const number = numberOf(500 + Object.keys(cast).indexOf(name))
      const file = `national_id,given_name,title_th,duties\n${number},วิชัย,นักวิชาการ,registrar`
      return house.officers.import(who, Buffer.from(file))
    },
  )
})

describe('looking at the list of officers', () => {
  eachOf(
    () => cast,
    {
      administrator: 'done',
      acting: 'done',
      ofAnotherAgency: 'done',
      withoutDuty: 'officer-duty-missing',
      expired: 'officer-duty-missing',
      ended: 'officer-duty-missing',
      borrowed: 'officer-duty-missing',
      nobody: 'officer-duty-missing',
    },
    (who) => house.officers.list(who, {}),
  )
})
