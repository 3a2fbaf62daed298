import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from '../mandates/world.ts'

let world: World
let giver: Person
let holder: Person
let stranger: Person
beforeAll(async () => {
  world = await World.open()
  giver = await world.person()
  holder = await world.person()
  stranger = await world.person()
})
afterAll(() => world.close())

async function given(): Promise<string> {
  const terms = { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 }
  const offer = { direction: 'give' as const, to: { number: holder.number }, terms }
  const { id } = await world.mandates.proposals.propose(giver, offer)
  return (await world.mandates.proposals.answer(holder, id, {})) ?? ''
}

describe('withdrawing a mandate', () => {
  it.each([
    ['giver', 'done', 'mandate-ended'],
    ['holder', 'done', 'mandate-ended'],
    ['stranger', 'mandate-not-found', 'done'],
  ] as const)('as %s: %s, and the holder may then act: %s', async (role, expected, then) => {
    const id = await given()
    expect(await outcome(world.mandates.withdraw({ giver, holder, stranger }[role], id))).toBe(expected)
    expect(await outcome(world.mandates.act(holder, id, { scope: 'apply' }))).toBe(then)
  })

  it('needs no fresh proof: it protects', async () => {
    const id = await given()
    const stale = { ...giver, authenticatedAt: giver.authenticatedAt - 86_400_000 }
    expect(await outcome(world.mandates.withdraw(stale, id))).toBe('done')
  })

  it('of a register is nobody’s', async () => {
    const director = await world.person()
    world.company([director], { kind: 'any', count: 1, seal: false })
    const [mandate] = await world.mandates.of(director.account)
    expect(await outcome(world.mandates.withdraw(director, mandate?.id ?? ''))).toBe('mandate-from-register')
    expect(await outcome(world.mandates.withdraw(stranger, mandate?.id ?? ''))).toBe('mandate-not-found')
  })
})
