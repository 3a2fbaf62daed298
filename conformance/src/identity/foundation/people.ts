import packed from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** The Chromium of npm, or another one that `SAPAN_CHROMIUM` names. */
export async function openBrowser(): Promise<Browser> {
  const own = process.env.SAPAN_CHROMIUM
  if (own !== undefined) return await chromium.launch({ executablePath: own, args: ['--no-sandbox'] })
  // In one process, as its own arguments have it, it ends with the first page that is closed.
  const args = packed.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote')
  return await chromium.launch({ executablePath: await packed.executablePath(), args })
}

/** A sandbox person before a browser of their own, who signs in and agrees wherever they are asked. */
export class Visitor {
  readonly #context: BrowserContext
  readonly #suite: string
  /** Who refuses does not sign in; what they agreed to before is not asked again. */
  decision: 'agree' | 'refuse' = 'agree'

  private constructor(context: BrowserContext, suite: string) {
    this.#context = context
    this.#suite = suite
  }

  static async arrive(browser: Browser, suite: string): Promise<Visitor> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en' })
    // The suite's pages ask for scripts of the wide network, which nobody here waits for.
    await context.route(
      (url) => url.hostname !== 'localhost',
      (route) => route.abort(),
    )
    return new Visitor(context, suite)
  }

  /** Goes to an address, and on until the suite has them back or a page asks nothing; gives a picture of what was shown. */
  async visit(address: string, { byForm, isLooking }: Way): Promise<Visit> {
    const page = await this.#context.newPage()
    try {
      if (byForm) await post(page, address)
      else await page.goto(address)
      let asked: Buffer | undefined
      for (let step = 0; step < 6 && !page.url().startsWith(this.#suite); step++) {
        const press = isLooking ? undefined : await nextPress(page, this.decision)
        if (press === undefined) return { isBack: false, last: await picture(page), asked }
        asked ??= await picture(page)
        await Promise.all([page.waitForLoadState('load'), press()])
      }
      await page.waitForSelector('#submission_complete', { state: 'attached', timeout: 8000 }).catch(() => {})
      return { isBack: true, last: await picture(page), asked }
    } finally {
      await page.close()
    }
  }

  async leave(): Promise<void> {
    await this.#context.close()
  }
}

export interface Way {
  /** The request goes as a form (POST). */
  readonly byForm: boolean
  /** They press nothing. */
  readonly isLooking: boolean
}

export interface Visit {
  /** Whether the person ended at the suite. */
  readonly isBack: boolean
  readonly last: Buffer
  /** The first page on which something was asked of them. */
  readonly asked: Buffer | undefined
}

const play = 'button[name=person][value=taxpayer]'

/** What the person does on this page, by where it is; nothing on a page that says something went wrong. */
async function nextPress(page: Page, decision: string): Promise<(() => Promise<void>) | undefined> {
  const path = new URL(page.url()).pathname
  const buttons = [
    [/^\/sign-in\/[^/]+$/, decision === 'agree' ? play : 'form[action$="/cancel"] button'],
    [/\/consent$/, `button[name=decision][value=${decision}]`],
    [/^\/oidc\/sign-out$/, 'button[name=logout][value=yes]'],
  ] as const
  const button = buttons.find(([where]) => where.test(path))?.[1]
  if (button === undefined || (await page.locator(button).count()) === 0) return undefined
  return async () => await page.locator(button).click()
}

async function picture(page: Page): Promise<Buffer> {
  return await page.screenshot({ type: 'jpeg', quality: 60 })
}

/** Sends the parameters of an address as a form does, from another site. */
async function post(page: Page, address: string): Promise<void> {
  const url = new URL(address)
  const fields = [...url.searchParams]
  await page.evaluate(
    ([action, pairs]) => {
      const form = document.createElement('form')
      form.method = 'post'
      form.action = action
      for (const [name, value] of pairs) {
        const input = document.createElement('input')
        input.name = name
        input.value = value
        form.append(input)
      }
      document.body.append(form)
      form.submit()
    },
    [url.origin + url.pathname, fields] as const,
  )
  await page.waitForURL((at) => at.protocol === 'https:')
  await page.waitForLoadState('load')
}
