import { type Language, registeredProblems } from '@sapan/kernel'
import { sandboxLaserCode, sandboxTraveller } from '@sapan/sandbox'
import type { SiteAnswer, SitePage, SiteRequest, SiteRoute } from '@sapan/ui'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seenName } from '../../src/account/seen-name.ts'
import { counterPages } from '../../src/desk/proofing/routes.ts'
import { enrolmentPages } from '../../src/pages/proofing/enrol.ts'
import { proofingPages } from '../../src/pages/proofing/routes.ts'
import { shownBirthDate } from '../../src/pages/proofing/shown-date.ts'
import { type Counter, createCounter } from '../../src/proofing/counter/counter.ts'
import type { OutsideProvider } from '../../src/proofing/outside/outside-provider.ts'
import type { Need, Visitor } from '../../src/visitor.ts'
import { HOSTILE, OTHER, type ProofingTest, proofingTest, SOMEONE } from './proofing-ground.ts'

let t: ProofingTest
let routes: SiteRoute<Visitor, Need>[]
let account: string
let officer: string
let counter: Counter

beforeAll(async () => {
  t = await proofingTest()
  officer = (await t.newAccount()).id
  counter = createCounter(t.ground, {
    appointmentsOf: async (who) =>
      who === officer ? [{ id: 'a1', agency: 'TH/GOV/DOPA', duties: ['registrar'] }] : [],
  })
  const outside: OutsideProvider = {
    origin: 'https://id.example',
    begin: async () => 'https://id.example/auth?state=s',
    prove: () => Promise.reject(new Error('not here')),
    find: () => Promise.reject(new Error('not here')),
  }
  const enrolAddress = 'http://localhost:4400/enrol'
  routes = [
    ...proofingPages({ ground: t.ground, outside }),
    ...counterPages({ ground: t.ground, counter, enrolAddress }),
  ]
})
afterAll(() => t.stop())
beforeEach(async () => {
  await t.ground.pool.query('delete from identity.identifier')
  await t.ground.pool.query('delete from identity.proofing_attempt')
  account = (await t.newAccount()).id
  t.down.clear()
  t.test.pass(61_000)
})

interface Sent {
  readonly form?: Record<string, string>
  readonly language?: Language
  readonly asOfficer?: boolean
}

async function ask(
  method: 'GET' | 'POST',
  path: string,
  { form = {}, language = 'en', asOfficer = false }: Sent = {},
) {
  const route = routes.find((one) => one.method === method && matches(one.path, path))
  if (route === undefined) throw new Error(`no page at ${path}`)
  const who: Visitor = {
    account: asOfficer ? officer : account,
    name: 'X',
    session: 'session-1',
    level: { ial: '1.1', aal: '2.2' },
    authenticatedAt: t.test.clock(),
    ...(asOfficer ? { officer: { appointment: 'a1', agency: 'TH/GOV/DOPA', duties: ['registrar'] } } : {}),
  }
  const request: SiteRequest<Visitor> = {
    method,
    path,
    parameters: { visit: path.split('/')[4] ?? '' },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language,
    who,
    formKey: h('input', { type: 'hidden', name: 'form-key', value: 'k' }),
    userAgent: '',
    address: '127.0.0.1',
  }
  return told(await route.handle(request))
}

const matches = (template: string, path: string): boolean =>
  new RegExp(`^${template.replace(/:\w+/g, '[^/]+')}$`).test(path)

function told(answer: SiteAnswer): { to: string; html: string; status: number; page?: SitePage } {
  if (answer.kind === 'redirect') return { to: answer.to, html: '', status: 303 }
  if (answer.kind !== 'page') throw new Error('neither a page nor elsewhere')
  return {
    to: '',
    html: renderToString(h('div', null, answer.body)),
    status: answer.status ?? 200,
    page: answer,
  }
}

const post = (path: string, form: Record<string, string>, more: Sent = {}) =>
  ask('POST', path, { form, ...more })

async function answerCard(code = sandboxLaserCode(SOMEONE)) {
  await post('/me/proofing/card/number', { number: '3-3653-41504-61-7' })
  await post('/me/proofing/card/code', { code })
  return await post('/me/proofing/card/birth-date', {
    'birth-date-day': '29',
    'birth-date-month': '2',
    'birth-date-year': '2527',
  })
}

