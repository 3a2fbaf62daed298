import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, type Person, World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const mandateOf = async ({ account }: Person, company: string) => {
  const found = (await world.mandates.of(account)).find(({ content }) => content.number === company)
  if (!found) throw new Error('no such mandate')
  return found
}

describe('a director', () => {
  it('holds a mandate for each company of theirs that is in business', async () => {
    const director = await world.person()
    const company = world.company([director], { kind: 'any', count: 1, seal: false })
    const wound = world.company([director], { kind: 'any', count: 1, seal: false })
    Object.assign(world.registers.companies.get(wound) ?? {}, { status: 'liquidated' })
    const mandates = await world.mandates.of(director.account)
    expect(mandates.map(({ content }) => content.number)).toEqual([company])
    expect(await world.statusOf((await mandateOf(director, company)).status)).toBe('valid')
  })

  it('has the same mandate each time they look, also in two tabs at once', async () => {
    const director = await world.person()
    world.company([director], { kind: 'any', count: 1, seal: false })
    const looks = await Promise.all(Array.from({ length: 6 }, () => world.mandates.of(director.account)))
    expect(new Set(looks.map((mandates) => mandates.map(({ id }) => id).join())).size).toBe(1)
  })

  it('acts alone where one is enough, and it stands in their history', async () => {
    const director = await world.person()
    const company = world.company([director, await world.person()], { kind: 'any', count: 1, seal: false })
    const { id, status } = await mandateOf(director, company)
    expect(await world.mandates.act(director, id, { scope: 'file-tax' })).toMatchObject({
      represents: { kind: 'company', id: company },
      status,
    })
    expect(await world.kinds(director.account)).toContain('mandate-act')
  })

  it('does not act alone where two must, except in what binds nobody', async () => {
    const [one, two] = [await world.person(), await world.person()]
    const { id } = await mandateOf(one, world.company([one, two], { kind: 'any', count: 2, seal: false }))
    expect(await outcome(world.mandates.act(one, id, { scope: 'file-tax' }))).toBe('mandate-needs-joint')
    expect(await outcome(world.mandates.act(one, id, { scope: 'see-documents' }))).toBe('done')
  })

  it('asks registers alone for what takes two, under a kind of act that binds nobody', async () => {
    const [one, two] = [await world.person(), await world.person()]
    const { id } = await mandateOf(one, world.company([one, two], { kind: 'any', count: 2, seal: true }))
    const asked = await world.mandates.act(one, id, { scope: 'apply', preparing: true })
    expect(asked).toMatchObject({ scope: 'fill-forms' })
    expect(asked.purposes).toContain('vat-registration')
    // What the country names nothing for is not done by one in this way either.
    const outside = world.mandates.act(one, id, { scope: 'change-register', preparing: true })
    expect(await outcome(outside)).toBe('mandate-needs-joint')
  })

  it('declares the seal where the condition asks for it', async () => {
    const director = await world.person()
    const { id } = await mandateOf(director, world.company([director], { kind: 'any', count: 1, seal: true }))
    expect(await outcome(world.mandates.act(director, id, { scope: 'apply' }))).toBe('mandate-seal-needed')
    expect(await outcome(world.mandates.act(director, id, { scope: 'apply', seal: true }))).toBe('done')
  })

  it('who is removed is refused once the answer of before is over, gateways learn so, and is told', async () => {
    const director = await world.person()
    const company = world.company([director], { kind: 'any', count: 1, seal: false })
    const { id, status } = await mandateOf(director, company)
    Object.assign(world.registers.companies.get(company) ?? {}, { directors: [] })
    world.ground.pass(31_000)
    expect(await outcome(world.mandates.act(director, id, { scope: 'file-tax' }))).toBe('mandate-ended')
    expect(await world.statusOf(status)).toBe('withdrawn')
    expect(world.notices.some(({ account }) => account === director.account)).toBe(true)
    expect(await outcome(world.mandates.act(director, id, { scope: 'file-tax' }))).toBe('mandate-ended')
  })

  it('who is appointed again gets another mandate, and the old one stays ended', async () => {
    const director = await world.person()
    const company = world.company([director], { kind: 'any', count: 1, seal: false })
    const before = await mandateOf(director, company)
    const entry = world.registers.companies.get(company)
    Object.assign(entry ?? {}, { directors: [] })
    world.ground.pass(31_000)
    expect(await world.mandates.of(director.account)).toEqual([])
    Object.assign(entry ?? {}, { directors: [director.number] })
    world.ground.pass(31_000)
    expect((await mandateOf(director, company)).id).not.toBe(before.id)
    expect(await world.statusOf(before.status)).toBe('withdrawn')
  })
})

describe('a company register that does not answer', () => {
  it('gives no mandates and ends none; it is named, and others go on', async () => {
    const director = await world.person()
    const child = '1234567890121'
    world.registers.people.set(director.number, { birthDate: '1985-01-01', house: 'h1' })
    world.registers.people.set(child, { birthDate: '2015-01-01', parents: [director.number], house: 'h1' })
    const { id } = await mandateOf(
      director,
      world.company([director], { kind: 'any', count: 1, seal: false }),
    )
    world.ground.pass(61_000)
    world.registers.down.add('DBD')
    const shown = await world.mandates.overview(director)
    expect(shown.held.map(({ source }) => source)).toEqual(['child'])
    expect(shown.silent.map(({ en }) => en)).toEqual(['the company register'])
    expect(await outcome(world.mandates.act(director, id, { scope: 'apply' }))).toBe(
      'mandate-register-silent',
    )
    world.registers.down.delete('DBD')
    expect(await outcome(world.mandates.act(director, id, { scope: 'apply' }))).toBe('done')
  })

  it('stands aside for what a silent register said last, and it is said that it may know more', async () => {
    const director = await world.person()
    const company = world.company([director], { kind: 'any', count: 1, seal: false })
    const standsAside = async () => {
      const { held, silent } = await world.mandates.interests(director.account)
      return { for: held.map(({ content }) => content.number), silent: silent.map(({ source }) => source) }
    }
    world.registers.down.add('DBD')
    expect(await standsAside()).toEqual({ for: [], silent: ['company'] })
    world.registers.down.delete('DBD')
    expect(await standsAside()).toEqual({ for: [company], silent: [] })
    world.ground.pass(86_400_000)
    world.registers.down.add('DBD')
    expect(await standsAside()).toEqual({ for: [company], silent: ['company'] })
    // It lets nobody act.
    expect(await world.mandates.of(director.account)).toEqual([])
    world.registers.down.delete('DBD')
  })

  it.each([
    ['nothing readable', { nonsense: true }],
    ['a condition of no known kind', { directors: [], signing: { kind: 'whoever' } }],
    ['a text', 'down for maintenance'],
  ])('counts as silent when it answers %s', async (_what, body) => {
    const director = await world.person()
    world.company([director], { kind: 'any', count: 1, seal: false })
    const { ask } = world.registers
    const broken = async (question: Parameters<typeof ask>[0]) =>
      question.path.endsWith('/directors') ? { status: 200, body, exchange: 'x' } : await ask(question)
    const { mandates } = World.beside(world, broken)
    const shown = await mandates.overview(director)
    expect([shown.held, shown.silent.length]).toEqual([[], 1])
  })
})
