import { describe, expect, it } from 'vitest'
import * as people from '../people.ts'
import { type Given, whole } from './whole.ts'

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
