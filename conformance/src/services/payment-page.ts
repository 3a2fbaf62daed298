import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../identity/foundation/people.ts'
import { must } from '../identity/relying-party.ts'
import { inFolder } from '../tool.ts'
import { type Applied, payer } from './application.ts'
import { python } from './tools.ts'

export interface Seen {
  /** What a camera reads of the page as it stands on the screen. */
  readonly scanned: readonly { readonly format: string; readonly text: string }[]
  /** What the page says in words under the code. */
  readonly written: string
}

/** Shows the person the page on which they pay, photographs it, and pays at the sandbox's bank. */
export async function payOnPage({ program, id }: Applied): Promise<Seen> {
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({ locale: 'th', viewport: { width: 412, height: 915 } })
    const page = await signedIn(context, `${program.portal}/me/applications/${id}/pay`)
    const seen = await photographed(page)
    await press(page, 'main form:not([action^="/"]) button')
    await press(page, 'main form[action="/pay"] button')
    return seen
  } finally {
    await browser.close()
  }
}

async function signedIn(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  if (/\/sign-in\//.test(page.url())) await press(page, `form[action$="/play"] button[value="${payer}"]`)
  if (!page.url().includes('/me/payments/')) await page.goto(address)
  must(page.url().includes('/me/payments/'), `the person stays at ${new URL(page.url()).pathname}`)
  return page
}

async function photographed(page: Page): Promise<Seen> {
  const written = (await page.textContent('main code'))?.trim() ?? ''
  return await inFolder({}, async (folder) => {
    const path = join(folder, 'page.png')
    await page.screenshot({ path, fullPage: true })
    return { written, scanned: await python<Seen['scanned']>('qr.py', path) }
  })
}

async function press(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.locator(selector).first().click()])
  await page.waitForLoadState()
}
