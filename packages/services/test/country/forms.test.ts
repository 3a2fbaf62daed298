import type { JsonValue } from '@sapan/casework'
import { describe, expect, it } from 'vitest'
import type { Applicant, DraftContent } from '../../src/application/application.ts'
import type { ServiceDefinition } from '../../src/definition/definition.ts'
import { openProblems } from '../../src/form/problems.ts'
import { calculate, valuesOf } from '../../src/form/values.ts'
import { countryDefinitions } from './definitions.ts'
import * as people from './people.ts'
import { type Decided, documentOf, filledIn, toldTo } from './whole-form.ts'

type Json = Readonly<Record<string, JsonValue>>

interface Given {
  readonly applicant: Applicant
  readonly facts: Json
  readonly typed: Json
  readonly today?: string
  readonly decision?: Json
  readonly effects?: Json
}

async function whole(service: string, given: Given) {
  const definition: ServiceDefinition | undefined = (await countryDefinitions()).find(service)
  if (definition === undefined) throw new Error(`there is no ${service}`)
  const { today = people.today, decision = {}, effects = {} } = given
  const content = filledIn({ ...given, definition, today })
  const decided: Decided = { definition, content, today, decision, effects }
  return {
    content,
    calc: calculate(definition, content, today),
    problems: openProblems(definition, content, today).map(({ page, field, text }) => ({
      page,
      field,
      en: text.en,
    })),
    told: (effect: string) => toldTo(decided, effect),
    document: (output: string) => documentOf(decided, output),
    requirements: requirementsOf(definition, content, today),
  }
}

/** What of the requirements is so; undefined where it is not known. */
function requirementsOf(definition: ServiceDefinition, content: DraftContent, today: string): Json {
  const values = valuesOf(definition, content, today)
  return Object.fromEntries(
    definition.requirements.map(({ id, rule }) => {
      const outcome = rule.evaluate(values)
      return [id, outcome.known ? outcome.value : null]
    }),
  )
}

const employer = (income: number, taxWithheld: number) => ({
  employerId: people.company,
  employer: { th: 'บริษัท สมมติรุ่งเรืองกิจการค้า จำกัด', en: 'Sommot Co., Ltd.' },
  income,
  taxWithheld,
  providentFund: 2_400_000,
})

const family = {
  maritalStatus: 'married',
  spouse: { ...people.somebody, nationalId: people.mother, sex: 'female', birthDate: '1988-04-04' },
  father: null,
  mother: { ...people.somebody, nationalId: people.elder, sex: 'female', birthDate: '1945-04-04' },
  children: [
    { ...people.somebody, nationalId: '1905276917272', sex: 'male', birthDate: '2001-01-01', status: 'dead' },
    { ...people.somebody, nationalId: people.child, sex: 'male', birthDate: '2019-06-06' },
  ],
}

const taxReturn: Given = {
  applicant: people.person(people.father),
  facts: {
    person: { name: people.somebody.name, birthDate: '1985-06-15' },
    family,
    withholding: { taxYear: 2568, employers: [employer(78_000_000, 5_000_000)] },
    contributions: { amount: 900_000, employers: [{ employerId: people.company, amount: 900_000 }] },
    taxpayer: { status: 'active', filings: [{ taxYear: 2567, state: 'filed' }] },
    promptPay: { registered: true, accountEnding: '1234' },
  },
  typed: {
    taxYear: '2568',
    onlyPay: true,
    isDisabled: false,
    spouseIncome: 0,
    children: [{ childOrder: 2, childSituation: 'minor' }],
    parents: [{ parentIncome: 600_000, isSupported: true }],
    claims: ['donations'],
    donations: [
      { donatedTo: 'โรงเรียนสมมติ', donationKind: 'double', donatedOn: '2025-05-05', donationAmount: 500_000 },
    ],
    wantsRefund: true,
  },
}

