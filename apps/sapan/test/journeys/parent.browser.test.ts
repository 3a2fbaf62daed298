import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { chooseToActFor, fill } from './steps.ts'
import { openVisit, play, type Visit } from './visit.ts'

const child = sandboxPerson('child')

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each([
  { scripts: 'with JavaScript', javaScript: true },
  { scripts: 'without JavaScript', javaScript: false },
])('a parent $scripts', ({ javaScript }) => {
  let parent: Visit
  beforeAll(async () => {
    parent = await openVisit(browser, { language: 'en', javaScript })
    await play(parent, 'spouse')
  })

  it('names a child, of whom the register says that they are the parent', async () => {
    await parent.go('/me/mandates/child')
    await parent.met()
    await fill(parent, { child: child.nationalId })
    expect(await parent.heading()).toBe('Acting for others')
    expect(await parent.text()).toContain(child.name.en)
    await parent.met()
  })

  it('is refused somebody else’s child, in words of what to do', async () => {
    await parent.go('/me/mandates/child')
    await fill(parent, { child: sandboxPerson('elder').nationalId })
    expect(await parent.heading()).not.toBe('Acting for others')
    expect(await parent.page.locator('.ds-error-summary').count()).toBe(1)
    await parent.met('not the child of the parent')
  })

  it('acts for the child, and stops', async () => {
    await chooseToActFor(parent, child.name.en)
    expect(await parent.page.textContent('body')).toContain('Change or stop')
    await parent.met('acting for a child')
    await chooseToActFor(parent)
    expect(await parent.page.textContent('body')).not.toContain('Change or stop')
  })
})
