import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { birthday, startOfDay } from '../../src/mandates/ages.ts'
import { statementsOf } from '../statements.ts'
import { freshNumber, outcome, type Person, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

/** Two parents in one house with a child of this day of birth. */
async function family(birthDate = '2015-05-05', first = 1) {
  const [father, mother] = [await world.person(), await world.person()]
  const child = freshNumber(first)
  const house = `house ${child}`
  for (const { number } of [father, mother])
    world.registers.people.set(number, { birthDate: '1985-01-01', house })
  world.registers.people.set(child, { birthDate, house, parents: [father.number, mother.number] })
  return { father, mother, child }
}
const mandatesFor = async ({ account }: Person) => await world.mandates.of(account)

describe('a parent', () => {
  it.each([0, 6, 7])(
    'acts for a child whose number begins with %i, and sees the other parent',
    async (first) => {
      const { father, mother, child } = await family('2015-05-05', first)
      for (const parent of [father, mother]) {
        const [mandate, ...more] = await mandatesFor(parent)
        expect([mandate?.content.number, mandate?.others.length, more]).toEqual([child, 1, []])
        expect(await outcome(world.mandates.act(parent, mandate?.id ?? '', { scope: 'apply' }))).toBe('done')
      }
    },
  )

  it('acts until the day begins in Bangkok on which the child is twenty', async () => {
    const birthDate = '2006-11-30'
    const { father } = await family(birthDate)
    const [mandate] = await mandatesFor(father)
    const end = startOfDay(birthday(birthDate, 20, { leapDayBirthday: '03-01' }), 'Asia/Bangkok')
    expect(mandate?.till).toBe(end)
    const act = () => outcome(world.mandates.act(father, mandate?.id ?? '', { scope: 'apply' }))
    world.ground.pass(end - world.now - 1)
    expect(await act()).toBe('done')
    world.ground.pass(1)
    expect(await act()).toBe('mandate-ended')
    expect(await mandatesFor(father)).toEqual([])
  })

  it('leaves consent to a child of fifteen', async () => {
    const { father } = await family('2008-02-29')
    const [mandate] = await mandatesFor(father)
    expect(mandate?.scopes.map(({ code }) => code)).not.toContain('give-consent')
    expect(mandate?.scopes.map(({ code }) => code)).toContain('apply')
  })

  it('moves a child to another house only with the other parent', async () => {
    const { father, mother } = await family()
    const [mandate] = await mandatesFor(father)
    const id = mandate?.id ?? ''
    expect(await outcome(world.mandates.act(father, id, { scope: 'move-house' }))).toBe('mandate-needs-joint')
    const asked = { mandate: id, scope: 'move-house', act: { to: '1/2' }, words: 'ย้ายบ้าน' }
    const act = await world.mandates.joint.prepare(world.signedIn(father), asked)
    expect((await world.mandates.joint.confirm(world.signedIn(mother), act)).state).toBe('complete')
  })

  it('acts alone where the other has died', async () => {
    const { father, mother } = await family()
    world.registers.people.set(mother.number, { birthDate: '1985-01-01', status: 'dead' })
    const [mandate] = await mandatesFor(father)
    expect(await outcome(world.mandates.act(father, mandate?.id ?? '', { scope: 'move-house' }))).toBe('done')
    expect(mandate?.others).toEqual([])
  })

  it.each(['child', 'father'] as const)('does not act when the %s has died', async (who) => {
    const { father, mother, child } = await family()
    const [mandate] = await mandatesFor(father)
    const number = who === 'child' ? child : father.number
    const before = world.registers.people.get(number)
    world.registers.people.set(number, { birthDate: '1985-01-01', ...before, status: 'dead' })
    world.ground.pass(31_000)
    expect(await outcome(world.mandates.act(father, mandate?.id ?? '', { scope: 'apply' }))).toBe(
      'mandate-ended',
    )
    expect((await mandatesFor(mother)).length).toBe(who === 'child' ? 0 : 1)
  })

  it('names a child elsewhere; a stranger’s child, nobody, and a grown-up are one answer', async () => {
    const { father } = await family()
    const [elsewhere, grown] = [freshNumber(), freshNumber()]
    world.registers.people.set(elsewhere, { birthDate: '2016-01-01', parents: [father.number] })
    world.registers.people.set(grown, { birthDate: '1999-01-01', parents: [father.number] })
    const others = (await family()).child
    const outcomes = await Promise.all(
      [elsewhere, grown, others, freshNumber()].map((number) =>
        outcome(world.mandates.nameChild(father, number)),
      ),
    )
    expect(outcomes).toEqual(['done', ...new Array(3).fill('mandate-child-not-found')])
    expect(await mandatesFor(father)).toHaveLength(2)
    await outcome(world.mandates.nameChild(father, others))
    expect(await outcome(world.mandates.nameChild(father, others))).toBe('mandate-too-many')
  })
})

describe('a helper at a counter', () => {
  async function counter() {
    const [officer, person] = [await world.person(), await world.person()]
    const appointment = `appointment of ${officer.account}`
    world.onDuty.add(appointment)
    const helper = { ...officer, officer: { appointment, agency: 'TH/GOV/DOPA' } }
    const ask = (number = person.number) =>
      world.mandates.help.ask(helper, { number, case: '12/2569', scopes: ['apply', 'fill-forms'] })
    return { helper, person, appointment, ask }
  }

  it('is let by nobody who has not proved lately that it is them; anybody signed in may refuse', async () => {
    const { person, ask } = await counter()
    const { id } = await ask()
    const stale = { ...person, authenticatedAt: person.authenticatedAt - 3_600_000 }
    expect(await outcome(world.mandates.help.decide(stale, id, 'approve'))).toBe('mandate-proof-stale')
    expect(await world.mandates.help.decide(stale, id, 'deny')).toBeUndefined()
  })

  it('acts when the person lets them, for half an hour, in both histories', async () => {
    const { helper, person, ask } = await counter()
    const request = await ask()
    expect((await world.mandates.overview(person)).help).toMatchObject([
      { id: request.id, sign: request.sign },
    ])
    const id = (await world.mandates.help.decide(person, request.id, 'approve')) ?? ''
    expect(await world.mandates.act(helper, id, { scope: 'apply' })).toMatchObject({
      kind: 'helper',
      case: '12/2569',
    })
    for (const one of [helper, person]) expect(await world.kinds(one.account)).toContain('mandate-act')
    world.ground.pass(30 * 60_000)
    expect(await outcome(world.mandates.act(helper, id, { scope: 'apply' }))).toBe('mandate-ended')
  })

  it.each(['person', 'helper'] as const)('stops when the %s ends it', async (who) => {
    const { helper, person, ask } = await counter()
    const id = (await world.mandates.help.decide(person, (await ask()).id, 'approve')) ?? ''
    await world.mandates.withdraw(who === 'person' ? person : helper, id)
    expect(await outcome(world.mandates.act(helper, id, { scope: 'apply' }))).toBe('mandate-ended')
  })

  it('is refused, and does not answer for the person', async () => {
    const { helper, person, ask } = await counter()
    const { id } = await ask()
    const self = { ...helper, authenticatedAt: world.now }
    expect(await outcome(world.mandates.help.decide(self, id, 'approve'))).toBe('mandate-offer-not-found')
    expect(await world.mandates.help.decide(person, id, 'deny')).toBeUndefined()
    expect(await outcome(world.mandates.help.decide(person, id, 'approve'))).toBe('mandate-offer-over')
  })

  it('gets no answer after five minutes, and learns of no number whether it has an account', async () => {
    const { helper, person, ask } = await counter()
    const [known, unknown] = [await ask(), await ask(freshNumber())]
    world.ground.pass(5 * 60_000)
    expect(await outcome(world.mandates.help.decide(person, known.id, 'approve'))).toBe('mandate-offer-over')
    const seen = await Promise.all([known, unknown].map(({ id }) => world.mandates.help.seen(helper, id)))
    expect(seen.map(({ state }) => state)).toEqual(['expired', 'expired'])
  })

  it('asks with the same work whether anybody has the number; who has it is told by a job, once', async () => {
    const { person, ask } = await counter()
    await ask()
    const known = await statementsOf(() => ask())
    const unknown = await statementsOf(() => ask(freshNumber()))
    expect(known.length).toBeGreaterThan(5)
    expect(unknown).toEqual(known)
    const told = () => world.notices.filter(({ account }) => account === person.account).length
    expect(told()).toBe(0)
    await world.mandates.help.announce()
    await world.mandates.help.announce()
    expect(told()).toBe(2)
    expect(await world.kinds(person.account)).toEqual(['helper-asked', 'helper-asked'])
  })

  it('needs the duty, when asking and at each act', async () => {
    const { helper, person, appointment, ask } = await counter()
    const id = (await world.mandates.help.decide(person, (await ask()).id, 'approve')) ?? ''
    world.onDuty.delete(appointment)
    expect(await outcome(ask())).toBe('officer-duty-missing')
    expect(await outcome(world.mandates.act(helper, id, { scope: 'apply' }))).toBe('mandate-ended')
  })
})
