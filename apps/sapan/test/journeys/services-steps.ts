import type { Locator, Page } from 'playwright-core'
import type { Visit } from './visit.ts'

/** A file, as a person chooses one. */
export interface ChosenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** What a person types into an address: the house, and by what they look for its sub-district. */
export interface TypedAddress {
  readonly house: string
  readonly moo?: string
  readonly road?: string
  /** The name or the postal code of the place, of which the first found is taken. */
  readonly search: string
}

/** `yes` or `no`; a day as `2026-02-28`, a month as `2026-02`, each typed in the era of the page; amounts as people write them. */
export type Typed = string | readonly string[] | TypedAddress | TypedName | ChosenFile

export interface TypedName {
  readonly given: string
  readonly family: string
}

/** Fields of a page by their ids; what a page does not ask is left alone. */
export type Entry = Readonly<Record<string, Typed>>

/**
 * What somebody answers in a form: fields by their ids; of pages that repeat, the entries by the id of the page, of
 * which the first ones add to what registers filled in, `remove` takes one out, and those beyond are new; `none` takes all
 * out.
 */
export type Answers = Readonly<Record<string, Typed | readonly (Entry | 'remove')[]>>

/** Says on the first page what one needs, and reads the page of the service that it finds. */
export async function find(visit: Visit, says: string, service: string): Promise<void> {
  await visit.go('/')
  await visit.met('the first page')
  await visit.page.fill('main input[name=q]', says)
  await visit.press('main form[role=search] button')
  await visit.met('what was found')
  await visit.press(`main a[href="/services/${service}"]`)
  await visit.met('the page of a service')
}

/** Begins a service; who is not signed in does so first, as this person of the sandbox. */
export async function start(visit: Visit, service: string, person?: string): Promise<void> {
  const begin = `main a[href="/services/${service}/apply"]`
  if ((await visit.page.locator(begin).count()) > 0) await visit.press(begin)
  else await visit.go(`/services/${service}/apply`)
  await visit.met('the beginning of a service')
  const button = `main form[action="/services/${service}/apply"] button`
  const link = `main a[href="/services/${service}/begin"]`
  await visit.press((await visit.page.locator(link).count()) > 0 ? link : button)
  if (person === undefined || !visit.page.url().includes('/sign-in/')) return
  await visit.met('signing in')
  await visit.press(`button[name=person][value=${person}]`)
  // Who began it on another visit is shown what is in progress first.
  if ((await visit.page.locator(button).count()) > 0) await visit.press(button)
}

/**
 * At the page of facts: lets each register be asked, looks at what came, and uses it; again for what registers can only be
 * asked after it. Goes on with the form.
 */
export async function useFacts(visit: Visit): Promise<void> {
  const { page } = visit
  for (let round = 0; round < 4; round++) {
    await visit.met(`facts ${round} of ${formOf(page)}`)
    const form = page.locator(
      'main form[action$="/facts/use"]:has(input), main form[action$="/facts/ask"]:has(input)',
    )
    const radios = form.first().locator('input[type=radio][value=yes]')
    if ((await radios.count()) === 0) break
    for (const radio of await radios.all()) await radio.check()
    await pressIn(visit, form.first().locator('button:not([type=button])').last())
  }
  await visit.press('main a.ds-button')
}

/** Goes through all pages of a form from the list of tasks, and ends where the answers are checked. */
export async function answerForm(visit: Visit, answers: Answers): Promise<void> {
  const { page } = visit
  // Registers that are asked in the middle lead on to the next page.
  if (!page.url().includes('/pages/')) {
    await visit.met(`tasks of ${formOf(page)}`)
    await visit.press('main a[href*="/pages/"] >> nth=0')
  }
  for (let step = 0; step < 100; step++) {
    const path = new URL(page.url()).pathname
    if (path.endsWith('/review')) return
    // What could only be asked for after an answer.
    if (path.endsWith('/facts')) {
      await useFacts(visit)
      continue
    }
    const [, id] = /\/pages\/([^/]+)$/.exec(path) ?? []
    if (id === undefined) throw new Error(`the form is not whole: ${await visit.text()}`)
    await visit.met()
    const repeats = (await page.locator('main #entries').count()) > 0
    if (repeats) await answerEntries(visit, id, answers[id])
    else await answerPage(visit, answers)
  }
  throw new Error('the form has no end')
}

/** Fills in what the page asks and the person answers, and goes on. */
export async function answerPage(visit: Visit, answers: Answers): Promise<void> {
  for (const [id, value] of Object.entries(answers)) if (!isEntries(value)) await type(visit, id, value)
  await goOn(visit)
}

async function goOn(visit: Visit): Promise<void> {
  await visit.press('main .button-group button:not([name]) >> nth=0')
  const errors = visit.page.locator('.ds-error-summary')
  if ((await errors.count()) > 0)
    throw new Error(`at ${visit.page.url()}: ${await errors.first().textContent()}`)
}

