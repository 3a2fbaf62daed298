import { loadCountry } from '@sapan/thailand'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MandateRoute } from '../../src/pages/mandates/parts.ts'
import { mandateRoutes } from '../../src/pages/mandates/routes.ts'
import { type Person, World } from './world.ts'

let world: World
let routes: MandateRoute[]
beforeAll(async () => {
  world = await World.open()
  routes = mandateRoutes({
    mandates: world.mandates,
    country: loadCountry().identity.mandates,
    clock: world.ground.clock,
    agencies: [{ id: 'TH/GOV/RD', name: { th: 'กรมสรรพากร', en: 'Revenue Department' } }],
  })
})
afterAll(() => world.close())

type Language = 'th' | 'en'

/** What a person sees at a path: the page, or where they are led. */
async function visit(
  person: Person,
  [method, path]: ['GET' | 'POST', string],
  { form = {}, language = 'en' }: { form?: Record<string, string | string[]>; language?: Language } = {},
): Promise<string> {
  const route = routes.find((one) => one.method === method && pattern(one.path).test(path))
  if (!route) throw new Error(`no page at ${path}`)
  const answer = await route.handle({
    method,
    path,
    parameters: { ...pattern(route.path).exec(path)?.groups },
    query: new URLSearchParams(),
    form: new URLSearchParams(
      Object.entries(form).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
    ),
    language,
    who: { ...person, name: 'N' },
    formKey: h('input', { type: 'hidden', name: 'key', value: 'k' }),
    userAgent: '',
    address: '127.0.0.1',
  })
  if (answer.kind === 'redirect') return `to ${answer.to}`
  if (answer.kind !== 'page') throw new Error(answer.kind)
  return renderToString(h('main', null, answer.body))
}

const pattern = (path: string) => new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)

describe('the page of mandates', () => {
  it.each(['th', 'en'] as const)('says in %s what to do where there is nothing yet', async (language) => {
    const shown = await visit(await world.person(), ['GET', '/me/mandates'], { language })
    expect(shown).toContain('empty-state')
    for (const path of ['give', 'ask', 'act', 'code', 'child']) {
      if (path !== 'act') expect(shown).toContain(`href="/me/mandates/${path}"`)
    }
    expect(/[\u0E00-\u0E7F]/.test(shown)).toBe(language === 'th')
  })

  it('groups whom one acts for, each folded under their name', async () => {
    const [director, giver] = [await world.person(), await world.person()]
    for (let i = 0; i < 3; i++) world.company([director], { kind: 'any', count: 1, seal: false })
    const terms = { scopes: ['apply'], limits: {}, from: world.now, till: world.now + 86_400_000 }
    const offer = { direction: 'give' as const, to: { number: director.number }, terms }
    const { id } = await world.mandates.proposals.propose(giver, offer)
    await world.mandates.proposals.answer(director, id, {})
    const shown = await visit(director, ['GET', '/me/mandates'])
    expect(shown).toContain('Companies (3)')
    expect(shown).toContain('People who let you (1)')
    expect(shown).not.toContain('Children')
    expect(shown.match(/<details>/g)).toHaveLength(4)
    expect(shown.replaceAll(/<details>.*?<\/details>/g, '')).not.toContain('File tax returns')
    expect(await visit(giver, ['GET', '/me/mandates'])).toMatch(/<details><summary><bdi>P/)
  })

  it('keeps for whom one acts while the register is down, and does not say that it is nobody', async () => {
    const director = await world.person()
    world.company([director], { kind: 'any', count: 1, seal: false })
    const [mandate] = (await world.mandates.overview(director)).held
    await world.mandates.acting.choose(director, mandate?.id)
    world.ground.pass(61_000)
    world.registers.down.add('DBD')
    const shown = await visit(director, ['GET', '/me/mandates/act'])
    const other = await visit(await world.person(), ['GET', '/me/mandates/act'])
    world.registers.down.delete('DBD')
    const chosen = /<input[^>]*checked[^>]*>/.exec(shown)?.[0]
    expect(chosen).toContain(`value="${mandate?.id}"`)
    expect(shown).toContain('its register cannot be asked right now')
    for (const each of [shown, other]) expect(each).not.toContain('empty-state')
  })

  it('names a register that is down, and what it leaves out', async () => {
    world.registers.down.add('DBD')
    const shown = await visit(await world.person(), ['GET', '/me/mandates'])
    world.registers.down.delete('DBD')
    expect(shown).toContain('the company register')
  })
})

