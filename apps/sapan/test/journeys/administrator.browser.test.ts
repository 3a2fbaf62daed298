import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { desk, openVisit, play, type Visit } from './visit.ts'

const newcomer = sandboxPerson('spouse')
const [given = '', family = ''] = newcomer.name.th.split(' ')
const lines = [
  'national_id,given_name,family_name,title_th,unit_th,duties',
  `${newcomer.nationalId},${given},${family},นักปกครองชำนาญการ,ที่ทำการปกครองอำเภอ,case-officer`,
]
const client = `journeys-${Date.now().toString(36)}`

let browser: Browser
let administrator: Visit

beforeAll(async () => {
  browser = await openBrowser()
  administrator = await openVisit(browser)
  await play(administrator, 'officer', `${desk}/desk/officers`)
})
afterAll(() => browser?.close())

const csv = (content: string) => ({
  name: 'officers.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${content}\n`),
})

describe('an administrator', () => {
  it('is told line by line what is wrong with a file, of which nobody is brought in', async () => {
    await administrator.go(`${desk}/desk/officers/import`)
    await administrator.met()
    const wrong = lines.join('\n').replace(newcomer.nationalId, '1234567890123')
    await administrator.page.setInputFiles('main [name=file]', csv(wrong))
    await administrator.press('main form button')
    expect(await administrator.text()).toContain('national_id')
    await administrator.met('a file with faults')
    expect(await administrator.page.locator('main form button').count()).toBe(0)
  })

  it('brings officers in by file, after seeing what it would do', async () => {
    await administrator.go(`${desk}/desk/officers/import`)
    await administrator.page.setInputFiles('main [name=file]', csv(lines.join('\n')))
    await administrator.press('main form button')
    expect(await administrator.text()).toContain(newcomer.name.th)
    await administrator.met('a file of officers')
    await administrator.press('main form button')
    await expect
      .poll(async () => {
        await administrator.page.reload()
        return administrator.page.locator('main a[href*="/import/"]').count()
      })
      .toBe(0)
    await administrator.met('a file that was brought in')
    await administrator.go(`${desk}/desk/officers`)
    expect(await administrator.text()).toContain(newcomer.name.th)
    await administrator.met()
  })

  it('gives an officer a duty', async () => {
    await administrator.press(`main table a:has-text("${given}")`)
    await administrator.met('an officer')
    await administrator.page.click('main details:has(form[action$="/duties"]) summary')
    await administrator.page.selectOption('main [name=duties]', 'helper')
    await administrator.press('form[action$="/duties"] button')
    expect(await administrator.text()).toContain('เจ้าหน้าที่ช่วยทำรายการ')
    await administrator.met('an officer with a duty')
  })

  it('writes an officer in by hand, and is told what is missing', async () => {
    await administrator.go(`${desk}/desk/officers/new`)
    await administrator.met()
    await administrator.press('main form button')
    expect(await administrator.page.locator('.ds-error-summary').count()).toBe(1)
    await administrator.met('an entry with faults')
  })

  it('registers a client of the agency', async () => {
    await administrator.go(`${desk}/desk/clients`)
    await administrator.met()
    await administrator.go(`${desk}/desk/clients/new`)
    await administrator.met()
    const values = {
      id: client,
      name_th: 'ระบบทดลอง',
      name_en: 'A system on trial',
      purpose_th: 'ทดลอง',
      purpose_en: 'Trial',
      redirectUris: 'https://app.example/back',
    }
    for (const [name, value] of Object.entries(values))
      await administrator.page.fill(`main [name="${name}"]`, value)
    await administrator.page.selectOption('main [name=profile]', 'basic')
    await administrator.page.selectOption('main [name=authentication]', 'client_secret_basic')
    await administrator.page.check('main [name=scopes] >> nth=0')
    await administrator.press('main form button')
    await administrator.met('a client that was registered')
    await administrator.go(`${desk}/desk/clients`)
    expect(await administrator.text()).toContain('ระบบทดลอง')
    await administrator.press(`main a[href="/desk/clients/${client}"]`)
    await administrator.met('a client')
  })
})
