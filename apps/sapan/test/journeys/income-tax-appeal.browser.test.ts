import { EXAMPLE_COMPANY, sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import {
  asAgency,
  caseOf,
  checkedDocument,
  decide,
  review,
  takeCase,
  untilSaid,
  workFor,
} from './case-steps.ts'
import { answerForm, handIn, start, useFacts } from './services-steps.ts'
import { desk, openVisit, passing, play, type Visit } from './visit.ts'

const taxpayer = sandboxPerson('spouse')

let browser: Browser
let citizen: Visit
let id: string
/** Satang that the person claims, what the officer lets them have at first, and the fine for filing late. */
let claimed: number
let withheld: number
const first = 100_000
const fine = 20_000

beforeAll(async () => {
  browser = await openBrowser()
  citizen = await openVisit(browser, { language: 'en' })
})
afterAll(() => browser?.close())

/** As officers type it. */
const baht = (satang: number) => (satang / 100).toFixed(2)

/** An amount that stands behind these words. */
async function amountAfter(words: string): Promise<number> {
  const text = (await citizen.text()).split(words)[1] ?? ''
  const [amount = ''] = /[\d,]+\.\d\d/.exec(text) ?? []
  return Math.round(Number(amount.replaceAll(',', '')) * 100)
}

async function asOfficer<T>(person: string, work: (officer: Visit) => Promise<T>): Promise<T> {
  const officer = await openVisit(browser, { language: 'en' })
  await play(officer, person, `${desk}/desk/cases`)
  const done = await work(officer)
  await officer.close()
  return done
}

const read = () =>
  asAgency(
    'TH/GOV/DGA/portal',
    'citizen-service',
    `TH/GOV/RD/tax/filing-v1/taxpayers/${taxpayer.nationalId}/filings/2568`,
  )

describe('a return that is assessed otherwise', () => {
  it('is handed in', async () => {
    // Its pages are held on the journey of a return.
    const form = passing(citizen)
    await start(form, 'income-tax-return', 'spouse')
    await useFacts(form)
    await answerForm(form, {
      taxYear: '2568',
      onlyPay: 'yes',
      isDisabled: 'no',
      spouseIncome: '990,000',
      employers: [
        {
          employerName: 'บริษัท สมมติ จำกัด',
          employerId: EXAMPLE_COMPANY,
          wages: '600,000',
          taxWithheld: '40,000',
        },
      ],
      children: 'none',
      parents: 'none',
      claims: ['home'],
      homeLoan: '100,000',
      wantsRefund: 'yes',
    })
    claimed = await amountAfter('can be claimed back')
    withheld = await amountAfter('Tax withheld already')
    expect(claimed).toBeGreaterThan(first)
    await handIn(passing(citizen))
    id = caseOf(citizen)
  })

  it('is looked at by one officer', async () => {
    await asOfficer('assessor', (officer) => review(officer, id, 'No certificate.'))
  })

  it('is assessed by another, with reason and law', async () => {
    await asOfficer('taxApprover', async (officer) => {
      await takeCase(officer, id)
      await decide(officer, id, {
        outcome: 'assessed',
        reasons: ['allowance-not-proved'],
        words: 'There is no certificate of the interest.',
        asked: { assessedTax: baht(withheld - first), fine: baht(fine) },
      })
    })
  })

  it('gives less, of which the register knows, and a sealed notice', async () => {
    await untilSaid(citizen, id, 'Sent to your PromptPay account')
    expect(await citizen.text()).toContain('An allowance was not proved.')
    // The fine is set off.
    expect(await amountAfter('Money that you get')).toBe(first - fine)
    expect(await read()).toMatchObject({
      refund: first,
      assessments: [{ kind: 'assessment', refund: first }],
    })
    await checkedDocument(citizen, id, 'Notice of the result of your return')
    await citizen.go(`/me/applications/${id}`)
    await citizen.met('a case that was assessed otherwise')
  })
})

describe('an appeal', () => {
  it('is handed in with its grounds', async () => {
    await citizen.press('main a[href$="/appeal"]')
    await citizen.met()
    await citizen.page.fill('main textarea', 'Here is the certificate: number 12/2568.')
    await citizen.press('main form[action$="/appeal"] button')
    await citizen.met('an appeal')
  })

  it('is not for who decided first', async () => {
    await asOfficer('taxApprover', async (officer) => {
      await officer.go(`${desk}/desk/cases/${id}`)
      expect(await officer.text()).toContain('Here is the certificate')
      expect(await officer.page.locator('main a[href*="/decide/"]').count()).toBe(0)
      expect(await officer.page.locator('main form[action$="/take"]').count()).toBe(0)
    })
  })

  it('is decided by another, and gives what the assessment has not given already', async () => {
    await asOfficer('appealsJudge', async (officer) => {
      await workFor(officer, 'Revenue Department')
      await takeCase(officer, id)
      expect(await officer.text()).toContain('Here is the certificate: number 12/2568.')
      await decide(officer, id, { outcome: 'accepted', asked: { fine: '0' } })
    })
    await untilSaid(citizen, id, 'After the appeal')
    await untilSaid(citizen, id, 'Accepted as filed')
    await expect
      .poll(
        async () => {
          await citizen.page.reload()
          return (await citizen.text()).split('Sent to your PromptPay account').length
        },
        { timeout: 30_000 },
      )
      .toBe(3)
    const [, ...amounts] = (await citizen.text()).split('Money that you get')[1]?.split('Amount') ?? []
    const sums = amounts.slice(0, 2).map((one) => /[\d,]+\.\d\d/.exec(one)?.[0].replaceAll(',', ''))
    const sum = sums.reduce((all, one) => all + Math.round(Number(one) * 100), 0)
    expect(sum).toBe(claimed)
    await citizen.met('a case after its appeal')
    const appeal = { kind: 'appeal', refund: claimed }
    expect(await read()).toMatchObject({ refund: claimed, assessments: [appeal, { kind: 'assessment' }] })
  })

  it('has a sealed notice of its own beside the first', async () => {
    const notices = citizen.page.locator('main a[href^="/me/documents/"]:has-text("Notice of the result")')
    expect(await notices.count()).toBe(2)
    await checkedDocument(citizen, id, 'Notice of the result of your return')
  })
})
