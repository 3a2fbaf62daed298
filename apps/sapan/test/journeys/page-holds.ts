import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { faultsOf } from '../../../../packages/portal/test/browser/accessibility.ts'

/** A telephone, a desk, and 1280 pixels at 400 % (WCAG 2.2, 1.4.10). */
const widths = [1280, 320, 360] as const

const met = new Set<string>()
const passed = new Set<string>()
const held = new Set<string>()

/** A page by what it is, not by whose: numbers and codes in its address say nothing about it. */
function kindOf({ port, pathname }: URL): string {
  return port + pathname.replace(/[^/]*\d[^/]{7,}|[\w-]{24,}/g, '*')
}

function placeOf(page: Page, hasScripts: boolean): string {
  return `${kindOf(new URL(page.url()))}${hasScripts ? '' : ' without scripts'}`
}

/** Somebody's browser has come to a page. */
export function pass(page: Page, hasScripts: boolean): void {
  if (page.url().startsWith('http')) passed.add(placeOf(page, hasScripts))
}

/** The kinds of pages that were passed in this file, and not once held; with scripts and without are two. */
export function neverHeld(): string[] {
  return [...passed].filter((place) => !held.has(place)).sort()
}

export interface Meeting {
  /** Whether the page was asked for, and is no answer to a form. */
  readonly isAsked: boolean
  readonly hasScripts: boolean
  /** Of a step that has no address of its own. */
  readonly name?: string | undefined
}

/**
 * What is wrong with the page as it stands, a line each; with scripts in both languages, without in its own. A page of one
 * kind is looked at once in a file; what was the answer to a form cannot be asked for again, and is looked at as it is.
 */
export async function faultsOfMet(page: Page, { isAsked, hasScripts, name }: Meeting): Promise<string[]> {
  held.add(placeOf(page, hasScripts))
  const address = new URL(page.url())
  const language = (await page.getAttribute('html', 'lang')) ?? ''
  const key = `${name ?? kindOf(address)}${hasScripts ? '' : ' without scripts'}`
  if (met.has(`${key} ${language}`)) return []
  const here = await faultsHere(page, key, language)
  const other = language === 'th' ? 'en' : 'th'
  // The made-up bank says everything in both languages at once.
  const isOffered = (await page.locator(`a[href*="lang=${other}"]`).count()) > 0
  if (!isAsked) return here
  // Looking at a page opens and focuses things, which no script puts back.
  if (!hasScripts) await page.goto(address.href)
  if (!hasScripts || !isOffered || met.has(`${key} ${other}`)) return here
  await inLanguage(page, address, other)
  const there = await faultsHere(page, key, other)
  await inLanguage(page, address, language)
  return [...here, ...there]
}

async function inLanguage(page: Page, address: URL, language: string): Promise<void> {
  const asked = new URL(address)
  asked.searchParams.set('lang', language)
  await page.goto(asked.href)
}

async function faultsHere(page: Page, key: string, language: string): Promise<string[]> {
  met.add(`${key} ${language}`)
  const found: string[] = []
  if ((await page.getAttribute('html', 'lang')) !== language) found.push(`is not in ${language}`)
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 })
    found.push(...(await tooWide(page, width)))
    await picture(page, `${key} ${language} ${width}`)
  }
  if (before) await page.setViewportSize(before)
  found.push(...(await mainActionByKeyboard(page)), ...(await faultsOf(page)))
  return found.map((fault) => `${key} (${language}) ${fault}`)
}

/** What stands out on the right, where the page is wider than its window. */
async function tooWide(page: Page, width: number): Promise<string[]> {
  const standing = await page.evaluate<string[]>(`(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return []
    const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    return [document.documentElement.scrollWidth + ': ' + out.slice(-3).map((one) => one.outerHTML.slice(0, 120)).join(' | ')]
  })()`)
  return standing.map((fault) => `at ${width} is wider: ${fault}`)
}

/** From the top, with the tabulator alone, to the first button of the content; there it shows that it has the focus. */
async function mainActionByKeyboard(page: Page): Promise<string[]> {
  const marked = await page.evaluate<boolean>(`(() => {
    const all = [...document.querySelectorAll('main button, main .ds-button')]
    const first = all.find((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0)
    first?.setAttribute('data-journey', '')
    document.querySelector('.skip')?.focus()
    return first !== undefined
  })()`)
  if (!marked) return []
  for (let step = 0; step < 250; step++) {
    await page.keyboard.press('Tab')
    const ring = await page.evaluate<string | null>(
      `document.activeElement.hasAttribute('data-journey') ? getComputedStyle(document.activeElement).outlineStyle : null`,
    )
    if (ring === 'none') return ['the main action does not show that it has the focus']
    if (ring !== null) return []
  }
  return ['the main action is not reached by the keyboard']
}

/** For whoever looks at them: `SAPAN_JOURNEYS_PICTURES` names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SAPAN_JOURNEYS_PICTURES
  if (folder === undefined) return
  const path = join(folder, `${name.replace(/[^\w-]+/g, '-')}.png`)
  await page.screenshot({ path, fullPage: true })
}
