import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createImportJobs } from '../../src/officers/import/jobs.ts'
import { officersCountry as country } from '../officers/country.ts'
import { numberOf, OfficersHouse } from '../officers/house.ts'
import { type Cast, castOf, eachOf, outcome } from './house.ts'

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

describe('a file that was checked (POST /desk/officers/import) and is brought in (POST /desk/officers/import/:import)', () => {
  const file = Buffer.from(`national_id,given_name,title_th\n${numberOf(700)},วิชัย,นักวิชาการ`)
  const jobs = () => createImportJobs({ ...house.ground, country }, house.officers)

  it('is checked for who administers an agency', async () => {
    expect(await outcome(jobs().check(cast.withoutDuty, file))).toBe('officer-duty-missing')
    expect(await outcome(jobs().check(cast.expired, file))).toBe('officer-duty-missing')
    expect(await outcome(jobs().check(cast.administrator, file))).toBe('done')
  })

  it('is brought in by who had it checked, and by nobody else', async () => {
    const id = await jobs().check(cast.administrator, file)
    for (const other of [cast.acting, cast.ofAnotherAgency, cast.withoutDuty])
      expect(await outcome(jobs().run(other, id))).toBe('officer-import-over')
    expect(await outcome(jobs().run(cast.administrator, id))).toBe('done')
  })
})

describe('looking at the list of officers (POST /desk/officers)', () => {
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
