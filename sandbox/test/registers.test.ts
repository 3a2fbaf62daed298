import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestDatabase, testDatabase } from '../../packages/kernel/test/database.ts'
import {
  createRegisters,
  EXAMPLE_COMPANY,
  type RegisterName,
  type Registers,
  registerNames,
  type ServiceDocument,
  sandboxLaserCode,
  sandboxPerson,
  sharedDatabases,
  type WellKnownKind,
} from '../src/index.ts'
import { filledPopulation } from './filled.ts'
import { type Served, serve } from './served.ts'

const databases: TestDatabase[] = []
const served = new Map<RegisterName, Served>()
let registers: Registers

beforeAll(async () => {
  const pools = await Promise.all(
    registerNames
      .filter((name) => sharedDatabases[name] === undefined)
      .map(async (name) => {
        const database = await (name === 'DOPA' ? filledPopulation() : testDatabase())
        databases.push(database)
        return [name, database.pool] as const
      }),
  )
  registers = await createRegisters({ pools: Object.fromEntries(pools) })
  await registers.load()
  for (const [name, register] of registers.all) served.set(name, await serve(register))
}, 240_000)

afterAll(async () => {
  for (const one of served.values()) await one.stop()
  for (const database of databases) await database.drop()
})

/** The leaves of an answer as dotted paths, arrays transparent; what is null may have more below it. */
function leaves(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path))
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([name, inner]) =>
    leaves(inner, path === '' ? name : `${path}.${name}`),
  )
}

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

function described(document: ServiceDocument, schema: Schema, path = ''): string[] {
  const name = schema.$ref?.split('/').at(-1)
  if (name !== undefined) return described(document, document.components.schemas[name] as Schema, path)
  if (schema.items) return described(document, schema.items, path)
  if (!schema.properties) return [path]
  return Object.entries(schema.properties).flatMap(([key, inner]) =>
    described(document, inner, path === '' ? key : `${path}.${key}`),
  )
}

interface Described {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>
  >
}

const { nationalId } = sandboxPerson()
const family = new URLSearchParams({ familyName: sandboxPerson().name.th.split(' ')[1] ?? '' })
const company = new URLSearchParams({ name: 'สมมติรุ่งเรือง' })

const calls: readonly [RegisterName, string, string, string][] = [
  ['DOPA', '/person-v1', '/persons', `/persons?${family}`],
  ['DOPA', '/person-v1', '/persons/{id}', `/persons/${nationalId}`],
  ['DOPA', '/person-v1', '/persons/{id}/household', `/persons/${nationalId}/household`],
  ['DOPA', '/person-v1', '/persons/{id}/moves', `/persons/${nationalId}/moves`],
  ['DOPA', '/division-v1', '/provinces', '/provinces'],
  ['DOPA', '/division-v1', '/provinces/{code}/districts', '/provinces/50/districts'],
  ['DOPA', '/division-v1', '/districts/{code}/subdistricts', '/districts/5001/subdistricts'],
  ['DOPA', '/division-v1', '/subdistricts/{code}', '/subdistricts/500101'],
  ['RD', '/taxpayer-v1', '/taxpayers/{id}/status', `/taxpayers/${nationalId}/status`],
  ['DBD', '/juristic-v1', '/juristic-persons', `/juristic-persons?${company}`],
  ['DBD', '/juristic-v1', '/juristic-persons/{id}', `/juristic-persons/${EXAMPLE_COMPANY}`],
  [
    'DBD',
    '/juristic-v1',
    '/juristic-persons/{id}/directors',
    `/juristic-persons/${EXAMPLE_COMPANY}/directors`,
  ],
  ['DBD', '/juristic-v1', '/directors/{id}/juristic-persons', `/directors/${nationalId}/juristic-persons`],
  ['DOPA', '/family-v1', '/persons/{id}/family', `/persons/${nationalId}/family`],
  ['DOPA', '/house-v1', '/houses/{houseId}', '/houses/90579800130'],
  ['DOPA', '/house-v1', '/houses', '/houses?subdistrictCode=900211&houseNumber=343&moo=7'],
  ['DOPA', '/house-v1', '/persons/{id}/house', `/persons/${nationalId}/house`],
  ['DOPA', '/house-v1', '/persons/{id}/house/registration', `/persons/${nationalId}/house/registration`],
  ['DOPA', '/address-v1', '/houses', '/houses?subdistrictCode=900211&houseNumber=343&moo=7'],
  ['DOPA', '/address-v1', '/houses/{houseId}', '/houses/90579800130'],
  ['RD', '/withholding-v1', '/persons/{id}/withholding/{taxYear}', `/persons/${nationalId}/withholding/2568`],
  ['SSO', '/insured-v1', '/insured/{id}', `/insured/${nationalId}`],
  [
    'SSO',
    '/insured-v1',
    '/insured/{id}/contributions/{taxYear}',
    `/insured/${nationalId}/contributions/2568`,
  ],
  ['SSO', '/employer-v1', '/employers/{id}', `/employers/${EXAMPLE_COMPANY}`],
  [
    'HOSPITAL',
    '/notice-v1',
    '/parents/{id}/notices',
    `/parents/${sandboxPerson('mother').nationalId}/notices`,
  ],
  ['HOSPITAL', '/notice-v1', '/notices/{number}', '/notices/SPH-000001'],
  ['BANK', '/promptpay-v1', '/identifiers/{id}', `/identifiers/${nationalId}`],
  ['DGA', '/service-status-v1', '/services', '/services'],
  ['DGA', '/service-status-v1', '/services/{code}', '/services/thaid'],
  ['OCSC', '/officer-v1', '/officers/{id}', `/officers/${sandboxPerson('officer').nationalId}`],
  [
    'COM',
    '/employment-v1',
    '/employees/{id}/employment',
    `/employees/${sandboxPerson('employee').nationalId}/employment`,
  ],
]