async function answerEntries(visit: Visit, id: string, answers: Answers[string] | undefined): Promise<void> {
  const { page } = visit
  const list = page.url()
  const there = await page.locator('main #entries a[href$="/remove"]').count()
  const entries =
    answers === 'none' ? Array.from({ length: there }, () => 'remove' as const) : listOf(answers)
  for (const [at, entry] of entries.entries()) {
    if (entry === 'remove') continue
    const begun = page.locator(`main a[href$="/pages/${id}/${at + 1}"]`)
    await pressIn(visit, at < there ? begun.first() : page.locator(`main a[href$="/pages/${id}/new"]`))
    await visit.met(`an entry of ${id}`)
    await answerPage(visit, entry)
    // A form that goes on by itself after an entry is brought back to its list.
    if (page.url() !== list) await visit.go(list)
  }
  for (const [at, entry] of [...entries.entries()].reverse()) {
    if (entry !== 'remove') continue
    await visit.press(`main a[href$="/pages/${id}/${at + 1}/remove"]`)
    await visit.met(`removing one of ${id}`)
    await visit.press('main form button')
  }
  await goOn(visit)
}

/** Types into one field, where the page has it. */
export async function type(visit: Visit, id: string, value: Typed): Promise<void> {
  const { page } = visit
  const named = (name: string) => page.locator(`main form [name="${name}"]`)
  if (typeof value === 'string') return await typeText(page, id, value)
  if ('mimeType' in value) {
    if ((await named(id).count()) > 0) await named(id).setInputFiles({ ...value })
    return
  }
  if ('search' in value) return await typeAddress(visit, id, value)
  if ('given' in value) {
    if ((await named(`${id}-given`).count()) === 0) return
    await named(`${id}-given`).fill(value.given)
    await named(`${id}-family`).fill(value.family)
    return
  }
  for (const one of value) {
    const box = page.locator(`main form input[name="${id}"][value="${one}"]`)
    if ((await box.count()) > 0) await box.check()
  }
}

async function typeText(page: Page, id: string, value: string): Promise<void> {
  const [year = '', month = '', day] = value.split('-')
  const part = (name: string) => page.locator(`main form [name="${id}-${name}"]`)
  if ((await part('year').count()) > 0) {
    const isThai = (await page.getAttribute('html', 'lang')) === 'th'
    if (day !== undefined) await part('day').fill(String(Number(day)))
    await choose(part('month'), String(Number(month)))
    await part('year').fill(String(Number(year) + (isThai ? 543 : 0)))
    return
  }
  const input = page.locator(`main form [name="${id}"]:not([type=hidden])`)
  if ((await input.count()) === 0) return
  if ((await input.first().getAttribute('type')) === 'radio')
    await page.check(`main form input[name="${id}"][value="${value}"]`)
  else await choose(input, value)
}

async function choose(input: Locator, value: string): Promise<void> {
  const isSelect = (await input.evaluate((one) => one.nodeName)) === 'SELECT'
  if (isSelect) await input.selectOption(value)
  else await input.fill(value)
}

/** By steps that the server shows, as without scripts. */
async function typeAddress(visit: Visit, id: string, address: TypedAddress): Promise<void> {
  const { page } = visit
  const part = (name: string) => page.locator(`main form [name="${id}-${name}"]`)
  if ((await part('house').count()) === 0) return
  const { search, ...lines } = address
  for (const [line, value] of Object.entries(lines)) await part(line).fill(value)
  const change = page.locator(`main button[name=place][value="${id}:change"]`)
  if ((await change.count()) > 0) await pressIn(visit, change)
  await part('search').fill(search)
  await page.click(`main button[name=place][value="${id}:search"]`)
  const found = part('found')
  await found.first().waitFor()
  if ((await found.first().getAttribute('type')) === 'radio') await found.first().check()
  else await found.selectOption({ index: 1 })
  // With scripts, what was found is taken when it is chosen; else by its button.
  const isTaken = await change.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  )
  if (!isTaken) await visit.press(`main button[name=place][value="${id}:found"]`)
  await change.waitFor()
}

/** Declares that the answers are true, and hands them in. Ends at the new application. */
export async function handIn(visit: Visit): Promise<void> {
  await visit.met(`checking the answers of ${formOf(visit.page)}`)
  await visit.page.check('main [name=declared]')
  await visit.press('main form[action$="/submit"] button')
  await visit.met('what was handed in')
}

/** The service whose form is open. */
function formOf(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

/** Presses something, and waits for the page that follows. */
async function pressIn({ page }: Visit, what: Locator): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), what.click()])
  await page.waitForLoadState()
}

function listOf(value: Answers[string] | undefined): readonly (Entry | 'remove')[] {
  return value !== undefined && isEntries(value) ? value : []
}

function isEntries(value: Answers[string]): value is readonly (Entry | 'remove')[] {
  return Array.isArray(value) && value.some((one) => typeof one === 'object' || one === 'remove')
}
