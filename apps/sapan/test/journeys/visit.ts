import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { faultsOfMet, pass } from './page-holds.ts'

export const { home, endpoints, databaseUrl } = inject('country')

/** An address of the country, which has it for sure. */
const sure = (address: string | undefined): string => {
  if (address === undefined) throw new Error('the country has no such place')
  return address
}

export const portal = sure(endpoints.portal)
export const desk = sure(endpoints.desk)
export const issuer = sure(endpoints.identity)

export interface VisitOptions {
  readonly language?: 'th' | 'en'
  readonly javaScript?: boolean
  /** Of the window, in pixels: a telephone by default. */
  readonly width?: number
}

/** Somebody's browser. */
export interface Visit {
  readonly page: Page
  /** Goes to a path of the portal, or to an address. */
  go(place: string): Promise<void>
  /** Presses what has this text or, with a dot, slash or bracket in it, is found by this selector; waits for the page that follows. */
  press(selector: string): Promise<void>
  /** Holds the page as it stands to what every page is held to. A step in one address has a name. */
  met(name?: string): Promise<void>
  heading(): Promise<string>
  text(): Promise<string>
  /** The same browser with another tab. */
  another(): Promise<Visit>
  close(): Promise<void>
}

export async function openVisit(browser: Browser, options: VisitOptions = {}): Promise<Visit> {
  const { language = 'th', javaScript = true, width = 360 } = options
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    javaScriptEnabled: javaScript,
    locale: language === 'th' ? 'th-TH' : 'en-GB',
    acceptDownloads: true,
  })
  return await openTab(context, javaScript)
}

async function openTab(context: BrowserContext, javaScript: boolean): Promise<Visit> {
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const wrong: string[] = []
  let method = 'GET'
  page.on('response', (response) => {
    const request = response.request()
    if (response.status() >= 500) wrong.push(`${response.status()} at ${request.method()} ${response.url()}`)
    if (
      response.status() >= 400 &&
      ['script', 'stylesheet', 'font', 'image'].includes(request.resourceType())
    )
      wrong.push(`${response.status()} for a file of the page: ${response.url()}`)
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) method = request.method()
  })
  page.on('domcontentloaded', () => pass(page, javaScript))
  page.on('pageerror', ({ message }) => wrong.push(message))
  page.on('console', (message) => {
    // A page that says what to mend has a status of 4xx, of which Chromium tells the console as well.
    if (message.type() === 'error' && !message.text().includes('status of 4')) wrong.push(message.text())
  })
  const holds = () => expect(wrong).toEqual([])
  return {
    page,
    go: async (place) => {
      await page.goto(place.startsWith('/') ? portal + place : place)
      holds()
    },
    press: async (selector) => {
      await Promise.all([page.waitForEvent('domcontentloaded'), page.click(selector)])
      await page.waitForLoadState()
      holds()
    },
    met: async (name) => {
      const how = { isAsked: method === 'GET', hasScripts: javaScript, name }
      expect(await faultsOfMet(page, how)).toEqual([])
      holds()
    },
    heading: async () => ((await page.textContent('h1')) ?? '').trim(),
    text: async () => (await page.textContent('main')) ?? '',
    another: () => openTab(context, javaScript),
    close: () => context.close(),
  }
}

/** The same browser on pages that another journey holds: they are passed, not held again. */
export function passing(visit: Visit): Visit {
  return { ...visit, met: async () => {} }
}

/** Signs in as somebody of the sandbox, at the face of which `place` is a page; they are there afterwards. */
export async function play(visit: Visit, person: string, place = '/me'): Promise<void> {
  await visit.go(place)
  await visit.met('signing in')
  await visit.press(`button[name=person][value=${person}]`)
}
