import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EXAMPLE_COMPANY, sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import {
  asAgency,
  caseOf,
  checkedDocument,
  decide,
  payAtBank,
  review,
  takeCase,
  untilSaid,
} from './case-steps.ts'
import { answerForm, handIn, start, useFacts } from './services-steps.ts'
import { desk, home, openVisit, passing, play, type Visit } from './visit.ts'

/** An officer of the Revenue Department, who has a return of their own. */
const taxpayer = sandboxPerson('assessor')
const year = '2568'

/** Months begun since the last day to file by internet. */
function monthsSince(deadline: string): number {
  const [years = 0, months = 0, day = 0] = deadline.split('-').map(Number)
  const now = new Date(Date.now() + 7 * 3_600_000)
  const whole = (now.getUTCFullYear() - years) * 12 + now.getUTCMonth() + 1 - months
  return whole + (now.getUTCDate() > day ? 1 : 0)
}

/** 1.5 % a month of 11,500 baht, and at most that. */
const surcharge = Math.min(172.5 * monthsSince('2026-04-08'), 11_500)
const due = 11_500 + surcharge
const baht = (amount: number) => amount.toLocaleString('en', { minimumFractionDigits: 2 })

let browser: Browser
let citizen: Visit
let id: string

beforeAll(async () => {
  browser = await openBrowser()
  citizen = await openVisit(browser)
})
afterAll(() => browser?.close())

async function asOfficer(person: string, work: (officer: Visit) => Promise<void>): Promise<void> {
  const officer = await openVisit(browser)
  await play(officer, person, `${desk}/desk/cases`)
  await work(officer)
  await officer.close()
}

describe('a return that is late, with tax to be paid', () => {
  it('has a surcharge of 1.5 % for each month begun, and no instalments', async () => {
    // Its pages are held on the journey of a return.
    const form = passing(citizen)
    await start(form, 'income-tax-return', 'assessor')
    await useFacts(form)
    const employer = { employerName: 'บริษัท สมมติ จำกัด', employerId: EXAMPLE_COMPANY }
    await answerForm(form, {
      ...{ taxYear: year, onlyPay: 'yes', isDisabled: 'no', maritalStatus: 'single' },
      employers: [{ ...employer, wages: '600,000', taxWithheld: '10,000' }],
      ...{ children: 'none', parents: 'none' },
    })
    const said = await citizen.text()
    // 600,000 less 100,000 and 60,000: 7,500 and 14,000 of tax, of which 11,500 are to be paid.
    for (const amount of ['440,000.00', '21,500.00', '11,500.00', baht(surcharge), baht(due)])
      expect(said).toContain(amount)
    expect(await citizen.page.locator('main a[href$="/pages/instalments"]').count()).toBe(0)
  })

  it('waits for its money; nobody looks at it before', async () => {
    await handIn(passing(citizen))
    id = caseOf(citizen)
    await citizen.go(`/me/applications/${id}`)
    expect(await citizen.text()).toContain(baht(due))
    await citizen.met('a case that waits for money')
    await asOfficer('taxApprover', async (officer) => {
      await officer.go(`${desk}/desk/cases/${id}`)
      expect(await officer.page.locator('main form[action$="/take"]').count()).toBe(0)
    })
  })

  it('is paid by PromptPay at the bank, which calls back', async () => {
    await citizen.go(`/me/applications/${id}`)
    await payAtBank(citizen)
    await untilSaid(citizen, id, 'เจ้าหน้าที่กำลังตรวจ')
    await citizen.go('/me/payments')
    expect(await citizen.text()).toContain('ชำระแล้ว')
    await citizen.met()
  })
})

describe('an officer whose own return it is', () => {
  it('does not find it at the desk, by the list or by its address', async () => {
    await asOfficer('assessor', async (officer) => {
      await officer.go(`${desk}/desk/cases`)
      expect(await officer.page.locator(`main a[href="/desk/cases/${id}"]`).count()).toBe(0)
      await officer.page.goto(`${desk}/desk/cases/${id}`)
      expect(await officer.text()).toContain('case-not-found')
    })
  })

  it('cannot do anything with it by what others send, and each attempt is in the log', async () => {
    const actions = ['take', 'review', 'ask', 'note', 'decide/accepted']
    await asOfficer('assessor', async (officer) => {
      await officer.go(`${desk}/desk/cases`)
      for (const action of actions) {
        const answer = await send(officer, `/desk/cases/${id}/${action}`)
        expect(answer).toMatch(/^404[\s\S]*case-not-found/)
      }
    })
    const lines = (await readFile(join(home, 'logs', 'identity.log'), 'utf8')).split('\n')
    const refused = lines.filter((line) => line.includes(id) && line.includes('"why":"own"'))
    expect(refused.length).toBeGreaterThan(actions.length)
  })

  /** From a page of the desk, with its own form key. */
  const send = ({ page }: Visit, path: string) =>
    page.evaluate<string>(`(async () => {
      const key = document.querySelector('[name=form-key]')?.value ?? ''
      const body = new URLSearchParams({ 'form-key': key, version: '3', words: 'ดี', text: 'ดี', fine: '0' })
      const answer = await fetch('${path}', { method: 'POST', body })
      return answer.status + (await answer.text())
    })()`)
})

describe('others', () => {
  it('look at it and decide, and set a fine', async () => {
    await asOfficer('employee', (officer) => review(officer, id, 'ตรงกับหนังสือรับรอง'))
    await asOfficer('taxApprover', async (officer) => {
      await takeCase(officer, id)
      await decide(officer, id, { outcome: 'accepted', asked: { fine: '200' } })
    })
    await untilSaid(citizen, id, 'รับแบบตามที่ยื่น')
  })

  it('the register has what is due, and the person a sealed notice', async () => {
    const path = `TH/GOV/RD/tax/filing-v1/taxpayers/${taxpayer.nationalId}/filings/${year}`
    const filing = await asAgency('TH/GOV/DGA/portal', 'citizen-service', path)
    expect(filing).toMatchObject({ state: 'filed', taxDue: 2_150_000, payable: 1_150_000, refund: 0 })
    await checkedDocument(citizen, id, 'หนังสือแจ้งผลการตรวจแบบ ภ.ง.ด.91')
  })

  it('the fine alone is asked for now, and is paid', async () => {
    await untilSaid(citizen, id, '200.00')
    await payAtBank(citizen)
    // The bank calls back a moment later.
    await expect
      .poll(
        async () => {
          await citizen.go(`/me/applications/${id}`)
          return await citizen.page.locator('main a[href$="/pay"]').count()
        },
        { timeout: 30_000 },
      )
      .toBe(0)
    await citizen.met('a case that is over and paid')
  })
})
