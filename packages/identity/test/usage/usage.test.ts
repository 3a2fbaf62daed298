import { verifyExport } from '@sapan/exchange'
import type { SiteAnswer, SiteRequest } from '@sapan/ui'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlainWords } from '../../src/consents/plain-words.ts'
import { usagePages } from '../../src/pages/usage/routes.ts'
import type { Visitor } from '../../src/visitor.ts'
import { type UsageHouse, usageHouse } from './house.ts'

let house: UsageHouse
beforeAll(async () => {
  house = await usageHouse({ pageSize: 3, patience: 2_000 })
})
afterAll(() => house?.stop())

let next = 3000000000000
async function person(looks: number) {
  const number = String(next++)
  for (let n = 0; n < looks; n++) await house.country.ask(`/persons/${number}`)
  return house.person(number)
}

describe('a page, with the hints of the gateways', () => {
  it('says from how many agencies there is something new, until the person has looked', async () => {
    const account = await person(1)
    await expect.poll(() => house.collectHints()).toBeGreaterThan(0)
    const first = await house.usage.of(account)
    expect([first.news, first.accesses.length]).toEqual([1, 1])
    expect((await house.usage.of(account)).news).toBe(0)
  })
})

const words: PlainWords = {
  member: (id) => (id === 'TH/GOV/RD' ? { th: 'กรมสรรพากร', en: 'Revenue Department' } : undefined),
  service: () => undefined,
  operation: () => undefined,
  purpose: () => ({ name: { th: 'ประเมินภาษี', en: 'Tax assessment' }, about: { th: '', en: '' } }),
  field: (_service, path) => (path === 'name' ? { th: 'ชื่อ', en: 'Name' } : undefined),
}

async function visit(
  account: string,
  method: 'GET' | 'POST',
  path: string,
  { query = '', form = '' } = {},
): Promise<SiteAnswer> {
  const [, , , page, exchange, action] = path.split('/')
  const pattern = ['/me/usage', page ? '/:page/:exchange' : '', action ? `/${action}` : ''].join('')
  const routes = usagePages({ usage: house.usage, words })
  const route = routes.find((one) => one.method === method && one.path === pattern)
  if (!route) throw new Error(`no route ${pattern}`)
  const who: Visitor = {
    account,
    name: 'x',
    session: 's',
    level: { ial: '2.3', aal: '2.2' },
    authenticatedAt: Date.now(),
  }
  const request = {
    method,
    path,
    parameters: { page: page ?? '', exchange: exchange ?? '' },
    query: new URLSearchParams(query),
    form: new URLSearchParams(form),
    language: 'en' as const,
    who,
    formKey: null,
    userAgent: '',
    address: '',
  }
  return route.handle(request as SiteRequest<Visitor>)
}

function html(answer: SiteAnswer): string {
  if (answer.kind !== 'page') throw new Error('not a page')
  return renderToString(answer.body as never)
}

describe('who looked at my data', () => {
  it('is asked of the agencies’ gateways, and each exchange is told once', async () => {
    const account = await person(2)
    const page = await house.usage.of(account)
    expect(page.silent).toEqual([])
    expect(page.accesses.length).toBe(2)
    expect(page.accesses[0]).toMatchObject({
      side: 'provider',
      client: 'TH/GOV/RD/main',
      fields: ['nationalId', 'name'],
      toldBy: expect.arrayContaining([expect.objectContaining({ member: 'TH/GOV/RD' })]),
    })
  })

  it('goes on where the page before ended, without gap and without repeating', async () => {
    const account = await person(7)
    const seen: string[] = []
    let page = await house.usage.of(account)
    for (;;) {
      seen.push(...page.accesses.map(({ exchange }) => exchange))
      if (page.sources.length === 0) break
      page = await house.usage.of(account, { after: page.id })
    }
    expect([seen.length, new Set(seen).size]).toEqual([7, 7])
    expect(seen).toEqual([...seen].sort().reverse())
  })

  it('is told of a passport to who has no number', async () => {
    const passport = 'FRA:SMT000042'
    await house.country.ask(`/persons/${encodeURIComponent(passport)}`)
    const account = await house.person(passport, 'passport')
    expect((await house.usage.of(account)).accesses).toHaveLength(1)
  })

  it('is for who has proved a number, and each page for its own person', async () => {
    const without = await house.person(undefined)
    await expect(house.usage.of(without)).rejects.toThrow('usage-unidentified')
    const [account, other] = [await person(1), await person(0)]
    const { id, accesses } = await house.usage.of(account)
    const place = { page: id, exchange: accesses[0]?.exchange ?? '' }
    await expect(house.usage.find(other, place)).rejects.toThrow('usage-page-over')
    await expect(house.usage.of(other, { after: id })).rejects.toThrow('usage-page-over')
    await expect(house.usage.prove(other, { ...place, member: 'TH/GOV/RD' })).rejects.toThrow(
      'usage-page-over',
    )
    await expect(house.usage.ask(other, place, 'why?')).rejects.toThrow('usage-page-over')
  })

  it('comes with the proof of each side, which verifies offline', async () => {
    const account = await person(1)
    const { id, accesses } = await house.usage.of(account)
    for (const member of ['TH/GOV/RD', 'TH/GOV/DOPA']) {
      const file = await house.usage.prove(account, {
        page: id,
        exchange: accesses[0]?.exchange ?? '',
        member,
      })
      const report = verifyExport(file, { roots: [house.country.rootFingerprint] })
      expect([report.valid, report.exchange?.member]).toEqual([true, member])
    }
  })
})

