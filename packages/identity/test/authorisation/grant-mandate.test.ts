import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from '../mandates/world.ts'

let world: World
let giver: Person
let holder: Person
beforeAll(async () => {
  world = await World.open()
  giver = await world.person()
  holder = await world.person()
})
afterAll(() => world.close())

const offer = (to: Person, direction: 'give' | 'ask' = 'give') => ({
  direction,
  to: { number: to.number },
  terms: { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 },
})
const propose = (who: Person, to: Person) => outcome(world.mandates.proposals.propose(who, offer(to)))

describe('giving a mandate', () => {
  it('in one’s own name, signed in lately: done', async () => {
    expect(await propose(giver, holder)).toBe('done')
  })

  it('to oneself: refused', async () => {
    expect(await propose(giver, giver)).toBe('mandate-self')
  })

  it('in a browser that was left open: refused, giving as answering a request', async () => {
    const stale = { ...giver, authenticatedAt: giver.authenticatedAt - 3_600_000 }
    expect(await propose(stale, holder)).toBe('mandate-proof-stale')
    const { id } = await world.mandates.proposals.propose(holder, offer(giver, 'ask'))
    expect(await outcome(world.mandates.proposals.answer(stale, id, {}))).toBe('mandate-proof-stale')
    expect(await world.mandates.of(holder.account)).toEqual([])
  })

  it('while acting for another: refused', async () => {
    const acting = Object.assign({ acting: { mandate: 'x' } }, giver)
    expect(await propose(acting, holder)).toBe('mandate-not-passed-on')
  })

  it('with a frozen account: refused', async () => {
    const frozen = await world.person()
    await world.freeze(frozen.account)
    expect(await propose(frozen, holder)).toBe('mandate-account-closed')
  })

  it('of what is a company’s: refused to its own director', async () => {
    world.company([giver], { kind: 'any', count: 1, seal: false })
    const terms = { ...offer(holder).terms, scopes: ['change-register'] }
    expect(await outcome(world.mandates.proposals.propose(giver, { ...offer(holder), terms }))).toBe(
      'mandate-terms-invalid',
    )
  })
})
