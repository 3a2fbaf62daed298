import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestVisitor } from '../../identity/test/relying-party/visitor.ts'
import { centerRoutes } from '../src/center/routes.ts'
import { keepADayOfCenter, type OperatorHouse, openOperatorHouse } from './operator-house.ts'

let house: OperatorHouse
let operator: TestVisitor

beforeAll(async () => {
  house = await openOperatorHouse(undefined, 'center')
  operator = await house.signedIn()
})
afterAll(() => house?.stop())

const see = (path: string) => house.page(operator, path)
const post = (path: string, fields: Record<string, string>, page: string) =>
  operator.post(`${house.origin}${path}`, fields, page)

it('tells at a glance how the center is', async () => {
  const { status, text } = await see('/operator?lang=en')
  expect(status).toBe(200)
  for (const part of ['Directory version', '2 members']) expect(text).toContain(part)
})

it('says what is wrong and what to do: the tests’ database does not wait for its disk', async () => {
  const { text } = await see('/operator?lang=en')
  expect(text).toContain('fsync is off: a power failure may lose what was acknowledged')
  expect(text).toContain('What to do: set fsync = on in PostgreSQL')
})

it('draws how the center was, and says that nothing is known yet', async () => {
  expect((await see('/operator/health?lang=en')).text).toContain('Nothing is known of this time yet')
  await keepADayOfCenter(house)
  const { text } = await see('/operator/health?lang=en')
  for (const part of ['of which 480 failed', 'Directory version 120', '99 of 100 requests'])
    expect(text).toContain(part)
  expect(text.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4)
})

it('shows what the center goes by, with its own defaults', async () => {
  const { status, text } = await see('/operator/settings?lang=en')
  expect(status).toBe(200)
  for (const part of ['How long a directory is good', '600 s', '90 d', 'validitySeconds', 'alerts.webhook'])
    expect(text).toContain(part)
})

describe('members', () => {
  it('are found by a part of a name, and shown with subsystems and gateways', async () => {
    expect((await see('/operator/members?name=dop')).text).not.toContain('TH/GOV/RD')
    const one = await see(`/operator/members/${encodeURIComponent('TH/GOV/DOPA')}`)
    for (const part of ['TH/GOV/DOPA/main', 'TH/GOV/DOPA/gateway-1']) expect(one.text).toContain(part)
    expect((await see('/operator/members/nobody')).status).toBe(404)
  })

  it('are added with their subsystems, in the operator’s name', async () => {
    const form = await see('/operator/members/new')
    const wanted = { class: 'LOC', code: 'BANGKHEN', 'name-th': 'เขตบางเขน', 'name-en': 'Bang Khen' }
    const added = await post('/operator/members', wanted, form.text)
    expect(added.at.pathname).toBe(`/operator/members/${encodeURIComponent('TH/LOC/BANGKHEN')}`)
    const path = `${added.at.pathname}/subsystems`
    const sub = await post(path, { code: 'fees', 'name-th': 'ค่าธรรมเนียม', 'name-en': 'Fees' }, form.text)
    expect(sub.text).toContain('TH/LOC/BANGKHEN/fees')
    const changes = await see('/operator/changes')
    for (const part of ['administrator somsri', 'member.add', 'subsystem.add'])
      expect(changes.text).toContain(part)
  })

  it('says what is missing, and what the center refuses, beside the field', async () => {
    const form = await see('/operator/members/new?lang=en')
    const empty = await post('/operator/members', {}, form.text)
    expect(empty.status).toBe(422)
    for (const field of ['class', 'code', 'name-th', 'name-en'])
      expect(empty.text).toContain(`id="${field}-error"`)
    const again = { class: 'GOV', code: 'DOPA', 'name-th': 'ก', 'name-en': 'A' }
    const refused = await post('/operator/members', again, form.text)
    expect([refused.status, refused.text.includes('id="code-error"')]).toEqual([422, true])
    const odd = await post('/operator/members', { ...again, code: 'a b/c' }, form.text)
    expect([odd.status, odd.text.includes('id="code-error"')]).toEqual([422, true])
  })
})

describe('gateways', () => {
  it('are listed with where they are and for whom they speak', async () => {
    const { text } = await see('/operator/gateways')
    for (const part of ['TH/GOV/RD/gateway-1', 'https://127.0.0.1:']) expect(text).toContain(part)
  })

  it('join by a token that is shown once', async () => {
    const form = await see(`/operator/gateways/token?${new URLSearchParams({ member: 'TH/GOV/RD' })}`)
    expect(form.text).toContain('value="TH/GOV/RD/gateway-1"')
    const made = await post('/operator/gateways/token', { gateway: 'TH/GOV/RD/gateway-2' }, form.text)
    expect(made.text).toMatch(/sapan gateway join --token sapan-join/)
    const refused = await post('/operator/gateways/token', { gateway: 'TH/GOV/NOBODY/gateway-1' }, form.text)
    expect([refused.status, refused.text.includes('id="gateway-error"')]).toEqual([422, true])
  })
})

it('certificates are found by their holder, shown and revoked', async () => {
  const list = await see(
    `/operator/certificates?lang=en&${new URLSearchParams({ holder: 'TH/GOV/RD/gateway-1' })}`,
  )
  const path = /href="(\/operator\/certificates\/[0-9a-f]{64})/.exec(list.text)?.[1] ?? ''
  const one = await see(path)
  const revoked = await post(`${path}/revoke`, { reason: 'key-compromise' }, one.text)
  expect(revoked.text).toContain('Its key may be known to others')
  expect(revoked.text).not.toContain('/revoke"')
  expect((await see(`/operator/certificates/${'0'.repeat(64)}`)).status).toBe(404)
})

describe('authorisation', () => {
  const sent = [
    'POST /operator/members',
    'POST /operator/members/:member/subsystems',
    'POST /operator/gateways/token',
    'POST /operator/certificates/:fingerprint/revoke',
  ]

  it('names every form of the center’s pages', () => {
    const posts = centerRoutes().flatMap(({ method, path }) => (method === 'POST' ? [`POST ${path}`] : []))
    expect(posts.sort()).toEqual([...sent].sort())
  })

  it.each(sent)('%s: nobody is let through, nor another’s token', async (action) => {
    expect((await house.link(house.country.dopa.adminToken)).status).toBe(401)
    const stranger = new TestVisitor()
    const { text } = await stranger.open(`${house.origin}/operator/sign-in/x`)
    const path = (action.split(' ')[1] ?? '').replace(/:\w+/, 'x')
    const answer = await stranger.post(`${house.origin}${path}`, {}, text)
    expect(answer.at.pathname).toBe('/operator/sign-in')
  })
})