describe('the proofing page', () => {
  it('says the level, what each opens, and the ways to raise it, in both languages', async () => {
    const en = await ask('GET', '/me/proofing')
    expect(en.html).toContain('1.1 1.1')
    expect(en.html).toContain('/me/proofing/card/number')
    expect(en.html).toContain('/me/proofing/outside')
    expect((await ask('GET', '/me/proofing', { language: 'th' })).html).toContain('วิธีเพิ่มระดับ')
  })

  it('no more offers what gives nothing, and shows what was proved with the exchange’s number', async () => {
    await answerCard()
    await post('/me/proofing/card/check', {})
    const { html } = await ask('GET', '/me/proofing')
    expect(html).not.toContain('/me/proofing/card/number')
    expect(html).toContain('/me/proofing/counter')
    expect(html).toContain('1.1 → 1.3')
    expect(html).toMatch(/exchange-\d+/)
  })
})

describe('the questions about a card', () => {
  it('come one after the other, are checked, sent and done', async () => {
    expect((await answerCard()).to).toBe('/me/proofing/card/check')
    const check = await ask('GET', '/me/proofing/card/check')
    expect(check.html).toContain('3-3653-41504-61-7')
    expect((await post('/me/proofing/card/check', {})).to).toBe('/me/proofing/done')
    expect((await ask('GET', '/me/proofing/done', { language: 'th' })).html).toContain('จิรดนัย ภักดีจันทร์')
    expect((await t.ground.accounts.find(account))?.ial).toBe('1.3')
  })

  it('sent once more lead back, and change nothing', async () => {
    await answerCard()
    await post('/me/proofing/card/check', {})
    expect((await post('/me/proofing/card/check', {})).to).toBe('/me/proofing')
  })

  it('are not skipped', async () => {
    expect((await ask('GET', '/me/proofing/card/check')).to).toBe('/me/proofing/card/number')
  })

  it.each([
    ['number', { number: '3365341504616' }],
    ['number', { number: '' }],
    ['code', { code: 'AB-1' }],
    ['birth-date', { 'birth-date-day': '30', 'birth-date-month': '2', 'birth-date-year': '2527' }],
    ['birth-date', {}],
  ])('with a fault in %s say so first, with a link to the field', async (step, form) => {
    const { status, html, page } = await post(`/me/proofing/card/${step}`, form)
    expect(status).toBe(422)
    expect(page?.title).toMatch(/^Error: /)
    expect(html).toContain(`href="#${step}"`)
    expect(html).toContain(`id="${step}"`)
    expect(html).toContain('aria-invalid="true"')
  })

  it('that the register does not confirm are shown again, without telling which is wrong', async () => {
    await answerCard('AA0-0000000-00')
    const { status, html } = await post('/me/proofing/card/check', {})
    expect(status).toBe(422)
    expect(html).toContain('does not agree with the register')
    expect(html).toContain('AA0-0000000-00')
  })

  it('while the register is down say what can still be done, and keep the answers', async () => {
    await answerCard()
    t.down.add('TH/GOV/DOPA/population/identity-v1')
    await expect(post('/me/proofing/card/check', {})).rejects.toMatchObject({
      code: 'proofing-register-unavailable',
    })
    expect(registeredProblems().get('proofing-register-unavailable')?.next.en).toContain('another way')
    t.down.clear()
    expect((await post('/me/proofing/card/check', {})).to).toBe('/me/proofing/done')
  })

  it('lie sealed, for half an hour', async () => {
    await answerCard()
    const { rows } = await t.ground.pool.query('select d::text from identity.proofing_draft d')
    expect(JSON.stringify(rows)).not.toContain(SOMEONE)
    t.test.pass(30 * 60_000)
    expect((await ask('GET', '/me/proofing/card/check')).to).toBe('/me/proofing/card/number')
  })
})