describe('the income tax return', () => {
  it('is filled in by registers but for what only the person knows, and can be handed in', async () => {
    const { problems, calc, content, requirements } = await whole('income-tax-return', taxReturn)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true, true])
    expect(content.answers.employers).toEqual([
      expect.objectContaining({ wages: 78_000_000, taxWithheld: 5_000_000, socialSecurity: 900_000 }),
    ])
    expect(content.marks['children.0.childId']).toMatchObject({ origin: 'register', evidence: 'family' })
    // 780,000 − 100,000 − (60,000 + 60,000 + 60,000 + 30,000 + 9,000 + 24,000) = 437,000; twice 5,000 given: 427,000
    expect(calc).toMatchObject({
      allowances: 24_300_000,
      netIncome: 42_700_000,
      tax: 2_020_000,
      refund: 2_980_000,
    })
  })

  it('leaves out who cannot be claimed: a child that has died, a parent under 60', async () => {
    const young = { ...family, mother: { ...family.mother, birthDate: '1990-01-01' } }
    const { content } = await whole('income-tax-return', {
      ...taxReturn,
      facts: { ...taxReturn.facts, family: young },
      typed: { taxYear: '2568' },
    })
    expect(content.answers.children).toHaveLength(1)
    expect(content.answers.parents ?? []).toHaveLength(0)
  })

  it('says in plain words what stands against a claim', async () => {
    const { problems } = await whole('income-tax-return', {
      ...taxReturn,
      typed: {
        ...taxReturn.typed,
        spouseIncome: 1,
        parents: [{ parentIncome: 3_000_001, isSupported: true, parentRelation: 'spouse-mother' }],
        children: [{ childOrder: 1, childSituation: 'minor', childBirthDate: '2001-01-01' }],
      },
    })
    expect(problems.map(({ field }) => field)).toEqual(['childSituation', 'parentRelation', 'parentIncome'])
  })

  it('tells the register of the return, and of an assessment only where there is one', async () => {
    const accepted = await whole('income-tax-return', taxReturn)
    expect(accepted.told('recordFiling')).toMatchObject({
      taxYear: 2568,
      form: 'PND91',
      refund: 2_980_000,
      payable: 0,
    })
    expect(accepted.told('recordAppeal')).toBeUndefined()
    const assessed = await whole('income-tax-return', { ...taxReturn, decision: { assessedTax: 2_500_000 } })
    expect(assessed.told('recordAssessment')).toMatchObject({
      kind: 'assessment',
      taxDue: 2_500_000,
      refund: 2_500_000,
    })
    const effects = { recordFiling: { taxYear: 2568 }, recordAssessment: { taxYear: 2568 } }
    const appealed = await whole('income-tax-return', { ...taxReturn, effects })
    expect(appealed.told('recordFiling')).toBeUndefined()
    expect(appealed.told('recordAppeal')).toMatchObject({ kind: 'appeal', taxDue: 2_020_000 })
  })

  it('ends with a notice that says the refund, or why the return is not accepted', async () => {
    const { document } = await whole('income-tax-return', taxReturn)
    expect(JSON.stringify(document('assessment'))).toContain('อนุมัติคืนภาษี จำนวน 29,800.00 บาท')
    expect(document('not-accepted').kind).toBe('data')
  })
})

