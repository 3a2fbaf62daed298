import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { faultsOfMet, neverHeld, pass } from './page-holds.ts'

const good = `<a class="skip" href="#main">To the content</a><nav><a href="?lang=en">English</a></nav>
<main id="main"><h1>Title</h1><p>Words</p><details><summary>More</summary><p>Rest</p></details><button>Go</button></main>`

/** What can be wrong with a page, and by which words it is told. */
const wrong = [
  ['pale', good.replace('<p>Words', '<p style="color: #ccc">Words'), 'color-contrast'],
  ['pale-behind-details', good.replace('<p>Rest', '<p style="color: #ccc">Rest'), 'color-contrast'],
  ['unlabelled', good.replace('<button', '<input name="q"><button'), 'label'],
  ['wide', good.replace('<p>Words', '<p style="width: 340px">Words'), 'at 320 is wider'],
  ['wide-everywhere', good.replace('<p>Words', '<p style="width: 1300px">Words'), 'at 1280 is wider'],
  ['thai-alone', `${good}<p hidden>always-thai</p>`, 'is not in en'],
  [
    'ringless',
    good.replace('<button', '<button style="outline: none"'),
    'does not show that it has the focus',
  ],
  ['trap', good.replace('<p>Words', '<p tabindex=0 onkeydown="return false">Words'), 'not reached'],
] as const

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function at(name: string, html: string, hasScripts: boolean): Promise<Page> {
  const page = await browser.newPage({ javaScriptEnabled: hasScripts })
  await page.route('**/*', (route) => {
    const isEnglish = route.request().url().includes('lang=en') && !html.includes('always-thai')
    const body = `<!doctype html><html lang="${isEnglish ? 'en' : 'th'}"><meta name="viewport" content="width=device-width">
      <title>Title</title><body style="margin: 8px">${html}</body></html>`
    return route.fulfill({ contentType: 'text/html; charset=utf-8', body })
  })
  await page.goto(`http://page.example/${name}`)
  return page
}

describe.each([true, false])('what every page is held to, scripts: %s', (hasScripts) => {
  it('lets a page pass that has no fault', async () => {
    const page = await at('good', good, hasScripts)
    expect(await faultsOfMet(page, { isAsked: true, hasScripts })).toEqual([])
  })

  // Without scripts a page is looked at in its own language, and cannot hold the keyboard.
  const apart = ['thai-alone', 'trap']
  it.each(wrong.filter(([name]) => hasScripts || !apart.includes(name)))(
    'finds what is wrong with one: %s',
    async (name, html, told) => {
      const page = await at(name, html, hasScripts)
      const faults = await faultsOfMet(page, { isAsked: true, hasScripts })
      expect(faults.join('\n')).toContain(told)
    },
  )

  it('knows a page that was passed, and never held', async () => {
    const page = await at('passed', good, hasScripts)
    pass(page, hasScripts)
    const place = `/passed${hasScripts ? '' : ' without scripts'}`
    expect(neverHeld()).toEqual([place])
    await faultsOfMet(page, { isAsked: true, hasScripts })
    expect(neverHeld()).toEqual([])
  })
})