describe('letting somebody act', () => {
  const till = { 'till-day': '20', 'till-month': '12', 'till-year': '2026' }

  it('asks one question a page, shows exactly what it grants, and reaches the other', async () => {
    const [giver, holder] = [await world.person(), await world.person()]
    const step = async (name: string, form: Record<string, string | string[]>) =>
      await visit(giver, ['POST', '/me/mandates/give'], { form: { step: name, ...form } })
    const to = { way: 'number', number: holder.number }
    expect(await visit(giver, ['GET', '/me/mandates/give'])).toContain('Who is to act for you?')
    expect(await step('to', to)).toContain('What may they do for you?')
    const scopes = { ...to, scopes: ['file-tax', 'see-documents'] }
    expect(await step('scopes', scopes)).toContain('How much may one act be about?')
    expect(await step('amount', { ...scopes, amount: '5,000' })).toContain('At which agencies?')
    expect(await step('agencies', { ...scopes, amount: '5,000' })).toContain('From which day?')
    expect(await step('from', { ...scopes, amount: '5,000' })).toContain('Till which day?')
    const all = { ...scopes, amount: '5,000', ...till }
    const check = await step('till', all)
    expect(check).toContain('5,000 baht')
    expect(check).toContain('File tax returns')
    expect(await step('check', all)).toContain('Your offer is sent')
    const [offer] = (await world.mandates.overview(holder)).waiting
    const answer = `/me/mandates/answer/${offer?.id}`
    expect(await visit(holder, ['GET', answer])).toContain('offers you to act for them')
    expect(await visit(holder, ['POST', answer], { form: { answer: 'accept' } })).toBe('to /me/mandates')
    expect(await visit(giver, ['GET', '/me/mandates'])).toContain('/me/mandates/end/')
  })

  it.each([
    ['to', { way: 'number', number: '1234567890123' }, 'as they are on the card'],
    ['to', {}, 'Choose how to say who it is'],
    ['scopes', { way: 'code' }, 'Choose at least one'],
    [
      'till',
      { way: 'code', scopes: 'file-tax', 'till-day': '31', 'till-month': '2', 'till-year': '2027' },
      'Enter a day',
    ],
    [
      'till',
      { way: 'code', scopes: 'file-tax', 'till-day': '1', 'till-month': '1', 'till-year': '2030' },
      'within 365 days',
    ],
    ['check', { way: 'code', scopes: 'file-tax', amount: 'much', ...till }, 'whole baht'],
  ])('asks %s again with what is wrong', async (step, form, wrong) => {
    const shown = await visit(await world.person(), ['POST', '/me/mandates/give'], {
      form: { step, ...form },
    })
    expect(shown).toContain(wrong)
    expect(shown).toContain('ds-error-summary')
  })

  it('shows a code once, and names that turn their surroundings stay in their place', async () => {
    const giver = await world.person(undefined, '<script>\u202Eeman')
    const form = { step: 'check', way: 'code', scopes: 'see-documents', ...till }
    const sent = await visit(giver, ['POST', '/me/mandates/give'], { form })
    const [code = ''] = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(sent) ?? []
    const holder = await world.person()
    const to = await visit(holder, ['POST', '/me/mandates/code'], { form: { code } })
    const shown = await visit(holder, ['GET', to.replace('to ', '')])
    expect(shown).toContain('<bdi>&lt;script>')
    expect(await visit(holder, ['POST', '/me/mandates/code'], { form: { code } })).toContain('wrong or over')
  })
})

describe('choosing for whom to act', () => {
  it('is kept for the sign-in, and let go again', async () => {
    const director = await world.person()
    world.company([director], { kind: 'any', count: 1, seal: false })
    const [mandate] = await world.mandates.of(director.account)
    const form = { mandate: mandate?.id ?? '' }
    expect(await visit(director, ['POST', '/me/mandates/act'], { form })).toBe('to /me')
    expect(await world.mandates.acting.of(director)).toMatchObject({ mandate: mandate?.id })
    for (const [next, to] of [
      ['/services/boats/apply', '/services/boats/apply'],
      ['https://elsewhere.example/', '/'],
    ] as const)
      expect(await visit(director, ['POST', '/me/mandates/act'], { form: { ...form, next } })).toBe(
        `to ${to}`,
      )
    expect(await world.mandates.acting.of(world.signedIn(director))).toBeUndefined()
    await visit(director, ['POST', '/me/mandates/act'], { form: { mandate: 'self' } })
    expect(await world.mandates.acting.of(director)).toBeUndefined()
  })
})

describe('a joint act', () => {
  it('is read and confirmed on its page', async () => {
    const [one, two] = [await world.person(), await world.person()]
    world.company([one, two], { kind: 'any', count: 2, seal: false })
    const [mandate] = await world.mandates.of(one.account)
    const asked = { mandate: mandate?.id ?? '', scope: 'apply', act: { fee: 400 }, words: 'Pay <400>' }
    const path = `/me/mandates/joint/${await world.mandates.joint.prepare(one, asked)}`
    expect(await visit(two, ['GET', path])).toContain('Pay &lt;400>')
    await visit(two, ['POST', path], { form: { do: 'confirm' } })
    expect(await visit(one, ['GET', path])).toContain('Complete')
  })

  it('is told in the language of who reads it', async () => {
    const [one, two] = [await world.person(), await world.person()]
    world.company([one, two], { kind: 'any', count: 2, seal: false })
    const [mandate] = await world.mandates.of(one.account)
    const words = { th: 'ชำระค่าธรรมเนียม', en: 'Pay the fee' }
    const asked = { mandate: mandate?.id ?? '', scope: 'apply', act: { fee: 400 }, words }
    const path = `/me/mandates/joint/${await world.mandates.joint.prepare(one, asked)}`
    for (const at of [path, '/me/mandates']) {
      const shown = await visit(two, ['GET', at])
      expect([shown.includes(words.en), shown.includes(words.th)]).toEqual([true, false])
    }
  })
})

describe('a helper', () => {
  it('is let in with the sign that both screens show', async () => {
    const [officer, person] = [await world.person(), await world.person()]
    world.onDuty.add('a')
    const helper = { ...officer, officer: { appointment: 'a', agency: 'TH/GOV/RD' } }
    const asked = { number: person.number, case: '7/2569', scopes: ['apply'] }
    const { id, sign } = await world.mandates.help.ask(helper, asked)
    const shown = await visit(person, ['GET', `/me/mandates/help/${id}`])
    expect(shown).toContain(`>${sign}<`)
    await visit(person, ['POST', `/me/mandates/help/${id}`], { form: { answer: 'approve' } })
    expect(await visit(officer, ['GET', '/me/mandates/act'])).toContain('A helper at a counter')
  })
})
