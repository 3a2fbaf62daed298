import { readFile } from 'node:fs/promises'
import { sandboxLaserCode, sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import type { House } from '../../src/identity/house.ts'
import { bornOn, companyAsksConsent, openBackDoor, revenueLooksAt } from './agencies.ts'
import { type Device, deviceAt } from './authenticator.ts'
import { addCodeApp, fill, proveByCard, signInByPasskey, signOut } from './steps.ts'
import { desk, endpoints, openVisit, play, portal, type Visit } from './visit.ts'

const number = sandboxPerson('elder').nationalId
const password = 'แม่น้ำสี่สายไหลรวมกัน 2569'

let browser: Browser
let house: House
let citizen: Visit
let device: Device

beforeAll(async () => {
  browser = await openBrowser()
  house = await openBackDoor()
  citizen = await openVisit(browser)
  device = await deviceAt(citizen.page)
})
afterAll(async () => {
  await house?.close()
  await browser?.close()
})

describe('a citizen', () => {
  it('opens an account with a passkey, is shown recovery codes once, and comes in', async () => {
    await citizen.go('/')
    await citizen.met()
    await citizen.press('header a[href^="/sign-in"]')
    await citizen.met()
    await citizen.press('a[href$="/create"]')
    await citizen.met()
    await citizen.press('#create button')
    await citizen.met('recovery codes')
    const codes = await citizen.page.locator('main code').allTextContents()
    expect(new Set(codes).size).toBeGreaterThanOrEqual(8)
    expect(await device.count()).toBe(1)
    await citizen.press('main form button')
    await signInByPasskey(citizen)
    await citizen.go('/me')
    expect(await citizen.heading()).toBe('หน้าของฉัน')
    await citizen.met()
    await citizen.go('/me/security/codes')
    await citizen.met()
    expect(await citizen.text()).not.toContain(codes[0])
  })

  it('signs out, and in again with the passkey', async () => {
    await signOut(citizen)
    await citizen.go('/me')
    await signInByPasskey(citizen)
    expect(await citizen.heading()).toBe('หน้าของฉัน')
  })

  it('adds a passkey on another device, and sees which of both sessions is this one', async () => {
    const takeUp = await device.swap()
    await citizen.go('/me/security/passkey')
    await citizen.met()
    await citizen.press('#add-passkey button')
    expect(citizen.page.url()).toBe(`${portal}/me/security`)
    expect(await device.count()).toBe(1)
    expect(await citizen.page.locator('main a[href^="/me/security/authenticators/"]').count()).toBe(3)
    expect(await citizen.text()).toContain('อุปกรณ์นี้')
    await takeUp()
    expect(await device.count()).toBe(1)
  })

  it('proves who they are against the population register', async () => {
    await citizen.go('/me/proofing')
    await citizen.met()
    await citizen.press('main a[href="/me/proofing/card/number"]')
    await proveByCard(citizen, { number, code: sandboxLaserCode(number), born: await bornOn(number) })
    expect(await citizen.text()).toContain('1.3')
    expect(await citizen.text()).toContain('นิภา คงพันธ์')
    await citizen.met()
  })

  it('is told at the code what is wrong with it, and has not risen', async () => {
    await citizen.go('/me/proofing/card/number')
    await fill(citizen, { number: '1234567890123' })
    expect(await citizen.text()).toContain('เลขนี้ไม่ถูกต้อง')
    await citizen.met('a wrong number')
  })

  it('proves who they are by ThaID, and rises', async () => {
    await citizen.go('/me/proofing/outside')
    await citizen.met()
    await citizen.press('main form button')
    expect(citizen.page.url()).toContain(String(endpoints.thaid))
    await citizen.press(`button[value="${number}"]`)
    expect(await citizen.text()).toContain('2.3')
    await citizen.go('/me/proofing')
    await citizen.met('proofed')
  })

  it('adds a code app and a password, and signs in with them where there is no JavaScript', async () => {
    const code = await addCodeApp(citizen)
    await citizen.go('/me/security/password')
    await citizen.met()
    await fill(citizen, { password })
    await citizen.met()
    const other = await openVisit(browser, { language: 'en', javaScript: false })
    await other.go('/me')
    await other.press('a[href$="/password"]')
    await fill(other, { name: number, password })
    await fill(other, { code: code(1) })
    expect(await other.heading()).toBe('My page')
    await endsTheOther(other)
  })

  async function endsTheOther(other: Visit): Promise<void> {
    await citizen.go('/me/security')
    expect(await citizen.page.locator('form[action$="/end"]').count()).toBe(2)
    await citizen.press('li:not(:has(.ds-tag)) form[action$="/end"] button')
    expect(await citizen.page.locator('form[action$="/end"]').count()).toBe(1)
    await other.go('/me')
    expect(await other.heading()).toBe('Sign in')
    await other.close()
  }

  it('reads in the history what happened', async () => {
    await citizen.go('/me/security/history')
    await citizen.met()
    const said = await citizen.text()
    expect(said).toContain('รหัสผ่าน')
    expect(said).toContain('พาสคีย์')
  })

  it('gives a consent that a company asked for, and withdraws it', async () => {
    const id = await companyAsksConsent(house, number)
    await citizen.go('/me/consents')
    await citizen.met()
    await citizen.press(`main a[href="/me/consents/${id}"]`)
    await citizen.met('a consent that is asked for')
    await citizen.press('form[action$="/give"] button')
    expect(await citizen.text()).toContain('มีผล')
    await citizen.met('a consent in force')
    await citizen.press('form[action$="/withdraw"] button')
    expect(await citizen.text()).toContain('ถอนแล้ว')
    await citizen.met('a consent withdrawn')
  })

  it('sees who looked, downloads the proof, asks about it, and reads the answer', async () => {
    expect((await revenueLooksAt(number)).code).toBe(0)
    await citizen.go('/me/usage')
    await citizen.met()
    expect(await citizen.text()).toContain('กรมสรรพากร')
    await citizen.press('main .entries a >> text=กรมสรรพากร')
    await citizen.met()
    const [proof] = await Promise.all([
      citizen.page.waitForEvent('download'),
      citizen.page.click('main a[href*="/proof?"] >> nth=0'),
    ])
    expect(proof.suggestedFilename()).toMatch(/\.asice$/)
    expect((await readFile(await proof.path())).subarray(0, 2).toString()).toBe('PK')
    await fill(citizen, { question: 'ทำไมกรมสรรพากรดูข้อมูลของฉันวันนี้' })
    await citizen.met('an access that was asked about')
    await theOfficerAnswers()
    await citizen.go('/me/questions')
    await citizen.met()
    await citizen.press('main table a')
    expect(await citizen.text()).toContain('ตรวจแบบภาษีของคุณ')
    await citizen.met()
    await citizen.go('/me/inbox')
    await citizen.met()
    await citizen.press('main table a >> nth=0')
    await citizen.met()
  })

  async function theOfficerAnswers(): Promise<void> {
    const officer = await openVisit(browser, { language: 'en' })
    await play(officer, 'employee', `${desk}/desk/tasks`)
    await officer.met()
    await officer.press('main form[action="/desk/tasks/next"] button')
    expect(await officer.text()).toContain('ทำไมกรมสรรพากรดูข้อมูลของฉันวันนี้')
    await officer.met('a task taken')
    await officer.page.fill('[name=answer]', 'เจ้าหน้าที่ตรวจแบบภาษีของคุณ')
    await officer.page.fill('[name=reasons]', 'ประมวลรัษฎากร มาตรา 19')
    await officer.press('form[action$="/answer"] button')
    expect(await officer.text()).toContain('Answered')
    await officer.met('a task answered')
    await officer.close()
  }

  it('presses “this was not me”, after which nothing is open; and opens the account again', async () => {
    await citizen.go('/me/security/not-me')
    await citizen.met()
    await citizen.press('form[action="/me/security/not-me"] button')
    await citizen.go('/me')
    await signInByPasskey(citizen)
    expect(await citizen.heading()).toBe('บัญชีของคุณถูกระงับไว้')
    await citizen.met('frozen')
    // A passkey of today may be a thief's: it opens nothing.
    await citizen.press('#unfreeze button')
    expect(await citizen.heading()).toBe('บัญชีของคุณถูกระงับไว้')
    expect(await citizen.page.locator('main [role=alert]').count()).toBe(1)
    await citizen.met('frozen still')
    await passkeyOfLastWeek()
    await citizen.press('#unfreeze button')
    expect(await citizen.heading()).toBe('ตรวจสิ่งที่ให้ไว้ก่อนเปิดบัญชี')
    await citizen.met('what was given lately')
    await citizen.press('form[action$="/review"] button')
    await citizen.go('/me/security')
    expect(await citizen.heading()).toBe('ความปลอดภัย')
  })

  async function passkeyOfLastWeek(): Promise<void> {
    const account = await house.rooms.accounts.findByIdentifier('national-id', number)
    await house.ground.pool.query(
      `update identity.authenticator set added_at = added_at - interval '7 days' where account_id = $1`,
      [account?.id],
    )
  }
})
