import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from '../mandates/world.ts'

let world: World
const people: Record<'sender' | 'addressee' | 'stranger', Person | undefined> = {
  sender: undefined,
  addressee: undefined,
  stranger: undefined,
}
beforeAll(async () => {
  world = await World.open()
  for (const role of ['sender', 'addressee', 'stranger'] as const) people[role] = await world.person()
})
afterAll(() => world.close())

const who = (role: keyof typeof people): Person => {
  const person = people[role]
  if (!person) throw new Error(role)
  return person
}
async function proposed(direction: 'give' | 'ask'): Promise<string> {
  const terms = { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 }
  const to = { number: who('addressee').number }
  return (await world.mandates.proposals.propose(who('sender'), { direction, to, terms })).id
}

describe.each(['give', 'ask'] as const)('a proposal to %s', (direction) => {
  it.each([
    ['sender', 'mandate-offer-not-found'],
    ['stranger', 'mandate-offer-not-found'],
    ['addressee', 'done'],
  ] as const)('answered by the %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.proposals.answer(who(role), await proposed(direction), {}))).toBe(
      expected,
    )
  })
})

describe('an offer', () => {
  it.each([
    ['sender', 'done'],
    ['addressee', 'done'],
    ['stranger', 'mandate-offer-not-found'],
  ] as const)('seen by the %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.proposals.seen(who(role), await proposed('give')))).toBe(expected)
  })

  it.each([
    ['addressee', 'mandate-offer-not-found'],
    ['stranger', 'mandate-offer-not-found'],
    ['sender', 'done'],
  ] as const)('taken back by the %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.proposals.takeBack(who(role), await proposed('give')))).toBe(expected)
  })
})
