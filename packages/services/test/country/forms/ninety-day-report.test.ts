import { describe, expect, it } from 'vitest'
import * as people from '../people.ts'
import { type Given, whole } from './whole.ts'

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
    expect(told('recordReport')).toMatchObject({ foreignerNumber: people.foreigner.id })
    expect(told('recordReport')).not.toHaveProperty('passport')
    expect(JSON.stringify(document('slip'))).toContain(`เลขประจำตัวคนต่างชาติ ${people.foreigner.id} `)
    expect(JSON.stringify(document('slip'))).toContain('31 พ.ค. 2569')
    expect(document('refusal').kind).toBe('data')
  })

  it('names who has only a passport by it, in the register and on the slip', async () => {
    const applicant = people.passportHolder
    const facts = { stay: { ...stay, passport: applicant.id } }
    const { problems, told, document } = await whole('ninety-day-report', { ...report, applicant, facts })
    expect(problems).toEqual([])
    expect(told('recordReport')).toMatchObject({ passport: applicant.id })
    expect(told('recordReport')).not.toHaveProperty('foreignerNumber')
    const slip = JSON.stringify(document('slip'))
    expect(slip).toContain(`หนังสือเดินทาง ${applicant.id} `)
    expect(slip).not.toContain('เลขประจำตัวคนต่างชาติ')
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
