import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { sapan } from '../processes.ts'
import { desk, home, portal, type Visit } from './visit.ts'

/** The application that is open: `/me/applications/<its case>`. */
export function caseOf({ page }: Visit): string {
  const [, id = ''] = /\/me\/applications\/([0-9a-f-]{36})/.exec(page.url()) ?? []
  if (id === '') throw new Error(`no application is open at ${page.url()}`)
  return id
}

/** Looks at an application again and again, as a person would, until it says this; what is done behind takes seconds. */
export async function untilSaid(visit: Visit, id: string, words: string): Promise<void> {
  for (let tries = 0; tries < 90; tries++) {
    await visit.go(`/me/applications/${id}`)
    if ((await visit.text()).includes(words)) return await visit.met(`an application: ${words}`)
    await visit.page.waitForTimeout(1000)
  }
  throw new Error(`it never says ${words}: ${await visit.text()}`)
}

/** From what is to be paid to the bank's page, which takes the code of the QR, and back. */
export async function payAtBank(visit: Visit): Promise<void> {
  await visit.press('main a[href$="/pay"]')
  await visit.met('what is to be paid')
  expect(await visit.page.locator('main svg, main img').count()).toBeGreaterThan(0)
  // EMVCo: the payload begins with its format, and ends with a checksum.
  expect(await visit.page.textContent('main code')).toMatch(/^000201.*6304[0-9A-F]{4}$/)
  await visit.press('main form:not([action^="/"]) button')
  await visit.met('the bank, before it is paid')
  await visit.press('main form[action="/pay"] button')
  await visit.met('the bank, when it is paid')
  await visit.press(`main a[href^="${portal}"]`)
  expect(visit.page.url()).toBe(`${portal}/me/payments`)
  await visit.met('what was paid')
}

/** At the desk as an officer of this agency, by the name of the agency. */
export async function workFor(officer: Visit, agency: string): Promise<void> {
  await officer.go(`${desk}/desk/appointments`)
  await officer.met()
  const choice = officer.page.locator('main li', { hasText: agency }).first().locator('form button')
  if ((await choice.count()) === 0) return
  await Promise.all([officer.page.waitForEvent('domcontentloaded'), choice.click()])
  await officer.page.waitForLoadState()
  await officer.met()
}

/** Opens a case from the queue, and takes it. */
export async function takeCase(officer: Visit, id: string): Promise<void> {
  await officer.go(`${desk}/desk/cases`)
  await officer.met()
  await officer.go(`${desk}/desk/cases/${id}`)
  await officer.press('main form[action$="/take"] button')
  await isDone(officer)
  await officer.met('a case that was taken')
}

/** Passes a case on with an opinion. */
export async function review(officer: Visit, id: string, opinion: string): Promise<void> {
  await takeCase(officer, id)
  await officer.page.fill('main form[action$="/review"] textarea', opinion)
  await officer.press('main form[action$="/review"] button')
}

/** What the officer did was saved; else what the page says. */
async function isDone(officer: Visit): Promise<void> {
  if (!officer.page.url().endsWith('?done'))
    throw new Error(`at ${officer.page.url()}: ${await officer.text()}`)
}

export interface Ruling {
  readonly outcome: string
  readonly reasons?: readonly string[]
  readonly words?: string
  readonly asked?: Readonly<Record<string, string>>
}

/** Decides a case that is in the officer's hands. */
export async function decide(officer: Visit, id: string, ruling: Ruling): Promise<void> {
  const { outcome, reasons = [], words, asked = {} } = ruling
  await officer.press(`main a[href="/desk/cases/${id}/decide/${outcome}"]`)
  await officer.met(`deciding ${outcome}`)
  for (const reason of reasons) await officer.page.check(`main input[name=reason][value="${reason}"]`)
  if (words !== undefined) await officer.page.fill('main [name=words]', words)
  for (const [name, value] of Object.entries(asked)) await officer.page.fill(`main [name="${name}"]`, value)
  await officer.press('main form[action*="/decide/"] button')
  await isDone(officer)
}

/** Goes from an application to the document that came of it, has it checked as a stranger would, and gives its PDF. */
export async function checkedDocument(visit: Visit, id: string, title: string): Promise<Buffer> {
  await visit.go(`/me/applications/${id}`)
  await visit.press(`main a[href^="/me/documents/"]:has-text("${title}")`)
  await visit.met('a document')
  const [file] = await Promise.all([
    visit.page.waitForEvent('download'),
    visit.page.click('main a[href$="/file"]'),
  ])
  const buffer = await readFile(await file.path())
  await visit.go('/check')
  await visit.page.setInputFiles('#file', { name: 'document.pdf', mimeType: 'application/pdf', buffer })
  await visit.press('#check button[type=submit]')
  expect(await visit.page.textContent('.verdict')).toMatch(/ลาย(มือชื่อ|เซ็น)ถูกต้อง|The signature holds/)
  await visit.met('the check of a document')
  return buffer
}

/** What an agency's own system is answered, through both gateways. */
export async function asAgency(consumer: string, purpose: string, path: string): Promise<unknown> {
  const { out, err } = await sapan(home, 'call', '--as', consumer, path, '--purpose', purpose, '--json')
  try {
    return JSON.parse(out).body
  } catch {
    throw new Error(`${out}\n${err}`)
  }
}

/** Somebody who was asked for consent reads what it is about, and answers. */
export async function answerConsent(visit: Visit, id: string, answer: 'yes' | 'no'): Promise<void> {
  await visit.go('/me/applications')
  await visit.met('what one is asked')
  await visit.press(`main a[href="/me/applications/asked/${id}"]`)
  await visit.met('a consent')
  await visit.page.check(`main input[name=agrees][value=${answer}]`)
  await visit.press('main form button')
  await visit.met('a consent that was answered')
}

/** Signs with their own key what a decision brings, where something is to be signed, and comes back to the case. */
export async function signCase(officer: Visit, id: string, person: string): Promise<void> {
  await takeCase(officer, id)
  const own = `main form[action="/desk/cases/${id}/sign"] button`
  if ((await officer.page.locator('main form[action*="/outputs/"] button').count()) > 0) {
    await officer.press('main form[action*="/outputs/"] button')
    await officer.met()
    await officer.press('main a[href$="/proved"]')
    const again = `button[name=person][value=${person}]`
    if ((await officer.page.locator(again).count()) > 0) await officer.press(again)
    await officer.met()
    await officer.press('main form:not([action$="/decline"]):not([action$="/phone"]) button')
    await officer.met('a case whose document is signed')
  }
  await officer.press(own)
}