describe('the copy of a house registration', () => {
  const member = {
    ...people.somebody,
    sex: 'male',
    birthDate: '1985-06-15',
    relationship: 'head',
    father: null,
    mother: { th: 'สมศรี', en: 'Somsri' },
  }
  const members = [
    { ...member, nationalId: people.father },
    { ...member, nationalId: people.mother, relationship: 'spouse', sex: 'female' },
  ]
  const copy: Given = {
    applicant: people.person(people.father),
    facts: {
      registration: {
        address: people.address,
        registrar: { member: null, th: 'สำนักทะเบียนสมมติ', en: 'Registrar' },
        kind: 'TR14',
        members,
      },
    },
    typed: { shows: 'own' },
    effects: { recordCopy: { number: '1004-000123' } },
  }

  it('asks one thing, costs 20 baht, and shows no more of the house than was asked for', async () => {
    const { problems, calc, requirements, told, document } = await whole('house-registration-copy', copy)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true])
    expect(calc).toMatchObject({ fee: 2000 })
    expect(told('recordCopy')).toMatchObject({ nationalId: people.father, houseId: people.address.houseId })
    const data = JSON.stringify(document('copy'))
    expect(data).toContain('1004-000123')
    expect(data).toContain(people.father)
    expect(data).not.toContain(people.mother)
  })

  it('fits its template for a house of forty people, and where nothing is given', async () => {
    const many = Array.from({ length: 40 }, () => members[1] ?? member)
    const facts = { registration: { ...Object(copy.facts.registration), members: [...members, ...many] } }
    const { document } = await whole('house-registration-copy', { ...copy, facts, typed: { shows: 'whole' } })
    expect(document('copy').kind).toBe('data')
    expect(document('refusal').kind).toBe('data')
  })
})

describe('the 90-day report', () => {
  const stay = {
    nationality: 'GBR',
    passport: 'GBR:SMT000001',
    passportExpiry: '2030-01-01',
    permittedStay: { kind: 'work', until: '2026-12-31' },
    enteredOn: '2025-12-01',
    lastReportOn: null,
    dueOn: '2026-03-01',
    residence: people.address,
  }
  const report: Given = {
    applicant: people.foreigner,
    facts: { stay },
    typed: { placeKind: 'rented', phone: '0812345678' },
    effects: { recordReport: { number: 'IMM-1', reportedOn: '2026-03-02', nextDueOn: '2026-05-31' } },
  }

  it('is filled in but for the telephone, free in time, and goes by rule', async () => {
    const { problems, calc, requirements, told, document } = await whole('ninety-day-report', report)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true])
    expect(calc).toEqual({ daysOverdue: 1, isLate: false, fine: 0 })
    expect(told('recordReport')).toMatchObject({
      residence: { houseNumber: '99/12', subdistrictCode: '100402' },
    })
    expect(JSON.stringify(document('slip'))).toContain('31 พ.ค. 2569')
    expect(document('refusal').kind).toBe('data')
  })

  it.each([
    ['2026-02-13', 'too early by a day', true, false],
    ['2026-02-14', '15 days before', false, false],
    ['2026-03-08', '7 days after', false, false],
    ['2026-03-09', '8 days after', false, true],
  ])('on %s, %s', async (today, _about, isEarly, isLate) => {
    const { problems, calc } = await whole('ninety-day-report', { ...report, today })
    expect(problems.map(({ field }) => field)).toEqual(isEarly ? ['dueOn'] : [])
    expect(calc).toMatchObject({ isLate, fine: isLate ? 200_000 : 0 })
  })
})

describe('VAT registration', () => {
  const vat: Given = {
    applicant: people.ofCompany,
    facts: {
      company: {
        juristicId: people.company,
        name: people.ofCompany.name,
        status: 'registered',
        registeredOn: '2015-01-01',
        trade: { th: 'ขายส่งสินค้าสมมติ', en: 'Wholesale' },
        address: people.address,
      },
      directors: { directors: [], signing: { text: { th: 'กรรมการหนึ่งคน', en: 'One director' } } },
      vat: { registered: false, registeredFrom: null },
    },
    typed: {
      isExempt: false,
      turnover: 180_000_001,
      exceededOn: '2026-02-01',
      startsOn: '2026-03-02',
      places: [{ placeRight: 'owned' }],
      phone: '021234567',
      email: 'tax@example.com',
    },
    effects: { recordVat: { certificates: [{ number: 'PP20-1', branch: '00000', name: 'สำนักงานใหญ่' }] } },
  }

  it('has the head office as its first place of business, and registers it', async () => {
    const { problems, calc, requirements, told, document } = await whole('vat-registration', vat)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true, true])
    expect(calc).toEqual({ isVoluntary: false, dueBy: '2026-03-03', isLate: false })
    const name = people.ofCompany.name.th
    expect(told('recordVat')).toMatchObject({
      voluntary: false,
      places: [{ name, address: { houseNumber: '99/12' } }],
    })
    expect(JSON.stringify(document('certificate'))).toContain('PP20-1')
    expect(document('refusal').kind).toBe('data')
  })

  it('is voluntary at the threshold, and late after 30 days above it', async () => {
    const typed = { ...vat.typed, turnover: 180_000_000, acceptsDuties: true }
    const voluntary = await whole('vat-registration', { ...vat, typed })
    expect(voluntary.problems).toEqual([])
    expect(voluntary.calc).toMatchObject({ isVoluntary: true, isLate: false })
    const late = await whole('vat-registration', {
      ...vat,
      typed: { ...vat.typed, exceededOn: '2026-01-30' },
    })
    expect(late.calc).toMatchObject({ isLate: true })
  })
})

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

