import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPool } from '@sapan/kernel'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { caseOf } from './case-steps.ts'
import { answerForm, answerPage, handIn, start, type, useFacts } from './services-steps.ts'
import { databaseUrl, home, issuer, openVisit, play, portal, type Visit } from './visit.ts'

/** What people do to a form that nobody planned: one service stands for all, since all have the same pages. */
const service = 'change-of-address'
/** The father's house, in the district of Khlong Toei. */
const house = { house: '295', search: 'พระโขนง คลองเตย' }
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
const rest = { right: 'family', movesAlone: 'yes' } as const

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** A draft in which the new house is said; gives its address. */
async function begun(visit: Visit, person: string): Promise<string> {
  await start(visit, service, person)
  const draft = new URL(visit.page.url()).pathname.replace(/\/facts$/, '')
  await useFacts(visit)
  await visit.go(`${draft}/pages/newAddress`)
  await answerPage(visit, { newAddress: house, movedOn: yesterday })
  await useFacts(visit)
  return draft
}

/** Their sign-in is over, as after half an hour, here and at the issuer; the browser keeps what it has of the portal. */
async function sessionEnds({ page }: Visit): Promise<void> {
  const cookies = await page.context().cookies(portal)
  const token = cookies.find(({ name }) => name.endsWith('portal-session'))?.value ?? ''
  const pool = createPool(databaseUrl, { max: 1 })
  const { rowCount } = await pool.query(
    `update portal.session set seen_at = seen_at - interval '31 minutes' where token_hash = $1`,
    [createHash('sha256').update(token).digest()],
  )
  await pool.end()
  expect(rowCount).toBe(1)
  await page.context().clearCookies({ name: /^(?!sapan-portal)/ })
}

/** Signs in again where a form was sent too late, and sends it once more. */
async function signInAgain(visit: Visit, person: string): Promise<void> {
  expect(visit.page.url()).toContain(`${issuer}/sign-in/`)
  await visit.press(`button[name=person][value=${person}]`)
  expect(visit.page.url()).toContain(`${portal}/sign-in/continue/`)
  await visit.met()
  await visit.press('main form button')
}

/** What a page holds in a field. */
const heldIn = ({ page }: Visit, name: string) => page.inputValue(`main form [name="${name}"]`)

describe.each([
  { scripts: 'with scripts, in Thai', person: 'spouse', language: 'th', javaScript: true },
  { scripts: 'without scripts, in English', person: 'elder', language: 'en', javaScript: false },
] as const)('a session that ends in the middle, $scripts', ({ person, ...how }) => {
  let visit: Visit
  let draft: string
  beforeAll(async () => {
    visit = await openVisit(browser, how)
    draft = await begun(visit, person)
  })
  afterAll(() => visit?.close())

  it('of a page: they sign in again, and what was typed is saved', async () => {
    await visit.go(`${draft}/pages/you`)
    await type(visit, 'movesAlone', 'yes')
    await type(visit, 'phone', '081 234 5678')
    await sessionEnds(visit)
    await visit.press('main .button-group button:not([name]) >> nth=0')
    await signInAgain(visit, person)
    expect(new URL(visit.page.url()).pathname).not.toBe('/')
    await visit.go(`${draft}/pages/you`)
    expect((await heldIn(visit, 'phone')).replaceAll(/\D/g, '')).toBe('0812345678')
  })

  it('of an address that is being looked for: it stands there again, with what was found', async () => {
    await visit.go(`${draft}/pages/newAddress`)
    await type(visit, 'newAddress', { house: '12/3', search: house.search })
    await sessionEnds(visit)
    await visit.press('main .button-group button:not([name]) >> nth=0')
    await signInAgain(visit, person)
    await visit.go(`${draft}/pages/newAddress`)
    expect(await heldIn(visit, 'newAddress-house')).toBe('12/3')
  })

  it('of the declaration: it is handed in once they are back', async () => {
    await visit.go(`${draft}/pages/newAddress`)
    await answerPage(visit, { newAddress: house, movedOn: yesterday })
    if (visit.page.url().endsWith('/facts')) await useFacts(visit)
    await visit.go(draft)
    await answerForm(visit, rest)
    await visit.page.check('main [name=declared]')
    await sessionEnds(visit)
    await visit.press('main form[action$="/submit"] button')
    await signInAgain(visit, person)
    expect(caseOf(visit)).not.toBe('')
    await withdrawn(visit, caseOf(visit))
  })
})

