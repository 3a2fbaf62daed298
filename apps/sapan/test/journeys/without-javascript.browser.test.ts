import { sandboxLaserCode, sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import type { House } from '../../src/identity/house.ts'
import { bornOn, companyAsksConsent, openBackDoor, revenueLooksAt } from './agencies.ts'
import { fill, proveByCard } from './steps.ts'
import { desk, openVisit, play, type Visit } from './visit.ts'

const number = sandboxPerson('partner').nationalId
const off = { language: 'en', javaScript: false } as const

let browser: Browser
let house: House
let person: Visit

beforeAll(async () => {
  browser = await openBrowser()
  house = await openBackDoor()
  person = await openVisit(browser, off)
  await play(person, 'partner')
})
afterAll(async () => {
  await house?.close()
  await browser?.close()
})

describe('without JavaScript', () => {
  it('a person is told why there is no passkey, and proves who they are by their card', async () => {
    const stranger = await openVisit(browser, off)
    await stranger.go('/me')
    expect(await stranger.text()).toContain('Passkeys need a browser with JavaScript')
    await stranger.close()
    await person.go('/me/proofing/card/number')
    await proveByCard(person, { number, code: sandboxLaserCode(number), born: await bornOn(number) })
    expect(await person.heading()).toBe('You have proved who you are')
  })

  it('a consent is given and withdrawn', async () => {
    const id = await companyAsksConsent(house, number)
    await person.go(`/me/consents/${id}`)
    await person.press('form[action$="/give"] button')
    expect(await person.text()).toContain('In force')
    await person.press('form[action$="/withdraw"] button')
    expect(await person.text()).toContain('Withdrawn')
  })

  it('a mandate is given question by question, and accepted', async () => {
    await person.go('/me/mandates/give')
    await person.page.check('main [name=way][value=number]')
    await fill(person, { number: sandboxPerson('employee').nationalId })
    await person.page.check('main [name=scopes][value=see-documents]')
    await person.press('main form button')
    for (let step = 0; step < 6 && (await person.heading()) !== 'Your offer is sent'; step++) {
      if ((await person.heading()) === 'Till which day?') await fill(person, nextMonth())
      else await person.press('main form button')
    }
    expect(await person.heading()).toBe('Your offer is sent')
    const holder = await openVisit(browser, off)
    await play(holder, 'employee', '/me/mandates')
    await holder.press('main a[href^="/me/mandates/answer/"]')
    await holder.press('main button[value=accept]')
    expect(await holder.text()).toContain(sandboxPerson('partner').name.en)
    await holder.close()
  })

  it('a person asks about an access, and an officer takes and answers the task', async () => {
    expect((await revenueLooksAt(number)).code).toBe(0)
    await person.go('/me/usage')
    await person.press('main .entries a:has-text("Revenue Department looked")')
    await fill(person, { question: 'Why did you look at my data?' })
    const officer = await openVisit(browser, off)
    await play(officer, 'employee', `${desk}/desk/tasks`)
    await officer.press('main form[action="/desk/tasks/next"] button')
    await officer.page.fill('[name=answer]', 'Your return was assessed.')
    await officer.page.fill('[name=reasons]', 'Revenue Code, section 19')
    await officer.press('form[action$="/answer"] button')
    await officer.close()
    await person.go('/me/questions')
    await person.press('main table a >> nth=0')
    expect(await person.text()).toContain('Your return was assessed.')
  })
})

function nextMonth(): Record<string, string> {
  const day = new Date(Date.now() + 30 * 86_400_000)
  return {
    'till-day': String(day.getDate()),
    'till-month': String(day.getMonth() + 1),
    'till-year': String(day.getFullYear()),
  }
}
