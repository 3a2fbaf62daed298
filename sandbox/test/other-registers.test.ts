import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import { createRegisters, EXAMPLE_COMPANY, type Registers, sandboxPerson } from '../src/index.ts'
import { type Served, serve } from './served.ts'

const databases: TestDatabase[] = []
const served = new Map<string, Served>()
let registers: Registers

const pool = async () => {
  const database = await testDatabase()
  databases.push(database)
  return database.pool
}

beforeAll(async () => {
  const pools = {
    RD: await pool(),
    DBD: await pool(),
    DGA: await pool(),
    OCSC: await pool(),
    COM: await pool(),
  }
  registers = await createRegisters({ pools })
  await registers.load()
  for (const [name, register] of registers.all) served.set(name, await serve(register))
}, 120_000)

afterAll(async () => {
  for (const one of served.values()) await one.stop()
  for (const database of databases) await database.drop()
})

const call = async (name: string, path: string) => {
  const register = served.get(name)
  if (register === undefined) throw new Error(`${name} is not served`)
  return register.call(path)
}

const taxpayer = sandboxPerson().nationalId

describe('the company register', () => {
  it('tells a company by number, with form, capital, trade and address', async () => {
    const { status, body } = await call('DBD', `/juristic-v1/juristic-persons/${EXAMPLE_COMPANY}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      juristicId: EXAMPLE_COMPANY,
      form: 'limited-company',
      status: 'registered',
      registeredOn: '2015-06-15',
      address: { subdistrict: { th: 'ลุมพินี' }, moo: null },
    })
    expect(body.address).not.toHaveProperty('houseId')
  })

  it('tells its directors and who may sign, as data and in words', async () => {
    const { body } = await call('DBD', `/juristic-v1/juristic-persons/${EXAMPLE_COMPANY}/directors`)
    expect(body).toMatchObject({
      directors: [{ nationalId: taxpayer }, {}, {}],
      signing: {
        kind: 'with-one-of',
        count: 2,
        seal: true,
        directors: [taxpayer],
        others: [sandboxPerson('spouse').nationalId, sandboxPerson('partner').nationalId],
        text: { th: expect.stringContaining(sandboxPerson().name.th), en: expect.stringContaining('seal') },
      },
    })
  })

  it('tells which companies someone directs, and none for anyone else', async () => {
    const { body } = await call('DBD', `/juristic-v1/directors/${taxpayer}/juristic-persons`)
    expect(body.juristicPersons).toContainEqual(expect.objectContaining({ juristicId: EXAMPLE_COMPANY }))
    const other = await call('DBD', '/juristic-v1/directors/1234567890121/juristic-persons')
    expect(other.body.juristicPersons).toEqual([])
  })

  it('searches by a part of the name in both languages, and takes no wildcard', async () => {
    const search = (name: string) =>
      call('DBD', `/juristic-v1/juristic-persons?${new URLSearchParams({ name })}`)
    expect((await search('รุ่งเรืองกิจการค้า')).body).toMatchObject({
      juristicPersons: [{ juristicId: EXAMPLE_COMPANY }],
    })
    expect((await search('rungrueangkit trading')).body).toMatchObject({ more: false })
    expect((await search('%%')).body.juristicPersons).toEqual([])
    expect((await search('x')).status).toBe(400)
  })

  it('finds nothing for a number that no company has', async () => {
    expect((await call('DBD', '/juristic-v1/juristic-persons/1234567890121/directors')).status).toBe(404)
  })
})

describe('the tax register', () => {
  it('tells the status of a person and of a company', async () => {
    const { body } = await call('RD', `/taxpayer-v1/taxpayers/${taxpayer}/status`)
    expect(body).toMatchObject({
      taxpayerId: taxpayer,
      kind: 'person',
      status: 'active',
      vat: { registered: false, since: null },
      filings: [{ taxYear: 2568, form: 'PND90', state: 'filed', filedOn: '2026-03-15' }, {}, {}],
    })
    const company = await call('RD', `/taxpayer-v1/taxpayers/${EXAMPLE_COMPANY}/status`)
    expect(company.body).toMatchObject({ kind: 'juristic-person', registeredSince: '2015-06-15' })
  })

  it('knows no child', async () => {
    expect(
      (await call('RD', `/taxpayer-v1/taxpayers/${sandboxPerson('child').nationalId}/status`)).status,
    ).toBe(404)
  })
})

describe('the small registers', () => {
  it('OCSC says of every number whether it is an officer’s', async () => {
    const yes = await call('OCSC', `/officer-v1/officers/${sandboxPerson('officer').nationalId}`)
    expect(yes.body).toMatchObject({ officer: true, position: { th: expect.any(String) } })
    const no = await call('OCSC', `/officer-v1/officers/${sandboxPerson('child').nationalId}`)
    expect(no).toMatchObject({ status: 200, body: { officer: false, position: null } })
  })

  it('the company confirms whom it employs, and does not know others', async () => {
    const path = `/employment-v1/employees/${sandboxPerson('employee').nationalId}/employment`
    expect((await call('COM', path)).body).toMatchObject({
      employed: true,
      employerId: EXAMPLE_COMPANY,
      endedOn: null,
    })
    expect((await call('COM', `/employment-v1/employees/${taxpayer}/employment`)).status).toBe(404)
  })

  it('DGA tells the state of digital services', async () => {
    const { body } = await call('DGA', '/service-status-v1/services')
    expect((body.services as unknown[]).length).toBeGreaterThanOrEqual(10)
    const one = await call('DGA', '/service-status-v1/services/thaid')
    expect(one.body).toMatchObject({ name: { en: 'ThaID' }, since: '2026-09-30T00:00:00.000Z' })
    expect((await call('DGA', '/service-status-v1/services/none')).status).toBe(404)
  })
})
