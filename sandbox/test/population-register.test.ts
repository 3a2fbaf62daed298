import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import { createPopulationRegister, type Register } from '../src/index.ts'
import { isoDate } from '../src/population/days.ts'
import { population, type SyntheticPerson } from '../src/population/population.ts'
import { filledPopulation, toldOf } from './filled.ts'
import { type Served, serve } from './served.ts'

let database: TestDatabase
let register: Register
let served: Served
let people: readonly SyntheticPerson[]

const some = (rule: (person: SyntheticPerson) => boolean): SyntheticPerson => {
  const found = people.find(rule)
  if (found === undefined) throw new Error('the sandbox has nobody like that')
  return found
}

beforeAll(async () => {
  database = await filledPopulation()
  register = await createPopulationRegister({ pool: database.pool, clock: () => Date.UTC(2026, 10, 21, 3) })
  people = (await population()).people
  served = await serve(register)
}, 120_000)

afterAll(async () => {
  await served?.stop()
  await database?.drop()
})

describe('filling the population register', () => {
  it('tells its progress to the last row', async () => {
    const { outcome, steps: progress } = await toldOf(database)
    expect(outcome).toBe('filled')
    const last = progress.filter((step) => step.rows === step.of)
    expect(last.map((step) => step.what.en)).toEqual([
      'synthetic houses',
      'synthetic people',
      'synthetic moves',
    ])
    expect(progress[0]).toMatchObject({ what: { en: 'synthetic people' }, rows: 0, of: 100_000 })
    expect(progress.some((step) => step.of === 100_000 && step.rows < step.of)).toBe(true)
  })

  it('keeps what is there when it is asked again', async () => {
    expect(await register.load()).toBe('kept')
  })
})

describe('a person by number', () => {
  it('is told with names, dates, family and address', async () => {
    const person = some((p) => p.spouse !== null && p.father !== null && p.died === null)
    const { status, type, body } = await served.call(`/person-v1/persons/${person.nationalId}`)
    expect(status).toBe(200)
    expect(type).toContain('application/json')
    expect(body).toMatchObject({
      nationalId: person.nationalId,
      name: { th: { given: person.given.th }, en: { given: person.given.en, family: person.family?.en } },
      birthDate: isoDate(person.born),
      status: 'living',
      deathDate: null,
      fatherId: person.father,
      spouseId: person.spouse,
      address: {
        houseId: person.houseId,
        province: { th: expect.any(String) },
        postalCode: expect.any(String),
      },
    })
  })

  it('is told as dead, with the date, after death', async () => {
    const person = some((p) => p.died !== null)
    const { body } = await served.call(`/person-v1/persons/${person.nationalId}`)
    expect(body).toMatchObject({ status: 'dead', deathDate: isoDate(person.died ?? 0) })
  })

  it('is not found when nobody has the number, and the problem does not repeat it', async () => {
    const { status, type, body } = await served.call('/person-v1/persons/1234567890121')
    expect(status).toBe(404)
    expect(type).toContain('application/problem+json')
    expect(body).toMatchObject({ code: 'register-not-found', status: 404 })
    expect(JSON.stringify(body)).not.toContain('1234567890121')
  })

  it.each(['1234567890120', '123', 'abc'])('is refused for the number %s', async (id) => {
    const { status, body } = await served.call(`/person-v1/persons/${id}`)
    expect(status).toBe(400)
    expect(body.code).toBe('register-request-invalid')
  })
})

describe('a request that cannot be read', () => {
  it('is refused without repeating it', async () => {
    const { status, type, body } = await served.call('/person-v1/persons/secret%zz')
    expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8'])
    expect(JSON.stringify(body)).not.toContain('secret')
    const broken = await served.call('/life-event-v1/moves', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'move-0003' },
      body: '{"nationalId": secret',
    })
    expect(broken).toMatchObject({ status: 400, body: { code: 'register-request-invalid' } })
    expect(JSON.stringify(broken.body)).not.toContain('secret')
  })

  it('is not found where no operation is', async () => {
    expect((await served.call('/person-v1/nothing')).body.code).toBe('register-not-found')
  })
})

describe('a search', () => {
  it('finds people by family name in Thai or in English, whatever the case', async () => {
    const person = some((p) => p.family !== null)
    for (const name of [person.family?.th, person.family?.en.toUpperCase()]) {
      const query = new URLSearchParams({ familyName: name ?? '', limit: '100' })
      const { body } = await served.call(`/person-v1/persons?${query}`)
      expect((body.persons as { nationalId: string }[]).map((p) => p.nationalId)).toContain(person.nationalId)
    }
  })

  it('narrows by given name and date of birth, and says when there is more', async () => {
    const person = some((p) => people.filter((o) => o.family?.th === p.family?.th).length > 5)
    const family = person.family?.th ?? ''
    const all = await served.call(
      `/person-v1/persons?${new URLSearchParams({ familyName: family, limit: '1' })}`,
    )
    expect(all.body).toMatchObject({ more: true })
    const query = new URLSearchParams({
      familyName: family,
      givenName: person.given.th,
      birthDate: isoDate(person.born),
    })
    const one = await served.call(`/person-v1/persons?${query}`)
    expect(one.body).toMatchObject({ persons: [{ nationalId: person.nationalId }], more: false })
  })

  it.each(['', '?familyName=', '?familyName=x&limit=0', '?familyName=x&birthDate=2026-02-30'])(
    'is refused as %s',
    async (query) => {
      const { status, body } = await served.call(`/person-v1/persons${query}`)
      expect(status).toBe(400)
      expect(body.code).toBe('register-request-invalid')
    },
  )
})

