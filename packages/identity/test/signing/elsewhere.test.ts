import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signingRoutes } from '../../src/desk/signing/routes.ts'
import { signingQuestionRoutes } from '../../src/pages/signing/routes.ts'
import type { Visitor } from '../../src/visitor.ts'
import { outcome } from '../authorisation/house.ts'
import { officersCountry as country } from '../officers/country.ts'
import { dopa, type TestOfficer } from '../officers/house.ts'
import { shown, visitor } from '../visit.ts'
import { desk, SigningHouse } from './house.ts'

let house: SigningHouse
let officer: TestOfficer
let ticket: string
let document: string
let atDesk: (path: string, method?: 'GET' | 'POST') => Promise<string>
let onPhone: (path: string, form?: Record<string, string>) => Promise<string>

beforeAll(async () => {
  house = await SigningHouse.start('B-B')
})
afterAll(() => house.ground.database.drop())
beforeEach(async () => {
  officer = await house.officer(dopa, ['signer'])
  ;({ id: document, ticket } = await house.begin(officer, { name: 'คำสั่ง.pdf' }))
  const deskPages = visitor(signingRoutes({ ...house, country }))
  const phonePages = visitor(signingQuestionRoutes({ ...house, country }))
  // The clock goes on between the question and the proof; the desk's own proof is from before.
  const who = (session: string, ago: number): Visitor => ({
    ...house.visitor(officer, { ago }),
    name: '',
    session,
    officer: { appointment: officer.appointment, agency: dopa, duties: ['signer'] },
  })
  atDesk = async (path, method = 'GET') =>
    shown(await deskPages(who('desk', 3_600_000), [method, `/desk/signing/confirm/${ticket}${path}`]))
  onPhone = async (path, form) =>
    shown(await phonePages(who('phone', 0), [form ? 'POST' : 'GET', path], { form: form ?? {} }))
})

/** Sends it to the phone; gives where the notice leads, and the number that both show. */
async function sent() {
  expect(await atDesk('/phone', 'POST')).toBe(`to /desk/signing/confirm/${ticket}/phone`)
  const { link = '' } = house.told.at(-1) ?? {}
  const sign = /class="number">(\d{4})</.exec(await atDesk('/phone'))?.[1] ?? 'none'
  return { link, sign }
}

describe('a signature that is confirmed on another device', () => {
  it('is made with what both screens show, and the desk goes on by itself', async () => {
    const { link, sign } = await sent()
    const asked = await onPhone(`${link}/proved`)
    for (const said of [sign, 'คำสั่ง.pdf', 'Yes, sign this document']) expect(asked).toContain(said)
    expect(await onPhone(link, { answer: 'approve' })).toBe('to /me/waiting?done=signed')
    expect(await atDesk('/phone')).toContain('You confirmed it on your own device')
    const back = (await atDesk('/phone/done', 'POST')).replace('to ', '')
    expect(back).toContain(`${desk}/desk/signing/return?`)
    await house.documents.finish(officer, new URL(back).searchParams)
    expect((await house.documents.find(officer.account, document)).state).toBe('signed')
  })

  it('is not made before they answered, nor once they refused', async () => {
    const { link } = await sent()
    expect(await outcome(atDesk('/phone/done', 'POST'))).toBe('signing-not-confirmed')
    expect(await onPhone(link, {})).toBe('to /me/waiting?done=unsigned')
    expect(await atDesk('/phone')).toContain('You refused it')
    const back = await atDesk('/phone/done', 'POST')
    expect(new URL(back.replace('to ', '')).searchParams.has('code')).toBe(false)
  })

  it('is asked once, however often it is pressed, and anew when its time ran out', async () => {
    const first = await sent()
    expect(await sent()).toEqual(first)
    house.ground.pass(6 * 60_000)
    expect(await atDesk('/phone')).toContain('The time to confirm it there is over')
    expect((await sent()).link).not.toBe(first.link)
  })

  it('needs a proof of theirs from after the question, surely enough', async () => {
    const { link } = await sent()
    const question = link.split('/').at(-1) ?? ''
    const decide = (more: object) =>
      outcome(house.elsewhere.decide({ ...house.visitor(officer, more), session: 's' }, question, 'approve'))
    expect(await onPhone(link)).not.toContain('Yes, sign this document')
    expect(await decide({ ago: 60_000 })).toBe('signing-confirmation-stale')
    expect(await decide({ aal: '2.1' })).toBe('signing-authenticator-weak')
    expect(await decide({})).toBe('done')
  })

  it('is nobody else’s: neither the question nor the way on', async () => {
    const { link } = await sent()
    const other = await house.officer(dopa, ['signer'])
    const question = link.split('/').at(-1) ?? ''
    const { elsewhere } = house
    expect(await outcome(elsewhere.asked(other.account, question))).toBe('signing-request-over')
    const decided = elsewhere.decide({ ...house.visitor(other), session: 's' }, question, 'approve')
    expect(await outcome(decided)).toBe('signing-request-over')
    await onPhone(link, { answer: 'approve' })
    expect(await outcome(elsewhere.goOn(ticket, other.account))).toBe('signing-not-confirmed')
  })

  it('is over with the duty to sign', async () => {
    const { link } = await sent()
    await onPhone(link, { answer: 'approve' })
    const administrator = await house.administrator(dopa)
    await house.officers.end(administrator, officer.appointment)
    const back = await atDesk('/phone/done', 'POST')
    expect(new URL(back.replace('to ', '')).searchParams.has('code')).toBe(false)
  })
})
