import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { timeIsOver } from './agencies.ts'
import { asAgency, caseOf, checkedDocument, payAtBank, untilSaid } from './case-steps.ts'
import { neverHeld } from './page-holds.ts'
import { answerForm, find, handIn, start, useFacts } from './services-steps.ts'
import { actForChild, chooseToActFor } from './steps.ts'
import { openVisit, play, type Visit } from './visit.ts'

const service = 'house-registration-copy'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each([
  {
    person: 'father',
    language: 'th',
    javaScript: true,
    width: 1280,
    says: 'คัดสำเนาทะเบียนบ้าน',
    done: 'เสร็จแล้ว',
    copy: 'สำเนาทะเบียนบ้าน',
  },
  {
    person: 'director',
    language: 'en',
    javaScript: false,
    width: 320,
    says: 'copy of house registration',
    done: 'Finished',
    copy: 'Copy of the house registration',
  },
] as const)('the copy of a house registration in $language, scripts: $javaScript', (how) => {
  const { nationalId } = sandboxPerson(how.person)
  let person: Visit
  let id: string
  beforeAll(async () => {
    person = await openVisit(browser, how)
  })
  afterAll(() => person?.close())

  it('is asked for with what the register says of the house', async () => {
    await find(person, how.says, service)
    await start(person, service, how.person)
    await useFacts(person)
    await answerForm(person, { shows: 'whole' })
    await handIn(person)
    id = caseOf(person)
    await person.met('an application that is to be paid')
  })

  it('is paid at the bank by the code of the QR, and made at once', async () => {
    await payAtBank(person)
    await untilSaid(person, id, how.done)
    await person.met('an application that is done')
  })

  it('lies sealed in the document box', async () => {
    const pdf = await checkedDocument(person, id, how.copy)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('stands in the register, as another agency reads it', async () => {
    const path = `TH/GOV/DOPA/population/house-v1/persons/${nationalId}/copies`
    const told = await asAgency('TH/GOV/DGA/portal', 'citizen-service', path)
    expect(told).toMatchObject({
      nationalId,
      copies: expect.arrayContaining([expect.objectContaining({ number: expect.stringMatching(/^TR14\//) })]),
    })
  })
})

describe('a parent who acts for a child', () => {
  const child = sandboxPerson('child')
  let parent: Visit
  beforeAll(async () => {
    parent = await openVisit(browser, { language: 'en' })
    await play(parent, 'spouse')
    await parent.met()
    await actForChild(parent, child.nationalId)
    await chooseToActFor(parent, child.name.en)
  })
  afterAll(() => parent?.close())

  const asked = async (): Promise<string> => {
    await start(parent, service)
    await useFacts(parent)
    await answerForm(parent, { shows: 'own' })
    await handIn(parent)
    return caseOf(parent)
  }

  it('asks for a copy with the child’s entry, and withdraws it before it is paid', async () => {
    const id = await asked()
    await untilSaid(parent, id, 'Waiting for your payment')
    expect(await parent.text()).toContain('20.00')
    await parent.go(`/me/applications/${id}/withdraw`)
    await parent.met('withdrawing')
    await parent.press('main form button')
    await untilSaid(parent, id, 'Withdrawn')
  })

  it('asks once more and does not pay: when its time is over, it ends', async () => {
    const id = await asked()
    await timeIsOver(id)
    await untilSaid(parent, id, 'Closed without a decision')
    await parent.met('an application that ended')
  })
})

it('all pages that were passed were held, by axe and at every width', () => {
  expect(neverHeld()).toEqual([])
})
