import { loadCountry } from '@sapan/thailand'
import { describe, expect, it } from 'vitest'
import type { Places } from '../../../src/form/places.ts'
import { readPage } from '../../../src/form/read-page.ts'
import { valuesOf } from '../../../src/form/values.ts'
import { handlerOf } from '../../../src/submission/plan.ts'
import { countryDefinitions } from '../definitions.ts'
import * as people from '../people.ts'
import { type Given, whole } from './whole.ts'

const noPlaces: Places = {
  provinces: () => [],
  districtsOf: () => [],
  subdistrictsOf: () => [],
  subdistrict: () => undefined,
  search: () => [],
}

describe('birth registration', () => {
  const notice = {
    number: 'TR11-2569-0001',
    hospital: { th: 'โรงพยาบาลสมมติพัฒนา', en: 'Sommot Hospital' },
    birthDate: '2026-02-20',
    birthTime: '09:05',
    birthSubdistrict: '100402',
    sex: 'female',
    weight: 3100,
    motherId: people.mother,
    motherName: null,
    fatherId: people.father,
    fatherName: null,
    usedOn: null,
  }
  const birth: Given = {
    applicant: people.person(people.father),
    facts: {
      notices: { notices: [{ ...notice, number: 'TR11-2569-0000', usedOn: '2026-02-25' }, notice] },
      person: { name: people.somebody.name, sex: 'male' },
      home: { address: people.address, registrar: { th: 'สำนักทะเบียนสมมติ' } },
    },
    typed: { givenName: 'สมหวัง', givenNameEnglish: 'Somwang', isFatherKnown: true },
    effects: {
      registerBirth: {
        certificateNumber: '1004-1',
        nationalId: people.child,
        registrar: { member: null, th: 'สำนักทะเบียนสมมติ', en: 'Registrar' },
        name: { th: { title: 'เด็กหญิง', given: 'สมหวัง', family: 'สมมติวงศ์' } },
      },
    },
  }

  it('takes the notice that was not used yet, and asks for the name alone', async () => {
    const { problems, calc, requirements, content, told, document } = await whole('birth-registration', birth)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true])
    expect(content.answers.noticeNumber).toBe(notice.number)
    expect(calc).toMatchObject({
      daysSinceBirth: 10,
      isLate: false,
      isThai: true,
      otherParent: people.mother,
    })
    expect(told('registerBirth')).toMatchObject({
      fatherId: people.father,
      birthTime: '09:05',
      houseId: '10015300017',
    })
    expect(told('useNotice')).toMatchObject({ motherId: people.mother, reference: '1004-1' })
    expect(JSON.stringify(document('certificate'))).toContain('เด็กหญิงสมหวัง สมมติวงศ์')
    expect(document('refusal').kind).toBe('data')
  })

  it('tells the register that there is no father, where none is entered', async () => {
    const given = {
      ...birth,
      applicant: people.person(people.mother),
      typed: { ...birth.typed, isFatherKnown: false },
    }
    const { problems, calc, told, document } = await whole('birth-registration', given)
    expect(problems).toEqual([])
    expect(calc).toMatchObject({ otherParent: '', isThai: true })
    expect(told('registerBirth')).toMatchObject({ motherId: people.mother, fatherId: null })
    expect(JSON.stringify(document('certificate'))).toContain('บิดาไม่ปรากฏ')
  })

  it('keeps the father whom the hospital named, where entering him is chosen on the same page', async () => {
    const typed = { givenName: 'สมหวัง', givenNameEnglish: 'Somwang' }
    const { content } = await whole('birth-registration', { ...birth, typed })
    const definition = (await countryDefinitions()).find('birth-registration')
    const page = definition?.form.pages.find(({ id }) => id === 'parents')
    if (definition === undefined || page === undefined) throw new Error('there is no page of the parents')
    const form = new URLSearchParams({ isFatherKnown: 'yes' })
    const context = { language: 'th', places: noPlaces, countries: [], today: people.today } as const
    const read = readPage(definition, content, { page, form }, context)
    expect(read.errors).toEqual([])
    expect(read.content.answers.fatherId).toBe(people.father)
  })

  it.each([
    ['900201', 'TH/GOV/REG9002'],
    ['100402', 'TH/LOC/REG1004'],
    ['500101', 'TH/GOV/DOPA'],
    ['100101', 'TH/GOV/DOPA'],
  ])('born in %s is handled by %s: the owner, where the district is no member', async (place, agency) => {
    const facts = { ...birth.facts, notices: { notices: [{ ...notice, birthSubdistrict: place }] } }
    const { content } = await whole('birth-registration', { ...birth, facts })
    const definition = (await countryDefinitions()).find('birth-registration')
    if (definition === undefined) throw new Error('there is no birth registration')
    const memberName = (id: string) => loadCountry().members.find((one) => one.id === id)?.name
    expect(handlerOf({ memberName }, definition, valuesOf(definition, content, people.today))).toBe(agency)
  })

  it.each([
    ['2026-03-07', 15, 0],
    ['2026-03-08', 16, 100_000],
  ])('on %s is %i days after the birth', async (today, days, fineAtMost) => {
    const { calc } = await whole('birth-registration', { ...birth, today })
    expect(calc).toMatchObject({ daysSinceBirth: days, fineAtMost })
  })

  it('refuses letters that no name has, in words', async () => {
    const typed = { ...birth.typed, givenName: 'Some1', givenNameEnglish: 'som' }
    const { problems } = await whole('birth-registration', { ...birth, typed })
    expect(problems.map(({ field }) => field)).toEqual(['givenName', 'givenNameEnglish'])
  })
})
