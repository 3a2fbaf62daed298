import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { desk, openVisit, play, type Visit } from './visit.ts'

const helped = sandboxPerson('foreigner')

let browser: Browser
let helper: Visit
let person: Visit

beforeAll(async () => {
  browser = await openBrowser()
  person = await openVisit(browser)
  await play(person, 'foreigner')
  // As at many counters: the officer's own page reloads by itself where scripts run, and by a press here.
  helper = await openVisit(browser, { language: 'en' })
  await play(helper, 'officer', `${desk}/desk/helping`)
})
afterAll(() => browser?.close())

describe('a helper at a counter', () => {
  it('asks, and acts when the person agrees to the number that both see', async () => {
    await helper.met()
    await helper.page.fill('main [name=number]', helped.nationalId)
    await helper.page.fill('main [name=case]', 'DOPA-2569-0001')
    await helper.page.check('main [name=scopes] >> nth=0')
    await helper.press('main form button')
    const sign = ((await helper.page.textContent('main .number')) ?? '').trim()
    expect(sign).not.toBe('')
    await person.go('/me/waiting')
    await person.met()
    await person.press('main a[href*="/me/mandates/help/"]')
    expect(await person.page.textContent('main .number')).toContain(sign)
    await person.met()
    await person.press('main button[value=approve]')
    await helper.page.waitForSelector('form[action$="/begin"]')
    await helper.met('a helper whom the person lets')
  })

  it('is shown as acting for the person, in what they do, until it ends', async () => {
    await helper.press('form[action$="/begin"] button')
    expect(await helper.text()).toContain(helped.name.en)
    await helper.met('a helper who acts')
    await helper.press('form[action$="/act"] button')
    await helper.met('a helper who did something')
    await person.go('/me/security/history')
    expect(await person.text()).toContain('สุนีย์')
    await helper.press('form[action$="/end"] button')
    expect(await helper.page.locator('form[action$="/act"]').count()).toBe(0)
    await helper.met('help that is over')
  })
})
