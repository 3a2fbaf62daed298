import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const day = 86_400_000
const terms = (more: object = {}) => ({
  scopes: ['see-documents', 'file-tax'],
  limits: {},
  from: world.now,
  till: world.now + 30 * day,
  ...more,
})
const offered = async (giver: Person, to: Person, more: object = {}) =>
  await world.mandates.proposals.propose(giver, {
    direction: 'give',
    to: { number: to.number },
    terms: terms(more),
  })
const given = async (giver: Person, to: Person, more: object = {}) => {
  const { id } = await offered(giver, to, more)
  return (await world.mandates.proposals.answer(to, id, {})) ?? ''
}
const pair = async (): Promise<[Person, Person]> => [await world.person(), await world.person()]

describe('a mandate from one person to another', () => {
  it('is live only when the other has accepted it, and stands in both histories', async () => {
    const [giver, holder] = await pair()
    const { id } = await offered(giver, holder)
    expect(await world.mandates.of(holder.account)).toEqual([])
    const mandate = await world.mandates.proposals.answer(holder, id, {})
    expect(await world.mandates.act(holder, mandate ?? '', { scope: 'file-tax' })).toMatchObject({
      kind: 'mandate',
      represents: { kind: 'person', id: giver.number },
      scope: 'file-tax',
      purposes: ['tax-assessment', 'tax-refund'],
    })
    for (const one of [giver, holder])
      expect(await world.kinds(one.account)).toEqual(expect.arrayContaining(['mandate-begun', 'mandate-act']))
  })

  it('covers what it says and nothing else', async () => {
    const [giver, holder] = await pair()
    const id = await given(giver, holder, { limits: { amount: 5000, agencies: ['TH/GOV/RD'] } })
    const act = (request: object) =>
      outcome(world.mandates.act(holder, id, { scope: 'file-tax', agency: 'TH/GOV/RD', ...request }))
    expect(await act({ scope: 'move-house' })).toBe('mandate-scope-outside')
    expect(await act({ amount: 5001 })).toBe('mandate-limit-exceeded')
    expect(await act({ agency: 'TH/GOV/DOPA' })).toBe('mandate-limit-exceeded')
    expect(await act({ amount: 5000 })).toBe('done')
  })

  it.each(['giver', 'holder'])('ends at once when the %s withdraws it, also for gateways', async (who) => {
    const [giver, holder] = await pair()
    const id = await given(giver, holder)
    const { status } = await world.mandates.own(holder, id)
    await world.mandates.withdraw(who === 'giver' ? giver : holder, id)
    expect(await world.statusOf(status)).toBe('withdrawn')
    expect(await outcome(world.mandates.act(holder, id, { scope: 'file-tax' }))).toBe('mandate-ended')
  })

  it('is acted under by its holder alone, in the session that chose it, whoever asks in the same moment', async () => {
    const [giver, holder] = await pair()
    const id = await given(giver, holder)
    await world.mandates.acting.choose(holder, id)
    const { acting } = world.mandates
    const asked = [
      holder,
      giver,
      { ...holder, session: 'another' },
      { ...giver, session: holder.session },
      holder,
    ]
    const found = await Promise.all(asked.map((who) => acting.of(who)))
    expect(found.map((one) => typeof one === 'object' && one.mandate)).toEqual([id, false, false, false, id])
  })

  it('runs out in the middle of a visit: the next act is refused', async () => {
    const [giver, holder] = await pair()
    const id = await given(giver, holder)
    await world.mandates.acting.choose(holder, id)
    expect(await world.mandates.acting.of(holder)).toMatchObject({ mandate: id })
    world.ground.pass(30 * day)
    expect(await outcome(world.mandates.act(holder, id, { scope: 'file-tax' }))).toBe('mandate-ended')
    expect(await world.mandates.acting.of(holder)).toBe('ended')
  })

  it.each([
    ['nothing', { scopes: [] }],
    ['what cannot be given', { scopes: ['change-register'] }],
    ['what nobody knows', { scopes: ['rule-the-world'] }],
    ['longer than the country lets it', { scopes: ['move-house'], till: Date.UTC(2027, 1, 1) }],
    ['an end before its beginning', { till: 0 }],
    ['a day that is none', { till: Number.NaN }],
    ['half a baht', { limits: { amount: 0.5 } }],
    ['an agency that is none', { limits: { agencies: ['TH/GOV/NONE'] } }],
  ])('is not given for %s', async (_what, more) => {
    const [giver, holder] = await pair()
    expect(await outcome(offered(giver, holder, more))).toBe('mandate-terms-invalid')
  })

  it('is not given to oneself, under an old proof, or while acting for another', async () => {
    const [giver, holder] = await pair()
    expect(await outcome(offered(giver, giver))).toBe('mandate-self')
    expect(await outcome(offered({ ...giver, authenticatedAt: world.now - 901_000 }, holder))).toBe(
      'mandate-proof-stale',
    )
    const acting = Object.assign({ acting: { mandate: 'x' } }, giver)
    expect(await outcome(offered(acting, holder))).toBe('mandate-not-passed-on')
  })

  it('says nothing of whether anybody has the number', async () => {
    const [giver, holder] = await pair()
    const nobody = { ...holder, number: '1000000000009' }
    const [known, unknown] = [await offered(giver, holder), await offered(giver, nobody)]
    expect(Object.keys(unknown)).toEqual(Object.keys(known))
    const sent = (await world.mandates.overview(giver)).sent
    expect(sent.map(({ state }) => state)).toEqual(['open', 'open'])
    expect(await world.kinds(holder.account)).toEqual([])
  })

  it('is told to whom it is meant for apart from the offer, once', async () => {
    const [giver, holder] = await pair()
    await offered(giver, holder)
    await world.mandates.proposals.announce()
    await world.mandates.proposals.announce()
    expect(world.notices.filter(({ account }) => account === holder.account)).toHaveLength(1)
  })

  it('does not begin with an account that is frozen', async () => {
    const [giver, holder] = await pair()
    const { id } = await offered(giver, holder)
    await world.freeze(giver.account)
    expect(await outcome(world.mandates.proposals.answer(holder, id, {}))).toBe('mandate-account-closed')
  })

  it('stops while either is frozen, and goes on when neither is', async () => {
    const [giver, holder] = await pair()
    const id = await given(giver, holder)
    const { status } = await world.mandates.own(holder, id)
    await world.freeze(giver.account)
    await world.freeze(holder.account)
    await world.unfreeze(holder.account)
    expect(await world.statusOf(status)).toBe('suspended')
    expect(await outcome(world.mandates.act(holder, id, { scope: 'file-tax' }))).toBe('mandate-suspended')
    expect(await world.mandates.of(holder.account)).toEqual([])
    // They stand aside for the giver all the same.
    expect((await world.mandates.interests(holder.account)).held).toMatchObject([{ id }])
    await world.unfreeze(giver.account)
    expect(await world.mandates.of(holder.account)).toMatchObject([{ id }])
    expect(await world.statusOf(status)).toBe('valid')
    expect(await outcome(world.mandates.act(holder, id, { scope: 'file-tax' }))).toBe('done')
  })

  it('is answered once, of two answers at the same time', async () => {
    const [giver, holder] = await pair()
    const { id } = await offered(giver, holder)
    const answers = await Promise.all(
      [1, 2, 3].map(() => outcome(world.mandates.proposals.answer(holder, id, {}))),
    )
    expect(answers.sort()).toEqual(['done', 'mandate-offer-over', 'mandate-offer-over'])
    expect(await world.mandates.of(holder.account)).toHaveLength(1)
  })
})

