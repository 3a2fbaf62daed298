import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsentHouse, consentHouse } from '../consents/house.ts'
import { asksFor, everything, otherAgency, payroll, peopleOf } from './consent-question.ts'
import { outcome } from './house.ts'

let house: ConsentHouse
beforeAll(async () => {
  house = await consentHouse()
})
afterAll(() => house.stop())

async function asked() {
  const people = await peopleOf(house)
  const { id } = await house.consents.ask(asksFor(people.number), payroll)
  return { ...people, id }
}

const roles = [
  ['subject', 'done'],
  ['stranger', 'consent-not-found'],
  ['nobody', 'consent-not-found'],
] as const

describe('answering an agency’s question', () => {
  it.each(roles)('with a consent, as %s: %s', async (role, expected) => {
    const { id, ...people } = await asked()
    expect(await outcome(house.consents.give({ account: people[role] }, id, everything))).toBe(expected)
    expect((await house.consents.answerFor(id, payroll)).state).toBe(expected === 'done' ? 'given' : 'asked')
  })

  it.each(roles)('with a refusal, as %s: %s', async (role, expected) => {
    const { id, ...people } = await asked()
    expect(await outcome(house.consents.refuse({ account: people[role] }, id, true))).toBe(expected)
    expect((await house.consents.answerFor(id, payroll)).state).toBe(
      expected === 'done' ? 'refused' : 'asked',
    )
  })

  it.each(roles)('seeing it, as %s: %s', async (role, expected) => {
    const { id, ...people } = await asked()
    expect(await outcome(house.consents.find(people[role], id))).toBe(expected)
  })
})

describe('letting an agency ask again', () => {
  it.each(roles)('as %s: %s', async (role, expected) => {
    const { id, number, subject, ...people } = await asked()
    await house.consents.refuse({ account: subject }, id, true)
    expect(await outcome(house.consents.allowAsking({ account: { subject, ...people }[role] }, id))).toBe(
      expected,
    )
    const { state } = await house.consents.ask(asksFor(number), payroll)
    expect(state).toBe(expected === 'done' ? 'asked' : 'refused')
  })
})

describe('asking', () => {
  it('is for an agency’s own systems', async () => {
    const { number } = await peopleOf(house)
    expect(await outcome(house.consents.ask(asksFor(number), otherAgency))).toBe('consent-question-invalid')
  })
})
