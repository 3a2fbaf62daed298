import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SigningCondition } from '../../src/mandates/signing.ts'
import { outcome, type Person, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const what = { form: 'change-directors', add: ['1234567890121'], fee: 400 }
const twoOf: SigningCondition = { kind: 'any', count: 2, seal: false }

interface Board {
  readonly people: readonly [Person, Person, Person]
  readonly company: string
  readonly act: string
}

/** Three directors, of whom the first has prepared an act. */
async function board(
  condition: (numbers: readonly string[]) => SigningCondition = () => twoOf,
): Promise<Board> {
  const people = [await world.person(), await world.person(), await world.person()] as const
  const company = world.company(people, condition(people.map(({ number }) => number)))
  const [first] = people
  const [mandate] = await world.mandates.of(first.account)
  const asked = { mandate: mandate?.id ?? '', scope: 'change-register', act: what, words: 'เพิ่มกรรมการหนึ่งคน' }
  return { people, company, act: await world.mandates.joint.prepare(first, asked) }
}

const removed = (company: string, person: Person) => {
  const entry = world.registers.companies.get(company)
  if (entry) entry.directors = entry.directors.filter((number) => number !== person.number)
}

describe('a joint act', () => {
  it('is complete with the second of any two, and both read what it is', async () => {
    const { people, act } = await board()
    const seen = await world.mandates.joint.seen(people[1], act)
    expect(seen).toMatchObject({ state: 'open', act: what, words: 'เพิ่มกรรมการหนึ่งคน' })
    expect((await world.mandates.joint.confirm(people[1], act)).state).toBe('complete')
    expect(await world.kinds(people[0].account)).toContain('joint-act-complete')
  })

  it('is confirmed from where it is read, acting for the same company; acting for another it is not', async () => {
    const { people, act, company } = await board()
    const [, second] = people
    world.company([second], { kind: 'any', count: 1, seal: false })
    const held = await world.mandates.of(second.account)
    const acting = (isSame: boolean) => ({
      mandate: held.find(({ content }) => (content.number === company) === isSame)?.id ?? '',
    })
    const other = world.mandates.joint.confirm({ ...second, acting: acting(false) }, act)
    expect(await outcome(other)).toBe('mandate-not-passed-on')
    expect((await world.mandates.joint.confirm({ ...second, acting: acting(true) }, act)).state).toBe(
      'complete',
    )
  })

  it('counts the same person once, in two tabs and in two sessions', async () => {
    const { people, act } = await board()
    const again = world.signedIn(people[0])
    const tabs = await Promise.all(
      [again, again, people[0]].map((one) => world.mandates.joint.confirm(one, act)),
    )
    expect(tabs.map(({ state }) => state)).toEqual(['open', 'open', 'open'])
    expect((await world.mandates.joint.seen(people[1], act)).confirmations).toHaveLength(1)
  })

  it('takes two people at one sign-in for one', async () => {
    const { people, act } = await board()
    const borrowed = { ...people[1], session: people[0].session }
    expect(await outcome(world.mandates.joint.confirm(borrowed, act))).toBe('joint-act-session-used')
  })

  it('wants each to have proved lately that it is them', async () => {
    const { people, act } = await board()
    world.ground.pass(301_000)
    expect(await outcome(world.mandates.joint.confirm(people[1], act))).toBe('mandate-proof-stale')
    expect((await world.mandates.joint.confirm(world.signedIn(people[1]), act)).state).toBe('complete')
  })

  it('of A with B or C waits for A', async () => {
    const { people, act } = await board(([first = '', ...others]) => ({
      kind: 'with-one-of',
      director: others[1] ?? '',
      others: [first, others[0] ?? ''],
      seal: false,
    }))
    expect((await world.mandates.joint.confirm(people[1], act)).state).toBe('open')
    expect((await world.mandates.joint.confirm(people[2], act)).state).toBe('complete')
  })

  it('waits for the seal, which one of them declares', async () => {
    const { people, act } = await board(() => ({ ...twoOf, seal: true }))
    expect((await world.mandates.joint.confirm(people[1], act)).state).toBe('open')
    expect((await world.mandates.joint.confirm(people[2], act, true)).state).toBe('complete')
  })

  it('is void when who prepared it is removed in between, whoever confirms', async () => {
    const { people, company, act } = await board()
    removed(company, people[0])
    expect(await outcome(world.mandates.joint.confirm(people[1], act))).toBe('joint-act-void')
    expect((await world.mandates.joint.seen(people[0], act)).state).toBe('void')
  })

  it('is judged by the condition that holds when it is completed', async () => {
    const { people, company, act } = await board()
    const entry = world.registers.companies.get(company)
    if (entry) entry.condition = { kind: 'any', count: 3, seal: false }
    expect((await world.mandates.joint.confirm(people[1], act)).state).toBe('open')
    expect((await world.mandates.joint.confirm(people[2], act)).state).toBe('complete')
  })

  it('is not confirmed while the register is silent, and nothing is lost', async () => {
    const { people, act } = await board()
    world.registers.down.add('DBD')
    expect(await outcome(world.mandates.joint.confirm(people[1], act))).toBe('mandate-register-silent')
    world.registers.down.delete('DBD')
    expect((await world.mandates.joint.confirm(people[1], act)).state).toBe('complete')
  })

  it('forgets a confirmation that was taken back, until it is complete', async () => {
    const { people, act } = await board()
    await world.mandates.joint.takeBackConfirmation(people[0], act)
    expect((await world.mandates.joint.confirm(people[1], act)).state).toBe('open')
    expect((await world.mandates.joint.confirm(people[2], act)).state).toBe('complete')
    expect(await outcome(world.mandates.joint.takeBackConfirmation(people[2], act))).toBe('joint-act-over')
  })

  it('is called off by who prepared it, and by nobody else', async () => {
    const { people, act } = await board()
    expect(await outcome(world.mandates.joint.callOff(people[1], act))).toBe('joint-act-not-found')
    await world.mandates.joint.callOff(people[0], act)
    expect(await outcome(world.mandates.joint.confirm(people[1], act))).toBe('joint-act-over')
  })

  it('runs out', async () => {
    const { people, act } = await board()
    world.ground.pass(15 * 86_400_000)
    expect(await outcome(world.mandates.joint.confirm(world.signedIn(people[1]), act))).toBe('joint-act-over')
  })

  it('is carried out once, letter for letter, and only when it is complete', async () => {
    const { people, act } = await board()
    const done = (act_: unknown) =>
      outcome(world.mandates.joint.carryOut(people[2], act, { scope: 'change-register', act: act_ }))
    expect(await done(what)).toBe('joint-act-over')
    await world.mandates.joint.confirm(people[1], act)
    expect(await done({ ...what, fee: 401 })).toBe('joint-act-changed')
    const { fee, ...rest } = what
    expect(await Promise.all([done({ fee, ...rest }), done(what)]).then((all) => all.sort())).toEqual([
      'done',
      'joint-act-over',
    ])
  })

  it('is nobody else’s to see or confirm', async () => {
    const { act } = await board()
    const stranger = await world.person()
    expect(await outcome(world.mandates.joint.seen(stranger, act))).toBe('joint-act-not-found')
    expect(await outcome(world.mandates.joint.confirm(stranger, act))).toBe('joint-act-not-found')
  })

  it('is completed once, by whichever of those who confirm at the same time', async () => {
    const all: SigningCondition = { kind: 'any', count: 3, seal: false }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(all, twoOf),
        fc.integer({ min: 0, max: 20 }),
        async (condition, delay) => {
          const { people, act } = await board(() => condition)
          world.registers.before = () => new Promise((resolve) => setTimeout(resolve, Math.random() * delay))
          const outcomes = await Promise.all(
            people.map((person) => outcome(world.mandates.joint.confirm(world.signedIn(person), act))),
          )
          world.registers.before = async () => {}
          expect(outcomes.filter((one) => one !== 'done' && one !== 'joint-act-over')).toEqual([])
          expect((await world.mandates.joint.seen(people[0], act)).state).toBe('complete')
          const kinds = await world.kinds(people[0].account)
          expect(kinds.filter((kind) => kind === 'joint-act-complete')).toHaveLength(1)
        },
      ),
      { numRuns: 8 },
    )
  })
})
