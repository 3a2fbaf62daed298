import { EXAMPLE_COMPANY } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import type { House } from '../../src/identity/house.ts'
import { openBackDoor, preparedJointAct } from './agencies.ts'
import { chooseToActFor } from './steps.ts'
import { openVisit, play, type Visit } from './visit.ts'

let browser: Browser
let house: House
let director: Visit

beforeAll(async () => {
  browser = await openBrowser()
  house = await openBackDoor()
  director = await openVisit(browser)
  await play(director, 'taxpayer')
})
afterAll(async () => {
  await house?.close()
  await browser?.close()
})

describe('a company director', () => {
  it('finds the company that the register names them for, with its signing condition', async () => {
    await director.go('/me/mandates')
    await director.met()
    expect(await director.text()).toContain('บริษัท')
    expect(await director.text()).toContain('ประทับตรา')
  })

  it('acts for it, and every page says so until they stop', async () => {
    await director.go('/me/mandates/act')
    await director.met()
    await chooseToActFor(director, 'บริษัท สมมติ')
    await director.go('/me')
    expect(await director.page.textContent('body')).toContain('เปลี่ยนหรือเลิกทำการแทน')
    await director.met('acting')
    await chooseToActFor(director)
    expect(await director.page.textContent('body')).not.toContain('เปลี่ยนหรือเลิกทำการแทน')
  })

  it('prepares what two do jointly; it is done when the second has confirmed it at a sign-in of their own', async () => {
    const other = await openVisit(browser, { language: 'en' })
    await play(other, 'spouse')
    const act = await preparedJointAct(house, EXAMPLE_COMPANY)
    await director.go(`/me/mandates/joint/${act}`)
    await director.met()
    expect(await director.text()).toContain('1 คน')
    await other.go('/me/mandates')
    await other.press(`main a[href="/me/mandates/joint/${act}"]`)
    expect(await other.text()).toContain('เพิ่มกรรมการหนึ่งคน')
    await other.page.check('main [name=seal]')
    await other.press('main button[value=confirm]')
    expect(await other.text()).toContain('2 people')
    await other.met('a joint act that is complete')
    await director.page.reload()
    expect(await director.text()).toContain('2 คน')
    expect(await director.page.locator('main button[value=confirm]').count()).toBe(0)
    await other.close()
  })
})
