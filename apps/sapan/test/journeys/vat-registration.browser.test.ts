import { createPool } from '@sapan/kernel'
import { EXAMPLE_COMPANY, UNREGISTERED_COMPANY } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { asAgency, caseOf, checkedDocument, decide, review, takeCase, untilSaid } from './case-steps.ts'
import { neverHeld } from './page-holds.ts'
import { answerForm, find, handIn, start, useFacts } from './services-steps.ts'
import { chooseToActFor } from './steps.ts'
import { databaseUrl, desk, openVisit, play, type Visit } from './visit.ts'

const service = 'vat-registration'
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Bangkok' }).format()
const answers = {
  isExempt: 'no',
  turnover: '2,500,000',
  exceededOn: today,
  startsOn: today,
  places: [{ placeRight: 'owned' }],
  phone: '021234567',
  email: 'office@company.example',
}

let browser: Browser
let assessor: Visit
let approver: Visit

beforeAll(async () => {
  browser = await openBrowser()
  await unregister(UNREGISTERED_COMPANY, EXAMPLE_COMPANY)
  assessor = await openVisit(browser)
  approver = await openVisit(browser, { language: 'en' })
  await play(assessor, 'assessor', `${desk}/desk/cases`)
  await play(approver, 'taxApprover', `${desk}/desk/cases`)
})
afterAll(() => browser?.close())

/** The register before them, also where a country is visited a second time. */
async function unregister(...companies: readonly string[]): Promise<void> {
  const pool = createPool(databaseUrl.replace(/identity$/, 'register_rd'), { max: 1 })
  await pool.query('delete from tax.place_of_business where taxpayer_id = any($1)', [companies])
  await pool.query('update tax.taxpayer set vat_since = null where taxpayer_id = any($1)', [companies])
  await pool.end()
}

/** One officer looks at it, another decides. */
async function grant(id: string): Promise<void> {
  await review(assessor, id, 'ตรวจสถานประกอบการแล้ว')
  await takeCase(approver, id)
  await decide(approver, id, { outcome: 'granted', words: 'เข้าเกณฑ์ตามมาตรา 85/1' })
}

/** What the company register's own system is told by the Revenue Department. */
async function registered(company: string): Promise<unknown> {
  const path = `TH/GOV/RD/tax/vat-v1/registrations/${company}`
  return await asAgency('TH/GOV/DBD/registration', 'company-registration', path)
}

describe('a director who signs alone for a company', () => {
  let director: Visit
  let id: string
  beforeAll(async () => {
    director = await openVisit(browser, { width: 1280 })
    await play(director, 'director')
  })
  afterAll(() => director?.close())

  it('is told that the service is used for a company, chooses theirs, and comes back to it', async () => {
    await find(director, 'จดแวต', service)
    await director.press(`main a[href="/services/${service}/apply"]`)
    expect(await director.text()).toContain('ทำการแทน')
    await director.met('a service for companies, and nobody is acted for')
    await director.press('main a[href^="/me/mandates/act?next="]')
    await director.page.check('main label:has-text("สมมติ")')
    await director.press('main form button')
    expect(new URL(director.page.url()).pathname).toBe(`/services/${service}/apply`)
  })

  it('has registers asked for the company, and hands in under its signing condition', async () => {
    await start(director, service)
    await useFacts(director)
    await answerForm(director, answers)
    await handIn(director)
    id = caseOf(director)
    await director.met('a receipt of a company')
  })

  it('gets P.P. 20, sealed, which anyone can check', async () => {
    await grant(id)
    await untilSaid(director, id, 'เสร็จแล้ว')
    await director.met('a company that is registered')
    await checkedDocument(director, id, 'ภ.พ.20')
  })

  it('has changed the register, as another agency reads it', async () => {
    const now = await registered(UNREGISTERED_COMPANY)
    expect(now).toMatchObject({ registered: true, registeredFrom: today })
  })
})

describe('a company for which two sign', () => {
  let first: Visit
  let second: Visit
  let draft: string
  let id: string
  beforeAll(async () => {
    first = await openVisit(browser, { javaScript: false, width: 320 })
    second = await openVisit(browser, { language: 'en' })
    await play(first, 'taxpayer')
    await play(second, 'spouse')
  })
  afterAll(async () => {
    await first?.close()
    await second?.close()
  })

  it('is filled in by one director and gone on with by the other, who acts for it', async () => {
    await chooseToActFor(first, 'บริษัท สมมติ')
    await start(first, service)
    await useFacts(first)
    draft = new URL(first.page.url()).pathname
    await first.met('tasks without scripts')
    await second.go(draft)
    expect(await second.text()).toContain('on behalf of somebody else')
    await chooseToActFor(second, 'Co., Ltd.')
    await second.go('/me/applications')
    await second.met('the applications of a company')
    await second.press(`main a[href="${draft}"]`)
    await second.met('the tasks of a company')
    await answerForm(second, answers)
    expect(await second.text()).toContain('Others have to confirm')
  })

  it('is not handed in by one of them', async () => {
    await second.page.check('main [name=seal]')
    await handIn(second)
    expect(await second.heading()).toBe('Waiting for others to confirm')
    await second.met('an application that waits for others')
    expect(await registered(EXAMPLE_COMPANY)).toMatchObject({ registered: false })
  })

  it('is read and confirmed by the other, and then handed in', async () => {
    await first.go('/me/mandates')
    await first.met('mandates without scripts')
    await first.press('main a[href^="/me/mandates/joint/"] >> nth=0')
    const joint = first.page.url()
    await first.met('a joint application')
    await first.press('main form:has([name=next]) button')
    expect(new URL(first.page.url()).pathname).toBe(`${draft}/review`)
    await first.go(joint)
    await first.press('main button[value=confirm]')
    expect(await first.text()).toContain('2 คน')
    await first.met('a joint application that is complete')
    await first.press('main form:has([name=next]) button')
    await handIn(first)
    id = caseOf(first)
  })

  it('is seen by both, with its receipt and what came of it', async () => {
    await grant(id)
    await untilSaid(first, id, 'เสร็จแล้ว')
    await untilSaid(second, id, 'Finished')
    await checkedDocument(second, id, 'P.P. 20')
    expect(await registered(EXAMPLE_COMPANY)).toMatchObject({ registered: true })
  })
})

it('all pages that were passed were held, by axe and at every width', () => {
  expect(neverHeld()).toEqual([])
})
