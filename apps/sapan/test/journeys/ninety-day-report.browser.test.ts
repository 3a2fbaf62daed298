import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool } from '@sapan/kernel'
import { sandboxForeigner, sandboxPassportHolder, serviceDocument } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import { sapan } from '../processes.ts'
import { asAgency, caseOf, checkedDocument, decide, payAtBank, takeCase, untilSaid } from './case-steps.ts'
import { neverHeld } from './page-holds.ts'
import { answerForm, find, handIn, start, useFacts } from './services-steps.ts'
import { databaseUrl, desk, home, openVisit, play, type Visit } from './visit.ts'

const service = 'ninety-day-report'
const stays = 'TH/GOV/IMM/immigration/residence-v1'
const { foreignerNumber, passport } = sandboxForeigner()
const residence = { house: '99', search: 'ลุมพินี' }
const answers = { placeKind: 'rented', phone: '0812345678', residence }

let browser: Browser
let foreigner: Visit
let officer: Visit

beforeAll(async () => {
  browser = await openBrowser()
  foreigner = await openVisit(browser, { language: 'en', width: 1280 })
  officer = await openVisit(browser)
  await play(officer, 'immigrationOfficer', `${desk}/desk/cases`)
})
afterAll(() => browser?.close())

/** What the portal's own agency is told by the Immigration Bureau. */
async function stay(): Promise<Record<string, unknown>> {
  const path = `${stays}/foreigners/${foreignerNumber}/stay`
  return (await asAgency('TH/GOV/DGA/portal', 'citizen-service', path)) as Record<string, unknown>
}

/** The register as it would be had they not reported for so many days. */
async function silentFor(days: number): Promise<void> {
  const pool = createPool(databaseUrl.replace(/identity$/, 'register_imm'), { max: 1 })
  const on = new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  await pool.query(
    `update immigration.report r set reported_on = $2::date - 1
     from immigration.traveller t where t.traveller_id = r.traveller_id and t.foreigner_number = $1`,
    [foreignerNumber, on],
  )
  await pool.query('update immigration.traveller set entered_on = $2::date where foreigner_number = $1', [
    foreignerNumber,
    on,
  ])
  await pool.end()
}

/** Tells the gateway of the Immigration Bureau where its register is; gives where it was. */
async function registerAt(url: string): Promise<string> {
  const listed = JSON.parse((await sapan(home, 'service', 'list', '--gateway', 'IMM', '--json')).out)
  const before: string = listed.services.find(({ id }: { id: string }) => id === stays).url
  const folder = await mkdtemp(join(tmpdir(), 'sapan-service-'))
  const file = join(folder, 'residence-v1.json')
  await writeFile(file, JSON.stringify(serviceDocument('residence-v1')))
  const added = await sapan(
    home,
    'service',
    'add',
    file,
    '--subsystem',
    'TH/GOV/IMM/immigration',
    '--url',
    url,
  )
  await rm(folder, { recursive: true })
  expect(added).toMatchObject({ code: 0 })
  return before
}

describe('a foreigner whose report is due', () => {
  let id: string

  it('sees what the register knows by their foreigner number, and reports', async () => {
    await silentFor(86)
    await find(foreigner, '90 day report', service)
    await start(foreigner, service, 'traveller')
    await useFacts(foreigner)
    await answerForm(foreigner, answers)
    expect(await foreigner.text()).toContain(passport)
    await handIn(foreigner)
    id = caseOf(foreigner)
    await foreigner.met('a report that was made')
  })

  it('has the slip at once, by rule, sealed, and anyone can check it', async () => {
    await untilSaid(foreigner, id, 'Finished')
    await foreigner.met('a report that is finished')
    await checkedDocument(foreigner, id, 'Slip')
  })

  it('has changed the register, as another agency reads it', async () => {
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Bangkok' }).format()
    expect(await stay()).toMatchObject({ lastReportOn: today, late: false })
  })

  it('cannot report again before it is time, and reads why', async () => {
    await start(foreigner, service, 'traveller')
    await useFacts(foreigner)
    await foreigner.press('main a[href*="/pages/"] >> nth=0')
    await foreigner.press('main .button-group button:not([name]) >> nth=0')
    expect(await foreigner.text()).toContain('too early')
    await foreigner.met('a report that is too early')
  })
})

