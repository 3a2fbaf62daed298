import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { helpingRoutes } from '../../src/desk/helping/routes.ts'
import type { Visitor } from '../../src/visitor.ts'
import { outcome, type Person, World } from '../mandates/world.ts'
import { shown, visitor } from '../visit.ts'

let world: World
let visit: ReturnType<typeof visitor>
let person: Person
let helper: Visitor
beforeAll(async () => {
  world = await World.open()
  const country = loadCountry().identity.mandates
  visit = visitor(helpingRoutes({ mandates: world.mandates, country, clock: world.ground.clock }))
})
afterAll(() => world.close())
beforeEach(async () => {
  person = await world.person()
  helper = await officer()
  world.onDuty.add(helper.officer?.appointment ?? '')
})

async function officer(): Promise<Visitor> {
  const someone = await world.person()
  const appointment = `appointment of ${someone.account}`
  return { ...someone, name: 'O', officer: { appointment, agency: 'TH/GOV/DOPA', duties: ['helper'] } }
}

const ask = (who: Visitor) =>
  visit(who, ['POST', '/desk/helping'], {
    form: { number: person.number, case: '7/2569', scopes: ['apply'] },
  })
const post = (who: Visitor, path: string) => outcome(visit(who, ['POST', path], { form: { scope: 'apply' } }))

/** A help that the person has agreed to, which the helper has begun. */
async function begun(): Promise<string> {
  const path = shown(await ask(helper)).replace('to ', '')
  await world.mandates.help.decide(person, path.split('/').at(-1) ?? '', 'approve')
  await visit(helper, ['POST', `${path}/begin`])
  return path
}

describe('asking to help (POST /desk/helping)', () => {
  it('is for who has the duty at this moment, under the appointment as which they act', async () => {
    expect(shown(await ask(helper))).toMatch(/^to \/desk\/helping\//)
    world.onDuty.delete(helper.officer?.appointment ?? '')
    expect(await outcome(ask(helper))).toBe('officer-duty-missing')
    expect(await outcome(ask(await officer()))).toBe('officer-duty-missing')
  })

  it('is for nobody without an appointment', async () => {
    const { officer: _none, ...citizen } = helper
    expect(await outcome(ask(citizen))).toBe('officer-duty-missing')
  })
})

describe.each([
  ['beginning (POST /desk/helping/:request/begin)', '/begin'],
  ['acting (POST /desk/helping/:request/act)', '/act'],
  ['ending (POST /desk/helping/:request/end)', '/end'],
])('%s', (_name, step) => {
  it('is for the helper whom the person agreed to', async () => {
    expect(await post(helper, `${await begun()}${step}`)).toBe('done')
  })

  it('is not for a colleague with the same duty, nor for the person themselves', async () => {
    const path = await begun()
    const colleague = await officer()
    world.onDuty.add(colleague.officer?.appointment ?? '')
    for (const other of [colleague, { ...helper, account: person.account }])
      expect(await post(other, `${path}${step}`)).toBe('mandate-offer-not-found')
  })
})

describe('acting for somebody (POST /desk/helping/:request/act)', () => {
  it('is refused once the duty is over, though it was agreed to before', async () => {
    const path = await begun()
    world.onDuty.delete(helper.officer?.appointment ?? '')
    expect(await post(helper, `${path}/act`)).not.toBe('done')
  })
})
