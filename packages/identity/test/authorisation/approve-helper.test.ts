import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from '../mandates/world.ts'

let world: World
let officer: Person
let person: Person
let stranger: Person
beforeAll(async () => {
  world = await World.open()
  officer = await world.person()
  person = await world.person()
  stranger = await world.person()
  world.onDuty.add('appointment')
})
afterAll(() => world.close())

const asks = (by: Person = officer) =>
  world.mandates.help.ask(
    { ...by, officer: { appointment: 'appointment', agency: 'TH/GOV/DOPA' } },
    { number: person.number, case: '9/2569', scopes: ['apply'] },
  )
const who = () => ({ person, officer, stranger })

describe.each(['approve', 'deny'] as const)('to %s that a helper acts', (decision) => {
  it.each([
    ['person', 'done'],
    ['officer', 'mandate-offer-not-found'],
    ['stranger', 'mandate-offer-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    const { id } = await asks()
    expect(await outcome(world.mandates.help.decide(who()[role], id, decision))).toBe(expected)
    const { state } = await world.mandates.help.seen(person, id)
    const decided = decision === 'approve' ? 'approved' : 'refused'
    expect(state).toBe(expected === 'done' ? decided : 'open')
  })
})

describe('a request of a helper', () => {
  it('while acting for another: decided by nobody', async () => {
    const { id } = await asks()
    const acting = Object.assign({ acting: { mandate: 'x' } }, person)
    expect(await outcome(world.mandates.help.decide(acting, id, 'approve'))).toBe('mandate-not-passed-on')
  })

  it.each([
    ['person', 'done'],
    ['officer', 'done'],
    ['stranger', 'mandate-offer-not-found'],
  ] as const)('seen as %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.help.seen(who()[role], (await asks()).id))).toBe(expected)
  })

  it('is nothing for who has no such duty, nor for oneself', async () => {
    const offDuty = { ...stranger, officer: { appointment: 'none', agency: 'TH/GOV/DOPA' } }
    const asked = { number: person.number, case: '9/2569', scopes: ['apply'] }
    expect(await outcome(world.mandates.help.ask(offDuty, asked))).toBe('officer-duty-missing')
    expect(await outcome(world.mandates.help.ask(stranger, asked))).toBe('officer-duty-missing')
    expect(await outcome(asks(person))).toBe('mandate-self')
  })
})