describe('the change of address', () => {
  const house = (houseId: string, master: JsonValue) => ({
    address: { ...people.address, houseId },
    registrar: { member: 'TH/GOV/REG9002', th: 'สำนักทะเบียนอำเภอสทิงพระ', en: 'Registrar' },
    master,
    residents: 3,
  })
  const move: Given = {
    applicant: people.person(people.father),
    facts: {
      person: { name: people.somebody.name, birthDate: '1985-06-15', address: people.address },
      household: {
        members: [
          { nationalId: people.father, name: people.somebody.name, birthDate: '1985-06-15' },
          { nationalId: people.mother, name: people.somebody.name, birthDate: '1988-04-04' },
          { nationalId: people.child, name: people.somebody.name, birthDate: '2019-06-06' },
        ],
      },
      newHouse: { houses: [house('90025300010', { nationalId: people.elder })] },
    },
    typed: {
      newAddress: people.addressAnswer,
      movedOn: '2026-02-20',
      right: 'family',
      movesAlone: false,
      sharesCustody: true,
      otherParentId: people.mother,
    },
    effects: {
      recordMoves: {
        movedOn: '2026-02-20',
        persons: [{ nationalId: people.father, moveOutNumber: '1004-1', moveInNumber: '9002-1' }],
      },
    },
  }

  it('takes the children along, asks master and other parent, and moves all of them at once', async () => {
    const { problems, calc, requirements, told, document } = await whole('change-of-address', move)
    expect(problems).toEqual([])
    expect(Object.values(requirements)).toEqual([true, true, true, true])
    expect(calc).toMatchObject({
      masterId: people.elder,
      registrar: 'TH/GOV/REG9002',
      moverCount: 2,
      isLate: false,
    })
    expect(told('recordMoves')).toMatchObject({
      nationalIds: [people.father, people.child],
      houseId: '90025300010',
      masterId: people.elder,
    })
    expect(JSON.stringify(document('notice'))).toContain('9002-1')
    expect(document('refusal').kind).toBe('data')
  })

  it('into an empty house asks nobody', async () => {
    const facts = { ...move.facts, newHouse: { houses: [house('90025300010', null)] } }
    const { calc, told } = await whole('change-of-address', { ...move, facts })
    expect(calc).toMatchObject({ masterId: '' })
    expect(told('recordMoves')).not.toHaveProperty('masterId')
  })

  it('is no move where the house is the same, and can be told late', async () => {
    const facts = { ...move.facts, newHouse: { houses: [house(people.address.houseId, null)] } }
    const same = await whole('change-of-address', { ...move, facts })
    expect(same.problems.map(({ field }) => field)).toEqual(['houseId'])
    const late = await whole('change-of-address', {
      ...move,
      typed: { ...move.typed, movedOn: '2026-02-14' },
    })
    expect(late.calc).toMatchObject({ isLate: true, fineAtMost: 100_000 })
  })
})
