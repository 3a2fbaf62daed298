import { inTransaction, Problem } from '@sapan/kernel'
import { renderPage, type SiteAnswer } from '@sapan/ui'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createHistory } from '../../src/history/history.ts'
import { dataPages } from '../../src/pages/data/routes.ts'
import { proofingHistory } from '../../src/proofing/history-kinds.ts'
import { sayName } from '../../src/proofing/self-asserted.ts'
import { HOSTILE, OTHER, type ProofingTest, proofingTest, SOMEONE } from '../proofing/proofing-ground.ts'

let t: ProofingTest
let account: string

beforeAll(async () => {
  t = await proofingTest()
})
afterAll(() => t.stop())
beforeEach(async () => {
  await t.ground.pool.query('delete from identity.identifier')
  t.down.clear()
  account = (await t.newAccount()).id
})

async function ask(method: 'GET' | 'POST', path: string): Promise<SiteAnswer> {
  const route = dataPages({
    ground: t.ground,
    authenticators: { list: async () => [] },
    history: createHistory(t.test, proofingHistory),
    memberName: (member) => (member === 'TH/GOV/DOPA' ? { th: 'กรมการปกครอง', en: 'DOPA' } : undefined),
    more: { consents: async () => [{ id: 'c', askedAt: 0 }] },
    freshSeconds: 300,
  }).find((one) => one.method === method && one.path === `/me/data${path}`)
  if (route === undefined) throw new Error(`no route ${method} ${path}`)
  return route.handle({
    method,
    path,
    parameters: {},
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    language: 'en',
    who: { account, name: '', session: 'session', level: { ial: '1.1', aal: '2.2' }, authenticatedAt: 0 },
    formKey: null,
    userAgent: '',
    address: '',
  })
}

async function page(): Promise<string> {
  const answer = await ask('GET', '')
  if (answer.kind !== 'page') throw new Error(`${answer.kind} is no page`)
  return renderPage({
    language: 'en',
    title: '',
    languages: { th: '', en: '' },
    home: '/',
    body: answer.body,
  })
}

async function known(number: string, profile: { name: string; daysAgo: number }): Promise<void> {
  await inTransaction(t.ground.pool, async (client) => {
    await t.ground.accounts.prove(client, account, { scheme: 'national-id', value: number })
    await t.ground.accounts.saveProfile(client, account, {
      givenName: { th: profile.name, en: '' },
      familyName: { th: '', en: '' },
      nationality: 'DEU',
      source: 'TH/GOV/DOPA',
      fetchedAt: t.ground.clock() - profile.daysAgo * 86_400_000,
    })
  })
}

describe('what is kept about a person', () => {
  it('is shown with its source and time, numbers masked, and the evidence of proofing', async () => {
    await sayName(t.ground, { account, session: 's', act: '1' }, { givenName: 'สมใจ', familyName: 'ดี' })
    expect(await page()).toContain('You told us, ')
    await known(SOMEONE, { name: 'จิรดนัย', daysAgo: 0 })
    const shown = await page()
    expect(shown).toContain('จิรดนัย')
    expect(shown).toContain('Germany')
    expect(shown).not.toContain('DEU')
    expect(shown).toContain('Source: DOPA')
    expect(shown).toContain('3-3653-xxxxx-61-7')
    expect(shown).not.toContain(SOMEONE)
    expect(shown).toContain('Say who you are')
  })

  it('is nothing at first, and the page says so', async () => {
    const shown = await page()
    expect(shown).toContain('We do not know your name yet.')
    expect(shown).toContain('You have not proved who you are yet.')
    expect(shown).not.toContain('/me/data/ask')
  })

  it('is taken away as a file, whole, and nobody else’s', async () => {
    await known(SOMEONE, { name: 'จิรดนัย', daysAgo: 0 })
    const mine = account
    account = (await t.newAccount()).id
    const theirs = await ask('GET', '/file')
    account = mine
    const answer = await ask('GET', '/file')
    if (answer.kind !== 'file' || theirs.kind !== 'file') throw new Error('no file')
    expect(answer.name).toBe('sapan-my-data.json')
    expect(JSON.parse(String(answer.body))).toMatchObject({
      identifiers: [{ scheme: 'national-id', value: SOMEONE, proved: true }],
      profile: { fetchedAt: new Date(t.ground.clock()).toISOString() },
      consents: [{ id: 'c', askedAt: '1970-01-01T00:00:00.000Z' }],
    })
    expect(String(theirs.body)).not.toContain(SOMEONE)
  })

  it('is asked for anew when it is older than a day, by the person alone', async () => {
    await known(SOMEONE, { name: 'ชื่อเดิม', daysAgo: 2 })
    expect(await page()).toContain('/me/data/ask')
    expect(await ask('POST', '/ask')).toMatchObject({ kind: 'redirect', to: '/me/data?asked' })
    const shown = await page()
    expect(shown).toContain('จิรดนัย ภักดีจันทร์')
    expect(shown).not.toContain('/me/data/ask')
    const before = t.asked.length
    await ask('POST', '/ask')
    expect(t.asked).toHaveLength(before)
  })

  it('stays as it is while the register is down', async () => {
    await known(SOMEONE, { name: 'ชื่อเดิม', daysAgo: 2 })
    t.down.add(t.ground.country.proofing.registers.person.service)
    await expect(ask('POST', '/ask')).rejects.toMatchObject({ code: 'proofing-register-unavailable' })
    expect(await page()).toContain('ชื่อเดิม')
  })

  it('is asked of no register for who has proved no number', async () => {
    await expect(ask('POST', '/ask')).rejects.toThrow(Problem)
  })

  it('is safe to look at, however odd the register’s names are', async () => {
    await known(OTHER, { name: 'ชื่อเดิม', daysAgo: 2 })
    await ask('POST', '/ask')
    const shown = await page()
    expect(shown).not.toContain('<script>alert')
    expect(shown).not.toContain('\u202e')
    expect(HOSTILE.family).toContain('\u202e')
  })
})
