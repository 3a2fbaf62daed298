import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { deviceAt } from './authenticator.ts'
import { openAccount, signOut } from './steps.ts'
import { openVisit, portal, type Visit } from './visit.ts'

let browser: Browser
let person: Visit

beforeAll(async () => {
  browser = await openBrowser()
  person = await openVisit(browser)
  await deviceAt(person.page)
  await openAccount(person)
})
afterAll(() => browser?.close())

describe('the portal as an application of one’s own', () => {
  it('can be installed: its manifest has a name, icons, and a start', async () => {
    const href = await person.page.getAttribute('link[rel=manifest]', 'href')
    const manifest = await (await fetch(portal + href)).json()
    expect(manifest).toMatchObject({ display: 'standalone', name: expect.stringContaining('สะพาน') })
    for (const { src } of manifest.icons) expect((await fetch(new URL(src, portal))).status).toBe(200)
  })

  it('shows the inbox where there is no network, with messages that were not opened yet, and nothing of it after signing out', async () => {
    const { page } = person
    const { context } = { context: page.context() }
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await person.go('/me/inbox')
    const message = (await page.textContent('main table a')) ?? ''
    const unread = (await page.getAttribute('main table a', 'href')) ?? ''
    expect(message).not.toBe('')
    await page.waitForFunction("caches.match('/me/inbox/offline').then((kept) => kept !== undefined)")
    await context.setOffline(true)
    await page.goto(portal + unread)
    expect(await page.textContent('main')).toContain(message)
    await page.goto(`${portal}/me/inbox`)
    expect(await page.textContent('main')).toContain(message)
    await context.setOffline(false)
    await person.go('/me')
    await signOut(person)
    await context.setOffline(true)
    await page.goto(`${portal}/me/inbox`)
    expect(await page.textContent('body')).not.toContain(message)
    await context.setOffline(false)
  })
})