describe('an answer', () => {
  it.each(calls)(
    'of %s %s%s has exactly the fields of its description',
    async (name, base, template, path) => {
      const service = registers.all.get(name)?.services.find((one) => one.base === base)
      if (service === undefined) throw new Error(`${name} does not serve ${base}`)
      const { get } = service.openapi.paths[template] as { readonly get: Described }
      const schema = get.responses['200']?.content?.['application/json']?.schema ?? {}
      const answer = await served.get(name)?.call(base + path)
      expect(answer?.status).toBe(200)
      expect([...new Set(leaves(answer?.body))].sort()).toEqual(
        [...new Set(described(service.openapi, schema))].sort(),
      )
    },
  )
})

const call = async (name: RegisterName, path: string) => {
  const register = served.get(name)
  if (register === undefined) throw new Error(`${name} is not served`)
  return register.call(path)
}

describe('the cards of the well-known people', () => {
  const kinds = [
    'taxpayer',
    'spouse',
    'partner',
    'elder',
    'stateless',
    'foreigner',
    'officer',
    'employee',
  ] as const
  it.each<WellKnownKind>(kinds)('are valid: %s', async (kind) => {
    const known = sandboxPerson(kind).nationalId
    const { body: person } = await call('DOPA', `/person-v1/persons/${known}`)
    const asked = { nationalId: known, cardCode: sandboxLaserCode(known), birthDate: person.birthDate }
    const answer = await served.get('DOPA')?.call('/identity-v1/checks', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    expect(answer?.body).toMatchObject({ match: true, cardStatus: 'valid', birthDate: person.birthDate })
  })
})

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
      directors: [{ nationalId }, {}, {}],
      signing: {
        kind: 'with-one-of',
        count: 2,
        seal: true,
        directors: [nationalId],
        others: [sandboxPerson('spouse').nationalId, sandboxPerson('partner').nationalId],
        text: { th: expect.stringContaining(sandboxPerson().name.th), en: expect.stringContaining('seal') },
      },
    })
  })

  it('tells which companies someone directs, and none for anyone else', async () => {
    const { body } = await call('DBD', `/juristic-v1/directors/${nationalId}/juristic-persons`)
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
    const { body } = await call('RD', `/taxpayer-v1/taxpayers/${nationalId}/status`)
    expect(body).toMatchObject({
      taxpayerId: nationalId,
      kind: 'person',
      status: 'active',
      vat: { registered: false, since: null },
      filings: [{ taxYear: 2568, form: 'PND91', state: 'overdue', filedOn: null }, {}, {}],
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
    expect((await call('COM', `/employment-v1/employees/${nationalId}/employment`)).status).toBe(404)
  })

  it('DGA tells the state of digital services', async () => {
    const { body } = await call('DGA', '/service-status-v1/services')
    expect((body.services as unknown[]).length).toBeGreaterThanOrEqual(10)
    const one = await call('DGA', '/service-status-v1/services/thaid')
    expect(one.body).toMatchObject({ name: { en: 'ThaID' }, since: '2026-09-30T00:00:00.000Z' })
    expect((await call('DGA', '/service-status-v1/services/none')).status).toBe(404)
  })
})

describe('the registers that answer the tax return', () => {
  const partner = sandboxPerson('partner').nationalId

  it('agree on who worked for whom: the social security office, the tax register and the company', async () => {
    const { nationalId: employee } = sandboxPerson('employee')
    const insured = await call('SSO', `/insured-v1/insured/${employee}`)
    const company = await call('COM', `/employment-v1/employees/${employee}/employment`)
    expect(insured.body).toMatchObject({
      insured: true,
      section: '33',
      employments: [{ employerId: EXAMPLE_COMPANY, startedOn: company.body.startedOn, endedOn: null }],
    })
    const withheld = await call('RD', `/withholding-v1/persons/${employee}/withholding/2568`)
    expect(withheld.body).toMatchObject({ employers: [{ employerId: EXAMPLE_COMPANY, months: 12 }] })
    const paid = await call('SSO', `/insured-v1/insured/${employee}/contributions/2568`)
    expect(paid.body).toMatchObject({ amount: 900_000, months: 12 })
  })

  it('say that the partner paid social security with both employers, and has no PromptPay', async () => {
    const paid = await call('SSO', `/insured-v1/insured/${partner}/contributions/2568`)
    expect(paid.body).toMatchObject({ amount: 1_800_000, months: 12, employers: [{}, {}] })
    const bound = (id: string) => call('BANK', `/promptpay-v1/identifiers/${id}`)
    expect((await bound(partner)).body).toEqual({
      id: partner,
      registered: false,
      accountEnding: null,
      since: null,
    })
    expect((await bound(nationalId)).body).toMatchObject({ registered: true })
  })

  it('tell of the taxpayer’s wife that she is not insured, and refuse a year of the common era', async () => {
    const wife = sandboxPerson('spouse').nationalId
    expect((await call('SSO', `/insured-v1/insured/${wife}`)).body).toMatchObject({
      insured: false,
      section: null,
      employments: [],
    })
    expect((await call('SSO', `/insured-v1/insured/${wife}/contributions/2025`)).status).toBe(400)
  })
})
