import { sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import {
  answerConsent,
  asAgency,
  caseOf,
  checkedDocument,
  decide,
  payAtBank,
  review,
  signCase,
  takeCase,
  untilSaid,
  workFor,
} from './case-steps.ts'
import { neverHeld } from './page-holds.ts'
import { type Answers, answerForm, find, handIn, start, useFacts } from './services-steps.ts'
import { desk, openVisit, play, type Visit } from './visit.ts'

const service = 'birth-registration'
/** The hospital stands in Khlong Toei, whose registrar is a member. */
const district = { th: 'คลองเตย', en: 'Khlong Toei' }

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

async function tells(visit: Visit, person: string, answers: Answers): Promise<string> {
  await start(visit, service, person)
  await useFacts(visit)
  await answerForm(visit, answers)
  await handIn(visit)
  return caseOf(visit)
}

/** One looks at it; another decides, and signs a refusal, which is to bear their own signature. */
async function decided(id: string, ruling: Parameters<typeof decide>[2]): Promise<void> {
  const [officer, chief] = await Promise.all([openVisit(browser), openVisit(browser)])
  await play(officer, 'registrar', `${desk}/desk/cases`)
  await workFor(officer, district.th)
  await review(officer, id, 'ตรวจกับหนังสือรับรองการเกิดแล้ว')
  await officer.close()
  await play(chief, 'registrarChief', `${desk}/desk/cases`)
  await workFor(chief, district.th)
  await takeCase(chief, id)
  await decide(chief, id, ruling)
  if (ruling.outcome === 'refused') await signCase(chief, id, 'registrarChief')
  await chief.close()
}

interface Known {
  readonly members: readonly {
    readonly nationalId: string
    readonly name: { readonly th: { readonly given: string } }
  }[]
}

/** The number under which another agency finds a child of this name in somebody's house. */
async function numberOf(parent: string, given: string): Promise<string | undefined> {
  const path = `TH/GOV/DOPA/population/person-v1/persons/${parent}/household`
  const told = (await asAgency('TH/GOV/RD/efiling', 'tax-assessment', path)) as Known
  return told.members.find(({ name }) => name.th.given === given)?.nationalId
}

describe('a birth', () => {
  let mother: Visit
  let father: Visit
  let id: string
  beforeAll(async () => {
    ;[mother, father] = await Promise.all([
      openVisit(browser, { width: 1280 }),
      openVisit(browser, { language: 'en' }),
    ])
    await play(father, 'father', '/me/applications')
  })
  afterAll(() => Promise.all([mother?.close(), father?.close()]))

  it('is told by the mother with the hospital’s notice filled in, and needs the father’s word', async () => {
    await find(mother, 'ลูกเพิ่งเกิด', service)
    const name = { givenName: 'สมหวัง', givenNameEnglish: 'Somwang' }
    id = await tells(mother, 'mother', { ...name, isFatherKnown: 'yes' })
    await answerConsent(father, id, 'yes')
    await untilSaid(mother, id, 'เจ้าหน้าที่กำลังตรวจ')
  })

  it('is refused with reason and law, signed by the registrar with their own key', async () => {
    await decided(id, { outcome: 'refused', reasons: ['name-not-permitted'], words: 'ชื่อพ้องกับราชทินนาม' })
    await untilSaid(mother, id, 'เสร็จแล้ว')
    const said = await mother.text()
    expect(said).toContain('ชื่อตัวขัดต่อกฎหมายว่าด้วยชื่อบุคคล')
    expect(said).toContain('มาตรา 6')
    await checkedDocument(mother, id, 'หนังสือแจ้งไม่รับแจ้งการเกิด')
    expect(await mother.text()).toContain(sandboxPerson('registrarChief').name.th)
  })

  it('is registered under another name; the child has a number, by which another agency finds it', async () => {
    const name = { givenName: 'สมฤดี', givenNameEnglish: 'Somruedi' }
    id = await tells(mother, 'mother', { ...name, isFatherKnown: 'yes' })
    await answerConsent(father, id, 'yes')
    await untilSaid(mother, id, 'เจ้าหน้าที่กำลังตรวจ')
    await decided(id, { outcome: 'granted' })
    await untilSaid(mother, id, 'เสร็จแล้ว')
    await checkedDocument(mother, id, 'สูติบัตร')
    expect(await numberOf(sandboxPerson('mother').nationalId, name.givenName)).toMatch(/^1[0-9]{12}$/)
  })
})

describe('a birth that is told late, with no father, in English and without scripts', () => {
  let mother: Visit
  beforeAll(async () => {
    mother = await openVisit(browser, { language: 'en', javaScript: false })
  })
  afterAll(() => mother?.close())

  it('is registered with a fine, which is paid at the bank; the number begins with 2', async () => {
    await find(mother, 'birth certificate', service)
    const name = { givenName: 'สมชาติ', givenNameEnglish: 'Somchat' }
    const id = await tells(mother, 'partner', { ...name, isFatherKnown: 'no' })
    await untilSaid(mother, id, 'An officer is looking at it')
    await decided(id, { outcome: 'granted', asked: { fine: '200' } })
    await untilSaid(mother, id, '200.00')
    await payAtBank(mother)
    await untilSaid(mother, id, 'Finished')
    expect(await numberOf(sandboxPerson('partner').nationalId, name.givenName)).toMatch(/^2[0-9]{12}$/)
  })
})

it('all pages that were passed were held, by axe and at every width', () => {
  expect(neverHeld()).toEqual([])
})
