import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ConsentHouse, consentHouse } from '../consents/house.ts'
import { asksFor, everything, otherAgency, payroll, peopleOf } from './consent-question.ts'
import { outcome } from './house.ts'

let house: ConsentHouse
beforeAll(async () => {
  house = await consentHouse()
})
afterAll(() => house.stop())

async function given() {
  const people = await peopleOf(house)
  const { id } = await house.consents.ask(asksFor(people.number), payroll)
  await house.consents.give({ account: people.subject }, id, everything)
  return { ...people, id }
}

describe('withdrawing a consent', () => {
  it.each([
    ['subject', 'done'],
    ['stranger', 'consent-not-found'],
    ['nobody', 'consent-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    const { id, ...people } = await given()
    expect(await outcome(house.consents.withdraw({ account: people[role] }, id))).toBe(expected)
    const { state } = await house.consents.answerFor(id, payroll)
    expect(state).toBe(expected === 'done' ? 'withdrawn' : 'given')
  })

  it('of a question, and of what was withdrawn, is nothing to withdraw', async () => {
    const { id, subject } = await given()
    await house.consents.withdraw({ account: subject }, id)
    expect(await outcome(house.consents.withdraw({ account: subject }, id))).toBe('consent-decided')
  })

  it.each(["' or 1=1 --", '', '01939c2e-0000-7000-8000-000000000000'])(
    'does not tell %j from another’s',
    async (id) => {
      const { subject } = await given()
      expect(await outcome(house.consents.withdraw({ account: subject }, id))).toBe('consent-not-found')
    },
  )
})

describe('the receipt of a consent', () => {
  it('is for the agency that asked, and no other', async () => {
    const { id } = await given()
    expect((await house.consents.answerFor(id, payroll)).receipt).toBeDefined()
    expect(await outcome(house.consents.answerFor(id, otherAgency))).toBe('consent-not-found')
  })
})
