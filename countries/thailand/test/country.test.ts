import { describe, expect, it } from 'vitest'
import { readLaws, readPurposes } from '../src/bases.ts'
import { readGrants } from '../src/grants.ts'
import { grantOrders, loadCountry } from '../src/index.ts'
import { readMembers } from '../src/members.ts'
import { readVocabulary } from '../src/vocabulary.ts'

const country = loadCountry()
const { members, purposes, laws } = country
const references = { members: { instance: country.instance, name: country.name, members }, purposes, laws }

describe('the members of the sandbox country', () => {
  it('are state agencies, two companies whose codes are their numbers, and registrars of districts', () => {
    const registrars = members.filter(({ gateway }) => gateway === 'REG')
    expect(registrars).toHaveLength(9)
    for (const { code, short } of registrars) expect(code).toBe(short)
    const others = members.filter(({ gateway, short }) => gateway === short)
    expect(others.map((member) => member.id)).toEqual([
      'TH/GOV/DOPA',
      'TH/GOV/RD',
      'TH/GOV/DBD',
      'TH/GOV/DGA',
      'TH/GOV/OCSC',
      'TH/GOV/IMM',
      'TH/COM/0105558900015',
      'TH/GOV/SSO',
      'TH/GOV/HOSPITAL',
      'TH/COM/0107540990014',
    ])
  })

  it('say what is wrong, and where, when the data is not valid', () => {
    expect(() => readMembers('instance: TH\nname: { th: ไทย, en: Thailand }\nmembers: []')).toThrow(
      /members\.yaml:3, at \/members/,
    )
    expect(() => readMembers('instance: [')).toThrow(/members\.yaml/)
    const twice = `instance: TH
name: { th: ไทย, en: Thailand }
members:
  - { short: AA, class: GOV, code: A, name: { th: ก, en: A }, subsystems: [{ code: x, name: { th: ก, en: X } }] }
  - { short: BB, class: GOV, code: A, name: { th: ก, en: A }, subsystems: [{ code: x, name: { th: ก, en: X } }] }`
    expect(() => readMembers(twice)).toThrow(/GOV\/A: is there twice/)
    expect(() => readMembers(twice.replace('short: BB, class: GOV', 'short: BB, class: TEMPLE'))).toThrow(
      /\/members\/1/,
    )
  })
})

describe('the core vocabulary', () => {
  it('has persons, addresses and juristic persons, each term defined in Thai and English', () => {
    expect(country.vocabularies.map((vocabulary) => vocabulary.prefix)).toEqual([
      'person',
      'address',
      'juristic',
    ])
    expect(country.terms.get('person:nationalId')).toMatchObject({
      personal: true,
      name: { en: 'National number' },
    })
    expect(country.terms.get('address:houseId')?.personal).toBe(false)
    for (const { definition } of country.terms.values()) expect(definition.th).not.toBe('')
  })

  it('refuses a term without a definition', () => {
    const text = 'prefix: person\nname: { th: บุคคล, en: Person }\nterms:\n  age: { th: อายุ, en: Age }'
    expect(() => readVocabulary('person.yaml', text)).toThrow(/person\.yaml:4, at \/terms\/age/)
  })
})

describe('purposes and laws', () => {
  it('refuse a code twice and a text in one language only', () => {
    const purpose = '- { code: a, name: { th: ก, en: A }, about: { th: ก, en: A } }\n'
    expect(() => readPurposes(purpose + purpose)).toThrow(/purposes\.yaml, at \/a: is there twice/)
    expect(() => readPurposes('- { code: a, name: { th: ก }, about: { th: ก, en: A } }')).toThrow(/\/0\/name/)
    expect(() => readLaws('- { code: a }')).toThrow(/laws\.yaml:1, at \/0/)
  })

  it('mark each law that was not held against an official text', () => {
    expect(laws.filter((law) => !law.checked).length).toBe(laws.length)
  })

  it('are all used by a grant', () => {
    const used = new Set(country.grants.map((grant) => grant.purpose))
    expect(purposes.filter((purpose) => !used.has(purpose.code))).toEqual([])
  })
})

describe('the grants of the sandbox', () => {
  const grant = (change: string) =>
    `- { consumer: RD/efiling, service: DOPA/population/person-v1, purpose: tax-assessment, law: revenue-code,
      operations: { getPerson: { fields: [name] } }, valid: P1Y }`.replace(
      ...(change.split('=>') as [string, string]),
    )

  it.each([
    ['RD/efiling=>RD/nothing', /there is no subsystem RD\/nothing/],
    ['DOPA/population=>XX/population', /there is no subsystem XX\/population/],
    ['purpose: tax-assessment=>purpose: curiosity', /there is no purpose curiosity/],
    ['revenue-code=>some-law', /there is no law some-law/],
    ['P1Y=>forever', /at \/0\/valid/],
    ['[name]=>[]', /at \/0\/operations\/getPerson\/fields/],
  ])('are refused with %s', (change, message) => {
    expect(() => readGrants(references, grant(change))).toThrow(message)
  })

  it('are refused when consumer, service and purpose come twice', () => {
    expect(() => readGrants(references, `${grant('a=>a')}\n${grant('a=>a')}`)).toThrow(/\/1: this consumer/)
  })

  it('get their times when they are ordered', () => {
    const orders = grantOrders(country.grants, 'TH/GOV/DOPA', Date.UTC(2026, 0, 1))
    const assessment = orders.find((order) => order.purpose === 'tax-assessment')
    expect(assessment).toMatchObject({
      consumer: 'TH/GOV/RD/efiling',
      service: 'TH/GOV/DOPA/population/person-v1',
      notBefore: '2026-01-01T00:00:00.000Z',
      expires: '2027-01-01T00:00:00.000Z',
      consent: false,
      law: { act: { en: 'Revenue Code' } },
    })
    expect(assessment).not.toHaveProperty('withheldUntil')
    expect(orders.find((order) => order.purpose === 'tax-investigation')).toMatchObject({
      withheldUntil: '2026-04-01T00:00:00.000Z',
    })
    expect(orders.every((order) => order.service.startsWith('TH/GOV/DOPA/'))).toBe(true)
  })

  it('leave a consumer with two purposes for one operation, one that needs consent, and one withheld', () => {
    const forPerson = country.grants.filter(({ operations }) => 'getPerson' in operations)
    expect(forPerson.filter(({ consumer }) => consumer === 'TH/GOV/DBD/registration')).toHaveLength(2)
    expect(country.grants.some(({ consent }) => consent)).toBe(true)
    expect(country.grants.some(({ withheldDays }) => withheldDays !== null)).toBe(true)
  })
})
