import { registrarMembers, sandboxPerson } from '@sapan/sandbox'
import { loadCountry } from '@sapan/thailand'
import { describe, expect, it } from 'vitest'
import { appointments } from '../src/up/officers.ts'

const registrars = registrarMembers().map(({ id }) => id)
const deciding = ['TH/GOV/RD', 'TH/GOV/DOPA', 'TH/GOV/IMM', ...registrars]

const holders = (agency: string, duty: string) =>
  appointments.filter((one) => one.agency === agency && one.duties.includes(duty)).map(({ person }) => person)

describe('the officers of the demonstration', () => {
  it('have duties and agencies that the country has, each person once in an agency', () => {
    const { identity, members } = loadCountry()
    const duties = identity.officers.duties.map(({ code }) => code)
    for (const { agency, duties: held } of appointments) {
      expect(members.map(({ id }) => id)).toContain(agency)
      expect(duties).toEqual(expect.arrayContaining([...held]))
    }
    const places = appointments.map(({ agency, person }) => `${agency} ${person}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it.each(deciding)(
    'can look at, decide, sign, be paid and judge appeals in %s, by different people',
    (agency) => {
      for (const duty of ['case-officer', 'endorser', 'approver', 'signer', 'cashier', 'appeals'])
        expect(holders(agency, duty)).not.toEqual([])
      const [looking, approving, judging] = ['case-officer', 'approver', 'appeals'].map((duty) =>
        holders(agency, duty),
      )
      for (const person of approving ?? []) {
        expect(looking).not.toContain(person)
        expect(judging).not.toContain(person)
      }
    },
  )

  it('are nobody who applies for something in the guides, but for those who are officers of other agencies', () => {
    const applicants = ['taxpayer', 'spouse', 'elder', 'mother', 'father', 'director'] as const
    const officers = new Set(appointments.map(({ person }) => sandboxPerson(person).nationalId))
    for (const kind of applicants) expect(officers.has(sandboxPerson(kind).nationalId)).toBe(false)
  })
})