describe('the other ways', () => {
  it('take a passport’s lines, and show a wrong digit at the field', async () => {
    const { mrz } = sandboxTraveller()
    const wrong = await post('/me/proofing/passport', { lines: mrz.join('\n').replace('SMT0', 'SMT1') })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('The check digit of the passport number is wrong')
    expect((await post('/me/proofing/passport', { lines: mrz.join('\n') })).to).toBe('/me/proofing/done')
  })

  it('take a name, and refuse what is none', async () => {
    for (const given of ['', ' \u200b', 'x'.repeat(201), 'a\u202eb', '<script>'])
      expect((await post('/me/proofing/name', { given, family: '' })).status).toBe(422)
    expect((await post('/me/proofing/name', { given: 'Soe', family: '' })).to).toBe('/me/proofing/done')
  })

  it('lead to the outside provider, which the page’s policy allows', async () => {
    expect((await ask('GET', '/me/proofing/outside')).page?.formTargets).toEqual(['https://id.example'])
    expect((await post('/me/proofing/outside', {})).to).toMatch(/^https:\/\/id\.example\//)
  })

  it('say what to bring to an officer', async () => {
    expect((await ask('GET', '/me/proofing/counter')).html).toContain('House registration book')
  })
})

describe('the registrar’s pages', () => {
  const find = async (number: string) => post('/desk/proofing', { number }, { asOfficer: true })

  it('ask for the duty', () => {
    const desk = routes.filter(({ path }) => path.startsWith('/desk/'))
    expect(desk.length).toBe(5)
    for (const { needs } of desk) expect(needs).toEqual({ duties: ['registrar'] })
  })

  it('lead from the number to the check and to a code, which is in no address', async () => {
    const { to } = await find(SOMEONE)
    expect(to).not.toContain(SOMEONE)
    expect((await ask('GET', to, { asOfficer: true, language: 'th' })).html).toContain('29 ก.พ. 2527')
    const incomplete = await post(to, { first: 'national-id-card', second: 'passport' }, { asOfficer: true })
    expect(incomplete.status).toBe(422)
    expect(incomplete.html).toContain('href="#first"')
    const check = { first: 'national-id-card', second: 'house-registration', face: 'yes' }
    expect((await post(to, check, { asOfficer: true })).to).toBe(to)
    const { html } = await post(`${to}/code`, {}, { asOfficer: true })
    expect(html).toMatch(/<strong>[2-9A-Z]{5}-[2-9A-Z]{5}<\/strong>/)
    expect(html).toContain('<svg')
  })

  it('say that nobody has a number', async () => {
    expect((await find('1234567890121')).status).toBe(422)
    expect((await find('<script>')).html).not.toContain('<script>')
  })

  it('show hostile names of a register as text, cut and in their own direction', async () => {
    const { to } = await find(OTHER)
    const { html } = await ask('GET', to, { asOfficer: true })
    expect(html).not.toContain('<script>')
    expect(html).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/)
    expect(html).toContain('<bdi>')
    expect(html).not.toContain(HOSTILE.given)
  })

  it('are of no use to who is no officer', async () => {
    await expect(post('/desk/proofing', { number: SOMEONE })).rejects.toMatchObject({
      code: 'counter-not-allowed',
    })
  })
})

describe('the page for the code, on the person’s own telephone', () => {
  const pages = () =>
    enrolmentPages<Visitor, Need>({
      counter,
      authenticators: {
        beginPasskey: () => Promise.reject(new Error('not here')),
        addPasskey: () => Promise.reject(new Error('not here')),
        list: async () => [],
      },
      accounts: t.ground.accounts,
      recovery: { begin: () => Promise.reject(new Error('not here')) },
      nameOf: async () => ({ th: 'ก', en: 'K' }),
      hashKey: t.ground.hashKey,
    })

  it('asks for the code once more with the passkey, and has it in no address', async () => {
    routes.push(...pages())
    const { to } = await post('/desk/proofing', { number: SOMEONE }, { asOfficer: true })
    await post(
      to,
      { first: 'national-id-card', second: 'house-registration', face: 'yes' },
      { asOfficer: true },
    )
    const made = await post(`${to}/code`, {}, { asOfficer: true })
    const code = /<strong>([2-9A-Z]{5}-[2-9A-Z]{5})<\/strong>/.exec(made.html)?.[1] ?? ''
    const { html, page } = await post('/enrol', { code: code.toLowerCase() })
    const address = /action="([^"]+)"/.exec(html)?.[1] ?? ''
    expect(address).toMatch(/^\/enrol\/[0-9a-f]{64}$/)
    expect(html).toContain(`data-options="${address}/options"`)
    expect(page?.scripts?.length).toBe(2)
    const wrong = await post('/enrol', { code: 'AAAAA-AAAAA' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain('href="#code"')
  })
})

describe('what is shown', () => {
  it('of a name is what can be seen; joiners that scripts need stay', () => {
    expect(seenName('\u202eก\u0000ข\ufeff')).toBe('กข')
    expect(seenName('क्\u200dष')).toBe('क्\u200dष')
    expect([...seenName('a'.repeat(500))]).toHaveLength(121)
  })

  it('of a date of birth is what is known', () => {
    expect(['1941-07-12', '1941-07', '1941'].map((date) => shownBirthDate(date, 'th'))).toEqual([
      '12 ก.ค. 2484',
      'ก.ค. 2484',
      '2484',
    ])
  })
})
