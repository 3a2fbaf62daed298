import type { SiteAnswer, SiteRequest } from '@sapan/ui'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentPages } from '../../src/pages/consents/routes.ts'
import type { Visitor } from '../../src/visitor.ts'
import { type ConsentHouse, consentHouse, words } from './house.ts'

let house: ConsentHouse
beforeAll(async () => {
  house = await consentHouse()
})
afterAll(() => house?.stop())

/** Nobody signed in to any service here. */
const claims = {
  consents: { of: async () => [], withdraw: async () => undefined },
  clients: { find: async () => undefined },
  scopes: { consentDays: 365, claims: [], scopes: [] },
  memberName: () => undefined,
}

const payroll = 'TH/COM/PAYROLL'

function ask(account: string, method: 'GET' | 'POST', path: string, form = '', language: 'th' | 'en' = 'en') {
  const routes = consentPages({ consents: house.consents, claims, words, clock: house.clock })
  const [, , , id, action] = path.split('/')
  const literal = path === '/me/consents/not-again'
  const pattern = [
    '/me/consents',
    id === undefined ? '' : literal ? '/not-again' : '/:consent',
    action === undefined ? '' : `/${action}`,
  ].join('')
  const route = routes.find((one) => one.method === method && one.path === pattern)
  if (!route) throw new Error(`no route ${method} ${pattern}`)
  const who: Visitor = {
    account,
    name: 'x',
    session: 's',
    level: { ial: '2.3', aal: '2.2' },
    authenticatedAt: house.clock(),
  }
  const request: SiteRequest<Visitor> = {
    method,
    path,
    parameters: { consent: id ?? '' },
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    language,
    who,
    formKey: null,
    userAgent: '',
    address: '',
  } as SiteRequest<Visitor>
  return Promise.resolve(route.handle(request))
}

function html(answer: SiteAnswer): string {
  if (answer.kind !== 'page') throw new Error('not a page')
  return renderToString(answer.body as never)
}

async function asked() {
  const number = String(Math.floor(Math.random() * 1e12) + 1e12)
  const account = await house.person(number)
  const { id } = await house.consents.ask(
    {
      subject: { scheme: 'national-id', value: number },
      consumer: `${payroll}/main`,
      service: 'TH/GOV/DOPA/population/person-v1',
      purpose: 'employee-verification',
      fields: ['name', 'status'],
      reason: { th: 'เหตุผล <b>', en: 'A reason <b>' },
    },
    payroll,
  )
  return { account, id, number }
}

describe('the page of consents', () => {
  it('says what to expect where there are none', async () => {
    const account = await house.person('1')
    expect(html(await ask(account, 'GET', '/me/consents'))).toContain('There are no consents yet')
    expect(html(await ask(account, 'GET', '/me/consents', '', 'th'))).toContain('ยังไม่มีความยินยอม')
  })

  it('shows before a decision who asks, why, and for what, in words that people know', async () => {
    const { account, id, number } = await asked()
    const page = html(await ask(account, 'GET', `/me/consents/${id}`))
    for (const text of ['Payroll', 'Verification of employees', 'Name', 'Population register']) {
      expect(page).toContain(text)
    }
    expect(page).toContain('A reason &lt;b>')
    expect(page).not.toContain(number)
  })

  it('lets the person give some of it, and withdraw it', async () => {
    const { account, id } = await asked()
    expect(await ask(account, 'POST', `/me/consents/${id}/give`, 'fields=name&days=30')).toEqual({
      kind: 'redirect',
      to: `/me/consents/${id}`,
    })
    expect(html(await ask(account, 'GET', `/me/consents/${id}`))).toContain('Withdraw')
    await ask(account, 'POST', `/me/consents/${id}/withdraw`)
    expect(html(await ask(account, 'GET', `/me/consents/${id}`))).toContain('Withdrawn')
  })

  it('says at the field what is missing, and keeps what was chosen', async () => {
    const { account, id } = await asked()
    const answer = await ask(account, 'POST', `/me/consents/${id}/give`, 'days=90')
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(html(answer)).toContain('Choose at least one field')
    expect(html(answer)).toMatch(/value="90"[^>]*checked|checked[^>]*value="90"/)
  })

  it('lets them refuse', async () => {
    const { account, id } = await asked()
    await ask(account, 'POST', `/me/consents/${id}/refuse`)
    expect(html(await ask(account, 'GET', '/me/consents'))).toContain('Refused')
    expect(html(await ask(account, 'GET', '/me/consents'))).not.toContain('/me/consents/not-again')
  })

  it('lets them refuse for good, and change their mind', async () => {
    const { account, id } = await asked()
    const none = html(await ask(account, 'GET', '/me/consents/not-again', '', 'th'))
    expect(none).toContain('ไม่มีเรื่องที่ไม่ให้ถามอีก')
    expect(await ask(account, 'POST', `/me/consents/${id}/refuse`, 'unwanted=yes')).toEqual({
      kind: 'redirect',
      to: '/me/consents/not-again',
    })
    expect(html(await ask(account, 'GET', '/me/consents'))).toContain('/me/consents/not-again')
    const page = html(await ask(account, 'GET', '/me/consents/not-again'))
    for (const text of ['Payroll', 'Verification of employees', `/me/consents/${id}/allow`])
      expect(page).toContain(text)
    await ask(account, 'POST', `/me/consents/${id}/allow`)
    expect(html(await ask(account, 'GET', '/me/consents/not-again'))).not.toContain('Payroll')
  })
})