describe('a household', () => {
  it('is the living people of the house, the head first', async () => {
    const person = some((p) => p.relationship === 'child' && p.died === null)
    const { body } = await served.call(`/person-v1/persons/${person.nationalId}/household`)
    const members = body.members as { nationalId: string; relationship: string }[]
    const expected = people.filter((p) => p.houseId === person.houseId && p.died === null)
    expect(members.map((m) => m.nationalId).sort()).toEqual(expected.map((p) => p.nationalId).sort())
    expect(members[0]?.relationship).toBe('head')
  })
})

describe('moving', () => {
  const mover = (): SyntheticPerson =>
    some((p) => p.died === null && p.relationship === 'head' && p.married !== null)
  const move = (body: unknown, key: string | null = 'move-0001') =>
    served.call('/life-event-v1/moves', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify(body),
    })
  const to = { houseNumber: '99/12', moo: 4, subdistrictCode: '500101' }

  it('is recorded, shows in the register, and leaves a head in the old house', async () => {
    const { nationalId, houseId } = mover()
    const answer = await move({ nationalId, movedOn: '2026-11-20', to })
    expect(answer).toMatchObject({
      status: 201,
      body: { nationalId, from: { houseId }, to: { houseNumber: '99/12' } },
    })
    const person = await served.call(`/person-v1/persons/${nationalId}`)
    expect(person.body).toMatchObject({
      address: { houseNumber: '99/12', moo: 4, province: { en: 'Chiang Mai' } },
    })
    const { body } = await served.call(`/person-v1/persons/${nationalId}/moves`)
    expect((body.moves as unknown[])[0]).toMatchObject({ movedOn: '2026-11-20', from: { houseId } })
    const heads = await database.pool.query(
      `select 1 from population.person where house_id = $1 and death_date is null and relationship = 'head'`,
      [houseId],
    )
    expect(heads.rowCount).toBe(1)
  })

  it('gets the same answer again with the same key, and is not recorded twice', async () => {
    const { nationalId } = mover()
    const again = await Promise.all([1, 2, 3].map(() => move({ nationalId, movedOn: '2026-11-20', to })))
    expect(new Set(again.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const counted = await database.pool.query(
      `select 1 from population.move where national_id = $1 and moved_on = '2026-11-20'`,
      [nationalId],
    )
    expect(counted.rowCount).toBe(1)
  })

  it('is refused when the key belongs to another request, or is missing', async () => {
    const { nationalId } = mover()
    const other = { nationalId, movedOn: '2026-11-21', to: { ...to, houseNumber: '7' } }
    expect(await move(other)).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } })
    expect(await move(other, null)).toMatchObject({ status: 400, body: { code: 'idempotency-key-missing' } })
  })

  it('is refused for the dead, before an earlier move, in the future, to nowhere, and leaves the key free', async () => {
    const { nationalId } = mover()
    const dead = some((p) => p.died !== null).nationalId
    const body = { nationalId, movedOn: '2026-11-21', to: { ...to, houseNumber: '8' } }
    const refused = [
      [{ ...body, nationalId: dead }, 409],
      [{ ...body, movedOn: '2026-11-19' }, 409],
      [{ ...body, movedOn: '2026-11-22' }, 400],
      [{ ...body, movedOn: '2026-11-31' }, 400],
      [{ ...body, to: { ...to, subdistrictCode: '999999' } }, 400],
      [{ ...body, to: { ...to, houseNumber: '<b>' } }, 400],
      [{ ...body, nationalId: '1234567890121' }, 404],
      [{ nationalId }, 400],
    ] as const
    for (const [request, status] of refused) expect((await move(request, 'move-0002')).status).toBe(status)
    expect((await move(body, 'move-0002')).status).toBe(201)
  })
})

describe('the places service', () => {
  it('lists provinces, districts and sub-districts, and tells one with what it belongs to', async () => {
    const { body } = await served.call('/division-v1/provinces')
    expect(body.provinces).toHaveLength(77)
    const districts = await served.call('/division-v1/provinces/10/districts')
    expect(districts.body.districts).toHaveLength(50)
    const subdistricts = await served.call('/division-v1/districts/1001/subdistricts')
    expect(subdistricts.body.subdistricts).toHaveLength(12)
    const one = await served.call('/division-v1/subdistricts/500101')
    expect(one.body).toEqual({
      subdistrict: { code: '500101', th: 'ศรีภูมิ', en: 'Si Phum', postalCodes: ['50200'] },
      district: { code: '5001', th: 'เมืองเชียงใหม่', en: 'Mueang Chiang Mai' },
      province: { code: '50', th: 'เชียงใหม่', en: 'Chiang Mai' },
    })
  })

  it('refuses a code of the wrong length and finds nothing for one that is not there', async () => {
    expect((await served.call('/division-v1/subdistricts/5001')).status).toBe(400)
    expect((await served.call('/division-v1/provinces/99/districts')).status).toBe(404)
  })
})

describe('when the database is down', () => {
  it('answers that the register is not available, without its errors', async () => {
    const gone = await testDatabase()
    const cut = await createPopulationRegister({ pool: gone.pool })
    const behind = await serve(cut)
    await gone.drop()
    const { status, body } = await behind.call('/person-v1/persons/1234567890121')
    expect(status).toBe(503)
    expect(body.code).toBe('register-unavailable')
    await behind.stop()
  })
})