describe('a question about an access', () => {
  it('is put to the agency that looked, once, and shows how it stands', async () => {
    const account = await person(1)
    const { id, accesses } = await house.usage.of(account)
    const exchange = accesses[0]?.exchange ?? ''
    const path = `/me/usage/${id}/${exchange}`
    await Promise.all([1, 2].map(() => visit(account, 'POST', `${path}/ask`, { form: 'question=Why%3F' })))
    const opened = house.opened.filter(({ reference }) => reference === exchange)
    expect(opened).toMatchObject([
      { agency: 'TH/GOV/RD', duty: 'data-protection-officer', detail: { question: 'Why?', exchange } },
    ])
    expect(html(await visit(account, 'GET', path))).toContain('The agency has it')
    expect(html(await visit(account, 'GET', '/me/usage'))).toContain('What you have asked')
  })

  it('says at the field that it is empty', async () => {
    const account = await person(1)
    const { id, accesses } = await house.usage.of(account)
    const answer = await visit(account, 'POST', `/me/usage/${id}/${accesses[0]?.exchange}/ask`, {
      form: 'question=+',
    })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(html(answer)).toContain('Write what you want to know')
  })
})

describe('the page', () => {
  it('tells in plain words who, why, under which law, and what was seen', async () => {
    const account = await person(1)
    const list = html(await visit(account, 'GET', '/me/usage'))
    const [, href = ''] = /href="(\/me\/usage\/[^"]+)"/.exec(list) ?? []
    const page = html(await visit(account, 'GET', href))
    for (const text of [
      'Revenue Department',
      'Tax assessment',
      'Revenue Code',
      'Name',
      'No officer is proven',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).toContain('Download the proof from Revenue Department')
  })

  it('says when an operator opened what an agency keeps sealed, and why', async () => {
    const account = await person(2)
    const { exchange = '' } = (await house.usage.of(account)).accesses[0] ?? {}
    const reason = 'To look into complaint 12/2569'
    await house.country.rd.operator('POST', `/v1/evidence/${exchange}/opening`, { reason })
    const list = html(await visit(account, 'GET', '/me/usage'))
    // It stands alone, though the person's other access that day was the same.
    expect([list.split('Opened by an operator').length, list.split('<h2>').length]).toEqual([2, 3])
    const [href = ''] = new RegExp(`/me/usage/[^"]+${exchange}`).exec(list) ?? []
    const page = html(await visit(account, 'GET', href))
    for (const text of ['An operator opened what was said', 'Operator of', reason])
      expect(page).toContain(text)
  })

  it('has only what concerns the agency that was chosen', async () => {
    const account = await person(1)
    const all = await visit(account, 'GET', '/me/usage', { query: 'agency=TH/GOV/DOPA' })
    expect(html(all)).toContain('looked at data of')
    expect(html(await visit(account, 'GET', '/me/usage', { query: 'agency=TH/GOV/NONE' }))).not.toContain(
      'looked at data of',
    )
  })

  it('says that nobody looked only where every gateway answered', async () => {
    const account = await person(0)
    expect(html(await visit(account, 'GET', '/me/usage'))).toContain('Nobody has looked at your data yet')
    await house.country.dopa.stop()
    const page = html(await visit(account, 'GET', '/me/usage'))
    expect(page).toContain('This is not the whole list')
    expect(page).toContain('DOPA')
    expect(page).not.toContain('Nobody has looked')
  })
})
