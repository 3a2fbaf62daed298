import { loadCountry } from '@sapan/thailand'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { helpingRoutes } from '../../src/desk/helping/routes.ts'
import type { Visitor } from '../../src/visitor.ts'
import { shown, type Visit, visitor } from '../visit.ts'
import { freshNumber, outcome, type Person, World } from './world.ts'

let world: World
let visit: ReturnType<typeof visitor>
let helper: Visitor
let person: Person
beforeAll(async () => {
  world = await World.open()
  const country = loadCountry().identity.mandates
  visit = visitor(helpingRoutes({ mandates: world.mandates, country, clock: world.ground.clock }))
})
afterAll(() => world.close())
beforeEach(async () => {
  helper = await officer()
  person = await world.person()
})

async function officer(): Promise<Visitor> {
  const someone = await world.person()
  const appointment = `appointment of ${someone.account}`
  world.onDuty.add(appointment)
  return { ...someone, name: 'O', officer: { appointment, agency: 'TH/GOV/DOPA', duties: ['helper'] } }
}

const see = async (path: string, sent: Visit = {}) => shown(await visit(helper, ['GET', path], sent))
const send = async (path: string, form: Visit['form'] = {}) =>
  shown(await visit(helper, ['POST', path], { form }))

async function asked(number = person.number): Promise<string> {
  const led = await send('/desk/helping', { number, case: '7/2569', scopes: ['apply'] })
  return led.replace('to ', '')
}

async function agreed(): Promise<{ path: string; mandate: string }> {
  const path = await asked()
  const mandate = await world.mandates.help.decide(person, path.split('/').at(-1) ?? '', 'approve')
  return { path, mandate: mandate ?? '' }
}

const acting = (mandate: string): Visitor => ({ ...helper, acting: { mandate, name: 'P' } })

describe('asking the person at the counter', () => {
  it.each(['th', 'en'] as const)('says in %s what a helper may do', async (language) => {
    const page = await see('/desk/helping', { language })
    expect(page).toContain('value="apply"')
    expect(page).not.toContain('value="change-register"')
    expect(/[\u0E00-\u0E7F]/.test(page)).toBe(language === 'th')
  })

  it('shows the sign that the person sees too, until they answer', async () => {
    const path = await asked()
    const [{ sign } = { sign: '' }] = await world.mandates.help.waiting(person)
    expect(await see(path)).toContain(`>${sign}<`)
    await world.mandates.help.decide(person, path.split('/').at(-1) ?? '', 'deny')
    expect(await see(path)).toContain('They refused')
  })

  it('does not tell whether anybody has the number', async () => {
    const [known, unknown] = [await see(await asked()), await see(await asked(freshNumber()))]
    const plain = (page: string) => page.replace(/\d{2}<|[0-9a-f-]{36}|\d{13}|T[\d:.]+Z|\d+:\d+/g, '')
    expect(plain(unknown)).toBe(plain(known))
  })

  it.each([
    [{ number: '123', case: '7', scopes: ['apply'] }, '13 digits'],
    [{ number: freshNumber(), case: '', scopes: ['apply'] }, 'Name the case'],
    [{ number: freshNumber(), case: '7', scopes: ['pay'] }, 'Name the case'],
  ])('asks again where something is wrong: %j', async (form, said) => {
    const page = await send('/desk/helping', form)
    expect(page).toContain('ds-error-summary')
    expect(page).toContain(said)
  })
})

describe('acting for the person', () => {
  it('is marked with their name, the case and the time left, and kept in both histories', async () => {
    const { path, mandate } = await agreed()
    expect(await send(`${path}/begin`)).toBe(`to ${path}`)
    expect(await world.mandates.acting.of(helper)).toMatchObject({ mandate, case: '7/2569' })
    const page = shown(await visit(acting(mandate), ['GET', path]))
    expect(page).toContain('You are acting for')
    expect(page).toContain(`data-countdown="${world.now + 30 * 60_000}"`)
    expect(await send(`${path}/act`, { scope: 'apply' })).toBe(`to ${path}?done=1`)
    for (const one of [helper, person]) expect(await world.kinds(one.account)).toContain('mandate-act')
  })

  it('ends with its time, in the middle of a visit', async () => {
    const { path } = await agreed()
    world.ground.pass(30 * 60_000)
    expect(await see(path)).toContain('It has ended')
    expect(await outcome(send(`${path}/act`, { scope: 'apply' }))).toBe('mandate-ended')
  })

  it.each(['helper', 'person'] as const)('ends when the %s ends it', async (who) => {
    const { path, mandate } = await agreed()
    if (who === 'helper') await send(`${path}/end`)
    else await world.mandates.withdraw(person, mandate)
    expect(await see(path)).toContain('It has ended')
    expect(await outcome(send(`${path}/begin`))).toBe('mandate-ended')
  })

  it.each(['', '/begin', '/act', '/end'])('is nobody else’s to see or use: %s', async (step) => {
    const { path } = await agreed()
    const other = await officer()
    const self = { ...helper, account: person.account }
    for (const one of [other, self]) {
      const tried = visit(one, [step === '' ? 'GET' : 'POST', `${path}${step}`], { form: { scope: 'apply' } })
      expect(await outcome(tried)).toBe('mandate-offer-not-found')
    }
  })
})
