import { registrarMembers, sandboxPerson } from '@sapan/sandbox'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../../../packages/portal/test/browser/chromium.ts'
import {
  answerConsent,
  asAgency,
  caseOf,
  checkedDocument,
  decide,
  review,
  takeCase,
  untilSaid,
  workFor,
} from './case-steps.ts'
import { neverHeld } from './page-holds.ts'
import { answerForm, answerPage, find, handIn, start, useFacts } from './services-steps.ts'
import { desk, openVisit, play, type Visit } from './visit.ts'

const service = 'change-of-address'
const mover = sandboxPerson('director')
const master = sandboxPerson('father')

/** The father's house, in the district of Khlong Toei. */
const house = { house: '295', search: 'พระโขนง คลองเตย' }
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

/** Says where they move, with what registers know of them and of the new house; gives the case. */
async function movesIn(visit: Visit, person: string): Promise<string> {
  await start(visit, service, person)
  await useFacts(visit)
  await visit.met('what there is to do')
  await visit.press('main a[href$="/pages/newAddress"]')
  await visit.met()
  await answerPage(visit, { newAddress: house, movedOn: yesterday })
  // The house is looked for once its address is known.
  await useFacts(visit)
  await answerForm(visit, { right: 'family', movesAlone: 'yes' })
  await handIn(visit)
  return caseOf(visit)
}

interface Moved {
  readonly address: { readonly houseId: string; readonly district: { readonly code: string } }
}

const addressOf = async (id: string) =>
  (
    (await asAgency(
      'TH/GOV/RD/efiling',
      'tax-assessment',
      `TH/GOV/DOPA/population/person-v1/persons/${id}`,
    )) as Moved
  ).address

describe('somebody who moves into another’s house', () => {
  let person: Visit
  let other: Visit
  let officer: Visit
  let id: string
  let before: Moved['address']
  beforeAll(async () => {
    ;[person, other, officer] = await Promise.all([
      openVisit(browser, { width: 1280 }),
      openVisit(browser, { language: 'en' }),
      openVisit(browser, { width: 1280 }),
    ])
  })
  afterAll(() => Promise.all([person?.close(), other?.close(), officer?.close()]))

  it('says where, and hands it in', async () => {
    before = await addressOf(mover.nationalId)
    await find(person, 'ย้ายบ้าน', service)
    id = await movesIn(person, 'director')
    await untilSaid(person, id, 'รอความยินยอมของผู้อื่น')
  })

  it('is let in by the master of the house, who signs in and says yes', async () => {
    await play(other, 'father', '/me/applications')
    await answerConsent(other, id, 'yes')
    await untilSaid(person, id, 'เจ้าหน้าที่กำลังตรวจ')
  })

  it('is recorded by the registrar of the new house, by four eyes', async () => {
    await play(officer, 'registrar', `${desk}/desk/cases`)
    await workFor(officer, 'คลองเตย')
    await review(officer, id, 'ตรวจแล้ว เจ้าบ้านยินยอม')
    const chief = await openVisit(browser)
    await play(chief, 'registrarChief', `${desk}/desk/cases`)
    await workFor(chief, 'คลองเตย')
    await takeCase(chief, id)
    await decide(chief, id, { outcome: 'granted' })
    await chief.close()
    await untilSaid(person, id, 'เสร็จแล้ว')
  })

  it('has a sealed notice of the move', async () => {
    await checkedDocument(person, id, 'หนังสือแจ้งการย้ายที่อยู่')
  })

  it('lives there for every other agency, and stands in both registrars’ books', async () => {
    const { houseId } = await addressOf(master.nationalId)
    expect((await addressOf(mover.nationalId)).houseId).toBe(houseId)
    const entries = (registrar: string) =>
      asAgency(
        'TH/GOV/DOPA/registration',
        'address-change',
        `${registrar}/book/book-v1/persons/${mover.nationalId}/entries`,
      )
    expect(await entries('TH/LOC/REG1033')).toMatchObject({ entries: [{ kind: 'move-in' }] })
    const old = registrarMembers().find(({ district }) => district === before.district.code)
    if (old !== undefined) expect(await entries(old.id)).toMatchObject({ entries: [{ kind: 'move-out' }] })
  })
})

describe('without scripts, in English', () => {
  let person: Visit
  let other: Visit
  beforeAll(async () => {
    ;[person, other] = await Promise.all([
      openVisit(browser, { language: 'en', javaScript: false }),
      openVisit(browser, { javaScript: false }),
    ])
  })
  afterAll(() => Promise.all([person?.close(), other?.close()]))

  it('it ends where the master of the house says no', async () => {
    await find(person, 'moving house', service)
    const id = await movesIn(person, 'partner')
    await play(other, 'father', '/me/applications')
    await answerConsent(other, id, 'no')
    await untilSaid(person, id, 'Closed without a decision')
  })

  it('is withdrawn by who handed it in', async () => {
    const id = await movesIn(person, 'partner')
    await person.go(`/me/applications/${id}/withdraw`)
    await person.met('withdrawing')
    await person.press('main form button')
    await untilSaid(person, id, 'Withdrawn')
  })
})

it('all pages that were passed were held, by axe and at every width', () => {
  expect(neverHeld()).toEqual([])
})
