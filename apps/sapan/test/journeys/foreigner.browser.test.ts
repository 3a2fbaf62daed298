import { sandboxTraveller } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { deviceAt } from './authenticator.ts'
import { fill, openAccount } from './steps.ts'
import { openVisit, type Visit } from './visit.ts'

const traveller = sandboxTraveller()

let browser: Browser
let foreigner: Visit

beforeAll(async () => {
  browser = await openBrowser()
  foreigner = await openVisit(browser, { language: 'en' })
  await deviceAt(foreigner.page)
  await openAccount(foreigner)
})
afterAll(() => browser?.close())

describe('a foreigner', () => {
  it('is told when a line of the passport was copied wrongly', async () => {
    await foreigner.go('/me/proofing/passport')
    await foreigner.met()
    const [first, second] = traveller.mrz
    const wrong = second.slice(0, 9) + ((Number(second[9]) + 1) % 10) + second.slice(10)
    await fill(foreigner, { lines: `${first}\n${wrong}` })
    expect(await foreigner.page.locator('.ds-error-summary').count()).toBe(1)
    await foreigner.met('a wrong line of a passport')
  })

  it('proves who they are by passport, and rises', async () => {
    await fill(foreigner, { lines: traveller.mrz.join('\n') })
    expect(await foreigner.heading()).toBe('You have proved who you are')
    expect(await foreigner.text()).toContain('1.3')
    expect((await foreigner.text()).toUpperCase()).toContain(traveller.name.family.toUpperCase())
    await foreigner.met()
    await foreigner.go('/me/proofing')
    await foreigner.met()
  })
})