describe('a foreigner whom agencies know by their passport alone', () => {
  const known = sandboxPassportHolder().passport
  let holder: Visit
  beforeAll(async () => {
    holder = await openVisit(browser, { language: 'en', width: 1280 })
  })
  afterAll(() => holder?.close())

  it('sees what the register knows by it, reports, and has the slip with it', async () => {
    await start(holder, service, 'passportHolder')
    await useFacts(holder)
    await answerForm(holder, answers)
    expect(await holder.text()).toContain(known)
    await handIn(holder)
    const id = caseOf(holder)
    await untilSaid(holder, id, 'Finished')
    await checkedDocument(holder, id, 'Slip')
  })

  it('has changed the register, as another agency reads it by the passport', async () => {
    const path = `${stays}/passports/${encodeURIComponent(known)}/stay`
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Bangkok' }).format()
    const read = await asAgency('TH/GOV/DGA/portal', 'citizen-service', path)
    expect(read).toMatchObject({ passport: known, foreignerNumber: null, lastReportOn: today })
  })

  it('sees who looked at it', async () => {
    await holder.go('/me/usage')
    await holder.met('who looked at what is known by a passport')
    expect(await holder.text()).toContain('Immigration Bureau')
  })
})

describe('a foreigner who is late, in Thai and without scripts', () => {
  let late: Visit
  let id: string
  beforeAll(async () => {
    late = await openVisit(browser, { javaScript: false })
  })
  afterAll(() => late?.close())

  it('pays the fine at the bank', async () => {
    await silentFor(130)
    await find(late, 'รายงานตัว 90 วัน', service)
    await start(late, service, 'traveller')
    await useFacts(late)
    await answerForm(late, answers)
    expect(await late.text()).toContain('2,000')
    await handIn(late)
    id = caseOf(late)
    await payAtBank(late)
  })

  it('has the slip once an officer accepted it', async () => {
    await untilSaid(late, id, 'รอพิจารณา')
    await takeCase(officer, id)
    await decide(officer, id, { outcome: 'granted', words: 'ชำระค่าปรับแล้ว' })
    await untilSaid(late, id, 'เสร็จแล้ว')
    await checkedDocument(late, id, 'ใบรับแจ้ง')
    expect(await stay()).toMatchObject({ late: false })
  })
})

describe('a foreigner while the register is down', () => {
  let id: string
  let before: string

  it('types it, marked as not verified, and hands it in', async () => {
    await silentFor(86)
    const { permittedStay, dueOn } = (await stay()) as { permittedStay: { until: string }; dueOn: string }
    before = await registerAt('http://127.0.0.1:9/residence-v1')
    try {
      await start(foreigner, service, 'traveller')
      await useFacts(foreigner)
      await answerForm(foreigner, {
        ...answers,
        passport: 'SMT999999',
        permittedUntil: permittedStay.until,
        dueOn,
      })
      await foreigner.met('answers that are not verified')
      await handIn(foreigner)
      id = caseOf(foreigner)
    } finally {
      await registerAt(before)
    }
  })

  it('is not accepted by rule: an officer asks the register again, and sees what differs', async () => {
    await untilSaid(foreigner, id, 'Waiting to be decided')
    await takeCase(officer, id)
    await officer.press('main form[action$="/ask-again"] button')
    expect(await officer.text()).toContain(passport)
    expect(await officer.text()).toContain('SMT999999')
    await officer.met('what a register says otherwise')
    await officer.go(`${desk}/desk/cases/${id}`)
    await decide(officer, id, { outcome: 'refused', reasons: ['not-living-there'], words: 'เลขไม่ตรง' })
    await untilSaid(foreigner, id, 'Finished')
    expect(await stay()).toMatchObject({ passport })
  })
})

describe('a foreigner about whom the register is wrong', () => {
  it('says so, and an officer of the register answers', async () => {
    await start(foreigner, service, 'traveller')
    const { page } = foreigner
    await page.check('main input[name="ask.stay"][value=yes]')
    await foreigner.press('main form[action$="/facts/ask"] button')
    await foreigner.press('main a[href*="/facts/wrong/stay/"] >> nth=0')
    await foreigner.met('a register that is wrong')
    await page.fill('main [name=words]', 'I am a citizen of Austria.')
    await foreigner.press('main form button')
    await foreigner.met('that a register is wrong was told')
    await officer.go(`${desk}/desk/tasks`)
    await officer.met('tasks of an officer')
    await officer.press('main a[href^="/desk/tasks/"] >> nth=0')
    expect(await officer.text()).toContain('I am a citizen of Austria.')
    await officer.met('a dispute at the desk')
    await officer.press('main form[action$="/take"] button')
    await officer.page.fill('main [name=answer]', 'ตรวจแล้ว ทะเบียนตรงกับหนังสือเดินทาง')
    await officer.press('main form[action$="/answer"] button')
    await officer.met('a dispute that is answered')
  })
})

it('all pages that were passed were held, by axe and at every width', () => {
  expect(neverHeld()).toEqual([])
})
