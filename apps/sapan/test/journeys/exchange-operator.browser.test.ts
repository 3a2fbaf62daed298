import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { desk, openVisit, play, type Visit } from './visit.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** From the desk to the pages, by the place's own button. */
async function enter(visit: Visit, place: string): Promise<void> {
  await visit.go(`${desk}/desk/exchange`)
  await visit.met()
  await visit.press(`main form:has(input[value="${place}"]) button`)
  await visit.met('signing in')
  await visit.press('main form button')
  expect(new URL(visit.page.url()).pathname).toBe('/operator')
  await visit.met('overview')
}

describe('an officer whose duty the exchange is', () => {
  it('opens the gateway of their agency from the desk, and sees what is its own', async () => {
    const officer = await openVisit(browser)
    await play(officer, 'officer', `${desk}/desk/exchange`)
    await enter(officer, 'TH/GOV/DOPA/gateway-1')
    expect(await officer.text()).toContain('TH/GOV/DOPA')
    await officer.press('nav.navigation a[href="/operator/grants"]')
    await officer.met('grants')
    // What is the whole gateway's is not theirs.
    expect(await officer.page.locator('nav.navigation a[href="/operator/health"]').count()).toBe(0)
    const origin = new URL(officer.page.url()).origin
    await officer.go(`${origin}/operator/health`)
    expect(await officer.page.locator('h1').textContent()).toContain('ผู้ดูแลของสมาชิกรายเดียว')
  })

  it('opens the center, where their agency runs it', async () => {
    const partner = await openVisit(browser)
    await play(partner, 'partner', `${desk}/desk/exchange`)
    await enter(partner, 'TH')
    await partner.press('nav.navigation a[href="/operator/gateways"]')
    await partner.met('gateways')
    expect(await partner.text()).toContain('TH/GOV/RD/gateway-1')
  })
})
