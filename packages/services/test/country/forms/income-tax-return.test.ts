import { describe, expect, it } from 'vitest'
import * as people from '../people.ts'
import { type Given, whole } from './whole.ts'

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
