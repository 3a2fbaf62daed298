import { readFile } from 'node:fs/promises'
import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { plainDocument } from '../../../../packages/portal/test/signed.ts'
import { deviceAt } from './authenticator.ts'
import { fill, signInByPasskey } from './steps.ts'
import { desk, issuer, openVisit, play, type Visit } from './visit.ts'

const visitor = sandboxPerson('stateless')

let browser: Browser
let officer: Visit
let person: Visit

beforeAll(async () => {
  browser = await openBrowser()
  officer = await openVisit(browser)
  await play(officer, 'officer', `${desk}/desk/tasks`)
  person = await openVisit(browser, { language: 'en' })
  await deviceAt(person.page)
})
afterAll(() => browser?.close())

describe('an officer', () => {
  let code: string

  it('finds at the desk what their duties let them do', async () => {
    await officer.go(desk)
    await officer.met()
    for (const path of ['tasks', 'proofing', 'signing', 'officers', 'clients'])
      expect(await officer.page.locator(`main a[href="/desk/${path}"]`).count()).toBe(1)
    await officer.go(`${desk}/desk/tasks`)
    await officer.met()
    await officer.go(`${desk}/desk/appointments`)
    await officer.met()
    await officer.go(`${desk}/desk/keys`)
    await officer.met()
  })

  it('proofs somebody who came in person', async () => {
    await officer.go(`${desk}/desk/proofing`)
    await officer.met()
    await fill(officer, { number: visitor.nationalId })
    expect(await officer.text()).toContain(visitor.name.th)
    await officer.met('a visitor')
    await officer.page.selectOption('main [name=first]', 'non-thai-id-card')
    await officer.page.selectOption('main [name=second]', 'birth-certificate')
    await officer.page.check('main [name=face]')
    await officer.press('main form button')
    expect(await officer.text()).toContain('พิสูจน์ตัวตนแล้ว')
    await officer.met('a visitor who was proofed')
  })

  it('makes a code, with which the person adds a passkey on their own telephone', async () => {
    await officer.press('form[action$="/code"] button')
    await officer.met('a code for a passkey')
    code = (await officer.page.textContent('.qr ~ dl strong, main dd strong')) ?? ''
    await person.go(`${issuer}/enrol`)
    await person.met()
    await fill(person, { code })
    await person.met('enrolling')
    await person.press('#enrol button')
    await person.met('enrolled')
    await person.go('/me')
    await signInByPasskey(person)
    expect(await person.heading()).toBe('My page')
    await person.go('/me/proofing')
    expect(await person.text()).toContain('You have the highest level')
    await person.met('the highest level')
  })

  it('has made a code that serves once', async () => {
    await person.go(`${issuer}/enrol`)
    await fill(person, { code })
    expect(await person.page.locator('.ds-error-summary').count()).toBe(1)
    await person.met('a code that was used')
  })

  it('signs a document, after proving who they are once more; anybody finds that the signature holds', async () => {
    await officer.go(`${desk}/desk/signing`)
    await officer.met()
    const buffer = Buffer.from(await plainDocument())
    await officer.page.setInputFiles('main [name=file]', {
      name: 'ใบรับรอง.pdf',
      mimeType: 'application/pdf',
      buffer,
    })
    await officer.page.fill('main [name=reason]', 'รับรองสำเนา')
    await officer.press('main form button')
    await officer.met('confirming a signature')
    await officer.press('main a[href$="/proved"]')
    const again = officer.page.locator('button[name=person][value=officer]')
    if ((await again.count()) > 0) await officer.press('button[name=person][value=officer]')
    await officer.met('a signature that is proved')
    await officer.press('main form:not([action$="/decline"]) button')
    await officer.met('a signed document')
    const [signed] = await Promise.all([
      officer.page.waitForEvent('download'),
      officer.page.click('main a[href$="/file"]'),
    ])
    await person.go('/check')
    await person.page.setInputFiles('#file', {
      name: 'signed.pdf',
      mimeType: 'application/pdf',
      buffer: await readFile(await signed.path()),
    })
    await person.press('#check button[type=submit]')
    expect(await person.page.textContent('.verdict')).toContain('The signature holds')
    expect(await person.text()).toContain(sandboxPerson('officer').name.th)
    await person.met('the check of what the officer signed')
  })
})
