import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServedPortal } from '../serve.ts'
import { serveSite } from '../site.ts'
import { faultsOf, widthOver } from './accessibility.ts'
import { openBrowser } from './chromium.ts'

let browser: Browser
let site: ServedPortal

beforeAll(async () => {
  site = await serveSite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

async function visitor(cookies: string[], options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options })
  const added = cookies.map((name) => ({ name, value: '1', url: site.origin }))
  if (added.length > 0) await context.addCookies(added)
  return context
}

const paths = ['/', '/help', '/accessibility', '/privacy', '/offline', '/nowhere', '/me', '/me/inbox']

describe.each([
  ['th', 360],
  ['th', 1280],
  ['en', 360],
  ['en', 1280],
  // 1280 pixels at 400 % (WCAG 2.2, 1.4.10).
  ['th', 320],
] as const)('in %s at %i pixels', (language, width) => {
  it.each(paths)('%s has no fault that axe knows, nor is it wider than its window', async (path) => {
    const context = await visitor(['in', 'acting'], { viewport: { width, height: 800 } })
    const page = await context.newPage()
    await page.goto(`${site.origin}${path}?lang=${language}`)
    expect(await page.getAttribute('html', 'lang')).toBe(language)
    expect(await faultsOf(page)).toEqual([])
    expect(await widthOver(page)).toBeLessThanOrEqual(0)
    await context.close()
  })
})

describe('the frame of the portal', () => {
  it('lets the keyboard skip to the content, and shows where it is', async () => {
    const context = await visitor([])
    const page = await context.newPage()
    await page.goto(`${site.origin}/?lang=en`)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.className')).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('main')
    await context.close()
  })

  it('works without JavaScript, menu and language included', async () => {
    const context = await visitor(['in'], { javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(`${site.origin}/?lang=th`)
    await page.click('details.account summary')
    await page.click('details.account a[href="/me"]')
    expect(await page.textContent('h1')).toBe('หน้าของฉัน')
    await page.click('a[hreflang=en]')
    expect(await page.textContent('h1')).toBe('My page')
    await context.close()
  })

  it('runs its scripts under its own policy', async () => {
    const context = await visitor(['in'])
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
    page.on('pageerror', (error) => wrong.push(error.message))
    await page.goto(`${site.origin}/me?lang=th`)
    await page.click('details.account summary')
    await page.keyboard.press('Escape')
    expect(await page.locator('details.account[open]').count()).toBe(0)
    expect(wrong).toEqual([])
    await context.close()
  })
})

describe('offline', () => {
  it('the inbox is read as it was last seen, until its person is signed out', async () => {
    const context = await visitor(['in'])
    const page = await context.newPage()
    await page.goto(`${site.origin}/?lang=th`)
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await page.goto(`${site.origin}/me/inbox`)
    await context.setOffline(true)
    await page.goto(`${site.origin}/me/inbox`)
    expect(await page.textContent('main')).toContain('ข้อความของ สมหญิง ใจดี')
    await page.goto(`${site.origin}/help`)
    expect(await page.textContent('h1')).toBe('ไม่มีอินเทอร์เน็ต')
    await context.setOffline(false)
    await context.clearCookies()
    await page.goto(`${site.origin}/signed-out`)
    await context.setOffline(true)
    await page.goto(`${site.origin}/me/inbox`)
    expect(await page.textContent('h1')).toBe('ไม่มีอินเทอร์เน็ต')
    await context.close()
  })

  it('documents are listed, and those that the person chose are read, until they choose otherwise', async () => {
    const context = await visitor(['in'])
    const page = await context.newPage()
    const heading = async (path: string) => {
      await page.goto(site.origin + path)
      return await page.textContent('h1')
    }
    const file = () => page.evaluate(`caches.match('/me/documents/a-1/file').then((found) => found?.text())`)
    await page.goto(`${site.origin}/?lang=th`)
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)')
    await page.goto(`${site.origin}/me`)
    expect(await heading('/me/documents/a-1/kept')).toBe('เก็บแล้ว')
    expect(await file()).toBe('%PDF-1.7')
    await context.setOffline(true)
    expect(await heading('/me/documents')).toBe('เอกสารของฉัน')
    expect(await heading('/me/documents/a-1/kept')).toBe('เก็บแล้ว')
    expect(await heading('/me/documents/b-2/kept')).toBe('ไม่มีอินเทอร์เน็ต')
    await context.setOffline(false)
    await heading('/me/documents/a-1/not-kept')
    expect(await file()).toBeUndefined()
    await heading('/me/documents/a-1/kept')
    await context.clearCookies()
    await page.goto(`${site.origin}/signed-out`)
    expect(await file()).toBeUndefined()
    await context.close()
  })
})