async function withdrawn(visit: Visit, id: string): Promise<void> {
  await visit.go(`/me/applications/${id}/withdraw`)
  await visit.press('main form button')
}

describe('a person with two tabs, and the button back', () => {
  let one: Visit
  let other: Visit
  let draft: string
  beforeAll(async () => {
    one = await openVisit(browser, { language: 'en' })
    draft = await begun(one, 'employee')
    other = await one.another()
  })
  afterAll(() => one?.close())

  it('goes back to a page that was sent: it stands there as sent, and is changed', async () => {
    await one.go(`${draft}/pages/newHouse`)
    await answerPage(one, rest)
    await answerPage(one, { ...rest, phone: '0811111111' })
    await one.page.goBack()
    expect(new URL(one.page.url()).pathname).toBe(`${draft}/pages/you`)
    expect(await heldIn(one, 'phone')).toMatch(/^081/)
    await answerPage(one, { phone: '0822222222' })
    expect(new URL(one.page.url()).pathname).toBe(`${draft}/review`)
    expect((await one.text()).replaceAll(/[-\s]/g, '')).toContain('0822222222')
  })

  it('is told in the older tab what was saved in the newer one; both stand there, and one is chosen', async () => {
    for (const tab of [one, other]) await tab.go(`${draft}/pages/you`)
    await answerPage(other, { phone: '0833333333' })
    await one.page.fill('main [name=phone]', '0844444444')
    await one.press('main .button-group button:not([name]) >> nth=0')
    const said = (await one.text()).replaceAll(/[-\s]/g, '')
    expect(await one.text()).toContain('This page was changed elsewhere')
    for (const number of ['0833333333', '0844444444']) expect(said).toContain(number)
    expect((await heldIn(one, 'phone')).replaceAll(/\D/g, '')).toBe('0844444444')
    await one.met('a page that was changed in another tab')
    await one.press('main .button-group button:not([name]) >> nth=0')
    expect((await one.text()).replaceAll(/[-\s]/g, '')).toContain('0844444444')
  })

  it('hands in from both at once: one case, one number', async () => {
    for (const tab of [one, other]) {
      await tab.go(`${draft}/review`)
      await tab.page.check('main [name=declared]')
    }
    const hand = 'main form[action$="/submit"] button'
    await Promise.all([one.press(hand), other.press(hand)])
    expect(caseOf(other)).toBe(caseOf(one))
    await one.go('/me/applications')
    expect(await one.page.locator(`main a[href="/me/applications/${caseOf(other)}"]`).count()).toBe(1)
  })

  it('goes back behind the handing in, and comes to the case', async () => {
    const id = caseOf(other)
    await other.page.goBack()
    expect(caseOf(other)).toBe(id)
    await other.go(`${draft}/pages/you`)
    expect(caseOf(other)).toBe(id)
  })
})

describe('what is another’s', () => {
  it('is not there by its address, and the try is logged', async () => {
    const [owner, stranger] = await Promise.all([openVisit(browser), openVisit(browser)])
    const draft = await begun(owner, 'taxpayer')
    await answerForm(owner, rest)
    const draftLeft = await begun(owner, 'taxpayer')
    await owner.go(`${draft}/review`)
    await handIn(owner)
    const id = caseOf(owner)
    const receipt = await documentOf(owner, id)
    await play(stranger, 'officer')
    const places = [draftLeft, `${draftLeft}/review`, `/me/applications/${id}`, receipt, `${receipt}/file`]
    for (const place of places) {
      const answer = await stranger.page.goto(portal + place)
      expect([place, answer?.status()]).toEqual([place, 404])
      await stranger.met('what is not there')
    }
    const log = await readFile(join(home, 'logs', 'identity.log'), 'utf8')
    for (const of of [draftLeft, receipt, id]) expect(log).toContain(of.split('/').at(-1))
    await withdrawn(owner, id)
    await Promise.all([owner.close(), stranger.close()])
  })
})

/** The first document that an application has: its receipt, once it is sealed. */
async function documentOf(visit: Visit, id: string): Promise<string> {
  const link = visit.page.locator('main a[href^="/me/documents/"]').first()
  for (let tries = 0; tries < 60 && (await link.count()) === 0; tries++) {
    await visit.page.waitForTimeout(1000)
    await visit.go(`/me/applications/${id}`)
  }
  return (await link.getAttribute('href')) ?? ''
}
