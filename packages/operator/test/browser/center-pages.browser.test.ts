import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultsOf, widthOver } from '../../../portal/test/browser/accessibility.ts'
import { openBrowser } from '../../../portal/test/browser/chromium.ts'
import { keepADayOfCenter, type OperatorHouse, openOperatorHouse } from '../operator-house.ts'

let browser: Browser
let house: OperatorHouse
let page: Page
let fingerprint: string

beforeAll(async () => {
  house = await openOperatorHouse(undefined, 'center')
  await keepADayOfCenter(house)
  browser = await openBrowser()
  const { certificates } = (await house.country.operator('GET', '/v1/certificates')) as {
    certificates: { fingerprint: string }[]
  }
  fingerprint = certificates[0]?.fingerprint ?? ''
  const context = await browser.newContext({ javaScriptEnabled: false })
  page = await context.newPage()
  const { url } = (await (await house.link()).json()) as { url: string }
  await page.goto(url)
  await page.click('main button')
})
afterAll(async () => {
  await browser?.close()
  await house?.stop()
})

const member = encodeURIComponent('TH/GOV/DOPA')
const places = (print: string): Record<string, string> => ({
  home: '/operator',
  health: '/operator/health',
  members: '/operator/members',
  'members-none': '/operator/members?name=nobody',
  member: `/operator/members/${member}`,
  'member-new': '/operator/members/new',
  'subsystem-new': `/operator/members/${member}/subsystems/new`,
  gateways: '/operator/gateways',
  token: '/operator/gateways/token',
  certificates: '/operator/certificates',
  certificate: `/operator/certificates/${print}`,
  changes: '/operator/changes',
  settings: '/operator/settings',
})

describe.each([360, 1280])('at %i pixels', (width) => {
  it.each(Object.keys(places('')))(
    '%s: axe finds nothing, and nothing is wider than the window',
    async (name) => {
      await page.setViewportSize({ width, height: 900 })
      for (const language of ['th', 'en']) {
        const path = places(fingerprint)[name] ?? ''
        await page.goto(`${house.origin}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
        const folder = process.env.SAPAN_PICTURES
        if (folder !== undefined)
          await page.screenshot({ path: `${folder}/center-${name}-${width}-${language}.png`, fullPage: true })
        expect(await faultsOf(page)).toEqual([])
        expect(await widthOver(page)).toBeLessThanOrEqual(0)
      }
    },
  )
})

it('a member is added by hand, from an empty form to its page', async () => {
  await page.goto(`${house.origin}/operator/members/new?lang=en`)
  await page.click('main form button')
  expect(await page.textContent('[role=alert]')).toContain('Give a code')
  await page.check('input[value=LOC]')
  await page.fill('#code', 'BANGRAK')
  await page.fill('#name-th', 'เขตบางรัก')
  await page.fill('#name-en', 'Bang Rak District')
  await page.click('main form button')
  expect(await page.textContent('h1')).toBe('Bang Rak District')
})
