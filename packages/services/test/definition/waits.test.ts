import { loadCountry, readWaits } from '@sapan/thailand'
import { describe, expect, it } from 'vitest'
import { planOf } from '../../src/submission/plan.ts'
import { sampleDefinition } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'
import { checkMutated } from './mutation.ts'

const values = { answers: {}, facts: {}, calc: {}, today: '2026-11-23' }

describe('how long an applicant has to answer and to pay', () => {
  it('is what the definition says, and the country’s rule where it says nothing', () => {
    expect(sampleDefinition().workflow.waits).toMatchObject({
      information: { days: 45, law: { about: { en: 'Answers in the holidays (illustrative)' } } },
      payment: sampleReferences.waits.payment,
    })
  })

  it('is kept with the case', () => {
    expect(planOf(sampleDefinition(), values)).toMatchObject({ informationDays: 45, paymentDays: 15 })
  })

  it('names a law that the country has', () => {
    const { findings } = checkMutated({
      about: 'a law',
      file: 'workflow',
      from: 'days: 45\n    law:\n      law: digital-government',
      to: 'days: 45\n    law:\n      law: digital-goverment',
      code: 'unknown-law',
    })
    expect(findings.map(({ code }) => code)).toEqual(['unknown-law'])
    const known = loadCountry().laws.map(({ code }) => code)
    for (const { law } of Object.values(readWaits())) expect(known).toContain(law.law)
  })

  it.each(['0', '366', '1.5', 'x'])('is no number of days: %s', (days) => {
    const { findings } = checkMutated({
      ...{ about: 'days', file: 'workflow', from: 'days: 45', to: `days: ${days}`, code: 'wrong-type' },
    })
    expect(findings.length).toBeGreaterThan(0)
  })
})
