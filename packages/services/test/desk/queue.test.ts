import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cast } from '../authorisation/roles.ts'
import { duties } from './boats.ts'
import { type Desk, desk, officer } from './site.ts'

let here: Desk
beforeAll(async () => {
  here = await desk()
})
afterAll(() => here?.[Symbol.asyncDispose]())

const all = officer(...Object.values(duties))
const numbersIn = (html: string) => [...html.matchAll(/>(XX-2569-\d{6})</g)].map(([, number]) => number)

describe('the queue (/desk/cases)', () => {
  it('is empty with what to expect, then shows what is to be done, in both languages', async () => {
    expect((await here.as(all).get('/desk/cases', 'en')).text).toContain('There are no cases in this list')
    const found = await here.open()
    for (const language of ['th', 'en'] as const) {
      const { html } = await here.as(all).get('/desk/cases', language)
      expect(numbersIn(html)).toEqual([found.number])
      expect(html).toContain(`/desk/cases/${found.id}`)
    }
  })

  it('says which register is silent, whose cases it leaves out, and shows all others', async () => {
    const found = await here.open()
    for (const language of ['th', 'en'] as const) {
      here.silent.add('company')
      const { html } = await here.as(all).get('/desk/cases', language)
      expect(html).toContain('the company register')
      expect(html).toContain({ th: 'คำขอบางเรื่องยังไม่แสดง', en: 'Some cases are not shown' }[language])
      expect(numbersIn(html)).toContain(found.number)
      here.silent.clear()
      expect((await here.as(all).get('/desk/cases', language)).html).not.toContain('the company register')
    }
  })

  it('opens and does nothing with a case of a company while its register is silent, and says why', async () => {
    const found = await here.open()
    const { pool } = here.office.database
    await pool.query(`update casework.service_case set party_kinds = '{company}' where id = $1`, [found.id])
    const browser = here.as(all)
    await browser.get('/desk/cases')
    here.silent.add('company')
    expect(numbersIn((await browser.get('/desk/cases')).html)).not.toContain(found.number)
    const page = await browser.get(`/desk/cases/${found.id}`, 'en')
    expect(page.status).toBe(503)
    for (const said of ['the company register', 'go on with other cases']) expect(page.text).toContain(said)
    const many = { do: 'take', case: `${found.id} ${found.caseVersion}` }
    const report = await browser.post('/desk/cases/many', many)
    expect(report.html).toContain('ยังเปิดเรื่องนี้ไม่ได้ เพราะทะเบียนไม่ตอบ')
    for (const act of ['take', 'assign', 'endorse', 'decide/refused', 'outputs/letter/sign', 'sign']) {
      const { status } = await browser.post(`/desk/cases/${found.id}/${act}`, {
        version: '1',
        reason: 'unsafe',
        words: 'x',
      })
      expect({ act, isRefused: status === 503 }).toEqual({ act, isRefused: true })
    }
    here.silent.clear()
    expect((await here.read(found.id)).caseVersion).toBe(found.caseVersion)
    expect((await browser.get(`/desk/cases/${found.id}`)).status).toBe(200)
  })

  it('filters by duty, state, who has it, service, number, and due day', async () => {
    const { case: taken, holder } = await cast(here, 'review')
    const mine = { ...holder, duties: [...Object.values(duties)] }
    const show = async (query: string) => numbersIn((await here.as(mine).get(`/desk/cases?${query}`)).html)
    expect(await show('has=me')).toEqual([taken.number])
    expect(await show('has=nobody')).not.toContain(taken.number)
    expect(await show('show=mine')).toEqual([taken.number])
    expect(await show('state=in-review')).toContain(taken.number)
    expect(await show('state=awaiting-decision')).toEqual([])
    expect(await show(`duty=${duties.sign}`)).toEqual([])
    expect(await show('service=boat-licence')).toContain(taken.number)
    expect(await show('service=other')).toEqual([])
    expect(await show(`number=${taken.number}`)).toEqual([taken.number])
    expect(await show(`number=${Number(taken.number.slice(-6))}`)).toEqual([taken.number])
    expect(await show('due=2026-11-22')).toEqual([])
    expect(await show('due=2026-12-31')).toContain(taken.number)
    expect(await show('overdue=yes')).toEqual([])
  })

  it('takes what no form has sent for nothing said, and a page that there is not for what it is', async () => {
    const hostile = [
      ...['x', '__proto__', 'a%00b', '%ff%fe', "'%3B--", '9'.repeat(400), '1e309', '-1', '%E2%80%AE'],
      ...['0000-01-01', '9999-12-31', '2026-02-30', '2569-11-23', '', '%20', '.', `.${'0'.repeat(36)}`],
    ]
    const names = ['show', 'duty', 'service', 'state', 'has', 'due', 'overdue', 'number', 'after']
    for (const value of hostile) {
      for (const name of names) {
        const { status } = await here.as(all).get(`/desk/cases?${name}=${value}`)
        expect({ name, value, isFine: status < 500 }).toEqual({
          name,
          value,
          isFine: true,
        })
      }
    }
  })

  it('keeps a number that is none in its field, above a list without cases', async () => {
    const page = await here.as(all).get('/desk/cases?number=abc')
    expect(page.status).toBe(200)
    expect(page.html).toContain('value="abc"')
    expect(numbersIn(page.html)).toEqual([])
  })

  it('goes on with a second page that has other cases, and back', async () => {
    for (let made = 0; made < 27; made++) await here.open()
    const first = await here.as(all).get('/desk/cases')
    const next = /href="([^"]*after=[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await here.as(all).get(next)
    expect(numbersIn(first.html)).toHaveLength(25)
    expect(numbersIn(second.html).length).toBeGreaterThan(0)
    expect(numbersIn(second.html).filter((one) => numbersIn(first.html).includes(one))).toEqual([])
  })

  it('does the same with those that are chosen, and says what came of each', async () => {
    const [one, two] = [await here.open(), await here.open()]
    const chosen = [one, two].map(({ id, caseVersion }) => `${id} ${caseVersion}`)
    const page = await here.as(all).post('/desk/cases/many', { do: 'take', case: chosen })
    for (const { id, number } of [one, two]) {
      expect(page.html).toContain(number)
      expect((await here.read(id)).assignee).toBe(all.account)
    }
    const none = await here.as(all).post('/desk/cases/many', { do: 'take' })
    expect(none.text).toContain('คุณยังไม่ได้เลือกคำขอ')
  })

  it('offers with many only what can be done in the list', async () => {
    const { case: taken, holder } = await cast(here, 'review')
    const mine = { ...holder, duties: [...Object.values(duties)] }
    const deeds = async (show: string) => {
      const { html } = await here.as(mine).get(`/desk/cases?show=${show}`)
      expect(numbersIn(html)).not.toEqual([])
      return [...html.matchAll(/name="do" value="([a-z]+)"/g)].map(([, deed]) => deed)
    }
    expect(await deeds('work')).toEqual(['take', 'release', 'review', 'endorse'])
    expect(await deeds('mine')).toEqual(['release', 'review', 'endorse'])
    const { caseVersion: version } = await here.read(taken.id)
    await here.office.cases.ask(mine, { case: taken.id, version }, 'เรือสีอะไร')
    expect(await deeds('awaited')).toEqual([])
  })
})