describe('an invitation code', () => {
  it('gives the offer to the first who has it, however they type it', async () => {
    const [giver, holder] = await pair()
    const { code = '' } = await world.mandates.proposals.propose(giver, {
      direction: 'give',
      to: 'code',
      terms: terms(),
    })
    const id = await world.mandates.proposals.redeem(holder, ` ${code.toLowerCase().replaceAll('-', ' ')}`)
    const late = await world.person()
    expect(await outcome(world.mandates.proposals.redeem(late, code))).toBe('mandate-code-wrong')
    expect(await outcome(world.mandates.proposals.answer(late, id, {}))).toBe('mandate-offer-not-found')
    expect(await outcome(world.mandates.proposals.answer(holder, id, {}))).toBe('done')
  })

  it('is tried ten times an hour and no more', async () => {
    const guesser = await world.person()
    const guess = () => outcome(world.mandates.proposals.redeem(guesser, 'AAAA-BBBB-CCCC'))
    const tries = await Promise.all(Array.from({ length: 12 }, guess))
    expect(tries.filter((one) => one === 'mandate-code-wrong')).toHaveLength(10)
    expect(tries.filter((one) => one === 'mandate-too-many')).toHaveLength(2)
    world.ground.pass(3_600_001)
    expect(await guess()).toBe('mandate-code-wrong')
  })
})

describe('a mandate that is asked for', () => {
  const asked = (asker: Person, to: Person) =>
    world.mandates.proposals.propose(asker, {
      direction: 'ask',
      to: { number: to.number },
      terms: terms(),
      reason: 'ช่วยยื่นภาษี\u202E\nจริง',
    })

  it('is seen with exactly what it grants, and accepted in part', async () => {
    const [asker, owner] = await pair()
    const { id } = await asked(asker, owner)
    const [preview] = (await world.mandates.overview(owner)).waiting
    expect(preview).toMatchObject({ id, direction: 'ask', terms: terms(), reason: 'ช่วยยื่นภาษี จริง' })
    const mandate = await world.mandates.proposals.answer(owner, id, { scopes: ['see-documents'] })
    expect(await outcome(world.mandates.act(asker, mandate ?? '', { scope: 'file-tax' }))).toBe(
      'mandate-scope-outside',
    )
    expect(await outcome(world.mandates.act(asker, mandate ?? '', { scope: 'see-documents' }))).toBe('done')
  })

  it('is never accepted for more than was asked', async () => {
    const [asker, owner] = await pair()
    const { id } = await asked(asker, owner)
    for (const part of [{ scopes: ['see-documents', 'pay'] }, { scopes: [] }, { till: world.now + 31 * day }])
      expect(await outcome(world.mandates.proposals.answer(owner, id, part))).toBe('mandate-terms-invalid')
  })

  it('is refused, and then over', async () => {
    const [asker, owner] = await pair()
    const { id } = await asked(asker, owner)
    await world.mandates.proposals.answer(owner, id, 'refuse')
    expect(await outcome(world.mandates.proposals.answer(owner, id, {}))).toBe('mandate-offer-over')
  })

  it('runs out, and is asked five times a day at most', async () => {
    const [asker, owner] = await pair()
    const { id } = await asked(asker, owner)
    const more = await Promise.all(Array.from({ length: 6 }, () => outcome(asked(asker, owner))))
    expect(more.filter((one) => one === 'done')).toHaveLength(4)
    world.ground.pass(15 * day)
    const now = world.signedIn(owner)
    expect(await outcome(world.mandates.proposals.answer(now, id, {}))).toBe('mandate-offer-over')
  })
})
