import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from '../mandates/world.ts'

let world: World
let giver: Person
let holder: Person
let stranger: Person
let id: string
beforeAll(async () => {
  world = await World.open()
  giver = await world.person()
  holder = await world.person()
  stranger = await world.person()
  const terms = { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 }
  const offer = { direction: 'give' as const, to: { number: holder.number }, terms }
  const { id: proposal } = await world.mandates.proposals.propose(giver, offer)
  id = (await world.mandates.proposals.answer(holder, proposal, {})) ?? ''
})
afterAll(() => world.close())

const roles = { holder: () => holder, giver: () => giver, stranger: () => stranger }
const nobody = '01939c2e-0000-7000-8000-000000000000'

describe('acting under a mandate', () => {
  it.each([
    ['holder', 'done'],
    // Who gave it acts for themselves; it is not theirs to use.
    ['giver', 'mandate-not-found'],
    ['stranger', 'mandate-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.act(roles[role](), id, { scope: 'apply' }))).toBe(expected)
  })

  it.each([nobody, '', "' or 1=1 --", 'x'.repeat(5000)])(
    'does not tell another’s from none: %s',
    async (none) => {
      expect(await outcome(world.mandates.act(stranger, none, { scope: 'apply' }))).toBe('mandate-not-found')
    },
  )
})

describe('choosing to act under a mandate', () => {
  it.each([
    ['holder', 'done'],
    ['giver', 'mandate-not-found'],
    ['stranger', 'mandate-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.acting.choose(roles[role](), id))).toBe(expected)
  })
})

describe('passing a mandate on', () => {
  it('is not done by who holds it', async () => {
    const acting = Object.assign({ acting: { mandate: id } }, holder)
    const terms = { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 }
    const offer = { direction: 'give' as const, to: { number: stranger.number }, terms }
    expect(await outcome(world.mandates.proposals.propose(acting, offer))).toBe('mandate-not-passed-on')
  })
})

describe('ending a mandate', () => {
  it('as stranger: not found', async () => {
    expect(await outcome(world.mandates.withdraw(stranger, id))).toBe('mandate-not-found')
  })

  it('as giver and as holder: done, and once more changes nothing', async () => {
    expect(await outcome(world.mandates.withdraw(giver, id))).toBe('done')
    expect(await outcome(world.mandates.withdraw(holder, id))).toBe('done')
    expect((await world.kinds(giver.account)).filter((kind) => kind === 'mandate-withdrawn')).toHaveLength(1)
  })

  it('of a register: nobody', async () => {
    world.company([holder], { kind: 'any', count: 1, seal: false })
    const [mandate] = await world.mandates.of(holder.account)
    expect(await outcome(world.mandates.withdraw(holder, mandate?.id ?? ''))).toBe('mandate-from-register')
  })
})
