import { readFile } from 'node:fs/promises'
import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { asAgency, caseOf, checkedDocument, decide, review, takeCase, untilSaid } from './case-steps.ts'
import { answerForm, handIn, start, useFacts } from './services-steps.ts'
import { desk, openVisit, play, portal, type Visit } from './visit.ts'

const taxpayer = sandboxPerson('taxpayer')

/** What no register knows. */
const answers = {
  taxYear: '2568',
  onlyPay: 'yes',
  isDisabled: 'no',
  spouseIncome: '300,000',
  children: [1, 2, 3].map((place) => ({ childOrder: String(place), childSituation: 'minor' })),
  parents: ['remove'],
  claims: ['insurance', 'donations'],
  lifeInsurance: '20,000',
  donations: [
    {
      donatedTo: 'โรงพยาบาลสมมติ',
      donationKind: 'double',
      donatedOn: '2025-05-01',
      donationAmount: '1,000.50',
    },
  ],
  wantsRefund: 'yes',
} as const

let browser: Browser
let citizen: Visit
let id: string

beforeAll(async () => {
  browser = await openBrowser()
  citizen = await openVisit(browser)
})
afterAll(() => browser?.close())

describe('a taxpayer', () => {
  it('finds the service by what people say, and reads what it takes', async () => {
    await citizen.go('/')
    await citizen.page.fill('main input[name=q]', 'ขอคืนภาษี')
    await citizen.press('main form button >> nth=0')
    await citizen.met('what was found')
    await citizen.press('main a[href="/services/income-tax-return"]')
    expect(await citizen.heading()).toContain('ภ.ง.ด.91')
    expect(await citizen.text()).toContain('30 วันทำการ')
    await citizen.met('the service')
  })

  it('lets registers be asked, sees what they say with source and time, and uses it', async () => {
    await start(citizen, 'income-tax-return', 'taxpayer')
    await useFacts(citizen)
    await citizen.go(`${citizen.page.url()}/facts`)
    const said = await citizen.text()
    expect(said).toContain(taxpayer.name.th)
    expect(said).toMatch(/กรมการปกครอง · ได้มาเมื่อ \d+ .+ เวลา \d\d:\d\d น\. · เลขการแลกเปลี่ยน/)
    await citizen.met('facts that are used')
    await citizen.press('main a.ds-button')
  })

  it('answers what nobody else knows; pay is asked for once the year is known; the tax is worked out', async () => {
    await answerForm(citizen, answers)
    const said = await citizen.text()
    for (const amount of ['990,000.00', '629,499.00', '46,924.85', '69,300.00', '22,375.15'])
      expect(said).toContain(amount)
    expect(said).toContain('กรมสรรพากร')
  })

  it('declares and hands in: a number, dates, and a sealed receipt', async () => {
    await handIn(citizen)
    id = caseOf(citizen)
    expect(await citizen.text()).toMatch(/RD-25\d\d-\d{6}/)
    expect(await citizen.text()).toContain('ต้องพิจารณาให้เสร็จภายใน')
    await citizen.met()
    await citizen.go(`/me/applications/${id}`)
    await citizen.met()
    // The receipt is sealed by a job.
    const receipt = citizen.page.locator('main a[href^="/me/documents/"]')
    await expect
      .poll(
        async () => {
          await citizen.page.reload()
          return await receipt.count()
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(1)
    await citizen.press('main a[href^="/me/documents/"]')
    const [file] = await Promise.all([
      citizen.page.waitForEvent('download'),
      citizen.page.click('main a[href$="/file"]'),
    ])
    expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')
  })
})

describe('officers', () => {
  it('one looks at it', async () => {
    const officer = await openVisit(browser)
    await play(officer, 'assessor', `${desk}/desk/cases`)
    await review(officer, id, 'ตรงกับหนังสือรับรองของนายจ้าง')
    await officer.close()
  })

  it('who has looked at it cannot decide; another does, and sets the fine for filing late', async () => {
    const officer = await openVisit(browser)
    await play(officer, 'taxApprover', `${desk}/desk/cases`)
    await takeCase(officer, id)
    await decide(officer, id, { outcome: 'accepted', asked: { fine: '0' } })
    await officer.met('a case that is decided')
    await officer.close()
  })
})

describe('what comes of it', () => {
  it('the refund is sent by the bank, which says that it arrived', async () => {
    await untilSaid(citizen, id, 'โอนเข้าพร้อมเพย์แล้ว')
    expect(await citizen.text()).toContain('22,375.15')
    expect(await citizen.text()).toContain('รับแบบตามที่ยื่น')
    await citizen.met('a case that is over')
  })

  it('the signed result lies in the document box, and anybody can check it', async () => {
    await citizen.go('/me/documents')
    await citizen.met()
    const file = await checkedDocument(citizen, id, 'หนังสือแจ้งผลการตรวจแบบ ภ.ง.ด.91')
    expect(file.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('the register has the return, as another agency reads it', async () => {
    const path = `TH/GOV/RD/tax/filing-v1/taxpayers/${taxpayer.nationalId}/filings/2568`
    const filing = await asAgency('TH/GOV/DGA/portal', 'citizen-service', path)
    expect(filing).toMatchObject({ state: 'filed', refund: 2_237_515, taxWithheld: 6_930_000 })
  })

  it('the person sees who looked: agencies at registers, officers at the return', async () => {
    await citizen.go(`/me/applications/${id}`)
    await citizen.page.click('main details:has(a[href="/me/usage"]) summary')
    expect(await citizen.text()).toContain('กรมสรรพากร')
    await citizen.go('/me/usage')
    expect(await citizen.text()).toContain('กรมสรรพากร')
    expect(citizen.page.url()).toBe(`${portal}/me/usage`)
    await citizen.met()
  })
})

describe('a father without scripts, in English', () => {
  const father = sandboxPerson('father')
  let person: Visit

  it('files a return by pages alone', async () => {
    person = await openVisit(browser, { language: 'en', javaScript: false })
    await start(person, 'income-tax-return', 'father')
    await useFacts(person)
    await answerForm(person, {
      ...{ taxYear: '2568', onlyPay: 'yes', isDisabled: 'no', spouseIncome: '0' },
      ...{ children: 'none', parents: 'none' },
      claims: ['home'],
      homeLoan: '60,000',
      wantsRefund: 'yes',
    })
    expect(await person.text()).toContain('Paid too much and can be claimed back')
    await handIn(person)
    id = caseOf(person)
  })

  it('gets the refund and the sealed notice', async () => {
    await asOfficer('assessor', (officer) => review(officer, id, 'As the employer told.'))
    await asOfficer('taxApprover', async (officer) => {
      await takeCase(officer, id)
      await decide(officer, id, { outcome: 'accepted', asked: { fine: '0' } })
    })
    await untilSaid(person, id, 'Sent to your PromptPay account')
    await person.met('a case that is over')
    await checkedDocument(person, id, 'Notice of the result of your return')
  })

  it('has their return in the register, and sees who looked', async () => {
    const path = `TH/GOV/RD/tax/filing-v1/taxpayers/${father.nationalId}/filings/2568`
    const filing = await asAgency('TH/GOV/DGA/portal', 'citizen-service', path)
    expect(filing).toMatchObject({ state: 'filed' })
    await person.go('/me/usage')
    expect(await person.text()).toContain('Revenue Department')
    await person.met()
  })

  async function asOfficer(who: string, work: (officer: Visit) => Promise<void>): Promise<void> {
    const officer = await openVisit(browser, { language: 'en', javaScript: false })
    await play(officer, who, `${desk}/desk/cases`)
    await work(officer)
    await officer.close()
  }
})
