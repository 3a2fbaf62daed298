import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createDeclarations,
  type DeclarationFacts,
  type Declarations,
} from '../../src/mandates/declaration/declarations.ts'
import { mandateRoutes } from '../../src/pages/mandates/routes.ts'
import { shown, visitor } from '../visit.ts'
import { outcome, type Person, World } from './world.ts'

let world: World
let declarations: Declarations
let visit: ReturnType<typeof visitor>
let sealed = 0
let one: Person
let two: Person
let company: string
let mandate: string
beforeAll(async () => {
  world = await World.open()
  declarations = createDeclarations(world.ground, {
    mandates: world.mandates,
    nameOf: async (account) => (await world.accounts.find(account))?.name ?? { th: '', en: '' },
    render: async (facts) => Buffer.from(JSON.stringify(facts)),
    seal: async (pdf) => {
      sealed += 1
      return Buffer.concat([pdf, Buffer.from(' sealed')])
    },
  })
  const country = loadCountry().identity.mandates
  const routes = mandateRoutes({
    mandates: world.mandates,
    country,
    clock: world.ground.clock,
    agencies: [],
    declarations,
  })
  visit = visitor(routes)
})
afterAll(() => world.close())
beforeEach(async () => {
  one = await world.person()
  two = await world.person()
  company = world.company([one, two], { kind: 'any', count: 2, seal: false })
  mandate = (await world.mandates.of(one.account))[0]?.id ?? ''
})

const text = 'We have no other branch.'
const who = (person: Person) => ({ ...person, name: 'N' })
const prepared = () => declarations.prepare(one, { mandate, text })

async function confirmed(): Promise<string> {
  const id = await prepared()
  await world.mandates.joint.confirm(two, id)
  return id
}

describe('a declaration for a company', () => {
  it('is prepared and confirmed on pages, and becomes one document for all of them', async () => {
    expect(shown(await visit(who(one), ['GET', '/me/mandates']))).toContain('/me/mandates/joint/new')
    expect(shown(await visit(who(one), ['GET', '/me/mandates/joint/new']))).toContain(mandate)
    const sent = await visit(who(one), ['POST', '/me/mandates/joint/new'], { form: { mandate, text } })
    const path = shown(sent).replace('to ', '')
    await visit(who(two), ['POST', path], { form: { do: 'confirm' } })
    expect(shown(await visit(who(two), ['GET', path]))).toContain('Make the document')
    const before = sealed
    expect(shown(await visit(who(two), ['POST', `${path}/document`]))).toBe(`to ${path}`)
    for (const person of [one, two]) {
      const file = await visit(who(person), ['GET', `${path}/document`])
      if (file.kind !== 'file') throw new Error(file.kind)
      const said = Buffer.from(file.body).toString()
      const facts: DeclarationFacts = JSON.parse(said.replace(/ sealed$/, ''))
      expect(facts).toMatchObject({ text, company: { number: company } })
      const names = await Promise.all([one, two].map(({ account }) => world.accounts.find(account)))
      expect(facts.confirmedBy.map(({ name }) => name)).toEqual(names.map((found) => found?.name))
    }
    expect(sealed).toBe(before + 1)
  })

  it('is void where a director was removed before the last one confirmed', async () => {
    const third = await world.person()
    company = world.company([one, two, third], { kind: 'any', count: 3, seal: false })
    // What the register answered before does not count as now any more.
    world.ground.pass(31_000)
    const of = await world.mandates.of(one.account)
    mandate = of.find(({ content }) => content.number === company)?.id ?? ''
    const id = await confirmed()
    world.registers.companies.set(company, {
      status: 'registered',
      directors: [two.number, third.number],
      condition: { kind: 'any', count: 3, seal: false },
    })
    expect(await outcome(world.mandates.joint.confirm(third, id))).toBe('joint-act-void')
    expect(await outcome(declarations.declare(third, id))).toBe('joint-act-void')
    expect(await outcome(declarations.document(third, id))).toBe('joint-act-over')
  })

  it('is not made before all have confirmed, nor by one who is out of office since', async () => {
    expect(await outcome(declarations.declare(one, await prepared()))).toBe('joint-act-over')
    const id = await confirmed()
    world.registers.companies.set(company, {
      status: 'registered',
      directors: [two.number],
      condition: { kind: 'any', count: 2, seal: false },
    })
    world.ground.pass(60_000)
    expect(await outcome(declarations.declare(one, id))).toBe('mandate-ended')
  })

  it('has a document still where making it was cut off, and one only of two at once', async () => {
    const id = await confirmed()
    const { act, scope } = await world.mandates.joint.seen(one, id)
    await world.mandates.joint.carryOut(one, id, { scope, act })
    const made = await Promise.all([declarations.document(one, id), declarations.document(two, id)])
    expect(Buffer.from(made[0]).equals(Buffer.from(made[1]))).toBe(true)
  })

  it('is nobody else’s', async () => {
    const id = await confirmed()
    const stranger = await world.person()
    expect(await outcome(declarations.declare(stranger, id))).toBe('joint-act-not-found')
    expect(await outcome(declarations.document(stranger, id))).toBe('joint-act-not-found')
    expect(await outcome(declarations.prepare(stranger, { mandate, text }))).toBe('mandate-not-found')
  })

  it('is no other joint act', async () => {
    const asked = { mandate, scope: 'apply', act: { text }, words: text }
    const id = await world.mandates.joint.prepare(one, asked)
    expect(await outcome(declarations.declare(one, id))).toBe('joint-act-not-found')
  })

  it('is asked for again where nothing is said, and offered to nobody who signs alone', async () => {
    const empty = await visit(who(one), ['POST', '/me/mandates/joint/new'], { form: { mandate, text: ' ' } })
    expect(shown(empty)).toContain('ds-error-summary')
    const alone = await world.person()
    world.company([alone], { kind: 'any', count: 1, seal: false })
    expect(shown(await visit(who(alone), ['GET', '/me/mandates/joint/new']))).toContain('No company of yours')
  })
})
