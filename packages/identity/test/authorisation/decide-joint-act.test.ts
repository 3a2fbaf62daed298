import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from '../mandates/world.ts'

let world: World
let first: Person
let second: Person
let third: Person
let stranger: Person
beforeAll(async () => {
  world = await World.open()
  first = await world.person()
  second = await world.person()
  third = await world.person()
  stranger = await world.person()
  world.company([first, second, third], { kind: 'any', count: 2, seal: false })
})
afterAll(() => world.close())

const act = { year: 2569 }

/** An act that the first director has prepared, and nobody else confirmed. */
async function prepared(): Promise<string> {
  const [mandate] = await world.mandates.of(first.account)
  const asked = { mandate: mandate?.id ?? '', scope: 'file-tax', act, words: 'ภาษีปี 2569' }
  return await world.mandates.joint.prepare(first, asked)
}
const who = () => ({ first, second, stranger })

describe('confirming what several must do together', () => {
  it.each([
    ['second', 'done'],
    ['stranger', 'joint-act-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.joint.confirm(who()[role], await prepared()))).toBe(expected)
  })

  it('in a browser that was left open: refused', async () => {
    const stale = { ...second, authenticatedAt: second.authenticatedAt - 3_600_000 }
    expect(await outcome(world.mandates.joint.confirm(stale, await prepared()))).toBe('mandate-proof-stale')
  })

  it('once removed as a director: refused', async () => {
    const leaving = await world.person()
    const number = world.company([first, leaving], { kind: 'any', count: 2, seal: false })
    // What the register said of one's companies counts for a while.
    world.ground.pass(31_000)
    const mandates = await world.mandates.of(first.account)
    const mandate = mandates.find(({ content }) => content.number === number)?.id ?? ''
    const id = await world.mandates.joint.prepare(first, { mandate, scope: 'file-tax', act, words: 'x' })
    const company = world.registers.companies.get(number)
    if (company) world.registers.companies.set(number, { ...company, directors: [first.number] })
    world.ground.pass(31_000)
    const now = world.signedIn(leaving)
    expect(await outcome(world.mandates.joint.confirm(now, id))).not.toBe('done')
  })
})

describe('calling it off', () => {
  it.each([
    ['first', 'done'],
    ['stranger', 'joint-act-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    expect(await outcome(world.mandates.joint.callOff(who()[role], await prepared()))).toBe(expected)
  })
})

describe('carrying it out', () => {
  it.each([
    ['first', 'done'],
    ['stranger', 'joint-act-not-found'],
  ] as const)('as %s: %s', async (role, expected) => {
    const id = await prepared()
    await world.mandates.joint.confirm(world.signedIn(second), id)
    const carried = world.mandates.joint.carryOut(who()[role], id, { scope: 'file-tax', act })
    expect(await outcome(carried)).toBe(expected)
  })
})
